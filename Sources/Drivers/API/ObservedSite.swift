import Adoption
import Forecasts
import PlanModel
import PlanText
import RotationEngine
import SEPMClient

/// One site of a plan, whose clients are followed from look to look and from stay to stay, apart from any wait.
actor ObservedSite {
  private let site: Site
  private let wait: WaitKind?
  private let policy: WaitPolicy
  private let shelf: ObservationShelf
  private let limit: Int
  private var known: (owner: KeptCensus.Owner, clients: FollowedClients)?

  /// The contacts of each hour that was watched.
  private(set) var hours: ContactHours

  /// The absences and returns in them.
  private var returns: ReturnHours

  /// For each bin of absences the clients that the last look saw away by so long, and its hour.
  private var ages: (clients: [Int], hour: Int64)?

  /// The site of a plan; `limit` is how many clients that its first wait would leave behind are named.
  init(_ site: Site, of plan: RotationPlan, _ shelf: ObservationShelf, naming limit: Int) {
    let isSuspending = plan.method(of: site) == .suspendVerification
    let wait: WaitKind = isSuspending ? .verificationDisabled : .certificateReceived
    self.site = site
    self.wait = site.isRotating ? wait : nil
    self.shelf = shelf
    self.limit = limit
    policy = plan.waits[wait]
    hours = shelf.contacts(at: site)
    returns = shelf.returns(at: site)
  }

  /// Looks at the site once.
  ///
  /// - Throws: The first failure; what was known stays as it was
  func look(by reading: SiteReading) async throws(SEPMError) -> ObservedClients {
    var (owner, clients) = try await followed(reading)
    let now = reading.now
    let watched = try await clients.look(at: reading, owner.domains, now: now)
    let observed = clients.census.observation(
      at: now.milliseconds, skew: reading.skew.ahead, wait: wait, limit: limit)
    ages = (clients.census.ages(at: now.milliseconds), ContactHours.hour(of: now.milliseconds))
    clients.keep(for: owner) { shelf.keep($0, for: owner) }
    known = (owner, clients)
    take(watched)
    return observed
  }

  /// How the clients come and go; nil before a look came to something.
  var habits: SiteHabits? {
    guard let ages else { return nil }
    let isWatched = returns.counts.count >= ReturnRates.leastHours
    return SiteHabits(
      clients: (isWatched ? ages.clients[...] : ages.clients.dropLast()).reduce(0, +),
      returns: isWatched ? returns : ReturnHours(ages: ages.clients, before: ages.hour),
      isFromOneLook: !isWatched)
  }

  /// The clients as they were followed until now: in this stay, else in an earlier one.
  private func followed(
    _ reading: SiteReading
  ) async throws(SEPMError) -> (KeptCensus.Owner, FollowedClients) {
    if let known { return known }
    let replication = try await reading.api.replication()
    let hasPartners = replication.contains { !$0.partners.isEmpty }
    let owner = KeptCensus.Owner(
      run: shelf.key(of: site), step: "observe", began: Instant(milliseconds: 0),
      domains: try await reading.api.domains().map(\.id))
    let census = Census(
      CensusScope(
        // A site without partners lists its own machines only, whatever they call it.
        siteNames: hasPartners ? Set([replication.first?.site].compactMap(\.self)) : [],
        policy: policy),
      criterion: AdoptionCriterion(markers: [:], changedAt: 0),
      startedAt: reading.now.milliseconds)
    return (owner, FollowedClients(census, shelf.census(of: owner)))
  }

  /// Takes in hours that were watched, with what somebody else may have watched meanwhile.
  private func take(_ watched: WatchedHours) {
    guard watched.contacts.bounds != nil else { return }
    returns.merge(shelf.returns(at: site))
    returns.merge(watched.returns)
    returns = returns.latest
    shelf.keep(returns, at: site)
    hours.merge(shelf.contacts(at: site))
    hours.merge(watched.contacts)
    hours = hours.latest
    shelf.keep(hours, at: site)
  }
}
