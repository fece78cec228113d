import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("Whoever is asked for a certificate update is told of the clients of today")
struct GateRecountTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// 0 the wait of a site, 1 the gate of its update.
  private static let graph = StepGraph(
    plan: Graphs.plan(servers: 1),
    steps: [
      Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
      Step(.updateCertificate, on: .server(site: 0, server: 0), by: .operator),
    ],
    dependencies: AdjacencyTable([[], [0]]))

  private static func counted(_ adopted: Int) -> WaitSample {
    .counted(
      AdoptionCount(
        counted: 100, adopted: adopted, pendingOnline: 100 - adopted, pendingOffline: 0, stale: 0,
        excluded: 0))
  }

  /// A run whose gate opened when 99 of 100 clients were ready.
  private static func atGate() throws -> RunState {
    var state = RunState(graph: graph)
    let kinds: [RunEvent.Kind] = [
      .runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil)),
      .stepStarted(step: 0, attempt: 1),
      .waitSampled(step: 0, attempt: 1, sample: counted(99)),
      .stepSucceeded(step: 0, attempt: 1, evidence: Evidence()),
      .waitSampled(step: 1, attempt: 1, sample: counted(99)),
      .stepStarted(step: 1, attempt: 1),
      .gateOpened(step: 1, attempt: 1, gate: Gate(instructions: ["Update."])),
    ]
    for (number, kind) in kinds.enumerated() {
      try state.apply(RunEvent(sequence: number + 1, at: start, kind: kind))
    }
    return state
  }

  /// What is asked for after an input, everything being durable at once.
  private func commands(
    _ scheduler: inout Scheduler, _ input: Scheduler.Input, at instant: Instant
  ) -> [Scheduler.Command] {
    var result: [Scheduler.Command] = []
    var left = scheduler.handle(input, at: instant)
    while let command = left.first {
      left.removeFirst()
      if case .append(let events, _) = command {
        left += scheduler.handle(.recorded(through: events.last?.sequence ?? 0), at: instant)
      } else {
        result.append(command)
      }
    }
    return result
  }

  @Test("The gate opened with the count of that day")
  func opened() throws {
    let count = try #require(try Self.atGate().gateCount(of: 1))
    #expect(count == GuardCount(at: Self.start, sample: Self.counted(99), isEnough: true))
    #expect(try Self.atGate().gateCount(of: 0) == nil)
  }

  @Test("A visit of a timer counts again, and then asks")
  func visit() throws {
    var scheduler = Scheduler(state: try Self.atGate(), options: .init(until: .waiting))
    let later = Self.start + .days(3)
    #expect(
      commands(&scheduler, .resume(by: "timer", requests: []), at: later)
        == [.sample(step: 0, purpose: .guardOf(1))])
    #expect(
      commands(
        &scheduler, .sampled(step: 0, purpose: .guardOf(1), Self.counted(80)), at: later)
        == [.attend(step: 1)])
    #expect(
      scheduler.state.gateCount(of: 1)
        == GuardCount(at: later, sample: Self.counted(80), isEnough: false))
    // The gate is as open as before: a person decides.
    #expect(scheduler.state.steps[1].phase == .gateOpen)
    #expect(
      commands(&scheduler, .attended(step: 1, .absent), at: later) == [.finish(.resting(.operator))]
    )
  }

  @Test("An executor that stays counts at the pace of the wait")
  func stay() throws {
    var scheduler = Scheduler(state: try Self.atGate(), options: .init(recountsGates: true))
    _ = commands(&scheduler, .resume(by: "t", requests: []), at: Self.start)
    _ = commands(
      &scheduler, .sampled(step: 0, purpose: .guardOf(1), Self.counted(98)), at: Self.start)
    let due = Self.start + WaitPolicy.standard.every.value
    #expect(commands(&scheduler, .attended(step: 1, .absent), at: Self.start) == [.arm(due)])
    #expect(
      commands(&scheduler, .timer, at: due) == [.sample(step: 0, purpose: .guardOf(1))])
    #expect(
      commands(&scheduler, .sampled(step: 0, purpose: .guardOf(1), Self.counted(97)), at: due)
        == [.attend(step: 1)])
  }

  @Test("What a person says while clients are counted is not lost, and the count is dropped")
  func approved() throws {
    var scheduler = Scheduler(state: try Self.atGate(), options: .init(recountsGates: true))
    _ = commands(&scheduler, .resume(by: "t", requests: []), at: Self.start)
    scheduler.approve(1, OperatorWord(by: "ann", note: nil))
    let sequence = scheduler.state.lastSequence
    #expect(scheduler.state.steps[1].phase == .gateApproved)
    _ = commands(
      &scheduler, .sampled(step: 0, purpose: .guardOf(1), Self.counted(10)), at: Self.start)
    #expect(scheduler.state.lastSequence == sequence)
  }

  @Test("A wait that an operator waived is counted for no gate")
  func waived() throws {
    var state = try Self.atGate()
    #expect(state.recountedWait(of: 1) == 0)
    state.steps[0].phase = .skipped
    #expect(state.recountedWait(of: 1) == nil)
    #expect(state.recountedWait(of: 0) == nil)
  }
}
