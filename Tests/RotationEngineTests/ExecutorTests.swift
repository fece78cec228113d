import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Synchronization
import TestSupport
import Testing

@Suite("The executor in simulated time")
struct ExecutorTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// Runs a graph from its beginning, or from what the journal holds.
  private func run(
    _ graph: StepGraph, _ script: ScriptedDriver.Script = .init(),
    journal: MemoryRun? = nil, options: Scheduler.Options = .init()
  ) async throws -> (end: RunEnd, state: RunState, asked: [String]) {
    let journal = try journal ?? MemoryRun(graph)
    let state = try fold(graph, journal)
    let clock = VirtualClock(start: state.lastAt ?? Self.start)
    let driver = ScriptedDriver(clock: clock, script: script)
    let executor = Executor(
      run: "test-1", world: UnguardedWorld(driver: driver, clock: clock), journal: journal)
    let begin: Executor.Beginning =
      state.lastSequence == 0
      ? .start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: 0))
      : .resume(by: "tester")
    let result = try await executor.execute(from: state, begin, options: options)
    return (result.end, result.state, driver.asked)
  }

  @Test("A short rotation goes through in virtual time")
  func shortRotation() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    let (end, state, asked) = try await run(graph, journal: journal)
    #expect(end == .succeeded)
    #expect(state.figures?.orphans == 0)
    #expect(state.figures?.verificationOff.map(\.name) == ["site0"])
    #expect((state.figures?.verificationOff.first?.seconds ?? 0) > 86_400)
    #expect(asked.count == 6)
    let events = try journal.events
    #expect(events.map(\.sequence) == Array(1...events.count), "the journal has no gap")
  }

  @Test(
    "Before each effect the run is held for as long as the effect may take, else it does not begin")
  func heldForEffects() async throws {
    let graph = Graphs.shortRotation()
    var script = ScriptedDriver.Script()
    script.timeLimit = .seconds(900)
    let clock = VirtualClock(start: Self.start)
    for refused in 1...4 {
      let driver = ScriptedDriver(clock: clock, script: script)
      let journal = LosingJournal(try MemoryRun(graph), after: refused)
      let executor = Executor(
        run: "test-1", world: UnguardedWorld(driver: driver, clock: clock), journal: journal)
      await #expect(throws: JournalError.self) {
        try await executor.execute(
          from: RunState(graph: graph),
          .start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: 0)))
      }
      // Its intent is durable, and nothing was done.
      #expect(driver.asked.filter { $0.hasPrefix("perform") }.count == refused - 1)
      #expect(journal.asked == Array(repeating: .seconds(900), count: refused))
      let started = try journal.run.events.count {
        if case .stepStarted = $0.kind { true } else { false }
      }
      #expect(started >= refused)
    }
  }

  @Test("The same run takes the same course", arguments: 0..<20)
  func determinism(seed: Int) async throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let graph = Graphs.random(&generator)
    var script = ScriptedDriver.Script()
    script.attendance = .approved(OperatorWord(by: "operator", note: nil))
    script.answers = { request in
      (request.step + request.attempt + seed) % 3 == 0
        ? .failed(StepFailure(.failed, "trouble", isRetryable: true)) : nil
    }
    script.finding = { request in
      request.graph.steps[request.step].channel == .operator ? .done(Evidence()) : .notDone("no")
    }
    let journals = [try MemoryRun(graph), try MemoryRun(graph)]
    for journal in journals { _ = try await run(graph, script, journal: journal) }
    #expect(try journals[0].events == journals[1].events)
  }

  @Test(
    "Right before a certificate update the clients are counted again, and too few hold it",
    arguments: [
      // Half of them fell back.
      AdoptionCount(
        counted: 100, adopted: 50, pendingOnline: 50, pendingOffline: 0, stale: 0, excluded: 0),
      // All that there are have adopted, but most are said to be gone: that is no count.
      AdoptionCount(
        counted: 49, adopted: 49, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0,
        removed: 51),
      AdoptionCount(
        counted: 0, adopted: 0, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0,
        removed: 100),
    ])
  func freshCheck(fallen: AdoptionCount) async throws {
    var script = ScriptedDriver.Script()
    // The wait passes after a day; then comes another count for ten hours.
    script.sample = { _, now in
      let hours = (now.milliseconds - Self.start.milliseconds) / 3_600_000
      let isBad = (24..<34).contains(hours) && now > Self.start + .hours(24) + .minutes(30)
      return .counted(
        isBad
          ? fallen
          : AdoptionCount(
            counted: 100, adopted: 100, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0))
    }
    // A check before the update that takes place in the bad hours: two servers in one lane.
    let plan = Graphs.plan(servers: 2)
    let first = Target.server(site: 0, server: 0)
    let second = Target.server(site: 0, server: 1)
    let graph = Graphs.chain(
      [
        Step(.disableVerification, on: .site(0), by: .api),
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.updateCertificate, on: first, by: .command),
        Step(.restartServices, on: first, by: .command),
        Step(.verifyCertificate, on: first, by: .probe),
        Step(.backUpServer, on: first, by: .command),
        Step(.backUpServer, on: second, by: .command),
        Step(.upgradeServer, on: first, by: .command),
        Step(.upgradeServer, on: second, by: .command),
        Step(.restartServices, on: second, by: .command),
        Step(.updateCertificate, on: second, by: .command),
      ], plan: plan)
    let journal = try MemoryRun(graph)
    let (end, _, _) = try await run(graph, script, journal: journal)
    #expect(end == .succeeded)
    let started = try journal.events.compactMap { event -> Instant? in
      if case .stepStarted(10, _) = event.kind { event.at } else { nil }
    }
    #expect(started.count == 1)
    #expect((started.first ?? Self.start) >= Self.start + .hours(34))
  }

  @Test("An update that is held is known to a later visit, which comes when it is due")
  func heldAcrossVisits() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    var script = ScriptedDriver.Script()
    // The count that lets the wait pass is enough, the five counts after it are not.
    let late = Mutex(0)
    script.sample = { _, now in
      let calls = late.withLock { calls in
        if now >= Self.start + .hours(24) { calls += 1 }
        return calls
      }
      let adopted = (2...6).contains(calls) ? 50 : 100
      return .counted(
        AdoptionCount(
          counted: 100, adopted: adopted, pendingOnline: 0, pendingOffline: 100 - adopted,
          stale: 0, excluded: 0))
    }
    _ = try await run(graph, script, journal: journal, options: .init(until: .waiting))
    var last = RunEnd.resting(.clients)
    var visitsHeld = 0
    for _ in 0..<400 where last == .resting(.clients) {
      last = try await tick(graph, journal, script)
      let held = try fold(graph, journal).holdingCount(of: 3)
      if held != nil { visitsHeld += 1 }
    }
    #expect(last == .succeeded)
    #expect(visitsHeld == 5)
  }

  private func fold(_ graph: StepGraph, _ journal: MemoryRun) throws -> RunState {
    var state = RunState(graph: graph)
    for event in try journal.events { try state.apply(event) }
    return state
  }

  @Test("Every attempt at an update is preceded by a count, not only the first")
  func countBeforeEveryAttempt() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    var script = ScriptedDriver.Script()
    script.answers = { request in
      request.step == 3 && request.attempt < 3
        ? .failed(StepFailure(.failed, "the console is busy", isRetryable: true)) : nil
    }
    script.finding = { _ in .notDone("the old certificate is served") }
    let (end, _, _) = try await run(graph, script, journal: journal)
    #expect(end == .succeeded)
    var isCounted = false
    var attempts = 0
    for event in try journal.events {
      switch event.kind {
      case .waitSampled(3, _, _): isCounted = true
      case .stepStarted(3, _):
        #expect(isCounted, "attempt \(attempts + 1) began without a count")
        isCounted = false
        attempts += 1
      default: break
      }
    }
    #expect(attempts == 3)
  }

  @Test(
    "A wait's events come in the promised order, and nothing is counted for it after it is done")
  func waitEvents() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    _ = try await run(graph, journal: journal)
    let names = try journal.events.filter { $0.kind.step == 2 }.map(\.kind.name)
    #expect(names.first == "step-started")
    #expect(names.suffix(2) == ["wait-passed", "step-succeeded"])
    #expect(names.dropFirst().dropLast(2).allSatisfy { $0 == "wait-sampled" })
    #expect(try journal.events.allSatisfy { $0.kind.step == nil || $0.kind.attempt != nil })
  }

  /// A run in which every client that is counted has adopted what is waited for, and where it rests.
  private func counting(
    _ counted: Int, stale: Int = 0, excluded: Int = 0, of expected: Int? = 100
  ) async throws -> (end: RunEnd, state: RunState) {
    var script = ScriptedDriver.Script()
    script.sample = { _, _ in
      .counted(
        AdoptionCount(
          counted: counted, adopted: counted, pendingOnline: 0, pendingOffline: 0, stale: stale,
          excluded: excluded))
    }
    let rotation = Graphs.shortRotation()
    var plan = rotation.plan
    plan.sites[0].clients = expected.map { Located($0) }
    let graph = Graphs.chain(rotation.steps, plan: plan)
    let (end, state, _) = try await run(graph, script, options: .init(restsAtHeldWaits: true))
    return (end, state)
  }

  @Test("A count of nobody lets no wait pass, unless nobody is expected")
  func nobody() async throws {
    for expected in [100, 1, nil] {
      let (end, state) = try await counting(0, of: expected)
      #expect(end == .resting(.operator))
      #expect(state.waits[2]?.inconclusiveReason == "No client was counted.")
    }
    #expect(try await counting(0, of: 0).end == .succeeded)
  }

  @Test("A count of less than half of the clients that are expected lets no wait pass")
  func tooFew() async throws {
    let (end, state) = try await counting(49)
    #expect(end == .resting(.operator))
    #expect(state.steps[2].phase == .waiting)
    #expect(
      state.waits[2]?.inconclusiveReason
        == "Only 49 clients were found; the plan expects 100.")
    #expect(try await counting(50).end == .succeeded)
    #expect(try await counting(1, of: nil).end == .succeeded)
    // Who has not been seen for long, or is waived, was found all the same.
    #expect(try await counting(20, stale: 20, excluded: 9).end == .resting(.operator))
    #expect(try await counting(20, stale: 20, excluded: 10).end == .succeeded)
  }

  @Test("A step that is sent back while it is looked at begins again")
  func retryWhileObserving() throws {
    let graph = Graphs.shortRotation()
    var scheduler = Scheduler(state: RunState(graph: graph))
    var now = Self.start
    func settle(_ commands: [Scheduler.Command]) -> [Scheduler.Command] {
      commands.flatMap { command -> [Scheduler.Command] in
        guard case .append(let events, _) = command, let last = events.last else {
          return [command]
        }
        return settle(scheduler.handle(.recorded(through: last.sequence), at: now))
      }
    }
    var commands = settle(
      scheduler.handle(
        .start(RunStart(plan: "t", digest: "d", by: "t", seed: nil)), at: now))
    #expect(commands.contains(.perform(step: 0, attempt: 1)))
    _ = settle(scheduler.handle(.answered(step: 0, .succeeded(Evidence())), at: now))
    _ = settle(scheduler.handle(.answered(step: 1, .succeeded(Evidence())), at: now))
    now = now + .hours(24)
    let enough = WaitSample.counted(
      AdoptionCount(
        counted: 100, adopted: 100, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0))
    _ = settle(scheduler.handle(.sampled(step: 2, purpose: .wait, enough), at: now + .hours(-2)))
    _ = settle(scheduler.handle(.timer, at: now))
    _ = settle(scheduler.handle(.sampled(step: 2, purpose: .wait, enough), at: now))
    commands = settle(
      scheduler.handle(.sampled(step: 2, purpose: .guardOf(3), enough), at: now))
    #expect(commands.contains(.perform(step: 3, attempt: 1)))
    let trouble = StepFailure(.failed, "no", isRetryable: true)
    _ = settle(scheduler.handle(.answered(step: 3, .failed(trouble)), at: now))
    now = now + .hours(1)
    commands = settle(scheduler.handle(.timer, at: now))
    #expect(commands.contains(.observe(step: 3)))
    let request = OperatorRequest(
      id: 1, verb: .retry, step: graph.id(of: 3), word: OperatorWord(by: "ada", note: nil))
    commands = settle(scheduler.handle(.requests([request]), at: now))
    #expect(commands.contains(.sample(step: 2, purpose: .guardOf(3))))
    // The late answer of the observation is for nobody.
    #expect(settle(scheduler.handle(.observed(step: 3, .notDone("no")), at: now)).isEmpty)
    commands = settle(
      scheduler.handle(.sampled(step: 2, purpose: .guardOf(3), enough), at: now))
    #expect(commands.contains(.perform(step: 3, attempt: 2)))
  }

  @Test("A gate without anyone there waits for the mailbox, and the probe has the last word")
  func gate() async throws {
    let graph = Graphs.shortRotation(gateForUpdate: true)
    let journal = try MemoryRun(graph)
    let (end, state, _) = try await run(graph, journal: journal, options: .init(until: .waiting))
    // The wait of 24 hours comes first.
    #expect(end == .resting(.clients))
    #expect(state.status == .resting(.clients))
    var last = end
    for _ in 0..<400 where last == .resting(.clients) {
      last = try await tick(graph, journal)
    }
    #expect(last == .resting(.operator))
    let id = graph.id(of: 3)
    try journal.post(.approve, step: id, by: "ada", note: "did it")
    last = try await tick(graph, journal)
    #expect(last == .succeeded)
    #expect(try await journal.requests().isEmpty)
    let approvals = try journal.events.compactMap { event -> OperatorWord? in
      if case .gateApproved(3, _, let word) = event.kind { word } else { nil }
    }
    #expect(approvals == [OperatorWord(by: "ada", note: "did it")])
  }

  /// One visit of a timer: simulated time jumps to what is due next.
  private func tick(
    _ graph: StepGraph, _ journal: MemoryRun, _ script: ScriptedDriver.Script = .init()
  ) async throws -> RunEnd {
    let state = try fold(graph, journal)
    let clock = VirtualClock(start: state.nextDue ?? state.lastAt ?? Self.start)
    let driver = ScriptedDriver(clock: clock, script: script)
    let executor = Executor(
      run: "test-1", world: UnguardedWorld(driver: driver, clock: clock), journal: journal)
    return try await executor.execute(
      from: state, .resume(by: "timer"), options: .init(until: .waiting)
    ).end
  }

  @Test("A failed verification ends the run, and a retried restart mends it")
  func retryOfPredecessor() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    var script = ScriptedDriver.Script()
    script.answers = { request in
      request.graph.steps[request.step].action == .verifyCertificate
        ? .failed(StepFailure(.failed, "port 8443 serves the old certificate")) : nil
    }
    let (end, state, asked) = try await run(graph, script, journal: journal)
    #expect(end == .failed)
    #expect(state.figures?.verificationOff.first?.isOpen == true)
    #expect(!asked.contains { $0.contains("enable-verification") })
    let restart = graph.id(of: 4)
    try journal.post(.retry, step: restart, by: "ada", note: nil)
    let (mended, after, again) = try await run(graph, journal: journal)
    #expect(mended == .succeeded)
    #expect(again.first == "perform \(restart) #2")
    #expect(after.status == .succeeded)
  }

  @Test("A request that cannot be followed is recorded with the reason")
  func refusedRequest() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    var script = ScriptedDriver.Script()
    script.answers = { _ in .failed(StepFailure(.failed, "no")) }
    _ = try await run(graph, script, journal: journal)
    try journal.post(.approve, step: graph.id(of: 5), by: "ada")
    let (end, _, _) = try await run(graph, script, journal: journal)
    #expect(end == .failed)
    guard case .requestRefused(_, let reason)? = try journal.events.last?.kind else {
      Issue.record("no refusal at the end")
      return
    }
    #expect(reason.contains("not started"))
  }

  @Test("An abort ends the run as it stands and says what is open")
  func abort() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    _ = try await run(graph, journal: journal, options: .init(until: .waiting))
    try journal.post(.abort, by: "ada", note: "change is called off")
    let (end, state, asked) = try await run(graph, journal: journal)
    #expect(end == .aborted)
    #expect(asked.isEmpty)
    #expect(state.figures?.verificationOff.first?.isOpen == true)
    #expect(try await journal.requests().isEmpty)
  }

  @Test("A failed run can be aborted")
  func abortAfterFailure() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    var script = ScriptedDriver.Script()
    script.answers = { _ in .failed(StepFailure(.failed, "no")) }
    #expect(try await run(graph, script, journal: journal).end == .failed)
    try journal.post(.abort, by: "ada")
    #expect(try await run(graph, script, journal: journal).end == .aborted)
  }

  @Test("A pause starts nothing new, survives a resume, and ends with unpause")
  func pause() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    _ = try await run(graph, journal: journal, options: .init(until: .waiting))
    try journal.post(.pause, by: "ada", note: "freeze")
    #expect(try await tick(graph, journal) == .resting(.paused))
    #expect(try await tick(graph, journal) == .resting(.paused))
    try journal.post(.unpause, by: "ada")
    let (end, _, _) = try await run(graph, journal: journal)
    #expect(end == .succeeded)
  }

  @Test("A stop lets running steps end and starts nothing new")
  func stop() async throws {
    let graph = Graphs.shortRotation()
    let journal = try MemoryRun(graph)
    let clock = VirtualClock(start: Self.start)
    let driver = ScriptedDriver(clock: clock)
    let (controls, controller) = AsyncStream.makeStream(of: Executor.Control.self)
    let executor = Executor(
      run: "test-1", world: UnguardedWorld(driver: driver, clock: clock), journal: journal
    ) {
      event, _ in
      if case .stepStarted(2, _) = event.kind { controller.yield(.stop) }
    }
    let result = try await executor.execute(
      from: RunState(graph: graph),
      .start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: 0)),
      controls: controls)
    if case .resting(let reason) = result.end {
      #expect(reason == .stopped)
      let (end, _, _) = try await run(graph, journal: journal)
      #expect(end == .succeeded)
    } else {
      // Virtual weeks may pass before the signal is heard: the run is then simply done.
      #expect(result.end == .succeeded)
    }
  }
}

/// A journal whose lease cannot be held any more when it is asked for the nth time.
private final class LosingJournal: Journal {
  let run: MemoryRun
  private let limit: Int
  private let durations = Mutex<[Duration]>([])

  init(_ run: MemoryRun, after limit: Int) {
    self.run = run
    self.limit = limit
  }

  var asked: [Duration] { durations.withLock { $0 } }

  func append(_ events: [RunEvent], answering requests: [Int64]) async throws {
    try await run.append(events, answering: requests)
  }

  func requests() async throws -> [OperatorRequest] { try await run.requests() }

  func renewLease() async throws { try await run.renewLease() }

  func holdLease(for duration: Duration) async throws {
    let count = durations.withLock {
      $0.append(duration)
      return $0.count
    }
    if count == limit { throw JournalError.stoodStill("test-1") }
  }
}
