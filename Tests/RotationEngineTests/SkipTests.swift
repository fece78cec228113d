import PlanModel
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("A step that protects clients is skipped only by who accepts orphans")
struct SkipTests {
  /// What the requests of all seeds came to, so that no rule passes for want of cases.
  private struct Tally {
    var unaccepted = 0
    var accepted = 0
    var harmless = 0
  }

  @Test("On no graph and in no state is it taken without an acceptance")
  func anyGraph() throws {
    var tally = Tally()
    for seed in UInt64(0)..<400 {
      var generator = SplitMix64(seed: seed)
      try requestAll(in: progress(through: graph(&generator), &generator), &generator, &tally)
    }
    #expect(tally.unaccepted > 200 && tally.accepted > 200 && tally.harmless > 100, "\(tally)")
  }

  /// Asks an executor to skip every step, with and without an acceptance, and judges each event.
  private func requestAll(
    in state: RunState, _ generator: inout SplitMix64, _ tally: inout Tally
  ) throws {
    let graph = state.graph
    var requests: [OperatorRequest] = []
    for step in graph.steps.indices.shuffled(using: &generator) {
      requests.append(
        OperatorRequest(
          id: Int64(requests.count + 1), verb: .skip, step: graph.id(of: step),
          word: OperatorWord(
            by: "ada", note: "because", acceptsOrphans: generator.chance(50))))
    }
    var scheduler = Scheduler(state: state, options: .init())
    var events: [RunEvent] = []
    for command in scheduler.handle(
      .resume(by: "ada", requests: requests), at: try #require(state.lastAt))
    {
      if case .append(let appended, _) = command { events += appended }
    }
    var now = state
    var answers = requests[...]
    for event in events {
      var request: OperatorRequest?
      switch event.kind {
      case .stepSkipped(let step, let word):
        request = answers.popFirst()
        #expect(request?.step == graph.id(of: step) && request?.word == word)
        if protects(step, in: now) {
          #expect(word.acceptsOrphans, "\(graph.id(of: step))")
          #expect(word.by == "ada" && word.note == "because")
          tally.accepted += 1
        } else {
          tally.harmless += 1
        }
      case .requestRefused(let refused, let reason):
        request = answers.popFirst()
        #expect(request == refused)
        let step = try #require(graph.steps.indices.first { graph.id(of: $0) == refused.step })
        if isThere(step, in: now) {
          #expect(protects(step, in: now) && !refused.word.acceptsOrphans, "\(reason)")
          #expect(reason.contains("--accept-orphans"))
          #expect(reason.contains("site0 (the plan expects 100)") || graph.site(of: step) == 1)
          tally.unaccepted += 1
        }
      default: break
      }
      try now.apply(event)
    }
    #expect(answers.isEmpty, "a request without an answer")
  }

  /// Whether a step stands where it could be skipped if it protected nobody.
  private func isThere(_ step: Int, in state: RunState) -> Bool {
    switch state.steps[step].phase {
    case .failed, .gateOpen, .waiting, .retrying, .inDoubt: true
    case .pending: graphIsDone(before: step, in: state)
    case .running, .gateApproved, .succeeded, .skipped: false
    }
  }

  private func graphIsDone(before step: Int, in state: RunState) -> Bool {
    state.graph.dependencies[step].allSatisfy { state.steps[Int($0)].isDone }
  }

  /// What an orphan is, said a second time: by the names of actions, and by asking of every pair of steps
  /// whether one comes after the other.
  private func protects(_ step: Int, in state: RunState) -> Bool {
    let graph = state.graph
    let name = graph.steps[step].action.rawValue
    if name.hasPrefix("await-") || name == "verify-certificate" || name == "break-replication" {
      return true
    }
    if name == "check-server" || name == "check-certificate" {
      return state.steps[step].attempt > 0
    }
    guard name == "disable-verification" || name == "switch-clients-to-http" else { return false }
    var after = Set([step])
    for later in graph.steps.indices.dropFirst(step) {
      if graph.dependencies[later].contains(where: { after.contains(Int($0)) }) {
        after.insert(later)
      }
    }
    return after.contains { later in
      ["update-certificate", "restore-certificate"].contains(graph.steps[later].action.rawValue)
        && graph.site(of: later) == graph.site(of: step) && !state.steps[later].isDone
    }
  }

  /// A random graph of any actions over two sites that are partners.
  private func graph(_ generator: inout SplitMix64) -> StepGraph {
    var steps: [Step] = []
    for action in Action.allCases {
      let targets: [Target] =
        switch action.targetKind {
        case .site: [.site(0), .site(1)]
        case .server: [.server(site: 0, server: 0), .server(site: 1, server: 0)]
        case .partnership: [.partnership(0)]
        }
      for target in targets where generator.chance(60) {
        let channel: Channel =
          action.waitKind != nil ? .probe : generator.chance(50) ? .operator : .command
        steps.append(Step(action, on: target, by: channel))
      }
    }
    steps.shuffle(using: &generator)
    let lists = steps.indices.map { step in
      (0..<step).filter { _ in generator.chance(12) }.map { Int32($0) }
    }
    return StepGraph(
      plan: Graphs.plan(sites: 2, servers: 1, partnerships: 1), steps: steps,
      dependencies: AdjacencyTable(lists))
  }

  /// A run of the graph that got somewhere: steps done, failed, in doubt, at gates, waiting.
  private func progress(
    through graph: StepGraph, _ generator: inout SplitMix64
  ) throws -> RunState {
    var state = RunState(graph: graph)
    func add(_ kind: RunEvent.Kind) throws {
      try state.apply(
        RunEvent(
          sequence: state.lastSequence + 1, at: Instant(milliseconds: 1_767_600_000_000),
          kind: kind))
    }
    try add(.runStarted(RunStart(plan: "test", digest: "sha256:0", by: "ada", seed: nil)))
    for step in graph.steps.indices
    where graphIsDone(before: step, in: state) && generator.chance(80) {
      try add(.stepStarted(step: step, attempt: 1))
      let failure = StepFailure(.failed, "no")
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: try add(.stepFailed(step: step, attempt: 1, failure: failure, retryAt: nil))
      case 1:
        try add(
          .stepFailed(
            step: step, attempt: 1, failure: failure,
            retryAt: Instant(milliseconds: 1_767_700_000_000)))
      case 2 where graph.steps[step].action.waitKind == nil:
        try add(.gateOpened(step: step, attempt: 1, gate: Gate(instructions: ["act"], reason: nil)))
      case 3: try add(.stepInterrupted(step: step, attempt: 1, finding: .unknown("who knows")))
      case 4:
        try add(.stepFailed(step: step, attempt: 1, failure: failure, retryAt: nil))
        try add(.stepReset(step: step, word: OperatorWord(by: "ada", note: nil)))
      default:
        try add(.stepSucceeded(step: step, attempt: 1, evidence: Evidence()))
      }
    }
    try add(.runWaiting(.stopped))
    return state
  }

