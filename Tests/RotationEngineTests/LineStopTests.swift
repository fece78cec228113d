import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("A fall of contacts stops the line")
struct LineStopTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// 0 the wait after the swap of one site, 1 the end of its exposure; 2 a check, 3 the first change of another site and 4
  /// its end.
  private static let graph = StepGraph(
    plan: Graphs.plan(sites: 2, servers: 1),
    steps: [
      Step(.awaitCertificateReceived, on: .site(0), by: .probe),
      Step(.enableVerification, on: .site(0), by: .api),
      Step(.checkServer, on: .server(site: 1, server: 0), by: .probe),
      Step(.disableVerification, on: .site(1), by: .api),
      Step(.enableVerification, on: .site(1), by: .api),
    ],
    dependencies: AdjacencyTable([[], [0], [], [2], [3]]))

  private static func fall(_ group: String? = nil) -> ContactFall {
    ContactFall(
      group: group, from: start, until: start + .hours(3), expected: 300, seen: 40)
  }

  private static func sample(_ fall: ContactFall?, adopted: Int = 50) -> WaitSample {
    .counted(
      AdoptionCount(
        counted: 100, adopted: adopted, pendingOnline: 100 - adopted, pendingOffline: 0, stale: 0,
        excluded: 0, fall: fall))
  }

  /// A scheduler and what it made durable.
  private struct Desk {
    var scheduler: Scheduler
    var events: [RunEvent] = []
    var now = LineStopTests.start

    init(until: Scheduler.Options.Until = .done, state: RunState = RunState(graph: graph)) {
      scheduler = Scheduler(state: state, options: .init(until: until))
    }

    /// What is asked for after an input, everything being durable at once.
    @discardableResult
    mutating func handle(_ input: Scheduler.Input) -> [Scheduler.Command] {
      var result: [Scheduler.Command] = []
      var left = scheduler.handle(input, at: now)
      while let command = left.first {
        left.removeFirst()
        if case .append(let new, _) = command {
          events += new
          left += scheduler.handle(.recorded(through: events.last?.sequence ?? 0), at: now)
        } else {
          result.append(command)
        }
      }
      return result
    }

    mutating func begin() {
      handle(.start(RunStart(plan: "t", digest: "d", by: "t", seed: nil)))
    }

    /// The wait sees a fall, and the check of the other site is done.
    mutating func stop(_ fall: ContactFall = LineStopTests.fall()) -> [Scheduler.Command] {
      begin()
      handle(.sampled(step: 0, purpose: .wait, LineStopTests.sample(fall)))
      return handle(.answered(step: 2, .succeeded(Evidence())))
    }

    mutating func request(_ verb: OperatorRequest.Verb, note: String?) -> [Scheduler.Command] {
      handle(
        .requests([
          OperatorRequest(
            id: Int64(events.count), verb: verb, step: nil,
            word: OperatorWord(by: "ann", note: note))
        ]))
    }
  }

  @Test("Nothing more is opened, and a release with a reason lets it begin")
  func release() throws {
    var desk = Desk()
    #expect(!desk.stop().contains(.perform(step: 3, attempt: 1)))
    #expect(desk.scheduler.state.isLineStopped)
    #expect(desk.scheduler.state.stepsHeldByLine == [3])
    #expect(desk.scheduler.state.attention(of: 3, at: desk.now) == .lineStopped)
    #expect(desk.scheduler.state.needsPerson(at: desk.now))

    #expect(desk.request(.unpause, note: nil).isEmpty)
    guard case .requestRefused(_, let reason) = desk.events.last?.kind else {
      return #expect(Bool(false), "released without a reason")
    }
    #expect(reason.contains("--note"))

    #expect(desk.request(.unpause, note: "a bridge day").contains(.perform(step: 3, attempt: 1)))
    #expect(!desk.scheduler.state.isLineStopped)
    #expect(
      desk.events.contains {
        $0.kind == .lineReleased(OperatorWord(by: "ann", note: "a bridge day"))
      })
  }

  @Test("What closes goes on, and so does the wait")
  func closing() {
    var desk = Desk()
    desk.begin()
    desk.handle(.sampled(step: 0, purpose: .wait, Self.sample(Self.fall(), adopted: 100)))
    #expect(desk.scheduler.state.isLineStopped)
    desk.now = desk.now + .days(60)
    #expect(desk.handle(.timer).contains(.sample(step: 0, purpose: .wait)))
    let commands = desk.handle(
      .sampled(step: 0, purpose: .wait, Self.sample(Self.fall(), adopted: 100)))
    #expect(commands.contains(.perform(step: 1, attempt: 1)))
    // Said once, however long it goes on.
    #expect(desk.events.count { if case .lineStopped = $0.kind { true } else { false } } == 1)
  }

  @Test("What was released is not said again, but another fall is")
  func again() {
    var desk = Desk()
    _ = desk.stop(Self.fall("Kiosks"))
    _ = desk.request(.unpause, note: "closed for the season")
    desk.now = desk.now + .days(1)
    desk.handle(.timer)
    desk.handle(.sampled(step: 0, purpose: .wait, Self.sample(Self.fall("Kiosks"))))
    #expect(!desk.scheduler.state.isLineStopped)
    desk.now = desk.now + .days(1)
    desk.handle(.timer)
    desk.handle(.sampled(step: 0, purpose: .wait, Self.sample(Self.fall())))
    #expect(desk.scheduler.state.isLineStopped)
  }

  @Test("A visit of a timer ends with the operator, and the next one goes on from the journal")
  func visits() throws {
    var desk = Desk(until: .waiting)
    #expect(desk.stop().contains(.finish(.resting(.operator))))
    var state = RunState(graph: Self.graph)
    for event in desk.events { try state.apply(event) }
    #expect(state.stepsHeldByLine == [3])
    var next = Desk(until: .waiting, state: state)
    next.events = desk.events
    #expect(
      !next.handle(.resume(by: "timer", requests: [])).contains(.perform(step: 3, attempt: 1)))
    var third = Desk(until: .waiting, state: state)
    third.events = desk.events
    let request = OperatorRequest(
      id: 9, verb: .unpause, step: nil, word: OperatorWord(by: "ann", note: "known"))
    #expect(
      third.handle(.resume(by: "timer", requests: [request]))
        .contains(.perform(step: 3, attempt: 1)))
  }

  @Test("Of a gate that opens something only somebody with a note says that it is done")
  func gates() throws {
    let graph = StepGraph(
      plan: Graphs.plan(sites: 2, servers: 1),
      steps: [
        Step(.awaitCertificateReceived, on: .site(0), by: .probe),
        Step(.switchClientsToHTTP, on: .site(1), by: .operator),
        Step(.switchClientsToHTTPS, on: .site(0), by: .operator),
      ], dependencies: AdjacencyTable([[], [], []]))
    var state = RunState(graph: graph)
    let gate = Gate(instructions: ["Do it."], reason: nil)
    let kinds: [RunEvent.Kind] = [
      .runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil)),
      .stepStarted(step: 0, attempt: 1),
      .stepStarted(step: 1, attempt: 1), .gateOpened(step: 1, attempt: 1, gate: gate),
      .stepStarted(step: 2, attempt: 1), .gateOpened(step: 2, attempt: 1, gate: gate),
      .lineStopped(step: 0, fall: Self.fall()),
    ]
    for (number, kind) in kinds.enumerated() {
      try state.apply(RunEvent(sequence: number + 1, at: Self.start, kind: kind))
    }
    func ruling(on step: Int, note: String?) -> RunState.Ruling {
      state.ruling(
        on: OperatorRequest(
          id: 1, verb: .approve, step: graph.id(of: step),
          word: OperatorWord(by: "ann", note: note)))
    }
    for note in [nil, ""] {
      guard case .refused(let reason) = ruling(on: 1, note: note) else {
        Issue.record("approved as if nothing was")
        continue
      }
      #expect(reason.contains("--note") && reason.contains("release the line"))
    }
    #expect(ruling(on: 1, note: "done in the morning, before it stopped") == .approve(1))
    // What closes goes on.
    #expect(ruling(on: 2, note: nil) == .approve(2))
    try state.apply(
      RunEvent(
        sequence: 8, at: Self.start,
        kind: .lineReleased(OperatorWord(by: "ann", note: "a holiday"))))
    #expect(ruling(on: 1, note: nil) == .approve(1))
  }

  @Test("A failure elsewhere does not end a run whose line is stopped")
  func stuck() {
    let graph = StepGraph(
      plan: Graphs.plan(sites: 2, servers: 1),
      steps: [
        Step(.checkServer, on: .server(site: 0, server: 0), by: .probe),
        Step(.disableVerification, on: .site(1), by: .api),
      ], dependencies: AdjacencyTable([[], []]))
    var state = RunState(graph: graph)
    let kinds: [RunEvent.Kind] = [
      .runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil)),
      .lineStopped(step: 0, fall: Self.fall()),
      .stepStarted(step: 0, attempt: 1),
      .stepFailed(step: 0, attempt: 1, failure: StepFailure(.failed, "no"), retryAt: nil),
    ]
    for (number, kind) in kinds.enumerated() {
      #expect(throws: Never.self) {
        try state.apply(RunEvent(sequence: number + 1, at: Self.start, kind: kind))
      }
    }
    var desk = Desk(until: .waiting, state: state)
    desk.events = [RunEvent(sequence: 4, at: Self.start, kind: kinds[3])]
    #expect(
      desk.handle(.resume(by: "timer", requests: [])).contains(.finish(.resting(.operator))))
  }

  @Test("A certificate update whose last count shows the fall does not begin")
  func update() throws {
    let graph = StepGraph(
      plan: Graphs.plan(servers: 1),
      steps: [
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.updateCertificate, on: .server(site: 0, server: 0), by: .command),
        Step(.restartServices, on: .server(site: 0, server: 0), by: .command),
      ],
      dependencies: AdjacencyTable([[], [0], [1]]))
    var state = RunState(graph: graph)
    let kinds: [RunEvent.Kind] = [
      .runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil)),
      .stepStarted(step: 0, attempt: 1),
      .waitSampled(step: 0, attempt: 1, sample: Self.sample(nil, adopted: 100)),
      .stepSucceeded(step: 0, attempt: 1, evidence: Evidence()),
    ]
    for (number, kind) in kinds.enumerated() {
      try state.apply(RunEvent(sequence: number + 1, at: Self.start, kind: kind))
    }
    var desk = Desk(state: state)
    #expect(
      desk.handle(.resume(by: "ann", requests: [])).contains(
        .sample(step: 0, purpose: .guardOf(1))))
    #expect(
      !desk.handle(
        .sampled(step: 0, purpose: .guardOf(1), Self.sample(Self.fall(), adopted: 100))
      ).contains(.perform(step: 1, attempt: 1)))
    #expect(desk.scheduler.state.stepsHeldByLine == [1])
    #expect(desk.scheduler.state.heldUpdates.isEmpty)
    // Counted once more before it begins.
    #expect(
      desk.request(.unpause, note: "known").contains(.sample(step: 0, purpose: .guardOf(1))))
    #expect(
      desk.handle(
        .sampled(step: 0, purpose: .guardOf(1), Self.sample(Self.fall(), adopted: 100))
      ).contains(.perform(step: 1, attempt: 1)))
    // Its restart only brings to an end what it began.
    desk.handle(.answered(step: 1, .succeeded(Evidence())))
    #expect(!Action.restartServices.beginsExposure)
    #expect(Action.upgradeServer.beginsExposure)
  }
}
