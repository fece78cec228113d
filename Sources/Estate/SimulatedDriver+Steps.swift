import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension SimulatedDriver {
  /// Does what the step does.
  func change(_ request: StepRequest) -> StepAnswer {
    do {
      switch try commit(request) {
      case .done(let evidence): return .succeeded(evidence)
      case .failed(let failure): return .failed(failure)
      }
    } catch {
      return .failed(Self.logFailure(error))
    }
  }

  /// A log that takes no line is no answer of the estate: the step is tried again.
  static func logFailure(_ error: any Error) -> StepFailure {
    StepFailure(
      .failed, "\(error)", help: "Nothing was done to the simulated estate.", isRetryable: true)
  }

  /// The steps that only look; nil for the others.
  func look(_ request: StepRequest) -> StepAnswer? {
    let step = request.graph.steps[request.step]
    switch (step.action, step.target) {
    case (.checkCertificate, .server(let site, let server)):
      return withEstate { $0.checkCertificate(server: server, of: site) }
    case (.checkServer, .server(let site, let server)):
      return withEstate { $0.checkServer(server: server, of: site) }
    case (.verifyCertificate, .server(let site, let server)):
      return withEstate { $0.verifyCertificate(server: server, of: site) }
    case (.confirmSettings, .site(let site)):
      return withEstate { $0.confirmSettings(of: site) }
    default: return nil
    }
  }

  /// Looks every ten minutes whether replication succeeded since it was restored, for a day at most.
  func verifyReplication(_ request: StepRequest) async -> StepAnswer {
    guard case .partnership(let link) = request.graph.steps[request.step].target else {
      return .failed(StepFailure(.failed, "Only a partnership replicates."))
    }
    let limit = clock.now() + .hours(24)
    while true {
      let (state, evidence) = withEstate { ($0.links[link], $0.replicationEvidence(of: link)) }
      if state.isActive, state.status == .succeeded, state.lastSuccess >= state.restoredAt ?? 0 {
        return .succeeded(evidence)
      }
      guard clock.now() < limit else {
        return .failed(
          StepFailure(
            .failed,
            "Replication of \(state.name) has not succeeded since it was restored "
              + "(\(state.status.rawValue)).",
            help: "Look in tomcat\\logs\\scm-server-0.log on both sides.", isRetryable: true))
      }
      await clock.sleep(until: clock.now() + .minutes(10), rank: request.step)
      guard !Task.isCancelled else { return .failed(Self.cancelled) }
    }
  }
}

extension Action {
  /// How long the action takes, in milliseconds.
  var duration: Range<Int64> {
    let seconds: Range<Int64> =
      switch self {
      case .checkCertificate, .verifyCertificate: 5..<25
      case .checkServer, .recordSettings, .confirmSettings: 20..<90
      case .verifyReplication: 20..<60
      case .backUpServer, .backUpDatabase: 900..<1_500
      case .keepRecoveryFile: 60..<180
      case .breakReplication, .switchClientsToHTTP, .switchClientsToHTTPS: 120..<480
      case .disableVerification, .enableVerification: 60..<240
      case .updateCertificate, .restoreCertificate: 480..<720
      case .restartServices: 180..<420
      case .renewDatabaseCertificate: 900..<1_800
      case .upgradeServer: 2_400..<3_300
      case .restoreReplication: 300..<600
      case .discardBackup, .discardDatabaseBackup: 5..<20
      case .awaitVerificationDisabled, .awaitCertificateReceived, .awaitVerificationEnabled,
        .awaitHTTPSRestored:
        0..<1
      }
    return seconds.lowerBound * 1_000..<seconds.upperBound * 1_000
  }
}