  @Test("The words name the step, its clients, how many there are and what the check found")
  func words() throws {
    let graph = Graphs.chain(
      [
        Step(.checkServer, on: .server(site: 0, server: 0), by: .probe),
        Step(.breakReplication, on: .partnership(0), by: .operator),
        Step(.switchClientsToHTTP, on: .site(0), by: .operator),
        Step(.updateCertificate, on: .server(site: 0, server: 0), by: .operator),
      ], plan: Graphs.plan(sites: 2, servers: 1, partnerships: 1))
    var state = RunState(graph: graph)
    #expect(state.danger(ofSkipping: 0) == nil)
    #expect(state.danger(ofSkipping: 3) == nil)
    let partners = try #require(state.danger(ofSkipping: 1)).words
    #expect(partners.contains("site0 (the plan expects 100) and site1 (the plan expects 100)"))
    let http = try #require(state.danger(ofSkipping: 2)).words
    #expect(http.hasPrefix("`switch-clients-to-http/site0` protects the clients of site0 (the"))
    #expect(http.contains("still uses HTTPS when its server's certificate changes"))
    let at = Instant(milliseconds: 1_767_600_000_000)
    let start = RunStart(plan: "test", digest: "sha256:0", by: "ada", seed: nil)
    for (index, kind) in [
      RunEvent.Kind.runStarted(start), .stepStarted(step: 0, attempt: 1),
      .stepFailed(
        step: 0, attempt: 1, failure: StepFailure(.failed, "455 are of 14.2."), retryAt: nil),
    ].enumerated() {
      try state.apply(RunEvent(sequence: index + 1, at: at, kind: kind))
    }
    #expect(try #require(state.danger(ofSkipping: 0)).words.contains("It failed: 455 are of 14.2."))
  }
}
