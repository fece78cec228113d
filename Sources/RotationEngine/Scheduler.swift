import PlanModel
import RotationGraph

/// Decides what a run does next: a value without a clock, a task or a lock.
///
/// The executor tells it what happened and carries out what it answers, in order. Facts become events;
/// an effect is asked for only after the event that announces it was reported durable
/// (``Input/recorded(through:)``), so intent always comes before effect
/// (`docs/PROCEDURE.md`, "Attempts").
package struct Scheduler: Sendable {
  /// What can happen.
  package enum Input: Sendable {
    /// A new run starts.
    case start(RunStart)

    /// An executor takes the run up again.
    case resume(by: String, requests: [OperatorRequest])

    /// All events up to this one are durable.
    case recorded(through: Int)

    /// A driver answered.
    case answered(step: Int, StepAnswer)

    /// An observation ended.
    case observed(step: Int, Finding)

    /// Clients were counted for a wait, or for the check before a certificate update.
    case sampled(step: Int, purpose: SamplePurpose, WaitSample)

    /// The text of a gate is at hand.
    case gateReady(step: Int, Gate)

    /// A person at a gate answered.
    case attended(step: Int, Attendance)

    /// What only the estate knows is at hand.
    case truth(EstateTruth?)

    /// The armed instant has come.
    case timer

    /// The mailbox holds these.
    case requests([OperatorRequest])

    /// Start nothing new; end when the running steps have ended.
    case stop
  }

  /// What clients are counted for.
  package enum SamplePurpose: Sendable, Hashable {
    /// The wait itself.
    case wait

    /// The check right before the certificate update that is named.
    case guardOf(Int)
  }

  /// What the executor must do.
  package enum Command: Sendable, Equatable {
    /// Make the events durable, then report it.
    case append([RunEvent], answering: [Int64])

    /// Carry a step out.
    case perform(step: Int, attempt: Int)

    /// Find out whether a step's effect is there.
    case observe(step: Int)

    /// Count clients.
    case sample(step: Int, purpose: SamplePurpose)

    /// Get the text of a gate.
    case describeGate(step: Int, reason: String?)

    /// Ask the person at a gate, where there is one.
    case attend(step: Int)

    /// Ask the estate for the truth.
    case tellTruth

    /// Call back at this instant; replaces the instant before it.
    case arm(Instant)

    /// The executor's work ends here.
    case finish(RunEnd)
  }

  /// What a run is driven with.
  package struct Options: Sendable, Equatable {
    /// How long an executor stays.
    package enum Until: String, Sendable, CaseIterable {
      /// Until the run ends.
      case done

      /// Until nothing can be done now.
      case waiting
    }

    /// How long to stay.
    package var until: Until

    /// Steps that run at once in all.
    package var stepsAtOnce: Int

    /// Steps that run at once in one site.
    package var stepsAtOncePerSite: Int

    /// Whether the executor comes back where only waits past their deadline are left: simulated time
    /// would run for ever while nothing changes.
    package var restsAtHeldWaits: Bool

    /// Whether clients are counted again while the gate of a certificate update stays open. In simulated time
    /// that would go on for ever, since nobody answers in it.
    package var recountsGates: Bool

    /// Whether what an earlier run may have left is looked for before it is brought about. A simulated estate begins as
    /// nobody has changed it.
    package var looksBefore: Bool

    /// When a failed attempt is made again.
    package var retries: RetryPolicy

    /// Options.
    package init(
      until: Until = .done, stepsAtOnce: Int = 16, stepsAtOncePerSite: Int = 8,
      restsAtHeldWaits: Bool = false, recountsGates: Bool = false, looksBefore: Bool = false,
      retries: RetryPolicy = .standard
    ) {
      self.restsAtHeldWaits = restsAtHeldWaits
      self.recountsGates = recountsGates
      self.looksBefore = looksBefore
      self.until = until
      self.stepsAtOnce = stepsAtOnce
      self.stepsAtOncePerSite = stepsAtOncePerSite
      self.retries = retries
    }
  }

  /// What a step's child task is at.
  enum Work: Sendable, Equatable {
    case performing
    case observing

    /// Whether it was done before the run began.
    case lookingBefore
    case sampling
    case describing
    case attending
  }

  /// The fold of all events, the last turn's included.
  package internal(set) var state: RunState

  let options: Options
  var queue: ReadyQueue
  var timers: TimerQueue
  /// For each step what its task is at; nothing of this survives a restart, and need not.
  var work: [Int: Work] = [:]
  var isStopping = false
  /// The request to end the run as it stands; nil where there is none.
  var aborting: OperatorRequest?
  /// Whether the end is on its way.
  var isEnding = false
  var isFinished = false
  /// Requests that the events of this turn answer.
  var answered: [Int64] = []
  /// Requests taken from the mailbox whose answer is not recorded yet.
  var requestsInHand: Set<Int64> = []
  var turn: [RunEvent] = []
  /// Commands that wait for the events of their turn to be durable.
  var held: [(after: Int, command: Command)] = []
  var armed: Instant?
  var now = Instant(milliseconds: 0)

  /// A scheduler for a run whose journal folds to `state`.
  package init(state: RunState, options: Options = Options()) {
    self.state = state
    self.options = options
    queue = ReadyQueue(
      siteOfStep: state.graph.steps.indices.map { state.graph.site(of: $0) ?? -1 },
      siteCount: state.graph.plan.sites.count,
      stepsAtOnce: options.stepsAtOnce, stepsAtOncePerSite: options.stepsAtOncePerSite)
    timers = TimerQueue()
  }

  /// Takes in what happened and answers with what is to be done, in order.
  package mutating func handle(_ input: Input, at instant: Instant) -> [Command] {
    guard !isFinished else { return [] }
    now = instant
    switch input {
    case .start(let start):
      emit(.runStarted(start))
    case .resume(let by, let requests):
      resume(by: by, requests)
    case .recorded(let sequence):
      return release(through: sequence)
    case .answered(let step, let answer):
      take(answer, of: step)
    case .observed(let step, let finding):
      take(finding, of: step)
    case .sampled(let step, let purpose, let sample):
      take(sample, of: step, for: purpose)
    case .gateReady(let step, let gate):
      guard take(.describing, from: step) else { break }
      emit(.gateOpened(step: step, attempt: state.steps[step].attempt, gate: gate))
      begin(.attending, step, with: .attend(step: step))
    case .attended(let step, let attendance):
      take(attendance, of: step)
    case .truth(let truth):
      end(truth)
    case .timer:
      armed = nil
      takeTimers()
    case .requests(let requests):
      take(requests)
    case .stop:
      isStopping = true
    }
    advance()
    return commands()
  }

  /// Records a fact: it counts from here on, and is durable before anything that follows from it acts.
  mutating func emit(_ kind: RunEvent.Kind) {
    let event = RunEvent(sequence: state.lastSequence + 1, at: now, kind: kind)
    do {
      try state.apply(event)
    } catch {
      preconditionFailure("the scheduler emitted an event that does not fold: \(error)")
    }
    turn.append(event)
  }

  /// Asks for something after the events so far are durable.
  mutating func ask(_ command: Command) {
    held.append((after: state.lastSequence, command: command))
  }

  /// Gives a step a task.
  mutating func begin(_ work: Work, _ step: Int, with command: Command) {
    self.work[step] = work
    ask(command)
  }

  /// Takes a step's task back; false for the answer of a task that was given up.
  mutating func take(_ work: Work, from step: Int) -> Bool {
    guard self.work[step] == work else { return false }
    self.work[step] = nil
    return true
  }

  /// Gives a step's task up: its answer, should it come, is for nobody.
  mutating func giveUpTask(of step: Int) {
    work[step] = nil
    queue.vacate(step)
    timers.clear(step)
  }

  /// Whether some step's task can bring the run further without anyone else.
  var isBusy: Bool { !work.isEmpty }

  private mutating func release(through sequence: Int) -> [Command] {
    requestsInHand.removeAll(keepingCapacity: true)
    let ready = held.prefix { $0.after <= sequence }.map(\.command)
    held.removeFirst(ready.count)
    if case .finish? = ready.last { isFinished = true }
    return ready
  }

  private mutating func commands() -> [Command] {
    var commands: [Command] = []
    if !turn.isEmpty || !answered.isEmpty {
      commands.append(.append(turn, answering: answered))
      turn.removeAll(keepingCapacity: true)
      answered.removeAll(keepingCapacity: true)
    } else {
      // Nothing new to make durable: what waits, waits only for itself.
      commands.append(contentsOf: release(through: state.lastSequence))
    }
    if let next = timers.next, next != armed {
      armed = next
      commands.append(.arm(next))
    }
    return commands
  }
}
