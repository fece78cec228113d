/// What a step does (`docs/PROCEDURE.md`, "Actions"). What each action is stands in the table, ``Action/row``.
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
  case keepRecoveryFile = "keep-recovery-file"
  case renewDatabaseCertificate = "renew-database-certificate"
  case awaitCertificateReceived = "await-certificate-received"
  case enableVerification = "enable-verification"
  case awaitVerificationEnabled = "await-verification-enabled"
  case switchClientsToHTTPS = "switch-clients-to-https"
  case awaitHTTPSRestored = "await-https-restored"
  case backUpDatabase = "back-up-database"
  case upgradeServer = "upgrade-server"
  case confirmSettings = "confirm-settings"
  case restoreReplication = "restore-replication"
  case verifyReplication = "verify-replication"

  // Reversals that no forward graph holds.
  case restoreCertificate = "restore-certificate"
  case discardBackup = "discard-backup"
  case discardDatabaseBackup = "discard-database-backup"
}

// Each column of the table is one question about an action.
extension Action {
  /// The position of the action in its declaration.
  package var position: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  private var traits: ActionTraits { Self.table[position] }

  /// The rows of all actions by their positions, made once: hot loops ask for them.
  private static let table: [ActionTraits] = {
    precondition(allCases.indices.allSatisfy { allCases[$0].position == $0 }, "cases out of order")
    return allCases.map(\.row)
  }()

  /// The kind of target that it acts on. With failover `await-certificate-received` waits for a server's
  /// clients; everywhere else for a site's.
  package var targetKind: TargetKind { traits.target }

  /// What running it twice would do, and how it can be found out whether it ran.
  package var effect: EffectClass { traits.effect }

  /// The action on the same target that takes this one back; nil where nothing has to be or can be.
  package var reversal: Action? {
    if case .by(let action) = traits.undoing { action } else { nil }
  }

  /// Whether nothing takes the action back.
  package var isPointOfNoReturn: Bool { traits.undoing == .never }

  /// The wait that the action is; nil for actions that do something.
  package var waitKind: WaitKind? { traits.wait }

  /// What it leaves open until another action on the same target closes it; nil for most.
  package var opens: Opening? { traits.opens }

  /// What it closes; nil for most.
  package var closes: Opening? { traits.closes }

  /// Whether it makes a beginning: opens what nothing has opened before it, or cannot be taken back. What only brings
  /// to its end what another action began, as a restart does, has itself for a reversal.
  package var beginsExposure: Bool { isPointOfNoReturn || opens != nil && reversal != self }

  /// When clients depend on its being done.
  package var protection: Protection { traits.protection }

  /// Whether a server has another certificate afterwards.
  package var changesCertificate: Bool { traits.changesCertificate }

  /// By what it is carried out where a plan says nothing.
  package var usualChannel: UsualChannel { traits.channel }

  /// Whether SEPM's REST API can do or observe it (`docs/SEPM.md`, "Who does what").
  package var hasEndpoint: Bool { traits.hasEndpoint }

  /// Whether Waltz does it itself and nobody else can: a wait or a probe.
  package var isObserved: Bool { traits.isObserved }

  /// Whether SEPM does it in the console or a wizard and nowhere else (`docs/SEPM.md`, "Who does what").
  package var isConsolesOnly: Bool { traits.isConsolesOnly }

  /// Whether its effect may be there before a run begins, since an earlier run of the same sites ended in the middle, and shows:
  /// then it is looked for before anybody is asked to bring it about.
  package var mayBeDoneBefore: Bool { traits.mayBeDoneBefore }

  /// For which rotations there are steps with it.
  package var occasions: Occasions { traits.occasions }

  /// What of its server, besides the address, it depends on; nil for most.
  package var serverPart: ServerPart? { traits.serverPart }

  /// How long it takes once it has begun, as far as plans are concerned; nothing for waits, which take what
  /// their policy says.
  package var work: (expected: Duration, worst: Duration) { (traits.expected, traits.worst) }

  /// Why a rotation has a step with this action (`docs/SEPM.md`, "The procedure"), as full sentences.
  package var purpose: String { traits.purpose }

  /// What is so in a rotation that lacks it, as a full sentence in lower case.
  package var lack: String { traits.lack }

  /// Why a step with the action `follower` waits for one with this: `so that …`.
  package func reasonToWait(in follower: Action) -> String {
    follower == self ? traits.reasonOfNext ?? traits.reason : traits.reason
  }
}
