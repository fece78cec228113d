import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

/// What needs a person decides how an executor's stay ends, whatever else goes on.
@Suite("What needs a person")
struct AttentionTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// 0 a wait of one site, 1 a verification of another, which waits for nothing.
  private static func graph() -> StepGraph {
    StepGraph(
      plan: Graphs.plan(sites: 2, servers: 1),
      steps: [
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.verifyCertificate, on: .server(site: 1, server: 0), by: .probe),
      ],
      dependencies: AdjacencyTable([[], []]))
  }

  /// The fold of events, each as long after the start as it says.
  private func fold(_ events: [(after: Duration, kind: RunEvent.Kind)]) throws -> RunState {
    var state = RunState(graph: Self.graph())
    let begin = RunEvent.Kind.runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil))
    for (number, event) in ([(after: .zero, kind: begin)] + events).enumerated() {
      try state.apply(
        RunEvent(sequence: number + 1, at: Self.start + event.after, kind: event.kind))
    }
    return state
  }

  /// How a visit of a timer at that time ends, when nothing is due.
  private func rest(_ state: RunState, after: Duration) -> RestReason? {
    var scheduler = Scheduler(state: state, options: .init(until: .waiting))
    let now = Self.start + after
    var commands = scheduler.handle(.resume(by: "timer", requests: []), at: now)
    while let command = commands.first {
      commands.removeFirst()
      switch command {
      case .append(let events, _):
        commands += scheduler.handle(.recorded(through: events.last?.sequence ?? 0), at: now)
      case .finish(.resting(let reason)): return reason
      default: break
      }
    }
    return nil
  }

  private let counted = RunEvent.Kind.waitSampled(
    step: 0,
    sample: .counted(
      AdoptionCount(
        counted: 100, adopted: 10, pendingOnline: 90, pendingOffline: 0, stale: 0, excluded: 0)))

  private let silent = RunEvent.Kind.waitSampled(
    step: 0, sample: .inconclusive(reason: "The API does not answer."))

  private func failures(
    _ count: Int, retryAt: Duration?
  ) -> [(after: Duration, kind: RunEvent.Kind)] {
    (1...count).flatMap { attempt -> [(after: Duration, kind: RunEvent.Kind)] in
      [
        (after: .zero, kind: .stepStarted(step: 1, attempt: attempt)),
        (
          after: .zero,
          kind: .stepFailed(
            step: 1, attempt: attempt, failure: StepFailure(.failed, "no \(attempt)"),
            retryAt: retryAt.map { Self.start + $0 })
        ),
      ]
    }
  }

  @Test("A failed step is the reason, though clients are waited for elsewhere")
  func failedBesideAWait() throws {
    let wait: [(after: Duration, kind: RunEvent.Kind)] = [
      (.zero, .stepStarted(step: 0, attempt: 1)), (.zero, counted),
    ]
    #expect(
      rest(try fold(wait + [(.zero, .stepStarted(step: 1, attempt: 1)), done(1)]), after: .zero)
        == .clients)
    let state = try fold(wait + failures(1, retryAt: nil))
    #expect(state.attention(of: 1, at: Self.start) == .failed)
    #expect(state.attention(of: 0, at: Self.start) == nil)
    #expect(rest(state, after: .zero) == .operator)
  }

  @Test("A step that is tried again needs nobody at first, and somebody when it keeps failing")
  func keepsFailing() throws {
    let few = try fold([done(0)] + failures(Attention.keepsFailingAfter - 1, retryAt: .hours(1)))
    #expect(few.attention(of: 1, at: Self.start) == nil)
    #expect(few.steps[1].lastFailure?.message == "no \(Attention.keepsFailingAfter - 1)")
    #expect(rest(few, after: .zero) == .retry, "nobody waits for clients")

    let many = try fold([done(0)] + failures(Attention.keepsFailingAfter, retryAt: .hours(1)))
    #expect(many.attention(of: 1, at: Self.start) == .keepsFailing)
    #expect(rest(many, after: .zero) == .operator)

    let mended = try fold(
      [done(0)] + failures(Attention.keepsFailingAfter, retryAt: .hours(1))
        + [(.hours(1), .stepStarted(step: 1, attempt: 9)), done(1)])
    #expect(mended.steps[1].lastFailure == nil && mended.steps[1].failuresInARow == 0)
  }

  @Test("Clients that nobody could count for a day need somebody, and a count ends that")
  func uncounted() throws {
    let begun: [(after: Duration, kind: RunEvent.Kind)] = [
      done(1), (.zero, .stepStarted(step: 0, attempt: 1)),
    ]
    let silentDay = begun + [(.zero, counted), (.hours(25), silent)]
    #expect(try fold(silentDay).attention(of: 0, at: Self.start + .hours(23)) == nil)
    let state = try fold(silentDay)
    #expect(state.attention(of: 0, at: Self.start + .hours(25)) == .uncounted)
    #expect(rest(state, after: .hours(25)) == .operator)
    let again = try fold(silentDay + [(.hours(26), counted)])
    #expect(again.attention(of: 0, at: Self.start + .hours(26)) == nil)
    #expect(rest(again, after: .hours(26)) == .clients)
    let never = try fold(begun + [(.hours(24), silent)])
    #expect(never.attention(of: 0, at: Self.start + .hours(24)) == .uncounted)
  }

  @Test("An update that is held because nobody can be counted needs somebody after a day")
  func uncountedUpdate() throws {
    let graph = StepGraph(
      plan: Graphs.plan(servers: 1),
      steps: [
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.updateCertificate, on: .server(site: 0, server: 0), by: .operator),
      ],
      dependencies: AdjacencyTable([[], [0]]))
    var state = RunState(graph: graph)
    func apply(_ kind: RunEvent.Kind, after: Duration = .zero) throws {
      try state.apply(
        RunEvent(sequence: state.lastSequence + 1, at: Self.start + after, kind: kind))
    }
    func guarding(_ sample: WaitSample) -> RunEvent.Kind {
      .waitSampled(step: 1, attempt: 1, sample: sample)
    }
    try apply(.runStarted(RunStart(plan: "t", digest: "d", by: "t", seed: nil)))
    try apply(.stepStarted(step: 0, attempt: 1))
    try apply(counted)
    try apply(.stepSucceeded(step: 0, attempt: 1, evidence: Evidence()))
    // Too few is a reason to wait; no count is none.
    guard case .waitSampled(_, _, let few) = counted else { return }
    try apply(guarding(few))
    #expect(state.attention(of: 1, at: Self.start + .hours(30)) == nil)
    let silence = WaitSample.inconclusive(reason: "The API does not answer.")
    try apply(guarding(silence), after: .hours(30))
    try apply(guarding(silence), after: .hours(53))
    #expect(state.attention(of: 1, at: Self.start + .hours(53)) == nil)
    #expect(state.attention(of: 1, at: Self.start + .hours(54)) == .uncounted)
    #expect(state.needsPerson(at: Self.start + .hours(54)))
    try apply(guarding(few), after: .hours(55))
    #expect(!state.needsPerson(at: Self.start + .hours(55)))
  }

  private func done(_ step: Int) -> (after: Duration, kind: RunEvent.Kind) {
    (.zero, .stepSucceeded(step: step, attempt: 1, evidence: Evidence()))
  }
}
