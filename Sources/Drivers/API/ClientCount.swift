import Adoption
import CanonicalJSON
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

/// Counts the clients of sites for waits, following each list from poll to poll: every row once, then those that made
/// contact since, and every row again once a day, which shows what is gone.
actor ClientCount {
  /// What a wait's count rests on.
  struct Basis: Sendable {
    let scope: CensusScope
    let criterion: AdoptionCriterion

    /// When the wait began, by the server. Each look measures its clock anew, so no two looks agree on it to the millisecond.
    let startedAt: ServerTime

    /// The denominator, where an earlier stay set it.
    let frozen: FrozenClients?

    /// Whether the journal has the denominator.
    let isFrozen: Bool

    /// The site whose clients are counted, as a position in the plan.
    let site: Int

    /// The contacts there that the run's journal holds; none where they are known already.
    let recordedContacts: ContactHours

    /// When its certificates changed; nil before that, and while one is not proved.
    let change: ContactChange?

    /// What kept rows must belong to.
    let owner: KeptCensus.Owner

    /// The domains of the site.
    var domains: [SEPMID] { owner.domains }

    /// When the wait began, by the run's clock: what tells two waits apart.
    var began: Instant { owner.began }
  }

  /// A change of certificates, by the site's server: contacts from before it are the baseline of those since.
  struct ContactChange: Sendable, Equatable {
    /// When the first update began.
    let at: ServerTime

    /// Since when all servers were seen with what they have now.
    let since: ServerTime
  }

  fileprivate struct Progress {
    let began: Instant
    var census: Census
    var contacts = ContactCounter()

    /// When every row was looked at last, and when those that changed.
    var wholeAt: ServerTime
    var polledAt: ServerTime

    /// What stood there when it was kept last; nil where it never was.
    var kept: (changes: Int, wholeAt: ServerTime, at: ServerTime)?
  }

  /// How much earlier than the last contact an incremental listing begins: contacts are written after they were made.
  fileprivate static let overlap: Int64 = 600_000

  /// How long it may be that not every row was looked at.
  fileprivate static let longestGap: Int64 = 86_400_000

  /// Which part of the rows has to change until they are kept anew. What changed meanwhile is asked for again.
  private static let keptPart = 64

  /// How long the rows are left as they were kept, at most: contacts of an hour go on being counted by those that are kept.
  private static let longestKept: Int64 = 2_400_000

  private let shelf: CensusShelf?
  private var progress: [Int: Progress] = [:]

  /// For each site the contacts of the hours that were watched.
  private var contacts: [Int: SiteContacts] = [:]

  /// Counts that begin with what earlier stays kept, where there is a shelf for it.
  init(_ shelf: CensusShelf? = nil) {
    self.shelf = shelf
  }

  /// Whether the clients of a wait that began then are followed already: its denominator need not be read again.
  func isFollowing(_ wait: Int, since began: Instant) -> Bool { progress[wait]?.began == began }

  /// Whether the contacts at a site are known: those that the journal holds need not be read again.
  func knowsContacts(at site: Int) -> Bool { contacts[site] != nil }

  /// The contacts at a site that the journal of its run does not hold yet, to be kept with an event of it; `recorded` is
  /// what it holds, where that is not known.
  func unrecordedContacts(
    at site: Int, of run: String, recorded: ContactHours
  ) -> Evidence {
    var known = known(site, of: run, recorded: recorded)
    let evidence = known.evidence()
    contacts[site] = known
    return evidence
  }

  /// The count of a wait now. The first one carries the denominator, and one every few hours the contacts that were counted,
  /// to be kept with its event.
  func sample(
    _ wait: Int, _ basis: Basis, _ list: some ClientList
  ) async throws(SEPMError) -> AdoptionCount {
    let known = known(wait, basis) ?? kept(wait, basis)
    var current = known ?? begun(wait, basis)
    let now = list.now
    if current.needsWholeListing(at: now.milliseconds) {
      try await listAll(basis.domains, list, &current)
      current.wholeAt = now
    } else {
      // A contact of later than the last poll would hide everything until then.
      let last = min(current.census.lastContact, current.polledAt.milliseconds)
      let since = ServerTime(milliseconds: max(last - Self.overlap, 0))
      for domain in basis.domains {
        _ = try await list.clients(of: domain, since: since) { page throws(SEPMError) in
          for row in page { current.take(row) }
        }
      }
    }
    let watched = current.endLook(at: now.milliseconds, isFirst: known == nil)
    current.polledAt = now
    var count = current.census.count(at: now.milliseconds)
    let contacts = take(watched, basis)
    count.fall = fall(contacts.known, basis)
    keep(&current, of: wait, basis)
    progress[wait] = current
    if !basis.isFrozen, let frozen = current.census.frozen {
      let attachment = Attachment(document: frozen.json)
      count.evidence = Evidence(
        [
          .init("clients", .integer(Int64(frozen.members.count))),
          .init("frozen", attachment.reference),
        ],
        attachments: [attachment])
    }
    count.evidence = count.evidence.adding(contacts.evidence)
    return count
  }

  /// Gives up what is known of a wait's clients: the next count is the first again.
  func forget(_ wait: Int) { progress[wait] = nil }

  /// Takes in the hours that were just watched: what is known with them, and what the journal is to hold.
  private func take(
    _ watched: ContactHours, _ basis: Basis
  ) -> (known: ContactHours, evidence: Evidence) {
    let run = basis.owner.run
    var site = known(basis.site, of: run, recorded: basis.recordedContacts)
    if site.take(watched) { shelf?.keep(site.known, at: basis.site, of: run) }
    let evidence = site.evidence(ofAtLeast: SiteContacts.recordedTogether)
    contacts[basis.site] = site
    return (site.known, evidence)
  }

  private func known(_ site: Int, of run: String, recorded: ContactHours) -> SiteContacts {
    contacts[site]
      ?? SiteContacts(
        recorded: recorded, kept: shelf?.contacts(at: site, of: run) ?? ContactHours())
  }

  /// What is missing since the change.
  private func fall(_ known: ContactHours, _ basis: Basis) -> ContactFall? {
    guard let change = basis.change else { return nil }
    let first = ContactHours.hour(of: change.since.milliseconds) + 1
    return known.before(change.at.milliseconds).fall(in: known.from(first), since: first)
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

  /// What an earlier stay kept. The denominator is the journal's: without one, the count begins anew.
  private func kept(_ wait: Int, _ basis: Basis) -> Progress? {
    guard basis.frozen != nil, let kept = shelf?.census(of: basis.owner, step: wait) else {
      return nil
    }
    var current = begun(wait, basis)
    current.census.take(kept)
    current.wholeAt = kept.wholeAt
    current.polledAt = kept.polledAt
    current.contacts = kept.contacts
    current.kept = (current.census.changes, kept.wholeAt, kept.polledAt)
    return current
  }

  private func begun(_ wait: Int, _ basis: Basis) -> Progress {
    let known = isFollowing(wait, since: basis.began) ? progress[wait]?.census.frozen : nil
    let never = ServerTime(milliseconds: .min / 2)
    return Progress(
      began: basis.began,
      census: Census(
        basis.scope, criterion: basis.criterion, startedAt: basis.startedAt.milliseconds,
        frozen: basis.frozen ?? known),
      wholeAt: never, polledAt: never)
  }

  /// Keeps a census for the next stay, once enough of it has changed to be worth it.
  private func keep(_ current: inout Progress, of wait: Int, _ basis: Basis) {
    let changes = current.census.changes
    if let kept = current.kept, kept.wholeAt == current.wholeAt,
      current.polledAt.milliseconds - kept.at.milliseconds < Self.longestKept,
      (changes - kept.changes) * Self.keptPart < max(current.census.rowCount, 1)
    {
      return
    }
    let isKept = shelf?.keep(
      KeptCensus.bytes(
        of: current.census, for: basis.owner, wholeAt: current.wholeAt,
        polledAt: current.polledAt, contacts: current.contacts), step: wait, of: basis.owner.run)
    if isKept == true { current.kept = (changes, current.wholeAt, current.polledAt) }
  }

  private func listAll(
    _ domains: [SEPMID], _ list: some ClientList, _ progress: inout Progress
  ) async throws(SEPMError) {
    var isWhole = true
    progress.census.beginListing()
    for domain in domains {
      let listing = try await list.clients(of: domain, since: nil) { page throws(SEPMError) in
        for row in page { progress.take(row) }
      }
      isWhole = isWhole && listing.isSteady
    }
    progress.census.endListing(isWhole: isWhole)
  }
}

extension ClientCount.Progress {
  /// Takes a row of a listing, and counts its contact where it is one of the site's own.
  fileprivate mutating func take(_ row: Computer) {
    if census.scope.isOwn(row) {
      contacts.take(row, previous: census.lastContact(of: row.id))
    }
    census.take(row)
  }

  /// Ends a look: the first one of a wait only begins to watch.
  fileprivate mutating func endLook(at time: Int64, isFirst: Bool) -> ContactHours {
    guard isFirst else { return contacts.endLook(at: time) }
    contacts.begin(at: time)
    return ContactHours()
  }

  /// Whether every row is to be looked at: it is long ago, or the server's clock went back since.
  fileprivate func needsWholeListing(at now: Int64) -> Bool {
    now - wholeAt.milliseconds > ClientCount.longestGap
      || now < max(wholeAt.milliseconds, polledAt.milliseconds) - ClientCount.overlap
  }
}
