/// The faults that are on, and what they do to a call: a value that decides, and does nothing itself.
struct LabFaults: Sendable {
  /// A call, as far as a fault asks.
  struct Call: Sendable {
    /// `paris` and `paris/sepm-par-01`.
    let site: String
    let server: String

    /// What stands behind `/sepm/`: `api/v1/computers`.
    let path: String

    /// Whether it may change something.
    let isWrite: Bool
  }

  /// What happens to a call in place of its answer, or with it.
  enum Disturbance: Sendable, Equatable {
    case tooMany(retryAfter: Int?)
    case unauthorized
    case serverError
    case wait(milliseconds: Int)
    case drip
    case hang
    case reset
    case lostAnswer
  }

  private struct Active: Sendable {
    var fault: LabFault
    var count = 0
  }

  private var active: [Active] = []

  /// The faults that are on, in the order in which they came.
  var list: [LabFault] { active.map(\.fault) }

  /// Switches a fault on, or all of its kind and target off. One of the same kind, target and detail is replaced.
  mutating func set(_ fault: LabFault) {
    active.removeAll {
      $0.fault.kind == fault.kind
        && (fault.isOn
          ? ($0.fault.target, $0.fault.group, $0.fault.location, $0.fault.detail)
            == (fault.target, fault.group, fault.location, fault.detail)
          : fault.target == nil || $0.fault.target == fault.target)
    }
    if fault.isOn { active.append(Active(fault: fault)) }
  }

  /// What happens to a call, which is counted.
  mutating func disturbance(of call: Call) -> Disturbance? {
    for index in active.indices {
      guard let disturbance = active[index].fault.disturbance, active[index].fault.concerns(call)
      else { continue }
      active[index].count += 1
      guard active[index].count % active[index].fault.every == 0 else { continue }
      if let times = active[index].fault.times {
        guard times > 0 else { continue }
        active[index].fault.times = times - 1
      }
      return disturbance
    }
    return nil
  }

  /// Whether a fault of the kind is on at a server.
  func isOn(_ kind: LabFault.Kind, site: String, server: String, detail: String? = nil) -> Bool {
    active.contains {
      $0.fault.kind == kind && $0.fault.isAbout(site: site, server: server)
        && ($0.fault.detail == nil || detail == nil || $0.fault.detail == detail)
    }
  }

  /// Whether a change of a location's settings is not done; such a one is counted.
  mutating func ignores(site: String, server: String, group: String, location: String) -> Bool {
    for index in active.indices where active[index].fault.kind == .ignorePatch {
      let fault = active[index].fault
      guard fault.isAbout(site: site, server: server), fault.group ?? group == group,
        fault.location ?? location == location
      else { continue }
      if let times = fault.times {
        guard times > 0 else { continue }
        active[index].fault.times = times - 1
      }
      return true
    }
    return false
  }

  /// The share of clients that a fault is about, in percent: that lists leave out, or have twice.
  func percent(of kind: LabFault.Kind, site: String, server: String) -> Int {
    let fault = active.last {
      $0.fault.kind == kind && $0.fault.isAbout(site: site, server: server)
    }
    return fault.map { $0.fault.number ?? 50 } ?? 0
  }

  /// The group that is in a domain of its own with those below it; nil where there is one domain. All servers of a site
  /// share it.
  func secondDomain(of site: String) -> String? {
    active.last { $0.fault.kind == .secondDomain && ($0.fault.target ?? site) == site }?.fault.group
  }

  /// How many requests a minute a server takes; nil for as many as come.
  func limit(site: String, server: String) -> Int? {
    let fault = active.last {
      $0.fault.kind == .limit && $0.fault.isAbout(site: site, server: server)
    }
    guard let fault else { return RateWindow.threshold }
    return fault.fault.number.flatMap { $0 > 0 ? $0 : nil }
  }
}

extension LabFault {
  /// Whether it is about a server.
  func isAbout(site: String, server: String) -> Bool {
    target == nil || target == site || target == server
  }

  fileprivate func concerns(_ call: LabFaults.Call) -> Bool {
    // Who lacks a right can log on all the same, and ask who they are.
    if kind == .noRights, call.path.contains("/identity/") || call.path.hasSuffix("/currentuser") {
      return false
    }
    // Another token is no change of anything.
    if kind == .readOnly, call.path.contains("oauth/") { return false }
    if kind == .lostAnswer || kind == .readOnly, !call.isWrite { return false }
    return isAbout(site: call.site, server: call.server)
      && (detail.map { call.path.contains($0) } ?? true)
  }

  fileprivate var disturbance: LabFaults.Disturbance? {
    switch kind {
    case .throttle: .tooMany(retryAfter: number)
    case .noRights, .readOnly: .unauthorized
    case .serverError: .serverError
    case .slow: .wait(milliseconds: number ?? 1_000)
    case .drip: .drip
    case .hang: .hang
    case .reset: .reset
    case .lostAnswer: .lostAnswer
    case .limit, .tokenLoss, .settingsMissing, .ignorePatch, .closedPort, .statusArray,
      .fewerClients, .duplicates, .secondDomain:
      nil
    }
  }
}
