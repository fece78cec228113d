import CanonicalJSON
import RotationEngine
import SEPMClient

/// One look at a site over its API: the same skew for all of it.
struct SiteReading: Sendable {
  let api: APIClient

  /// How far the server's clock is ahead.
  let skew: ClockSkew

  private let localTime: @Sendable () -> Int64

  /// Asks who is logged on, which shows the server's time and costs no log-on while the token is good
  /// (`docs/SEPM.md`, "Logging on"); or logs on anew.
  init(
    _ api: APIClient, byNewLogOn: Bool, localTime: @escaping @Sendable () -> Int64
  ) async throws(SEPMError) {
    let logon = byNewLogOn ? try await api.logOn() : try await Self.logon(api)
    try self.init(api, logon: logon, localTime: localTime)
  }

  /// A look by an answer that was just given.
  init(
    _ api: APIClient, logon: Logon, localTime: @escaping @Sendable () -> Int64
  ) throws(SEPMError) {
    self.api = api
    self.localTime = localTime
    guard let skew = logon.skew else {
      throw SEPMError(
        task: "compare the server's time", server: api.address.description,
        kind: .malformed("the member `serverTime` is missing"))
    }
    self.skew = skew
  }

  private static func logon(_ api: APIClient) async throws(SEPMError) -> Logon {
    do throws(SEPMError) {
      return try await api.currentUser()
    } catch {
      // A version that does not know the question tells its time at a log-on.
      guard error.kind == .resourceAbsent else { throw error }
      return try await api.logOn()
    }
  }

  /// The server's time now.
  var now: ServerTime { skew.serverTime(at: localTime()) }

  /// All groups of all domains. A listing during which something came or went is made once more.
  func groups() async throws(SEPMError) -> [ClientGroup] {
    var result: [ClientGroup] = []
    for domain in try await api.domains() { result += try await groups(of: domain.id) }
    return result
  }

  func groups(of domain: SEPMID) async throws(SEPMError) -> [ClientGroup] {
    let first = try await api.groups(of: domain)
    return first.listing.isSteady ? first.groups : try await api.groups(of: domain).groups
  }

  /// The settings of all locations of a group.
  func locations(of group: ClientGroup) async throws(SEPMError) -> [SettingsRecord.Location] {
    guard !group.inherits else { return [] }
    var result: [SettingsRecord.Location] = []
    for location in try await api.locations(of: group.id) {
      result.append(
        .init(
          id: location.id, name: location.name,
          settings: try await api.settings(of: location.id, in: group.id)))
    }
    return result
  }

  /// Everything that a rotation may have to put back. Without `hasSettings` the settings are left out: where this version
  /// of SEPM does not show them.
  func record(hasSettings: Bool = true) async throws(SEPMError) -> SettingsRecord {
    let replication = try await api.replication()
    var domains: [SettingsRecord.Domain] = []
    var groups: [SettingsRecord.Group] = []
    for domain in try await api.domains() {
      let purge = try await api.idlePurge(of: domain.id)
      domains.append(
        .init(
          id: domain.id, name: domain.name,
          purgesAfterDays: purge.deletesClients == true ? purge.days : nil))
      for group in try await self.groups(of: domain.id) {
        groups.append(try await record(of: group, hasSettings: hasSettings))
      }
    }
    return SettingsRecord(
      siteName: replication.first?.site, serverTime: now.milliseconds, domains: domains,
      groups: groups, partners: replication.flatMap { $0.partners.map(\.name) },
      hasSettings: hasSettings)
  }

  /// The policy times of groups that were read after a change was confirmed, which is now, to be kept with its event.
  func markers(of groups: [ClientGroup]) -> Attachment {
    Attachment(document: GroupMarkers(groups, changedAt: now).json)
  }

  /// Whether the policy of every group that does not inherit was published since an instant: all that shows of a change
  /// where SEPM does not show settings.
  func publication(since time: ServerTime) async throws(SEPMError) -> Finding {
    let groups = try await groups()
    let left = groups.filter { !$0.inherits && ($0.policyDate.map { $0 <= time } ?? true) }
    guard left.isEmpty else {
      return .notDone(
        "The policy of \(NameList(left.map(\.path))) was not published since this was asked for.")
    }
    let markers = markers(of: groups)
    return .done(
      Evidence(
        [
          .init("seen", .string("the policies were published; SEPM does not show the settings")),
          .init("groups", .integer(Int64(groups.count))), .init("markers", markers.reference),
        ], attachments: [markers]))
  }

  /// What of a group may have to be put back.
  func record(
    of group: ClientGroup, hasSettings: Bool = true
  ) async throws(SEPMError) -> SettingsRecord.Group {
    .init(
      id: group.id, path: group.path, policyDate: group.policyDate?.milliseconds,
      locations: hasSettings ? try await locations(of: group) : [], inherits: group.inherits)
  }
}

extension StepFailure {
  /// A call that came to nothing.
  init(_ error: SEPMError) {
    if error.kind == .cancelled {
      self.init(.cancelled, "The run was stopped while the step was under way.")
    } else {
      self.init(
        .failed, error.statement, help: error.help,
        isPassing: error.isPassing || error.mayDifferNextTime)
    }
  }
}

extension StepAnswer {
  /// What a call that came to nothing means for a step: where the resource or the right is missing, a person does it.
  init(_ error: SEPMError) {
    switch error.kind {
    case .resourceAbsent, .missingRights:
      self = .needsOperator(reason: error.description)
    default: self = .failed(StepFailure(error))
    }
  }
}

extension Finding {
  /// What a call that came to nothing means for a look.
  init(_ error: SEPMError) {
    switch error.kind {
    case .resourceAbsent, .missingRights: self = .unknown(error.statement)
    default: self = .inconclusive(error.description)
    }
  }
}

extension SEPMError {
  /// Whether SEPM does not accept the password: that it said so now or before.
  var isRefusal: Bool { kind == .badCredentials || kind == .refusedBefore }

  /// Whether the call may have been carried out.
  var isUnknown: Bool { if case .outcomeUnknown = kind { true } else { false } }

  /// Whether the same step may go another way the next time: it looks first, or the listing stands still then.
  fileprivate var mayDifferNextTime: Bool {
    switch kind {
    case .outcomeUnknown, .brokenPages: true
    default: false
    }
  }
}
