public import PlanText

/// The way a site is rotated (`docs/SEPM.md`, "Suspending verification" and "Failover").
public enum Method: String, Sendable, CaseIterable {
  /// Verification off, change, verification on: the vendor's procedure for any site.
  case suspendVerification = "suspend-verification"

  /// One server after the other while clients fail over; verification stays on.
  case failover
}

/// In which order and how the sites are rotated.
public struct Strategy: Sendable, Equatable {
  /// The method of sites without their own.
  public var method: Located<Method>

  /// Sites that rotate together, wave after wave; nil puts all in one wave.
  public var waves: [[Located<String>]]?

  /// How many servers of one site are changed at once.
  public var serversAtOnce: Located<Int>

  /// A strategy.
  public init(
    method: Located<Method> = Located(.suspendVerification),
    waves: [[Located<String>]]? = nil,
    serversAtOnce: Located<Int> = Located(1)
  ) {
    self.method = method
    self.waves = waves
    self.serversAtOnce = serversAtOnce
  }
}
