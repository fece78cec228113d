import Adoption
import CanonicalJSON
import Forecasts
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient

/// What can be seen of the sites of a run: over their APIs, on their servers' ports, and in what the run recorded.
struct SiteSight: Sendable {
  let graph: StepGraph
  let surroundings: RealSurroundings
  let memory: any StepMemory
  private let links: Result<SiteLinks, StepFailure>
  private let records = DocumentMemory<SettingsRecord>()
  private let markers = DocumentMemory<GroupMarkers>()

  /// The positions of the steps by what they do on what.
  private let positions: [Key: Int]

  private struct Key: Hashable {
    let action: Action
    let target: Target
  }

  init(_ graph: StepGraph, _ memory: any StepMemory, _ surroundings: RealSurroundings) {
    self.graph = graph
    self.memory = memory
    self.surroundings = surroundings
    links = Result { () throws(StepFailure) in try SiteLinks(graph.plan, surroundings) }
    positions = Dictionary(
      graph.steps.enumerated().map { (Key(action: $1.action, target: $1.target), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func name(of site: Int) -> String { graph.plan.sites[site].name.value }

  /// One look at a site over its API; nil where the plan has none for it. A new log-on shows that the API's service is up.
  func reading(_ site: Int, byNewLogOn: Bool = false) async throws -> SiteReading? {
    guard graph.plan.sites[site].api != nil,
      let client = try links.get().client(of: site, try await swap(of: site))
    else { return nil }
    return try await SiteReading(client, byNewLogOn: byNewLogOn, localTime: surroundings.localTime)
  }

  /// Gives the tokens of all sites back, as far as that can be done in a moment.
  func logOut() async { await (try? links.get())?.logOut() }

  /// Lets passwords be sent once more that SEPM did not accept, at the sites of a step.
  func forgetRefusals(metBy step: Int) async {
    for site in graph.sites(of: step) { await (try? links.get())?.forgetRefusal(at: site) }
  }

  /// What a step means where the plan has no API for its site.
  func needsAPI(_ site: Int) -> StepAnswer {
    .needsOperator(
      reason: "The plan has no `api` for \(name(of: site)), so a person has to look there.")
  }

  /// The same for a look.
  func unseen(_ site: Int) -> Finding {
    .unknown("The plan has no `api` for \(name(of: site)), so nothing shows it.")
  }

  // MARK: - What the run recorded

  /// The evidence of the step that does this, if it has succeeded.
  func evidence(of action: Action, on target: Target) async throws -> Evidence? {
    guard let step = positions[Key(action: action, target: target)] else { return nil }
    return try await memory.evidence(of: step)
  }

  /// When an attempt at the step that does this began first; nil where none did.
  func beginning(of action: Action, on target: Target) async throws -> Instant? {
    guard let step = positions[Key(action: action, target: target)] else { return nil }
    return try await memory.firstAttempt(at: step)
  }

  /// A document that evidence refers to under a name, read once; nil where there is none, or none that `read` understands.
  private func document<Value>(
    _ name: String, in evidence: Evidence?, from known: DocumentMemory<Value>,
    _ read: (JSONValue) -> Value?
  ) async throws -> Value? {
    guard let digest = evidence?[name]?["attachment"]?.string else { return nil }
    if let value = known[digest] { return value }
    let value = try await memory.attachment(digest).flatMap(read)
    known[digest] = value
    return value
  }

  /// What the settings of a site were: with the groups that were found when verification was switched off.
  func record(of site: Int) async throws -> SettingsRecord {
    let target = Target.site(site)
    var record: SettingsRecord?
    for action in [Action.disableVerification, .recordSettings] where record == nil {
      record = try await document(
        "record", in: try await evidence(of: action, on: target), from: records
      ) { SettingsRecord($0) }
    }
    guard let record else {
      throw StepFailure(
        .failed,
        "The run has no record of the settings of \(name(of: site)), so there is nothing to go by.",
        help: "Retry `record-settings/\(name(of: site))`, as long as nothing was changed.")
    }
    return record
  }

  /// The markers that the step which changed something left.
  private func markers(of action: Action, on target: Target) async throws -> GroupMarkers? {
    try await document(
      "markers", in: try await evidence(of: action, on: target), from: markers
    ) { GroupMarkers($0) }
  }

  // MARK: - Certificates

  /// The servers of a site that get a certificate.
  func changedServers(of site: Int) -> [Int] {
    graph.plan.sites[site].servers.indices.filter {
      graph.plan.sites[site].servers[$0].certificate != nil
    }
  }

  /// Where the certificates of a site stand.
  private func swap(of site: Int) async throws -> CertificateSwap {
    var swap = CertificateSwap(isProven: true)
    for server in changedServers(of: site) {
      let target = Target.server(site: site, server: server)
      if try await beginning(of: .updateCertificate, on: target) != nil,
        let certificate = try await newCertificate(ofServer: server, at: site)
      {
        swap.begun.insert(certificate)
      }
      if try await evidence(of: .verifyCertificate, on: target) == nil { swap.isProven = false }
    }
    return swap
  }

  /// The fingerprint of the certificate that a server gets: as it was examined, else as the plan pins it.
  func newCertificate(ofServer server: Int, at site: Int) async throws -> Fingerprint? {
    let examined = try await evidence(
      of: .checkCertificate, on: .server(site: site, server: server))
    if let text = examined?["certificate"]?.string,
      let fingerprint = Fingerprint(text)
    {
      return fingerprint
    }
    let name = graph.plan.sites[site].servers[server].certificate
    return graph.plan.certificates.first { $0.name == name }?.fingerprint?.value
  }

  /// Examines a certificate's file again, at today's date.
  func examineCertificate(ofServer server: Int, at site: Int) async throws -> StepAnswer {
    guard let name = graph.plan.sites[site].servers[server].certificate,
      let position = graph.plan.certificates.firstIndex(where: { $0.name == name })
    else {
      return .failed(
        StepFailure(
          .failed,
          "The plan names no certificate for \(graph.plan.sites[site].servers[server].name.value).")
      )
    }
    switch await surroundings.examine(graph, position, surroundings.secrets.known) {
    case .usable(let fingerprint):
      return .succeeded(Evidence([.init("certificate", .string(fingerprint.description))]))
    case .unusable(let problems):
      return .failed(
        StepFailure(
          .failed,
          "The certificate '\(name.value)' cannot be used: \(problems.joined(separator: " "))",
          help:
            "Put a file that is right in its place, then retry this step. Another certificate than the plan's "
            + "pin needs a new plan and a new run.",
          isRetryable: false))
    }
  }

  /// What groups have as their policies once a server was proved, which clients are held against, and since when its
  /// services are up at the latest: its API gave a token. Nothing where the plan has no API.
  func standing(afterProofAt site: Int) async throws -> Evidence {
    guard let reading = try await reading(site) else { return Evidence() }
    let attachment = reading.markers(of: try await reading.groups())
    return Evidence(
      [
        .init("servicesUpAt", .integer(reading.now.milliseconds)),
        .init("markers", attachment.reference),
      ], attachments: [attachment])
  }

  /// What a server presented before it was changed; nil where nobody looked.
  func portsBefore(ofServer server: Int, at site: Int) async throws -> PortRecord? {
    try await evidence(of: .checkServer, on: .server(site: site, server: server))
      .flatMap { PortRecord($0.members) }
  }

  /// Whether SQL Server Express has another certificate than before the rotation (`docs/SEPM.md`, "SQL Express").
  func findDatabaseCertificate(of site: Int) async throws -> Finding {
    guard let reading = try await reading(site) else { return unseen(site) }
    var recorded: String?
    for server in graph.plan.sites[site].servers.indices {
      let checked = try await evidence(of: .checkServer, on: .server(site: site, server: server))
      recorded =
        recorded ?? checked?["databaseCertificate"]?.string
    }
    guard let recorded else {
      return .unknown("Nobody knows the database's certificate from before.")
    }
    guard let certificate = try await reading.api.database().rootCertificate else {
      return .unknown("SEPM does not show the database's certificate.")
    }
    let digest = Attachment(document: .string(certificate)).digest
    return digest == recorded
      ? .notDone(
        "The database of \(name(of: site)) still has its certificate from before the rotation.")
      : .done(Evidence([.init("databaseCertificate", .string(digest))]))
  }

  /// Whether a server has the version that the plan upgrades it to. The API tells of the server that it runs on.
  func findVersion(ofServer server: Int, at site: Int) async throws -> Finding {
    let entry = graph.plan.sites[site].servers[server]
    guard let reading = try await reading(site) else { return unseen(site) }
    guard let wanted = entry.upgrade?.value else {
      return .unknown("The plan does not upgrade it.")
    }
    let isOnlyServer = graph.plan.sites[site].servers.count == 1
    guard isOnlyServer || reading.api.address.host == entry.address.value else {
      return .unknown(
        "The API of \(name(of: site)) runs on another server and does not tell the version of \(entry.name.value)."
      )
    }
    let text = try await reading.api.version().product
    guard let version = ProductVersion(text) else {
      return .unknown("\(entry.name.value) says that its version is \(text).")
    }
    return version >= wanted
      ? .done(Evidence([.init("version", .string(text))]))
      : .notDone("\(entry.name.value) has version \(text).")
  }

  // MARK: - Replication

  /// Both sides of a partnership.
  func replication(of partnership: Int) async throws -> ReplicationSight {
    var sides: [ReplicationSide] = []
    for site in graph.sites(ofPartnership: partnership) {
      guard let reading = try await reading(site) else {
        throw StepFailure(
          .failed,
          "The plan has no `api` for \(name(of: site)), so its side of the replication does not show."
        )
      }
      sides.append(try await ReplicationSide(reading, site: name(of: site)))
    }
    return ReplicationSight(sides: sides)
  }

  /// Until when no run of a rescheduled partnership may come round, by the clock of each side: a break that began then lasts
  /// so long at worst. Nil where the partner is deleted instead.
  func breakEnds(
    of partnership: Int, _ sight: ReplicationSight, since start: Instant
  ) -> [ServerTime]? {
    guard graph.plan.partnerships[partnership].breaking.value == .reschedule else { return nil }
    let worst =
      RotationFigures(graph).replicationBroken.first { $0.position == partnership }?.length.worst
      ?? .zero
    let left = (start + worst).milliseconds - surroundings.localTime()
    return sight.sides.map { ServerTime(milliseconds: $0.time.milliseconds + left) }
  }

  /// When each side of a rescheduled partnership was due while it was broken, as its break was seen; nil where the partner
  /// had been deleted.
  func movedRuns(of partnership: Int) async throws -> [ServerTime?]? {
    guard graph.plan.partnerships[partnership].breaking.value == .reschedule else { return nil }
    let seen = try await evidence(of: .breakReplication, on: .partnership(partnership))?["sides"]
    return graph.sites(ofPartnership: partnership).indices.map { index in
      guard let sides = seen?.array, sides.indices.contains(index) else { return nil }
      return sides[index]["nextRun"]?.integer.map { ServerTime(milliseconds: $0) }
    }
  }

  /// Since when a partnership is restored, by the clock of each side.
  func restorationTimes(
    of partnership: Int, _ sight: ReplicationSight
  ) async throws -> [ServerTime] {
    let target = Target.partnership(partnership)
    let evidence = try await evidence(of: .restoreReplication, on: target)
    let seen = evidence?["sides"]?.array?.compactMap { $0["at"]?.integer }
    if let seen, seen.count == sight.sides.count {
      return seen.map { ServerTime(milliseconds: $0) }
    }
    // Only somebody's word says that it was restored: since the step began, then.
    var elapsed: Int64 = 0
    if let began = try await beginning(of: .restoreReplication, on: target) {
      elapsed = surroundings.localTime() - began.milliseconds
    }
    return sight.sides.map { ServerTime(milliseconds: $0.time.milliseconds - elapsed) }
  }

  // MARK: - Waits

  /// What the count of a wait rests on, and a look at its site.
  func basis(
    of request: StepRequest, in counts: ClientCount
  ) async throws -> (ClientCount.Basis, SiteReading) {
    let step = graph.steps[request.step]
    guard let kind = step.action.waitKind, let site = graph.site(of: request.step) else {
      throw StepFailure(.failed, "\(step.action.rawValue) waits for no clients.")
    }
    guard let reading = try await reading(site) else {
      throw StepFailure(
        .failed, "The plan has no `api` for \(name(of: site)), so its clients cannot be counted.")
    }
    let record = try await record(of: site)
    let began = try await memory.firstAttempt(at: request.step) ?? request.startedAt
    let firstCount = try await memory.firstCount(of: request.step)
    var frozen: FrozenClients?
    if !(await counts.isFollowing(request.step, since: began)) {
      // Followed from here on, and not read again.
      frozen = try await document("frozen", in: firstCount, from: DocumentMemory()) {
        FrozenClients($0)
      }
    }
    let scope = CensusScope(
      // A site without partners lists its own machines only, whatever they call it. One whose partner was deleted before the
      // run began still has the partner's.
      siteNames: record.partners.isEmpty && !graph.isInPartnership(site)
        ? [] : Set([record.siteName].compactMap(\.self)),
      policy: graph.plan.waits[kind], purgesAfter: record.purgesAfter, deafGroups: record.deafGroups
    )
    let change = try await contactChange(of: site, reading.skew)
    let basis = ClientCount.Basis(
      scope: scope, criterion: try await criterion(of: kind, step.target, site: site),
      startedAt: reading.skew.serverTime(at: began.milliseconds), frozen: frozen,
      isFrozen: firstCount != nil, site: site,
      recordedContacts: try await recordedContacts(at: site, in: counts),
      recordedReturns: try await recordedReturns(at: site, in: counts),
      calendar: ForecastCalendar(graph.plan.calendar),
      lastForecast: try await memory.lastForecast(of: request.step),
      change: change, untouched: change == nil ? [] : try await untouchedSites(besides: site),
      owner: KeptCensus.Owner(
        run: request.run, step: graph.id(of: request.step), began: began,
        domains: record.domains.map(\.id)))
    return (basis, reading)
  }

  private func criterion(
    of kind: WaitKind, _ target: Target, site: Int
  ) async throws -> AdoptionCriterion {
    let changing: Action? =
      switch kind {
      case .verificationDisabled: .disableVerification
      case .verificationEnabled: .enableVerification
      case .httpsRestored: .switchClientsToHTTPS
      case .certificateReceived: nil
      }
    if let changing {
      guard let markers = try await markers(of: changing, on: .site(site)) else {
        throw StepFailure(
          .failed,
          "Nothing recorded which policies clients must have since `\(changing.rawValue)/\(name(of: site))`."
        )
      }
      return AdoptionCriterion(markers: markers.times, changedAt: markers.changedAt)
    }
    return try await certificateCriterion(target, site: site)
  }

  /// After a swap: the policies that groups had once the last server was proved, and a contact since.
  private func certificateCriterion(
    _ target: Target, site: Int
  ) async throws -> AdoptionCriterion {
    var latest: GroupMarkers?
    var up: [String: Int64] = [:]
    for server in changedServers(of: site) {
      let proof = Target.server(site: site, server: server)
      guard let evidence = try await evidence(of: .verifyCertificate, on: proof) else { continue }
      let found = try await document("markers", in: evidence, from: markers) { GroupMarkers($0) }
      guard let found else { continue }
      let entry = graph.plan.sites[site].servers[server]
      up[AdoptionCriterion.serverKey(entry.name.value)] = found.changedAt
      up[AdoptionCriterion.serverKey(entry.address.value)] = found.changedAt
      if latest.map({ $0.changedAt < found.changedAt }) ?? true { latest = found }
    }
    guard let latest else {
      throw StepFailure(
        .failed, "No server of \(name(of: site)) was seen with its new certificate yet.")
    }
    let method = graph.plan.method(of: graph.plan.sites[site])
    return AdoptionCriterion(
      markers: latest.times, changedAt: latest.changedAt, servers: up,
      needsChangedServer: method == .failover)
  }
}
