import PlanModel

/// A set of actions as bits, in the order of their declaration.
struct ActionSet: OptionSet {
  let rawValue: UInt32

  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  init(_ action: Action) {
    rawValue = 1 << action.number
  }
}

extension Action {
  /// The position of the action in its declaration.
  var number: UInt32 {
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
