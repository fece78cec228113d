import PlanModel

/// The steps that a site has at most one of, as bits; what the masks of ``GraphIndex`` hold.
struct Milestones: OptionSet {
  let rawValue: UInt16

  static let record = Milestones(rawValue: 1 << 0)
  static let http = Milestones(rawValue: 1 << 1)
  static let disabled = Milestones(rawValue: 1 << 2)
  static let unverified = Milestones(rawValue: 1 << 3)
  static let renewed = Milestones(rawValue: 1 << 4)
  static let received = Milestones(rawValue: 1 << 5)
  static let enabled = Milestones(rawValue: 1 << 6)
  static let verifying = Milestones(rawValue: 1 << 7)
  static let https = Milestones(rawValue: 1 << 8)
  static let restored = Milestones(rawValue: 1 << 9)
  static let confirmed = Milestones(rawValue: 1 << 10)

  /// The first change to a site that is not a backup.
  static let entry = Milestones(rawValue: 1 << 11)

  /// With failover, the last wait of the last server.
  static let lastWait = Milestones(rawValue: 1 << 12)

  /// The backup of a site's database before its servers are upgraded.
  static let backedUp = Milestones(rawValue: 1 << 13)

  /// The milestone that an action on a site is.
  init?(_ action: Action) {
    switch action {
    case .recordSettings: self = .record
    case .switchClientsToHTTP: self = .http
    case .disableVerification: self = .disabled
    case .awaitVerificationDisabled: self = .unverified
    case .renewDatabaseCertificate: self = .renewed
    case .awaitCertificateReceived: self = .received
    case .enableVerification: self = .enabled
    case .awaitVerificationEnabled: self = .verifying
    case .switchClientsToHTTPS: self = .https
    case .awaitHTTPSRestored: self = .restored
    case .backUpDatabase: self = .backedUp
    case .confirmSettings: self = .confirmed
    case .checkCertificate, .checkServer, .backUpServer, .breakReplication, .updateCertificate,
      .restartServices, .verifyCertificate, .keepRecoveryFile, .upgradeServer,
      .restoreReplication, .verifyReplication, .restoreCertificate, .discardBackup,
      .discardDatabaseBackup:
      return nil
    }
  }

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }
}
