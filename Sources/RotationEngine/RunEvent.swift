public import CanonicalJSON

/// One recorded fact of a run (`docs/EVENTS.md`). A run's state is the fold of its events.
public struct RunEvent: Sendable, Equatable {
  /// The position in the journal, from 1 and without gaps.
  public let sequence: Int

  /// When it became a fact, by the run's clock.
  public let at: Instant

  /// What happened.
  public let kind: Kind

  /// An event.
  public init(sequence: Int, at: Instant, kind: Kind) {
    self.sequence = sequence
    self.at = at
    self.kind = kind
  }

  /// What happened. Steps are positions in the run's graph, attempts count from 1.
  public enum Kind: Sendable, Equatable {
    case runStarted(RunStart)
    case stepStarted(step: Int, attempt: Int)
    case stepSucceeded(step: Int, attempt: Int, evidence: Evidence)
    case stepFailed(step: Int, attempt: Int, failure: StepFailure, retryAt: Instant?)
    /// An intent without an outcome was found when the run resumed, or the step was stopped.
    case stepInterrupted(step: Int, attempt: Int, finding: Finding)
    case stepSkipped(step: Int, word: OperatorWord)
    /// Clients were counted: by a poll of a wait step, or right before an attempt at a certificate update,
    /// which is then the step.
    case waitSampled(step: Int, attempt: Int? = nil, sample: WaitSample)
    case waitPassed(step: Int, attempt: Int? = nil, passing: WaitPassing)
    case gateOpened(step: Int, attempt: Int, gate: Gate)
    case gateApproved(step: Int, attempt: Int, word: OperatorWord)
    /// The operator sent a failed, or an already finished, step back to be done again.
    case stepReset(step: Int, word: OperatorWord)
    /// A request that could not be followed, with the reason; kept for the audit.
    case requestRefused(request: OperatorRequest, reason: String)
    case runWaiting(RestReason)
    case runPaused(OperatorWord)
    case runResumed(by: String)
    case runSucceeded(RunFigures)
    case runFailed(RunFigures)
    case runAborted(RunFigures)
  }
}

/// With what a run starts.
public struct RunStart: Sendable, Equatable {
  /// The plan's name.
  public let plan: String

  /// The digest of the graph.
  public let digest: String

  /// Who started it.
  public let by: String

  /// The seed of the simulated estate; nil in the real world.
  public let seed: Int64?

  /// The start of a run.
  public init(plan: String, digest: String, by: String, seed: Int64?) {
    self.plan = plan
    self.digest = digest
    self.by = by
    self.seed = seed
  }
}

/// What was seen or done, as a small JSON object for the auditor: fingerprints, times, counts.
public struct Evidence: Sendable, Equatable {
  /// The members in the order they are shown.
  public var members: [JSONValue.Member]

  /// What the members refer to, on its way into the store: evidence that was read back has none.
  public var attachments: [Attachment]

  /// Evidence.
  public init(_ members: [JSONValue.Member] = [], attachments: [Attachment] = []) {
    self.members = members
    self.attachments = attachments
  }

  /// Whether two say the same: the members name what is attached.
  public static func == (one: Evidence, other: Evidence) -> Bool { one.members == other.members }
}

extension RunEvent.Kind {
  /// The bytes to be kept with the event.
  var attachments: [Attachment] {
    switch self {
    case .stepSucceeded(_, _, let evidence), .stepInterrupted(_, _, .done(let evidence)):
      evidence.attachments
    default: []
    }
  }
}

/// Why an attempt did not succeed.
public struct StepFailure: Error, Sendable, Equatable {
  /// The three ways to end without success, and the operator's.
  public enum Kind: String, Sendable, CaseIterable {
    /// The driver said no.
    case failed

    /// The time ran out.
    case timedOut = "timed-out"

    /// The run was being stopped.
    case cancelled

    /// The operator rejected the gate.
    case rejected
  }

  /// How it ended.
  public let kind: Kind

  /// What is wrong, in a full sentence.
  public let message: String

  /// What to do next; nil where the message says it.
  public let help: String?

  /// Whether trying again may help.
  public let isRetryable: Bool

  /// A failure.
  public init(
    _ kind: Kind, _ message: String, help: String? = nil, isRetryable: Bool = false
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.isRetryable = isRetryable
  }
}

/// What an observation found.
public enum Finding: Sendable, Equatable {
  /// The effect is there.
  case done(Evidence)

  /// The effect is not there.
  case notDone(String)

  /// Nothing can tell, and why.
  case unknown(String)

  /// No answer this time, and why: asked again, it may be told.
  case inconclusive(String)
}

/// Who said what, and what they answer for.
public struct OperatorWord: Sendable, Equatable {
  /// The person.
  public let by: String

  /// What they noted; nil where they said nothing.
  public let note: String?

  /// Whether they accept that clients may be orphaned by what they ask for.
  public let acceptsOrphans: Bool

  /// A word.
  public init(by: String, note: String?, acceptsOrphans: Bool = false) {
    self.by = by
    self.note = note
    self.acceptsOrphans = acceptsOrphans
  }
}

