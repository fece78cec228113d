package import PlanModel
import PlanText
package import RotationGraph

/// Everything a run's journal says, folded: the only state there is (`docs/JOURNAL.md`).
package struct RunState: Sendable {
  /// Where a run stands as a whole.
  package enum Status: Sendable, Equatable {
    /// No event yet.
    case new

    /// An executor is at work, or was when it died.
    case running

    /// It rests, for this reason.
    case resting(RestReason)

    case succeeded
    case failed
    case aborted

    /// Whether nothing more is to come without an operator's word.
    package var isEnded: Bool {
      switch self {
      case .succeeded, .failed, .aborted: true
      case .new, .running, .resting: false
      }
    }
  }

  /// The graph that is run.
  package let graph: StepGraph

  /// Where the run stands.
  package internal(set) var status: Status = .new

  /// With what it started.
  package internal(set) var start: RunStart?

  /// Where each step stands.
  package internal(set) var steps: [StepState]

  /// The wait steps that have begun.
  package internal(set) var waits: [Int: WaitProgress] = [:]

  /// The gates that are open, with what was asked.
  package internal(set) var gates: [Int: Gate] = [:]

  /// The steps whose effect was looked for last without an answer.
  package internal(set) var unanswered: [Int: UnansweredLook] = [:]

  /// The steps that operators took as not needed, with who did and why.
  package internal(set) var skips: [Int: OperatorWord] = [:]

  /// Whether an operator paused the run.
  package internal(set) var isPaused = false

  /// Why nothing more is opened; empty while the line goes on.
  package internal(set) var lineStops: [LineStop] = []

  /// Stops that operators released, until another certificate of their site changes.
  var releasedStops: [LineStop] = []

  /// The last event's position; 0 before the first.
  package internal(set) var lastSequence = 0

  /// When the first event was recorded.
  package internal(set) var startedAt: Instant?

  /// When the last event was recorded.
  package internal(set) var lastAt: Instant?

  /// When the journal was last adopted as a copy; nil where it never was.
  package internal(set) var adoptedAt: Instant?

  /// How many steps are in each phase.
  package internal(set) var counts = PhaseCounts()

  /// Gates that people closed.
  package internal(set) var gatesClosed = 0

  /// When gates were opened that people answered, and when they did; the last ones.
  package internal(set) var gateAnswers: [Range<Instant>] = []

  /// When the certificates expire that servers had before the rotation, by server, where that was seen.
  package internal(set) var oldCertificateEnds: [Target: Instant] = [:]

  /// The last forecast of the run's end, and the time of the count that had it.
  package internal(set) var forecast: RunForecast?
  package internal(set) var forecastAt: Instant?

  /// For each certificate update the count right before it that came out too low; nil while none has.
  var holdingCounts: [Int: HoldingCount] = [:]

  /// For each certificate update the last count before it.
  var guardCounts: [Int: GuardCount] = [:]

  /// For each site its wait for verification to be off.
  let verificationWaits: [Int?]

  /// How long each site had verification off.
  var verificationOff: ExposureLedger

  /// How long each partnership was broken.
  var replicationBroken: ExposureLedger

  /// The figures that the run ended with; nil before its end.
  package internal(set) var figures: RunFigures?

  /// For each step the dependencies that are not done.
  var openDependencies: [Int32]

  /// Steps that became ready in the last fold, for the scheduler to take.
  var newlyReady: [Int] = []

  /// The state before the first event.
  package init(graph: StepGraph) {
    self.graph = graph
    verificationWaits = Self.verificationWaits(of: graph)
    steps = [StepState](repeating: StepState(), count: graph.steps.count)
    verificationOff = ExposureLedger(count: graph.plan.sites.count)
    replicationBroken = ExposureLedger(count: graph.plan.partnerships.count)
    openDependencies = graph.steps.indices.map { Int32(graph.dependencies[$0].count) }
    counts.pending = graph.steps.count
    newlyReady = graph.steps.indices.filter { openDependencies[$0] == 0 }
  }

  /// Whether every step is done.
  package var isComplete: Bool { counts.done == steps.count }

  /// Whether a step's dependencies are all done.
  package func isReady(_ step: Int) -> Bool { openDependencies[step] == 0 }

  /// The policy of a wait step; nil for other steps.
  package func policy(of step: Int) -> WaitPolicy? {
    graph.steps[step].action.waitKind.map { graph.plan.waits[$0] }
  }
}

/// Since when things are open, and for how long they were.
struct ExposureLedger: Sendable, Equatable {
  var openSince: [Instant?]
  var total: [Int64]
  var touched: [Bool]

  init(count: Int) {
    openSince = Array(repeating: nil, count: count)
    total = Array(repeating: 0, count: count)
    touched = Array(repeating: false, count: count)
  }

  mutating func open(_ index: Int, at instant: Instant) {
    touched[index] = true
    if openSince[index] == nil { openSince[index] = instant }
  }

  mutating func close(_ index: Int, at instant: Instant) {
    guard let since = openSince[index] else { return }
    total[index] += instant.milliseconds - since.milliseconds
    openSince[index] = nil
  }

  /// Forgets what was opened last, which was not done after all.
  mutating func cancel(_ index: Int) {
    openSince[index] = nil
    touched[index] = total[index] > 0
  }

  /// What was ever open, with the time until `end` for what still is.
  func exposures(until end: Instant, name: (Int) -> String) -> [RunFigures.Exposure] {
    total.indices.filter { touched[$0] }.map { index in
      let open = openSince[index].map { end.milliseconds - $0.milliseconds } ?? 0
      return RunFigures.Exposure(
        name: name(index), seconds: Int((total[index] + open) / 1_000),
        isOpen: openSince[index] != nil)
    }
  }
}

extension RunState {
  /// The earliest instant at which a poll or another attempt is due; nil where nothing waits for time.
  package var nextDue: Instant? {
    var next: Instant?
    for step in steps.indices {
      let due: Instant?
      switch steps[step].phase {
      case .retrying(let at): due = isHeldByLine(step) ? nil : nextHeldCount(of: step) ?? at
      case .waiting:
        due = policy(of: step).flatMap { policy in waits[step]?.nextPoll(policy) }
      case .pending:
        due = nextHeldCount(of: step)
      default: due = nil
      }
      if let due { next = min(next ?? due, due) }
    }
    return next
  }

  /// When clients are counted again before an update that is held; nil for any other step.
  package func nextHeldCount(of step: Int) -> Instant? {
    guard let count = holdingCount(of: step),
      let policy = guardingWait(of: step).flatMap({ self.policy(of: $0) })
    else { return nil }
    return count.at + policy.every.value
  }
}
