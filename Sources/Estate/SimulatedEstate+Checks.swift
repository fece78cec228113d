import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

extension SimulatedEstate {
  /// A skew beyond which times of sites cannot be compared (`docs/SEPM.md`, "Times and ids").
  private static let longestSkew: Int64 = 300_000

  func checkCertificate(server: Int, of site: Int) -> StepAnswer {
    let state = sites[site].servers[server]
    guard let certificate = state.newCertificate else {
      return .failed(StepFailure(.failed, "The plan names no certificate for \(state.name)."))
    }
    return .succeeded(
      Evidence([
        .init("certificate", fingerprint(certificate)),
        .init("replaces", fingerprint(state.oldCertificate)),
      ]))
  }

  func checkServer(server: Int, of site: Int) -> StepAnswer {
    let state = sites[site].servers[server]
    if let stopped = Service.allCases.first(where: { !state[$0].isRunning }) {
      return .failed(
        StepFailure(
          .failed, "\(stopped.rawValue) of \(state.name) is not running.", isRetryable: true))
    }
    let skew = sites[site].clockSkew
    guard abs(skew) <= Self.longestSkew else {
      let length = Duration.seconds(abs(skew) / 1_000).planNotation
      return .failed(
        StepFailure(
          .failed,
          "The clock of \(sites[site].name) is \(length) \(skew > 0 ? "ahead" : "behind").",
          help: "Correct the clock first: waits compare times of servers and clients."))
    }
    let old = sites[site].clients.count { clients.isOldAgent[$0] && exists($0, at: time) }
    if old > 0, plan.method(of: plan.sites[site]) == .failover {
      return .failed(
        StepFailure(
          .failed,
          "\(old) clients of \(sites[site].name) have version 14.2 or 14.2.1. These refuse a "
            + "changed certificate while they verify.",
          help: "Upgrade these clients, or rotate the site with the method suspend-verification."))
    }
    return .succeeded(
      Evidence([
        .init("version", .string(state.version?.description ?? "unknown")),
        .init("services", .array(Service.allCases.map { .string($0.rawValue) })),
        .init("clockSkewSeconds", .integer(skew / 1_000)),
        .init("clientsOfVersion142", .integer(Int64(old))),
        .init("replication", .array(replication(of: site))),
      ]))
  }

  /// The leaf on every TLS port must be the planned one: a service that was not restarted shows here.
  func verifyCertificate(server: Int, of site: Int) -> StepAnswer {
    let state = sites[site].servers[server]
    guard let wanted = state.newCertificate else {
      return .failed(StepFailure(.failed, "The plan names no certificate for \(state.name)."))
    }
    var members: [JSONValue.Member] = []
    var wrong: [String] = []
    for (port, certificate) in listeners(ofServer: server, at: site) {
      guard let certificate else {
        return .failed(
          StepFailure(
            .failed, "\(state.address):\(port) refuses connections.",
            help: "Start the service that listens there.", isRetryable: true))
      }
      members.append(.init("\(port)", fingerprint(certificate)))
      if certificate != wanted {
        wrong.append("\(port) presents \(fingerprints[Int(certificate)])")
      }
    }
    guard wrong.isEmpty else {
      return .failed(
        StepFailure(
          .failed,
          "\(state.address) does not present \(fingerprints[Int(wanted)]) everywhere: "
            + "\(wrong.joined(separator: ", ")).",
          help: "A service still runs with the old certificate. Restart semsrv, semwebsrv and "
            + "semapisrv on \(state.name), then retry this step."))
    }
    return .succeeded(Evidence([.init("ports", .object(members))]))
  }

  func confirmSettings(of site: Int) -> StepAnswer {
    guard let differences = settingsDifferences(of: site) else {
      return .failed(
        StepFailure(
          .failed,
          "No settings of \(sites[site].name) were recorded, so there is nothing to compare with."))
    }
    guard differences.isEmpty else {
      return .failed(
        StepFailure(
          .failed,
          "\(sites[site].name) differs from what was recorded: "
            + differences.joined(separator: "; ") + ".",
          help: "Set these back in the console, then retry this step."))
    }
    return .succeeded(settingsEvidence(of: site))
  }

  func replicationEvidence(of link: Int) -> Evidence {
    Evidence([
      .init("status", .string(links[link].status.rawValue)),
      .init("lastSuccessfulRun", moment(links[link].lastSuccess)),
      .init("restoredAt", links[link].restoredAt.map(moment) ?? .null),
      .init("failedRuns", .integer(Int64(links[link].failedRuns))),
    ])
  }

  private func replication(of site: Int) -> [JSONValue] {
    links.filter { $0.sites.contains(site) }.map { .string("\($0.name) \($0.status.rawValue)") }
  }

  private func moment(_ time: Int64) -> JSONValue {
    time == 0 ? .null : .string(Instant(milliseconds: time).description)
  }
}
