import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What a person wants to know of a run at some instant, gathered once for all reports.
struct RunOverview {
  struct OpenGate {
    let step: Int
    let id: String
    let attempt: Int
    let since: Instant?
    let gate: Gate

    /// The last count of the clients that the step depends on; nil where it depends on none.
    let count: GuardCount?

    /// What that count is held to.
    let policy: WaitPolicy?

    /// `97.1% of the clients are ready, 95% are wanted; counted 2h ago`.
    func countWords(at now: Instant) -> String? {
      guard let count, let policy else { return nil }
      return
        "\(HeldUpdate.seen(count.sample, policy)); counted \(Wording.duration(now - count.at)) ago"
    }
  }

  struct Doubt {
    let step: Int
    let id: String
    let attempt: Int
    let reason: String
  }

  struct FailedStep {
    let step: Int
    let id: String
    let attempt: Int
    let endedAt: Instant?
    let failure: StepFailure
  }

  /// A step that is carried out, confirmed, or about to be tried again.
  struct ActiveStep {
    let step: Int
    let id: String
    let attempt: Int
    let since: Instant?
    let retryAt: Instant?
    let isConfirming: Bool
    /// What the attempt before failed with.
    let lastFailure: StepFailure?
    /// How many attempts have failed in a row.
    let failures: Int
    /// The last look at its effect, where it had no answer.
    let look: UnansweredLook?
  }

  /// A certificate update that could begin but for the count of clients right before it.
  struct HeldUpdate {
    let step: Int
    let id: String
    let count: HoldingCount
    let policy: WaitPolicy

    /// `held since …: 93.1% have adopted, 95% are wanted`.
    func words(at now: Instant) -> String {
      "held for \(Wording.duration(now - count.since)): \(Self.seen(count.sample, policy))"
    }

    /// What a count saw of the clients that an update depends on.
    static func seen(_ sample: WaitSample, _ policy: WaitPolicy) -> String {
      switch sample {
      case .counted(let adoption):
        "\(Wording.percent(Share(adoption.adopted, of: adoption.counted))) of the clients are ready, "
          + "\(policy.adopted.value) are wanted"
      case .inconclusive(let reason):
        "the clients cannot be counted: \(reason)"
      }
    }
  }

  /// A step that an operator took as not needed.
  struct Skip {
    let id: String
    let at: Instant?
    let word: OperatorWord
  }

  /// What happens next by itself.
  struct Happening {
    let at: Instant
    let words: String
    let step: String
  }

  let run: String
  let state: RunState
  let now: Instant
  let surroundings: RunSurroundings
  /// What was recorded of the settings of sites, by their positions, where it was read.
  let recorded: [Int: [GuideRecord.Setting]]
  /// In which people are told what to put back.
  let language: GuideLanguage
  let commands: RunCommands
  let standing: RunStanding
  /// What is open, in the order of the graph.
  let openChanges: [OpenChange]
  private(set) var active: [ActiveStep] = []
  private(set) var waits: [WaitOutlook] = []
  private(set) var held: [HeldUpdate] = []
  private(set) var gates: [OpenGate] = []
  private(set) var doubts: [Doubt] = []
  private(set) var failed: [FailedStep] = []
  /// What keeps failing and is tried again by itself.
  private(set) var failing: [ActiveStep] = []
  /// What nobody could see for long, whether it is done.
  private(set) var unseen: [ActiveStep] = []
  /// Waits whose clients nobody could count for long.
  private(set) var uncounted: [WaitOutlook] = []
  /// What was skipped and stays so.
  private(set) var skips: [Skip] = []
  /// Steps that could start and have not: held back by a limit, a pause or the check before an update.
  private(set) var ready: [Int] = []
  private(set) var next: Happening?

  init(
    run: String, state: RunState, now: Instant, surroundings: RunSurroundings,
    recorded: [Int: [GuideRecord.Setting]] = [:], language: GuideLanguage = .english
  ) {
    self.recorded = recorded
    self.language = language
    self.run = run
    self.state = state
    self.now = now
    self.surroundings = surroundings
    commands = surroundings.commands.of(run)
    standing = RunStanding(state, at: now, executor: surroundings.executor)
    openChanges = state.openChanges
    for step in state.steps.indices { sort(step) }
  }

