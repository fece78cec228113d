import Adoption
import CanonicalJSON
import RotationEngine
import SEPMClient

/// Counts the clients of sites for waits, following each list from poll to poll: every row once, then those that made
/// contact since, and every row again once a day, which shows what is gone.
actor ClientCount {
  /// What a wait's count rests on.
  struct Basis: Sendable {
    let scope: CensusScope
    let criterion: AdoptionCriterion

    /// When the wait began, by the run's clock: what tells two waits apart.
    let began: Instant

    /// The same by the server. Each look measures its clock anew, so no two looks agree on it to the millisecond.
    let startedAt: ServerTime

    /// The denominator, where an earlier stay set it.
    let frozen: FrozenClients?

    /// Whether the journal has the denominator.
    let isFrozen: Bool

    /// The domains of the site.
    let domains: [SEPMID]
  }

  private struct Progress {
    let began: Instant
    var census: Census
    var wholeAt: ServerTime
  }

  /// How much earlier than the last contact an incremental listing begins: contacts are written after they were made.
  private static let overlap: Int64 = 600_000

  /// How long it may be that not every row was looked at.
  private static let longestGap: Int64 = 86_400_000

  private var progress: [Int: Progress] = [:]

  /// Whether the clients of a wait that began then are followed already: its denominator need not be read again.
  func isFollowing(_ wait: Int, since began: Instant) -> Bool { progress[wait]?.began == began }

  /// The count of a wait now. The first one carries the denominator, to be kept with its event.
  func sample(_ wait: Int, _ basis: Basis, _ reading: SiteReading) async throws(SEPMError)
    -> AdoptionCount
  {
    var (census, wholeAt) =
      known(wait, basis).map { ($0.census, $0.wholeAt) } ?? (
        Census(
          basis.scope, criterion: basis.criterion, startedAt: basis.startedAt.milliseconds,
          frozen: basis.frozen
            ?? (isFollowing(wait, since: basis.began) ? progress[wait]?.census.frozen : nil)),
        ServerTime(milliseconds: .min / 2)
      )
    let now = reading.now
    if now.milliseconds - wholeAt.milliseconds > Self.longestGap {
      try await listAll(basis.domains, reading, &census)
      wholeAt = now
    } else {
      let since = ServerTime(milliseconds: max(census.lastContact - Self.overlap, 0))
      for domain in basis.domains {
        _ = try await reading.api.computers(of: domain, since: since) { page throws(SEPMError) in
          for row in page { census.take(row) }
        }
      }
    }
    var count = census.count(at: now.milliseconds)
    progress[wait] = Progress(began: basis.began, census: census, wholeAt: wholeAt)
    if !basis.isFrozen, let frozen = census.frozen {
      let attachment = Attachment(document: frozen.json)
      count.evidence = Evidence(
        [
          .init("clients", .integer(Int64(frozen.members.count))),
          .init("frozen", attachment.reference),
        ],
        attachments: [attachment])
    }
    return count
  }

  /// The clients that hold a wait back, as the last count saw them; nil where none was made in this stay.
  func stragglers(_ wait: Int, at time: ServerTime, skew: Int64, limit: Int) -> [Straggler]? {
    progress[wait].map { $0.census.stragglers(at: time.milliseconds, skew: skew, limit: limit) }
  }

  private func known(_ wait: Int, _ basis: Basis) -> Progress? {
    guard var known = progress[wait], known.began == basis.began, known.census.scope == basis.scope
    else { return nil }
    known.census.criterion = basis.criterion
    return known
  }

  private func listAll(
    _ domains: [SEPMID], _ reading: SiteReading, _ census: inout Census
  ) async throws(SEPMError) {
    var isWhole = true
    census.beginListing()
    for domain in domains {
      let listing = try await reading.api.computers(of: domain) { page throws(SEPMError) in
        for row in page { census.take(row) }
      }
      isWhole = isWhole && listing.isSteady
    }
    census.endListing(isWhole: isWhole)
  }
}
