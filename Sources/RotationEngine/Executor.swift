import PlanModel

/// Carries out what the scheduler decides: the one place where a run touches the world.
///
/// One task group, one loop over its results. Children carry out driver calls, sleep until the next
/// instant the scheduler asked for, and listen for signals; nothing else is concurrent.
package struct Executor: Sendable {
  /// What reaches a run from outside while it is going.
  package enum Control: Sendable {
    /// Start nothing new and end when the running steps have ended.
    case stop

    /// End now: running steps are cancelled.
    case cancel

    /// The mailbox may hold something, and the lease wants to be kept.
    case lookAround
  }

  /// How an executor begins.
  package enum Beginning: Sendable {
    /// A new run.
    case start(RunStart)

    /// A run with events.
    case resume(by: String)
  }

  private enum Arrival: Sendable {
    case input(Scheduler.Input, slot: Int)
    case alarm(generation: Int)
    case control(Control?)
  }

  /// The run's id.
  package let run: String

  private let world: any RunWorld
  private let driver: any Driver
  private let journal: any Journal
  private let clock: any RunClock
  private let observe: @Sendable (RunEvent, RunState) -> Void

  /// An executor for one run.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - world: What the run acts on.
  ///   - journal: Where events become durable.
  ///   - observe: Called with each event once it is durable, and the state after its turn.
  package init(
    run: String, world: any RunWorld, journal: any Journal,
    observe: @escaping @Sendable (RunEvent, RunState) -> Void = { _, _ in }
  ) {
    self.run = run
    self.world = world
    driver = world.driver
    self.journal = journal
    clock = world.clock
    self.observe = observe
  }

  /// Drives the run until it ends or rests.
  ///
  /// - Parameters:
  ///   - state: The fold of the run's journal.
  ///   - beginning: Whether the run is new.
  ///   - options: How long to stay and how much to do at once.
  ///   - controls: What reaches the run from outside.
  ///   - alive: Called from the loop whenever it has just kept the right to write: only who does that lives.
  /// - Returns: How the stay ended, and the state then.
  /// - Throws: What the journal threw, or the world's trouble; nothing was done since.
  package func execute(
    from state: RunState, _ beginning: Beginning, options: Scheduler.Options = .init(),
    controls: AsyncStream<Control> = AsyncStream { $0.finish() },
    alive: @escaping @Sendable () -> Void = {}
  ) async throws -> (end: RunEnd, state: RunState) {
    try await withThrowingTaskGroup(of: Arrival.self) { group in
      var shift = Shift(scheduler: Scheduler(state: state, options: options), alive: alive)
      defer { group.cancelAll() }
      listen(to: controls, in: &group)
      switch beginning {
      case .start(let start):
        try await carryOut(shift.handle(.start(start), at: clock.now()), &shift, &group)
      case .resume(let name):
        let requests = try await journal.requests()
        try await carryOut(
          shift.handle(.resume(by: name, requests: requests), at: clock.now()), &shift, &group)
      }
      while shift.end == nil {
        // Nobody knows how long it takes in real time until something arrives.
        if shift.children == 0 || !clock.isSimulated { try await flush(&shift) }
        clock.awaiting(children: shift.children)
        guard let arrival = try await group.next() else { break }
        try await take(arrival, &shift, &group, controls)
      }
      try await flush(&shift)
      guard let end = shift.end else {
        throw JournalError(.storage, "The executor lost its tasks. Take the run up again.")
      }
      return (end, shift.scheduler.state)
    }
  }

  // MARK: - The loop's own state

  /// What one stay of an executor keeps between two arrivals.
  private struct Shift {
    var scheduler: Scheduler
    /// Called in each turn that kept the right to write.
    let alive: @Sendable () -> Void
    /// Events that may wait for the next durable append: polls that decided nothing.
    var unflushed: [RunEvent] = []
    /// The signals of the tasks under way.
    var signals: [Int: StopSignal] = [:]
    var nextSlot = 0
    /// Tasks that sleep or work; the listener is none of them.
    var children = 0
    var alarm: (generation: Int, signal: StopSignal)?
    var nextGeneration = 0
    var end: RunEnd?

    mutating func handle(_ input: Scheduler.Input, at instant: Instant) -> [Scheduler.Command] {
      scheduler.handle(input, at: instant)
    }
  }

  private typealias Group = ThrowingTaskGroup<Arrival, any Error>

  private func take(
    _ arrival: Arrival, _ shift: inout Shift, _ group: inout Group,
    _ controls: AsyncStream<Control>
  ) async throws {
    switch arrival {
    case .input(let input, let slot):
      shift.children -= 1
      shift.signals[slot] = nil
      let seen = await forecasting(input, shift.scheduler.state)
      try await carryOut(shift.handle(seen, at: clock.now()), &shift, &group)
    case .alarm(let generation):
      shift.children -= 1
      guard shift.alarm?.generation == generation else { return }
      shift.alarm = nil
      try await carryOut(shift.handle(.timer, at: clock.now()), &shift, &group)
    case .control(let control):
      guard let control else { return }
      listen(to: controls, in: &group)
      try await take(control, &shift, &group)
    }
  }

  /// Adds to a count that says when its wait ends when the run does. Once an hour is often enough: it is long arithmetic.
  private func forecasting(_ input: Scheduler.Input, _ state: RunState) async -> Scheduler.Input {
    guard case .sampled(let step, .wait, .counted(var count)) = input, count.forecast != nil,
      state.forecastAt.map({ clock.now() - $0 >= .hours(1) }) ?? true
    else { return input }
    count.runForecast = await driver.forecast(of: state, counting: step, count, at: clock.now())
    return .sampled(step: step, purpose: .wait, .counted(count))
  }

  private func take(_ control: Control, _ shift: inout Shift, _ group: inout Group) async throws {
    switch control {
    case .lookAround:
      try await flush(&shift)
      if let trouble = world.trouble { throw trouble }
      try await journal.renewLease()
      shift.alive()
      let requests = try await journal.requests()
      guard !requests.isEmpty else { return }
      try await carryOut(shift.handle(.requests(requests), at: clock.now()), &shift, &group)
    case .stop, .cancel:
      if case .cancel = control {
        for slot in shift.signals.keys.sorted() { shift.signals[slot]?.fire() }
      }
      try await carryOut(shift.handle(.stop, at: clock.now()), &shift, &group)
    }
  }

  private func carryOut(
    _ commands: [Scheduler.Command], _ shift: inout Shift, _ group: inout Group
  ) async throws {
    for command in commands {
      switch command {
      case .append(let events, let requests):
        try await append(events, answering: requests, &shift, &group)
      case .arm(let instant):
        arm(instant, &shift, &group)
      case .finish(let end):
        shift.end = end
      case .perform(let step, _):
        try await flush(&shift)
        try await journal.holdLease(for: driver.timeLimit(of: request(step, shift)))
        add(&shift, &group, step) { driver, request in
          .answered(step: step, await driver.perform(request))
        }
      case .observe(let step):
        add(&shift, &group, step) { driver, request in
          .observed(step: step, await driver.observe(request))
        }
      case .sample(let step, let purpose):
        add(&shift, &group, step, rank: purpose.rank(of: step)) { driver, request in
          .sampled(step: step, purpose: purpose, await driver.sample(request))
        }
      case .describeGate(let step, let reason):
        let gate = Gate(
          instructions: await driver.instructions(for: request(step, shift)), reason: reason)
        try await carryOut(
          shift.handle(.gateReady(step: step, gate), at: clock.now()), &shift, &group)
      case .attend(let step):
        try await flush(&shift)
        try await journal.holdLease(for: .zero)
        add(&shift, &group, step) { driver, request in
          .attended(step: step, await driver.attend(request))
        }
      case .tellTruth:
        add(&shift, &group, 0) { driver, _ in .truth(await driver.truth()) }
      }
    }
  }

  /// A poll that decided nothing may be made durable together with what comes next; everything else is
  /// durable before this returns.
  private func append(
    _ events: [RunEvent], answering requests: [Int64], _ shift: inout Shift, _ group: inout Group
  ) async throws {
    shift.unflushed.append(contentsOf: events)
    let mayWait = requests.isEmpty && shift.unflushed.count < 256 && events.allSatisfy(\.isPoll)
    if !mayWait { try await flush(&shift, answering: requests) }
    if let last = events.last?.sequence {
      try await carryOut(
        shift.handle(.recorded(through: last), at: clock.now()), &shift, &group)
    }
  }

  private func flush(_ shift: inout Shift, answering requests: [Int64] = []) async throws {
    guard !shift.unflushed.isEmpty || !requests.isEmpty else { return }
    if let trouble = world.trouble { throw trouble }
    try await journal.append(shift.unflushed, answering: requests)
    for event in shift.unflushed { observe(event, shift.scheduler.state) }
    shift.unflushed.removeAll(keepingCapacity: true)
  }

  // MARK: - Tasks

  private func listen(to controls: AsyncStream<Control>, in group: inout Group) {
    group.addTask {
      var iterator = controls.makeAsyncIterator()
      return .control(await iterator.next())
    }
  }

  private func request(_ step: Int, _ shift: Shift) -> StepRequest {
    let state = shift.scheduler.state.steps[step]
    return StepRequest(
      run: run, graph: shift.scheduler.state.graph, step: step, attempt: max(state.attempt, 1),
      startedAt: state.unknownSince ?? state.startedAt ?? clock.now(),
      since: state.unknownSince ?? state.firstStartedAt,
      isApproved: state.phase == .gateApproved)
  }

  private func add(
    _ shift: inout Shift, _ group: inout Group, _ step: Int, rank: Int? = nil,
    _ body: @escaping @Sendable (any Driver, StepRequest) async -> Scheduler.Input
  ) {
    let request = request(step, shift)
    let slot = shift.nextSlot
    let signal = StopSignal()
    shift.nextSlot += 1
    shift.signals[slot] = signal
    shift.children += 1
    let (driver, clock) = (driver, clock)
    group.addTask {
      let input = await signal.cancelling { await body(driver, request) }
      // Answers that come at the same instant arrive in the order of their steps.
      await clock.sleep(until: clock.now(), rank: rank ?? step)
      clock.arriving()
      return .input(input, slot: slot)
    }
  }

  /// One alarm at a time: the one before is called off.
  private func arm(_ instant: Instant, _ shift: inout Shift, _ group: inout Group) {
    shift.alarm?.signal.fire()
    let generation = shift.nextGeneration
    shift.nextGeneration += 1
    let signal = StopSignal()
    shift.alarm = (generation, signal)
    shift.children += 1
    let clock = clock
    group.addTask {
      await signal.cancelling { await clock.sleep(until: instant, rank: .max) }
      clock.arriving()
      return .alarm(generation: generation)
    }
  }
}

extension Scheduler.SamplePurpose {
  /// The step on whose behalf clients are counted.
  fileprivate func rank(of wait: Int) -> Int {
    switch self {
    case .wait: wait
    case .guardOf(let update): update
    }
  }
}

extension RunEvent {
  /// Whether it only says what a poll saw.
  fileprivate var isPoll: Bool {
    if case .waitSampled = kind { true } else { false }
  }
}
