public import PlanText

/// When a wait passes, and what happens when it does not (`docs/PROCEDURE.md`, "Waits").
///
/// A policy is complete: what the plan leaves out of one wait comes from `waits.default`, and what that
/// leaves out from ``standard``.
public struct WaitPolicy: Sendable, Equatable {
  /// What happens when the deadline passes first.
  public enum OnDeadline: String, Sendable, CaseIterable {
    /// Keep waiting and ask the operator.
    case hold

    /// The step fails.
    case fail

    /// Go on if at least ``WaitPolicy/floor`` adopted.
    case proceed
  }

  /// Clients that are looked at by themselves.
  public struct Cohort: Sendable, Equatable {
    /// The name that reports print.
    public var name: Located<String>

    /// Who belongs to it.
    public var selector: ClientSelector

    /// The share of the cohort that must have adopted.
    public var adopted: Located<Share>

    /// A cohort.
    public init(name: Located<String>, selector: ClientSelector, adopted: Located<Share>) {
      self.name = name
      self.selector = selector
      self.adopted = adopted
    }
  }

  /// Clients that are waived by rule.
  public struct Exclusion: Sendable, Equatable {
    /// Who is waived.
    public var selector: ClientSelector

    /// Why, for the auditor.
    public var reason: Located<String>

    /// An exclusion.
    public init(selector: ClientSelector, reason: Located<String>) {
      self.selector = selector
      self.reason = reason
    }
  }

  /// Of the counted clients.
  public var adopted: Located<Share>

  /// Never earlier, whatever the share.
  public var minimum: Located<Duration>

  /// Counted from the start of the wait.
  public var deadline: Located<Duration>

  /// What happens at the deadline.
  public var onDeadline: Located<OnDeadline>

  /// The share with which `proceed` goes on; nil with the others.
  public var floor: Located<Share>?

  /// The time between two polls.
  public var every: Located<Duration>

  /// How long everything must hold before the wait passes.
  public var holdFor: Located<Duration>

  /// Who is counted: clients seen in this window.
  public var activeWithin: Located<Duration>

  /// Clients that are looked at by themselves.
  public var cohorts: [Cohort]

  /// Clients that are waived.
  public var exclusions: [Exclusion]

  /// Why a `minimum` of less than a day or a low share is right here; nil where the plan does not override.
  public var overrideReason: Located<String>?

  /// A policy.
  public init(
    adopted: Located<Share> = Located(.percent(98)),
    minimum: Located<Duration> = Located(.hours(24)),
    deadline: Located<Duration> = Located(.days(14)),
    onDeadline: Located<OnDeadline> = Located(.hold),
    floor: Located<Share>? = nil,
    every: Located<Duration> = Located(.minutes(15)),
    holdFor: Located<Duration> = Located(.hours(1)),
    activeWithin: Located<Duration> = Located(.days(30)),
    cohorts: [Cohort] = [],
    exclusions: [Exclusion] = [],
    overrideReason: Located<String>? = nil
  ) {
    self.adopted = adopted
    self.minimum = minimum
    self.deadline = deadline
    self.onDeadline = onDeadline
    self.floor = floor
    self.every = every
    self.holdFor = holdFor
    self.activeWithin = activeWithin
    self.cohorts = cohorts
    self.exclusions = exclusions
    self.overrideReason = overrideReason
  }

  /// What holds where a plan says nothing: 98 %, at least a day, two weeks at most.
  public static let standard = WaitPolicy()
}

/// Which clients are meant; at least one member is set, and all that are set must hold.
public struct ClientSelector: Sendable, Equatable {
  /// A group's full path, `My Company\Lab`; its subgroups belong to it.
  public var group: Located<String>?

  /// SEPM's `osFunction` (`docs/SEPM.md`, "Computers").
  public var osFunction: Located<OSFunction>?

  /// A selector.
  public init(group: Located<String>? = nil, osFunction: Located<OSFunction>? = nil) {
    self.group = group
    self.osFunction = osFunction
  }

  /// Whether a client of this group and function is meant.
  public func matches(group path: String, osFunction function: OSFunction) -> Bool {
    if let group, path != group.value, !path.hasPrefix(group.value + "\\") { return false }
    if let osFunction, osFunction.value != function { return false }
    return true
  }
}

/// What a client's machine is for, as SEPM reports it (`docs/SEPM.md`, "Computers").
public enum OSFunction: String, Sendable, CaseIterable {
  case unknown = "Unknown"
  case workstation = "Workstation"
  case domainController = "DomainController"
  case server = "Server"
}