/// What a person is asked to do.
public struct Gate: Sendable, Equatable {
  /// What to do in the console, a line an act.
  public let instructions: [String]

  /// Why it is asked again; nil the first time.
  public let reason: String?

  /// A gate.
  public init(instructions: [String], reason: String? = nil) {
    self.instructions = instructions
    self.reason = reason
  }
}

/// One poll of a wait.
public enum WaitSample: Sendable, Equatable {
  /// The clients were counted.
  case counted(AdoptionCount)

  /// They could not be counted: no answer is not 0 %.
  case inconclusive(reason: String)
}

/// How many clients have adopted a change (`docs/PROCEDURE.md`, "Waits").
public struct AdoptionCount: Sendable, Equatable {
  /// A cohort's part of the count.
  public struct Cohort: Sendable, Equatable {
    /// The cohort's name in the plan.
    public let name: String

    /// Its clients that are counted.
    public let counted: Int

    /// Those of them that have adopted.
    public let adopted: Int

    /// A cohort's part.
    public init(name: String, counted: Int, adopted: Int) {
      self.name = name
      self.counted = counted
      self.adopted = adopted
    }
  }

  /// Clients seen within `activeWithin` and not excluded: adopted and pending together.
  public var counted: Int

  /// Clients that have the change.
  public var adopted: Int

  /// Clients that have not, and are connected now.
  public var pendingOnline: Int

  /// Clients that have not, and are not connected.
  public var pendingOffline: Int

  /// Clients not seen within `activeWithin`.
  public var stale: Int

  /// Clients waived by rule.
  public var excluded: Int

  /// Clients that joined since the wait began.
  public var joined: Int

  /// Clients that left the count since the wait began, with an explanation: deleted, moved or stale.
  public var removed: Int

  /// The cohorts in the order of the plan.
  public var cohorts: [Cohort]

  /// A count.
  public init(
    counted: Int, adopted: Int, pendingOnline: Int, pendingOffline: Int, stale: Int, excluded: Int,
    joined: Int = 0, removed: Int = 0, cohorts: [Cohort] = []
  ) {
    self.counted = counted
    self.adopted = adopted
    self.pendingOnline = pendingOnline
    self.pendingOffline = pendingOffline
    self.stale = stale
    self.excluded = excluded
    self.joined = joined
    self.removed = removed
    self.cohorts = cohorts
  }
}

/// How a wait passed.
public struct WaitPassing: Sendable, Equatable {
  /// Whether the thresholds held, or the deadline let it proceed with the floor.
  public enum Ground: String, Sendable, CaseIterable {
    case thresholds
    case deadline
  }

  /// On what ground.
  public let ground: Ground

  /// Clients that count: the frozen denominator, with joins, without explained removals.
  public let counted: Int

  /// Clients that have adopted.
  public let adopted: Int

  /// A passing.
  public init(ground: Ground, counted: Int, adopted: Int) {
    self.ground = ground
    self.counted = counted
    self.adopted = adopted
  }
}

/// Why a run rests.
public enum RestReason: String, Sendable, CaseIterable {
  /// A wait has not passed.
  case clients

  /// A failed attempt is made again later, and no wait is under way.
  case retry

  /// A person is needed, whatever else goes on: see ``Attention``.
  case `operator`

  /// A step's outcome cannot be told.
  case inDoubt = "in-doubt"

  /// The operator paused it.
  case paused

  /// It was told to stop.
  case stopped
}

/// The figures of a finished run.
public struct RunFigures: Sendable, Equatable {
  /// How long something was open.
  public struct Exposure: Sendable, Equatable {
    /// The site or partnership.
    public let name: String

    /// How long, in seconds.
    public let seconds: Int

    /// Whether it is still open; it then counts until the end of the run.
    public let isOpen: Bool

    /// An exposure.
    public init(name: String, seconds: Int, isOpen: Bool) {
      self.name = name
      self.seconds = seconds
      self.isOpen = isOpen
    }
  }

  /// Rotating sites.
  public var sites: Int

  /// Servers that got a certificate.
  public var servers: Int

  /// Clients of all sites; nil where nobody knows.
  public var clients: Int?

  /// Clients that can talk to no server and will not recover by themselves; nil where nobody knows.
  public var orphans: Int?

  /// Offline clients that will be orphans when they return; nil where nobody knows.
  public var latentOrphans: Int?

  /// Gates that people closed.
  public var gates: Int

  /// For each rotating site how long verification was off.
  public var verificationOff: [Exposure]

  /// For each partnership how long replication was broken.
  public var replicationBroken: [Exposure]

  /// Figures.
  public init(
    sites: Int, servers: Int, clients: Int?, orphans: Int?, latentOrphans: Int?, gates: Int,
    verificationOff: [Exposure], replicationBroken: [Exposure]
  ) {
    self.sites = sites
    self.servers = servers
    self.clients = clients
    self.orphans = orphans
    self.latentOrphans = latentOrphans
    self.gates = gates
    self.verificationOff = verificationOff
    self.replicationBroken = replicationBroken
  }
}
