import PlanModel
import RotationGraph

/// What makes the id of a step, in one word: graphs have many steps, and an action hashes as its name.
struct StepKey: Hashable {
  private let code: UInt64

  init(_ action: Action, _ target: Target) {
    let place: UInt64 =
      switch target {
      case .site(let site): UInt64(site) << 32
      case .server(let site, let server): 1 << 62 | UInt64(site) << 32 | UInt64(server)
      case .partnership(let partnership): 2 << 62 | UInt64(partnership) << 32
      }
    // Sites and partnerships take 24 bits, the action 5 between them and the kind, servers 32.
    code = place | action.number << 57
  }
}

extension Action {
  /// The position of the action in its declaration.
  fileprivate var number: UInt64 {
    switch self {
    case .checkCertificate: 0
    case .checkServer: 1
    case .recordSettings: 2
    case .backUpServer: 3
    case .breakReplication: 4
    case .switchClientsToHTTP: 5
    case .disableVerification: 6
    case .awaitVerificationDisabled: 7
    case .updateCertificate: 8
    case .restartServices: 9
    case .verifyCertificate: 10
    case .renewDatabaseCertificate: 11
    case .awaitCertificateReceived: 12
    case .enableVerification: 13
    case .awaitVerificationEnabled: 14
    case .switchClientsToHTTPS: 15
    case .awaitHTTPSRestored: 16
    case .upgradeServer: 17
    case .confirmSettings: 18
    case .restoreReplication: 19
    case .verifyReplication: 20
    case .restoreCertificate: 21
    case .discardBackup: 22
    }
  }
}
