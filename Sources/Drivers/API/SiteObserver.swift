import Adoption
package import PlanModel
import PlanText
package import RotationEngine
import SEPMClient

/// Looks at the clients of a plan's sites from time to time, before there is a run. Nothing is changed there.
package struct SiteObserver: Sendable {
  /// How many sites are looked at side by side.
  private static let atOnce = 8

  private let sites: [ObservedSite]

  /// An observer of all sites of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - surroundings: Where secrets and files come from, and the clock.
  ///   - shelf: Where what was seen is kept between looks.
  ///   - limit: How many clients that a wait would leave behind are named of each site.
  package init(
    _ plan: RotationPlan, _ surroundings: RealSurroundings, _ shelf: ObservationShelf,
    naming limit: Int
  ) {
    sites = plan.sites.map { site in
      let isSuspending = plan.method(of: site) == .suspendVerification
      let wait: WaitKind = isSuspending ? .verificationDisabled : .certificateReceived
      return ObservedSite(
        site, wait: site.isRotating ? wait : nil, policy: plan.waits[wait], surroundings.access,
        shelf,
        limit: limit)
    }
  }

  /// Looks at every site once.
  package func look() async -> [SiteObservation] {
    await sites.mapSideBySide(atOnce: Self.atOnce) { await $0.look() }
  }

  /// Gives back what the sites lent: their tokens.
  package func leave() async {
    for site in sites { await site.leave() }
  }
}

/// One site, whose clients are followed from look to look.
actor ObservedSite {
  private let site: Site
  private let wait: WaitKind?
  private let policy: WaitPolicy
  private let access: APIAccess
  private let shelf: ObservationShelf
  private let limit: Int
  private var client: APIClient?
  private var known: (owner: KeptCensus.Owner, clients: FollowedClients)?
  private var hours: ContactHours

  init(
    _ site: Site, wait: WaitKind?, policy: WaitPolicy, _ access: APIAccess,
    _ shelf: ObservationShelf,
    limit: Int
  ) {
    self.site = site
    self.wait = wait
    self.policy = policy
    self.access = access
    self.shelf = shelf
    self.limit = limit
    hours = shelf.contacts(at: site)
  }

  /// Looks at the site once.
  func look() async -> SiteObservation {
    SiteObservation(site: site.name.value, sight: await sight(), hours: hours)
  }

  func leave() async { try? await client?.logOut() }

  private func sight() async -> SiteObservation.Sight {
    do {
      guard let client = try client ?? access.client(of: site) else { return .noAPI }
      self.client = client
      return .seen(try await clients(client))
    } catch let error as SEPMError {
      return .trouble(error.description)
    } catch let failure as StepFailure {
      return .trouble(failure.message)
    } catch {
      return .trouble("\(error)")
    }
  }

  private func clients(_ client: APIClient) async throws(SEPMError) -> ObservedClients {
    let reading = try await SiteReading(client, byNewLogOn: false, localTime: access.localTime)
    var (owner, clients) = try await followed(reading)
    let now = reading.now
    let watched = try await clients.look(at: reading, owner.domains, now: now)
    let observed = clients.census.observation(
      at: now.milliseconds, skew: reading.skew.ahead, wait: wait, limit: limit)
    clients.keep(for: owner) { shelf.keep($0, for: owner) }
    known = (owner, clients)
    take(watched)
    return observed
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
  private func take(_ watched: ContactHours) {
    guard watched.bounds != nil else { return }
    hours.merge(shelf.contacts(at: site))
    hours.merge(watched)
    hours = hours.latest
    shelf.keep(hours, at: site)
  }
}
