/// What a step does (`docs/PROCEDURE.md`, "Actions").
public enum Action: String, Sendable, CaseIterable {
  case checkCertificate = "check-certificate"
  case checkServer = "check-server"
  case recordSettings = "record-settings"
  case backUpServer = "back-up-server"
  case breakReplication = "break-replication"
  case switchClientsToHTTP = "switch-clients-to-http"
  case disableVerification = "disable-verification"
  case awaitVerificationDisabled = "await-verification-disabled"
  case updateCertificate = "update-certificate"
  case restartServices = "restart-services"
  case verifyCertificate = "verify-certificate"
  case renewDatabaseCertificate = "renew-database-certificate"
  case awaitCertificateReceived = "await-certificate-received"
  case enableVerification = "enable-verification"
  case awaitVerificationEnabled = "await-verification-enabled"
  case switchClientsToHTTPS = "switch-clients-to-https"
  case awaitHTTPSRestored = "await-https-restored"
  case upgradeServer = "upgrade-server"
  case confirmSettings = "confirm-settings"
  case restoreReplication = "restore-replication"
  case verifyReplication = "verify-replication"

  // Reversals that no forward graph holds.
  case restoreCertificate = "restore-certificate"
  case discardBackup = "discard-backup"

  /// What running it twice would do, and how it can be found out whether it ran.
  public var effect: EffectClass {
    switch self {
    case .checkCertificate, .checkServer, .recordSettings, .verifyCertificate, .confirmSettings,
      .verifyReplication:
      .readOnly
    case .backUpServer, .disableVerification, .enableVerification, .discardBackup: .idempotent
    case .breakReplication, .switchClientsToHTTP, .updateCertificate, .restartServices,
      .renewDatabaseCertificate, .switchClientsToHTTPS, .upgradeServer, .restoreReplication,
      .restoreCertificate:
      .observable
    case .awaitVerificationDisabled, .awaitCertificateReceived, .awaitVerificationEnabled,
      .awaitHTTPSRestored:
      .wait
    }
  }

  /// The action on the same target that takes this one back; nil where nothing has to be or can be.
  public var reversal: Action? {
    switch self {
    case .backUpServer: .discardBackup
    case .breakReplication: .restoreReplication
    case .switchClientsToHTTP: .switchClientsToHTTPS
    case .disableVerification: .enableVerification
    case .updateCertificate: .restoreCertificate
    case .restartServices: .restartServices
    case .renewDatabaseCertificate: .renewDatabaseCertificate
    case .enableVerification: .disableVerification
    case .switchClientsToHTTPS: .switchClientsToHTTP
    case .restoreReplication: .breakReplication
    case .restoreCertificate: .updateCertificate
    case .checkCertificate, .checkServer, .recordSettings, .awaitVerificationDisabled,
      .verifyCertificate, .awaitCertificateReceived, .awaitVerificationEnabled,
      .awaitHTTPSRestored, .upgradeServer, .confirmSettings, .verifyReplication, .discardBackup:
      nil
    }
  }

  /// Whether nothing takes the action back: a server upgrade changes the database for good
  /// (`docs/SEPM.md`, "Back-ups": a backup restores only into the same version).
  public var isPointOfNoReturn: Bool {
    switch self {
    case .upgradeServer, .discardBackup: true
    default: false
    }
  }

  /// The wait that the action is; nil for actions that do something.
  public var waitKind: WaitKind? {
    switch self {
    case .awaitVerificationDisabled: .verificationDisabled
    case .awaitCertificateReceived: .certificateReceived
    case .awaitVerificationEnabled: .verificationEnabled
    case .awaitHTTPSRestored: .httpsRestored
    default: nil
    }
  }
}

/// What repeating an action means (`docs/PROCEDURE.md`, "Attempts").
public enum EffectClass: String, Sendable, CaseIterable {
  /// Changes nothing.
  case readOnly

  /// Doing it again changes nothing more.
  case idempotent

  /// Whether it happened can be seen from outside.
  case observable

  /// Must not be done twice and can not be seen.
  case nonRepeatable

  /// A wait for clients.
  case wait

  /// Whether carrying the action out changes the estate.
  public var isMutating: Bool {
    switch self {
    case .idempotent, .observable, .nonRepeatable: true
    case .readOnly, .wait: false
    }
  }
}

/// The changes that clients are waited for.
public enum WaitKind: String, Sendable, CaseIterable {
  case verificationDisabled = "verification-disabled"
  case certificateReceived = "certificate-received"
  case verificationEnabled = "verification-enabled"
  case httpsRestored = "https-restored"
}