  private mutating func sort(_ step: Int) {
    let place = state.steps[step]
    switch place.phase {
    case .succeeded: break
    case .skipped:
      guard let word = state.skips[step] else { return }
      skips.append(Skip(id: state.graph.id(of: step), at: place.endedAt, word: word))
    case .pending:
      hold(step)
      if state.isReady(step), !state.isHeldByLine(step) { ready.append(step) }
    case .running:
      act(activeStep(step, retryAt: nil))
    case .gateApproved:
      act(activeStep(step, retryAt: nil))
    case .retrying(let at):
      act(activeStep(step, retryAt: at))
      if !state.isHeldByLine(step) { expect(at, "attempt \(place.attempt + 1) of", step) }
    case .waiting:
      guard let outlook = WaitOutlook(step, in: state, at: now) else { return }
      waits.append(outlook)
      if state.attention(of: step, at: now) == .uncounted { uncounted.append(outlook) }
      expect(outlook.nextPoll, "count for", step)
    case .gateOpen:
      guard let gate = state.gates[step] else { return }
      gates.append(
        OpenGate(
          step: step, id: state.graph.id(of: step), attempt: place.attempt, since: place.startedAt,
          gate: gate, count: state.gateCount(of: step),
          policy: state.guardingWait(of: step).flatMap { state.policy(of: $0) }))
    case .inDoubt(let reason):
      doubts.append(
        Doubt(step: step, id: state.graph.id(of: step), attempt: place.attempt, reason: reason))
    case .failed(let failure):
      failed.append(
        FailedStep(
          step: step, id: state.graph.id(of: step), attempt: place.attempt, endedAt: place.endedAt,
          failure: failure))
    }
  }

  private mutating func act(_ attempt: ActiveStep) {
    active.append(attempt)
    switch state.attention(of: attempt.step, at: now) {
    case .keepsFailing: failing.append(attempt)
    case .unanswered: unseen.append(attempt)
    default: break
    }
  }

  private mutating func hold(_ step: Int) {
    guard let count = state.holdingCount(of: step), let wait = state.guardingWait(of: step),
      let policy = state.policy(of: wait)
    else { return }
    held.append(
      HeldUpdate(step: step, id: state.graph.id(of: step), count: count, policy: policy))
    expect(count.at + policy.every.value, "count before", step)
  }

  private func activeStep(_ step: Int, retryAt: Instant?) -> ActiveStep {
    let place = state.steps[step]
    return ActiveStep(
      step: step, id: state.graph.id(of: step), attempt: place.attempt, since: place.startedAt,
      retryAt: retryAt, isConfirming: place.phase == .gateApproved,
      lastFailure: place.lastFailure, failures: place.failuresInARow,
      look: state.unanswered[step])
  }

  private mutating func expect(_ at: Instant, _ words: String, _ step: Int) {
    if let next, next.at <= at { return }
    next = Happening(at: at, words: words, step: state.graph.id(of: step))
  }

  var plan: String { state.start?.plan ?? state.graph.plan.name.value }
  var digest: String? { state.start?.digest }
  var isSimulated: Bool { state.start?.seed != nil }

  /// When it will end; nil where nothing was forecast.
  var outlook: RunOutlook? { RunOutlook(state) }

  /// The instant up to which time counts: the end of a run that has ended.
  var until: Instant { state.status.isEnded ? state.lastAt ?? now : now }

  var elapsed: Duration? { state.startedAt.map { until - $0 } }

  /// Sites whose clients check no signatures now.
  var verificationOff: [RunFigures.Exposure] {
    state.sitesWithVerificationOff(at: now).filter(\.isOpen)
  }

  /// Partnerships that do not replicate now.
  var replicationBroken: [RunFigures.Exposure] {
    state.brokenPartnerships(at: now).filter(\.isOpen)
  }

  /// Since when the run stands as it does, as far as its events tell.
  var since: Instant? {
    switch standing {
    case .waitingForClients: waits.map(\.startedAt).min()
    case .waitingToRetry: active.compactMap(\.since).min()
    case .waitingForOperator:
      (failed.compactMap(\.endedAt) + gates.compactMap(\.since)
        + waits.filter(\.isHeld).map(\.deadline) + lineStops.map(\.at)).min() ?? state.lastAt
    case .running, .unattended: state.startedAt
    case .inDoubt, .paused, .stopped, .succeeded, .failed, .aborted: state.lastAt
    }
  }
}
