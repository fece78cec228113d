/// What a command may name in braces in its arguments, `{server.address}`, and what stands in for it.
///
/// Braces around anything else are text: PowerShell is full of them.
public enum CommandPlaceholder: String, Sendable, CaseIterable {
  case planName = "plan.name"
  case runID = "run.id"
  case stepID = "step.id"
  case stepStartedAt = "step.startedAt"
  case stepAttempt = "step.attempt"
  case siteName = "site.name"
  case serverName = "server.name"
  case serverAddress = "server.address"
  case serverPorts = "server.ports"
  case serverVersion = "server.version"
  case serverUpgrade = "server.upgrade"
  case certificateName = "certificate.name"
  case certificateFingerprint = "certificate.fingerprint"
  case partnershipName = "partnership.name"
  case partnershipAuthority = "partnership.authority"

  /// What placeholders ask about: their first words.
  package static let subjects = Set(allCases.map { $0.rawValue.prefix { $0 != "." } })

  /// Whether a step on this kind of target has a value for it.
  public func exists(on target: TargetKind) -> Bool {
    switch self {
    case .planName, .runID, .stepID, .stepStartedAt, .stepAttempt: true
    case .siteName: target != .partnership
    case .serverName, .serverAddress, .serverPorts, .serverVersion, .serverUpgrade,
      .certificateName, .certificateFingerprint:
      target == .server
    case .partnershipName, .partnershipAuthority: target == .partnership
    }
  }
}

/// The kinds of things that actions act on.
public enum TargetKind: String, Sendable, CaseIterable {
  case site
  case server
  case partnership
}
