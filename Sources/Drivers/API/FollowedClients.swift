import Adoption
import RotationEngine
import SEPMClient

/// The list of a site's clients, as its server tells it.
protocol ClientList: Sendable {
  /// The server's time now.
  var now: ServerTime { get }

  /// Goes through the clients of a domain, page by page; only those that made contact since, if that is given.
  ///
  /// - Throws: The first failure
  func clients(
    of domain: SEPMID, since: ServerTime?, _ take: ([Computer]) throws(SEPMError) -> Void
  ) async throws(SEPMError) -> Listing
}

extension SiteReading: ClientList {
  func clients(
    of domain: SEPMID, since: ServerTime?, _ take: ([Computer]) throws(SEPMError) -> Void
  ) async throws(SEPMError) -> Listing {
    try await api.computers(of: domain, since: since, take)
  }
}

/// The clients of a site, whose list is followed from look to look: every row once, then those that made contact since, and
/// every row again once a day, which shows what is gone.
struct FollowedClients: Sendable {
  /// How much earlier than the last contact an incremental listing begins: contacts are written after they were made.
  private static let overlap: Int64 = 600_000

  /// How long it may be that not every row was looked at.
  private static let longestGap: Int64 = 86_400_000

  /// Which part of the rows has to change until they are kept anew. What changed meanwhile is asked for again.
  private static let keptPart = 64

  /// How long the rows are left as they were kept, at most: contacts of an hour go on being counted by those that are kept.
  private static let longestKept: Int64 = 2_400_000

  /// The rows, and who counts.
  var census: Census

  private var contacts: ContactCounter

  /// When every row was looked at last, and when those that changed; nil before the first look.
  private var looked: (wholeAt: ServerTime, polledAt: ServerTime)?

  /// What stood there when it was kept last; nil where it never was.
  private var kept: (changes: Int, wholeAt: ServerTime, at: ServerTime)?

  /// Clients of whom nothing is known yet, or what an earlier stay kept.
  init(_ census: Census, _ kept: KeptCensus? = nil) {
    self.census = census
    contacts = kept?.contacts ?? ContactCounter()
    guard let kept else { return }
    self.census.take(kept)
    looked = (kept.wholeAt, kept.polledAt)
    self.kept = (self.census.changes, kept.wholeAt, kept.polledAt)
  }

  /// Looks at the list; `now` is the server's time.
  ///
  /// - Returns: The hours that are over since the look before, and were watched as a whole
  /// - Throws: The first failure; what is known is then not to be used any more
  mutating func look(
    at list: some ClientList, _ domains: [SEPMID], now: ServerTime
  ) async throws(SEPMError) -> WatchedHours {
    var wholeAt = now
    if let looked, !Self.needsWholeListing(since: looked, at: now.milliseconds) {
      // A contact of later than the last poll would hide everything until then.
      let last = min(census.lastContact, looked.polledAt.milliseconds)
      let since = ServerTime(milliseconds: max(last - Self.overlap, 0))
      for domain in domains {
        _ = try await list.clients(of: domain, since: since) { page throws(SEPMError) in
          for row in page { take(row) }
        }
      }
      wholeAt = looked.wholeAt
    } else {
      try await listAll(domains, list)
    }
    let isFirst = looked == nil
    looked = (wholeAt, now)
    guard isFirst else {
      return contacts.endLook(at: now.milliseconds, contacts: census.ownContacts)
    }
    // The first look only begins to watch.
    contacts.begin(at: now.milliseconds)
    return WatchedHours()
  }

  private mutating func listAll(
    _ domains: [SEPMID], _ list: some ClientList
  ) async throws(SEPMError) {
    var isWhole = true
    census.beginListing()
    for domain in domains {
      let listing = try await list.clients(of: domain, since: nil) { page throws(SEPMError) in
        for row in page { take(row) }
      }
      isWhole = isWhole && listing.isSteady
    }
    census.endListing(isWhole: isWhole)
  }

  /// Takes a row of a listing, and counts its contact where it is one of the site's own.
  private mutating func take(_ row: Computer) {
    if census.scope.isOwn(row) {
      contacts.take(row, previous: census.lastContact(of: row.id))
    }
    census.take(row)
  }

  /// Whether every row is to be looked at: it is long ago, or the server's clock went back since.
  private static func needsWholeListing(
    since looked: (wholeAt: ServerTime, polledAt: ServerTime), at now: Int64
  ) -> Bool {
    now - looked.wholeAt.milliseconds > longestGap
      || now < max(looked.wholeAt.milliseconds, looked.polledAt.milliseconds) - overlap
  }

  /// Keeps what is known for the next stay, once enough of it has changed to be worth it.
  ///
  /// - Parameters:
  ///   - owner: What they belong to.
  ///   - keep: Puts bytes away, and says whether that was possible.
  mutating func keep(for owner: KeptCensus.Owner, _ keep: ([UInt8]) -> Bool) {
    guard let looked else { return }
    if let kept, kept.wholeAt == looked.wholeAt,
      looked.polledAt.milliseconds - kept.at.milliseconds < Self.longestKept,
      (census.changes - kept.changes) * Self.keptPart < max(census.rowCount, 1)
    {
      return
    }
    let bytes = KeptCensus.bytes(
      of: census, for: owner, wholeAt: looked.wholeAt, polledAt: looked.polledAt,
      contacts: contacts)
    if keep(bytes) { kept = (census.changes, looked.wholeAt, looked.polledAt) }
  }
}
