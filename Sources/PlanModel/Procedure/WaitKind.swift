/// The changes that clients are waited for.
public enum WaitKind: String, Sendable, CaseIterable {
  case verificationDisabled = "verification-disabled"
  case certificateReceived = "certificate-received"
  case verificationEnabled = "verification-enabled"
  case httpsRestored = "https-restored"

  /// The least that a plan may write as a wait's minimum without saying why: the longest heartbeat that the
  /// vendor advises.
  package static let leastMinimum = Duration.hours(24)
}
