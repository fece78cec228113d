public import PlanText

/// What one YAML document of kind `RotationPlan` means (`README.md`, "The plan language by example").
///
/// References between the parts are names, as in the document; the compiler's checks prove that they
/// resolve. Every default is filled in.
public struct RotationPlan: Sendable, Equatable {
  /// A label of the plan, for people and other tools.
  public struct Label: Sendable, Equatable {
    /// The key.
    public var key: Located<String>

    /// The value.
    public var value: Located<String>

    /// A label.
    public init(key: Located<String>, value: Located<String>) {
      self.key = key
      self.value = value
    }
  }

  /// Lower case, digits, dashes; names the runs.
  public var name: Located<String>

  /// For people.
  public var description: String?

  /// For people and other tools, in the order of the plan.
  public var labels: [Label]

  /// The certificates in the order of the plan.
  public var certificates: [CertificateSource]

  /// The sites in the order of the plan.
  public var sites: [Site]

  /// The partnerships in the order of the plan.
  public var partnerships: [Partnership]

  /// The order and the method.
  public var strategy: Strategy

  /// The policy of every kind of wait.
  public var waits: Waits

  /// When people are away together; nil where the plan does not say.
  public var calendar: PlanCalendar?

  /// The plan-wide channels.
  public var automation: [AutomationRule]

  /// A plan.
  public init(
    name: Located<String>,
    description: String? = nil,
    labels: [Label] = [],
    certificates: [CertificateSource] = [],
    sites: [Site],
    partnerships: [Partnership] = [],
    strategy: Strategy = Strategy(),
    waits: Waits = Waits(),
    calendar: PlanCalendar? = nil,
    automation: [AutomationRule] = []
  ) {
    self.name = name
    self.description = description
    self.labels = labels
    self.certificates = certificates
    self.sites = sites
    self.partnerships = partnerships
    self.strategy = strategy
    self.waits = waits
    self.calendar = calendar
    self.automation = automation
  }

  /// The method by which `site` is rotated: its own, else the plan's.
  public func method(of site: Site) -> Method { (site.method ?? strategy.method).value }
}

/// The complete policy of each kind of wait.
public struct Waits: Sendable, Equatable {
  public var verificationDisabled: WaitPolicy
  public var certificateReceived: WaitPolicy
  public var verificationEnabled: WaitPolicy
  public var httpsRestored: WaitPolicy

  /// One policy for each kind.
  public init(
    verificationDisabled: WaitPolicy = .standard,
    certificateReceived: WaitPolicy = .standard,
    verificationEnabled: WaitPolicy = .standard,
    httpsRestored: WaitPolicy = .standard
  ) {
    self.verificationDisabled = verificationDisabled
    self.certificateReceived = certificateReceived
    self.verificationEnabled = verificationEnabled
    self.httpsRestored = httpsRestored
  }

  /// The policy of `kind`.
  public subscript(_ kind: WaitKind) -> WaitPolicy {
    get {
      switch kind {
      case .verificationDisabled: verificationDisabled
      case .certificateReceived: certificateReceived
      case .verificationEnabled: verificationEnabled
      case .httpsRestored: httpsRestored
      }
    }
    set {
      switch kind {
      case .verificationDisabled: verificationDisabled = newValue
      case .certificateReceived: certificateReceived = newValue
      case .verificationEnabled: verificationEnabled = newValue
      case .httpsRestored: httpsRestored = newValue
      }
    }
  }
}
