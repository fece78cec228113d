import RotationEngine
import RotationGraph
import TestSupport
import Testing

/// Interprets a scheduler's commands against a small world, in a random order, with random trouble, and
/// checks at every step what must always hold.
struct SchedulerWorld {
  enum Job: Equatable {
    case perform(Int)
    case observe(Int)
    case attend(Int)
    case truth
  }

  let graph: StepGraph
  let options: Scheduler.Options
  var generator: SplitMix64
  var scheduler: Scheduler
  /// What is durable.
  var journal: [RunEvent] = []
  var jobs: [Job] = []
  var now = Instant(milliseconds: 1_767_600_000_000)
  var alarm: Instant?
  var end: RunEnd?
  /// How often each step's effect was brought about while it was there already.
  var repeated: [Int]
  var isDone: [Bool]
  var failurePercent = 20
  var doubtPercent = 0
  var crashPercent = 0
  /// Counts the executors, so that nothing outlives the one that it was meant for.
  var executor = 0

  init(graph: StepGraph, seed: UInt64, options: Scheduler.Options = .init()) {
    self.graph = graph
    self.options = options
    generator = SplitMix64(seed: seed)
    scheduler = Scheduler(state: RunState(graph: graph), options: options)
    repeated = Array(repeating: 0, count: graph.steps.count)
    isDone = Array(repeating: false, count: graph.steps.count)
  }

  /// Runs to the end, through crashes; at most `limit` answers.
  mutating func run(limit: Int = 20_000) throws {
    try deliver(.start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: nil)))
    for _ in 0..<limit {
      if let end {
        guard case .resting(let reason) = end, reason == .inDoubt else { return }
        try resolveDoubts()
      } else if !jobs.isEmpty {
        let job = jobs.remove(at: Int.random(in: jobs.indices, using: &generator))
        now = now + .seconds(Int.random(in: 1...600, using: &generator))
        try finish(job)
      } else if let alarm {
        now = max(now, alarm)
        self.alarm = nil
        try deliver(.timer)
      } else {
        Issue.record("the run is stuck: \(scheduler.state.counts)")
        return
      }
    }
    Issue.record("the run does not end")
  }

  private mutating func finish(_ job: Job) throws {
    switch job {
    case .perform(let step):
      let failsBefore = generator.chance(failurePercent)
      if !failsBefore { bringAbout(step) }
      if crashed() { return try restart() }
      if failsBefore || generator.chance(failurePercent / 2) {
        try deliver(
          .answered(step: step, .failed(StepFailure(.failed, "trouble", isRetryable: true))))
      } else {
        try deliver(.answered(step: step, .succeeded(Evidence())))
      }
    case .observe(let step):
      if generator.chance(doubtPercent) {
        try deliver(.observed(step: step, .unknown("nobody knows")))
      } else {
        try deliver(
          .observed(step: step, isDone[step] ? .done(Evidence()) : .notDone("not there")))
      }
    case .attend(let step):
      // A careless person approves without doing it now and then, where the probe will tell.
      if !isDone[step], doubtPercent > 0 || !generator.chance(failurePercent) { bringAbout(step) }
      if crashed() { return try restart() }
      try deliver(
        .attended(step: step, .approved(OperatorWord(by: "operator", note: nil))))
    case .truth:
      try deliver(.truth(EstateTruth(clients: 100, orphans: 0, latentOrphans: 0)))
    }
  }

  private mutating func bringAbout(_ step: Int) {
    if isDone[step] { repeated[step] += 1 }
    isDone[step] = true
  }

  private mutating func crashed() -> Bool { generator.chance(crashPercent) }

  /// A new executor over what is durable; the world keeps what was done to it.
  private mutating func restart() throws {
    executor += 1
    jobs = []
    alarm = nil
    end = nil
    var state = RunState(graph: graph)
    for event in journal { try state.apply(event) }
    scheduler = Scheduler(state: state, options: options)
    if journal.isEmpty {
      try deliver(.start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: nil)))
    } else {
      try deliver(.resume(by: "tester", requests: []))
    }
  }

  /// The operator looks at the world and says what is so.
  private mutating func resolveDoubts() throws {
    var requests: [OperatorRequest] = []
    for step in graph.steps.indices {
      guard case .inDoubt = scheduler.state.steps[step].phase else { continue }
      requests.append(
        OperatorRequest(
          id: Int64(step + 1), verb: isDone[step] ? .resolveDone : .resolveNotDone,
          step: graph.id(of: step), word: OperatorWord(by: "operator", note: "looked")))
    }
    var state = RunState(graph: graph)
    for event in journal { try state.apply(event) }
    scheduler = Scheduler(state: state, options: options)
    end = nil
    try deliver(.resume(by: "tester", requests: requests))
  }

  private mutating func deliver(_ input: Scheduler.Input) throws {
    try carryOut(scheduler.handle(input, at: now))
  }

  private mutating func carryOut(_ commands: [Scheduler.Command]) throws {
    let life = executor
    for command in commands {
      switch command {
      case .append(let events, _):
        // Dies before the append, or right after it.
        if crashed() { return try restart() }
        journal.append(contentsOf: events)
        if crashed() { return try restart() }
        if let last = events.last {
          try carryOut(scheduler.handle(.recorded(through: last.sequence), at: now))
        }
      case .perform(let step, let attempt):
        try check(step, attempt: attempt)
        jobs.append(.perform(step))
      case .observe(let step): jobs.append(.observe(step))
      case .attend(let step): jobs.append(.attend(step))
      case .tellTruth: jobs.append(.truth)
      case .describeGate(let step, let reason):
        try carryOut(
          scheduler.handle(
            .gateReady(step: step, Gate(instructions: ["act"], reason: reason)), at: now))
      case .sample: Issue.record("no waits in these graphs")
      case .arm(let instant): alarm = instant
      case .finish(let end): self.end = end
      }
      // A crash inside has ended the executor that these commands were for.
      if life != executor { return }
    }
  }

  /// What must hold whenever an effect is asked for, judged by what is durable alone.
  private func check(_ step: Int, attempt: Int) throws {
    var state = RunState(graph: graph)
    for event in journal { try state.apply(event) }
    #expect(state.steps[step].phase == .running, "an effect without a durable intent")
    #expect(state.steps[step].attempt == attempt)
    for before in graph.dependencies[step] {
      #expect(state.steps[Int(before)].isDone, "a step before its dependency is done")
    }
    let running = jobs.count { if case .perform = $0 { true } else { false } }
    #expect(running < options.stepsAtOnce)
    if let site = graph.site(of: step) {
      let inSite = jobs.count { job in
        if case .perform(let other) = job { graph.site(of: other) == site } else { false }
      }
      #expect(inSite < options.stepsAtOncePerSite)
    }
  }
}
