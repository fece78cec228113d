import Adoption
import CanonicalJSON
import Forecasts
import RotationEngine
import SEPMClient

/// Counts the clients of sites for waits, following each list from poll to poll.
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

    /// The contacts there that the run's journal holds.
    let recordedContacts: RecordedContacts

    /// The absences and returns there that the run's journal holds.
    let recordedReturns: ReturnHours

    /// When many people are away together.
    let calendar: ForecastCalendar

    /// When the end of the wait was forecast last; nil where it was not.
    let lastForecast: Instant?

    /// When its certificates changed; nil before that, and while one is not proved.
    let change: ContactChange?

    /// The other sites where no certificate was changed yet; none before the change of this one.
    let untouched: [Int]

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

  /// The clients of a wait that began then.
  private struct Progress {
    let began: Instant
    var clients: FollowedClients

    /// When its end was forecast last in this stay.
    var forecastAt: Instant?
  }

  private let shelf: CensusShelf?

  /// The contacts at a site that were observed apart from the run.
  private let observed: @Sendable (Int) -> ContactHours

  /// The absences and returns at a site that were observed apart from the run.
  private let observedReturns: @Sendable (Int) -> ReturnHours

  private var progress: [Int: Progress] = [:]

  /// For each site the contacts of the hours that were watched.
  private var contacts: [Int: SiteContacts] = [:]

  /// For each site the absences and returns in them.
  private var returns: [Int: SiteReturns] = [:]

  /// Counts that begin with what earlier stays kept, where there is a shelf for it, and with the contacts that were observed
  /// at a site apart from the run.
  init(
    _ shelf: CensusShelf? = nil,
    observed: @escaping @Sendable (_ site: Int) -> ContactHours = { _ in ContactHours() },
    observedReturns: @escaping @Sendable (_ site: Int) -> ReturnHours = { _ in ReturnHours() }
  ) {
    self.observedReturns = observedReturns
    self.shelf = shelf
    self.observed = observed
  }

  /// Whether the clients of a wait that began then are followed already: its denominator need not be read again.
  func isFollowing(_ wait: Int, since began: Instant) -> Bool { progress[wait]?.began == began }

  /// Whether the contacts at a site are known: those that the journal holds need not be read again.
  func knowsContacts(at site: Int) -> Bool { contacts[site] != nil }

  /// What is known of the absences and returns at sites, in this run and from before it.
  func habits(of sites: Range<Int>) -> [Int: ReturnHours] {
    var habits: [Int: ReturnHours] = [:]
    for site in sites {
      var known = returns[site]?.known ?? ReturnHours()
      if known.counts.isEmpty { known.merge(observedReturns(site)) }
      if !known.counts.isEmpty { habits[site] = known }
    }
    return habits
  }

  /// Whether the absences and returns at a site are known.
  func knowsReturns(at site: Int) -> Bool { returns[site] != nil }

  /// The contacts at a site that the journal of its run does not hold yet, to be kept with an event of it; `recorded` is
  /// what it holds.
  func unrecordedContacts(
    at site: Int, of run: String, recorded: RecordedContacts
  ) -> Evidence {
    var known = known(site, of: run, recorded: recorded)
    known.take(observed(site))
    let evidence = known.evidence(besides: recorded)
    contacts[site] = known
    return evidence
  }

  /// The count of a wait now. The first one carries the denominator, and one every few hours the contacts that were counted,
  /// to be kept with its event.
  func sample(
    _ wait: Int, _ basis: Basis, _ list: some ClientList
  ) async throws(SEPMError) -> AdoptionCount {
    var current = known(wait, basis) ?? begun(wait, basis)
    let now = list.now
    let watched = try await current.clients.look(at: list, basis.domains, now: now)
    var count = current.clients.census.count(at: now.milliseconds)
    let contacts = take(watched.contacts, basis)
    count.fall = fall(contacts.known, basis)
    let foundation = forecast(&count, watched.returns, &current, basis, now)
    if let shelf {
      current.clients.keep(for: basis.owner) {
        shelf.keep($0, step: wait, of: basis.owner.run)
      }
    }
    progress[wait] = current
    if !basis.isFrozen, let frozen = current.clients.census.frozen {
      let attachment = Attachment(document: frozen.json)
      count.evidence = Evidence(
        [
          .init("clients", .integer(Int64(frozen.members.count))),
          .init("frozen", attachment.reference),
        ],
        attachments: [attachment])
    }
    count.evidence = count.evidence.adding(contacts.evidence).adding(foundation)
    return count
  }

  /// Gives up what is known of a wait's clients: the next count is the first again.
  func forget(_ wait: Int) { progress[wait] = nil }

  /// Adds to a count when and how its wait will end, where it is time to say so.
  ///
  /// - Returns: What of the absences and returns that it rests on is new
  private func forecast(
    _ count: inout AdoptionCount, _ watched: ReturnHours, _ current: inout Progress,
    _ basis: Basis, _ now: ServerTime
  ) -> Evidence {
    let run = basis.owner.run
    var site =
      returns[basis.site]
      ?? SiteReturns(
        recorded: basis.recordedReturns,
        kept: shelf?.returns(at: basis.site, of: run) ?? ReturnHours())
    defer { returns[basis.site] = site }
    site.take(watched)
    if !watched.counts.isEmpty { shelf?.keep(site.known, at: basis.site, of: run) }
    let skew = basis.startedAt.milliseconds - basis.began.milliseconds
    let at = Instant(milliseconds: now.milliseconds - skew)
    let last = current.forecastAt ?? basis.lastForecast
    guard !count.reaches(basis.scope.policy), last.map({ at - $0 >= SiteReturns.pause }) ?? true
    else { return Evidence() }
    site.take(observedReturns(basis.site))
    let (pending, stuck) = current.clients.census.waiting(at: now.milliseconds)
    count.forecast = WaitForecast(
      of: WaitQuestion(
        count, at: Instant(milliseconds: now.milliseconds),
        startedAt: Instant(milliseconds: basis.startedAt.milliseconds),
        policy: basis.scope.policy, pending: pending, stuck: stuck),
      site.known, basis.calendar, seed: UInt64(bitPattern: now.milliseconds)
    ).behind(skew)
    current.forecastAt = at
    return site.unrecorded()
  }

  /// Takes in the hours that were just watched: what is known with them, and what the journal is to hold.
  private func take(
    _ watched: ContactHours, _ basis: Basis
  ) -> (known: ContactHours, evidence: Evidence) {
    let run = basis.owner.run
    var site = known(basis.site, of: run, recorded: basis.recordedContacts)
    if site.take(watched) { shelf?.keep(site.known, at: basis.site, of: run) }
    let evidence = site.evidence(
      ofAtLeast: SiteContacts.recordedTogether, besides: basis.recordedContacts)
    contacts[basis.site] = site
    return (site.known, evidence)
  }

  private func known(_ site: Int, of run: String, recorded: RecordedContacts) -> SiteContacts {
    if let known = contacts[site] { return known }
    var result = SiteContacts(
      recorded: recorded, kept: shelf?.contacts(at: site, of: run) ?? ContactHours())
    result.take(observed(site))
    return result
  }

  /// What is missing since the change, and not elsewhere.
  private func fall(_ known: ContactHours, _ basis: Basis) -> ContactFall? {
    guard let change = basis.change else { return nil }
    let first = ContactHours.hour(of: change.since.milliseconds) + 1
    let (baseline, seen) = (known.before(change.at.milliseconds), known.from(first))
    let fall = baseline.fall(in: seen, since: first)
    guard fall != nil, !basis.untouched.isEmpty else { return fall }
    // Asked for only where something is missing: what others saw of those sites may have grown meanwhile.
    let controls = basis.untouched.map { site in
      var contacts = self.known(site, of: basis.owner.run, recorded: RecordedContacts())
      contacts.take(shelf?.contacts(at: site, of: basis.owner.run) ?? ContactHours())
      contacts.take(observed(site))
      return ContactHours.Control(
        baseline: contacts.known.before(change.at.milliseconds), seen: contacts.known.from(first))
    }
    return baseline.fall(in: seen, since: first, controls: controls)
  }

  /// The clients that hold a wait back, as the last count saw them; nil where none was made in this stay.
  func stragglers(_ wait: Int, at time: ServerTime, skew: Int64, limit: Int) -> Stragglers? {
    progress[wait].map {
      $0.clients.census.stragglers(at: time.milliseconds, skew: skew, limit: limit)
    }
  }

  private func known(_ wait: Int, _ basis: Basis) -> Progress? {
    guard var known = progress[wait], known.began == basis.began,
      known.clients.census.scope == basis.scope
    else { return nil }
    known.clients.census.criterion = basis.criterion
    return known
  }

  /// What an earlier stay kept, else nobody yet. The denominator is the journal's: without one, the count begins anew.
  private func begun(_ wait: Int, _ basis: Basis) -> Progress {
    let known = isFollowing(wait, since: basis.began) ? progress[wait]?.clients.census.frozen : nil
    let census = Census(
      basis.scope, criterion: basis.criterion, startedAt: basis.startedAt.milliseconds,
      frozen: basis.frozen ?? known)
    let kept = basis.frozen == nil ? nil : shelf?.census(of: basis.owner, step: wait)
    return Progress(began: basis.began, clients: FollowedClients(census, kept))
  }
}
