import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("What passes by itself is waited for, and a person is called when it does not")
struct PassingTroubleTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// A look at replication over the API, a command, and a gate.
  private static let graph = StepGraph(
    plan: Graphs.plan(servers: 1),
    steps: [
      Step(.verifyReplication, on: .site(0), by: .api),
      Step(.restartServices, on: .server(site: 0, server: 0), by: .command),
      Step(.updateCertificate, on: .server(site: 0, server: 0), by: .operator),
    ],
    dependencies: AdjacencyTable([[], [], []]))

  /// A scheduler with its clock, whose events are durable at once.
  private struct Desk {
    var scheduler = Scheduler(state: RunState(graph: graph), options: .init(until: .waiting))
    var now = start
    var events: [RunEvent] = []
    var end: RunEnd?

    /// What is asked for after an input.
    @discardableResult
    mutating func handle(_ input: Scheduler.Input) -> [Scheduler.Command] {
      var result: [Scheduler.Command] = []
      var left = scheduler.handle(input, at: now)
      while let command = left.first {
        left.removeFirst()
        if case .append(let new, _) = command {
          events += new
          left += scheduler.handle(.recorded(through: events.last?.sequence ?? 0), at: now)
        } else if case .finish(let end) = command {
          self.end = end
        } else {
          result.append(command)
        }
      }
      return result
    }

    /// Goes on until the alarm, and takes it.
    mutating func ring(_ alarm: Instant) -> [Scheduler.Command] {
      now = max(now, alarm)
      return handle(.timer)
    }
  }

  private func alarm(_ commands: [Scheduler.Command]) -> Instant? {
    commands.compactMap { if case .arm(let at) = $0 { at } else { nil } }.last
  }

  private static func begun(until: Scheduler.Options.Until = .done) -> Desk {
    var desk = Desk()
    desk.scheduler = Scheduler(state: RunState(graph: graph), options: .init(until: until))
    desk.handle(.start(RunStart(plan: "t", digest: "d", by: "t", seed: nil)))
    desk.handle(.answered(step: 0, .succeeded(Evidence())))
    return desk
  }

  @Test("A passing trouble of a week ends no step, and the pauses grow to an hour")
  func passing() throws {
    var desk = Desk()
    desk.handle(.start(RunStart(plan: "t", digest: "d", by: "t", seed: nil)))
    let trouble = StepAnswer.failed(StepFailure(.failed, "503", isPassing: true))
    var pauses: [Duration] = []
    while desk.now < Self.start + .days(7) {
      let due = try #require(alarm(desk.handle(.answered(step: 0, trouble))))
      pauses.append(due - desk.now)
      let state = desk.scheduler.state
      #expect(
        state.attention(of: 0, at: desk.now)
          == (pauses.count >= Attention.keepsFailingAfter ? .keepsFailing : nil))
      #expect(desk.ring(due).contains(.perform(step: 0, attempt: pauses.count + 1)))
    }
    #expect(pauses.first.map { $0 < .minutes(2) } == true)
    #expect(pauses.suffix(100).allSatisfy { $0 > .minutes(44) && $0 < .minutes(76) })
    // What does not pass by itself has its ten attempts all the same.
    let other = StepAnswer.failed(StepFailure(.failed, "ignored", isRetryable: true))
    for _ in 1..<RetryPolicy.standard.attempts {
      let due = try #require(alarm(desk.handle(.answered(step: 0, other))))
      _ = desk.ring(due)
    }
    desk.handle(.answered(step: 0, other))
    guard case .failed = desk.scheduler.state.steps[0].phase else {
      Issue.record("\(desk.scheduler.state.steps[0].phase)")
      return
    }
  }

  @Test("A gate that was approved and cannot be looked at calls a person, and an answer ends that")
  func approved() throws {
    var desk = Self.begun()
    desk.handle(.gateReady(step: 2, Gate(instructions: ["Update."])))
    desk.handle(.attended(step: 2, .approved(OperatorWord(by: "ada", note: nil))))
    var looks = 0
    var due = Self.start
    while desk.now - Self.start < Attention.unansweredAfter {
      #expect(desk.scheduler.state.attention(of: 2, at: desk.now) == nil)
      due = try #require(
        alarm(desk.handle(.observed(step: 2, .inconclusive("The API does not answer.")))))
      looks += 1
      #expect(desk.ring(due).contains(.observe(step: 2)))
    }
    #expect((7...12).contains(looks), "the pauses grow: \(looks)")
    let state = desk.scheduler.state
    #expect(state.attention(of: 2, at: desk.now) == .unanswered)
    #expect(state.needsPerson(at: desk.now))
    #expect(state.steps[2].phase == .gateApproved)
    #expect(state.unanswered[2]?.reason == "The API does not answer.")
    // Only now may who approved go back on it.
    func ruling(_ verb: OperatorRequest.Verb, _ state: RunState) -> RunState.Ruling {
      state.ruling(
        on: OperatorRequest(
          id: 1, verb: verb, step: Self.graph.id(of: 2),
          word: OperatorWord(by: "ada", note: nil, acceptsOrphans: true)))
    }
    #expect(ruling(.retry, state) == .retry([2]) && ruling(.skip, state) == .skip(2))
    // Whoever folds the journal sees the same.
    var folded = RunState(graph: Self.graph)
    for event in desk.events { try folded.apply(event) }
    #expect(folded.unanswered == state.unanswered)
    desk.handle(.observed(step: 2, .done(Evidence())))
    #expect(desk.scheduler.state.unanswered.isEmpty)
    #expect(!desk.scheduler.state.needsPerson(at: desk.now))
  }

  @Test("An interrupted command that cannot be looked at is not done again, and a timer says so")
  func interrupted() throws {
    var desk = Self.begun()
    desk.handle(.gateReady(step: 2, Gate(instructions: ["Update."])))
    desk.handle(.attended(step: 2, .approved(OperatorWord(by: "ada", note: nil))))
    desk.handle(.observed(step: 2, .done(Evidence())))
    // The executor dies while the command runs; the next ones find nobody who answers.
    for visit in 0...5 {
      var state = RunState(graph: Self.graph)
      for event in desk.events { try state.apply(event) }
      desk.scheduler = Scheduler(state: state, options: .init(until: .waiting))
      desk.end = nil
      desk.now = Self.start + .hours(visit)
      let asked = desk.handle(.resume(by: "timer", requests: []))
      #expect(asked.contains(.observe(step: 1)) && !asked.contains(.perform(step: 1, attempt: 2)))
      desk.handle(.observed(step: 1, .inconclusive("ssh: no route to host")))
      #expect(desk.end == .resting(visit >= 4 ? .operator : .retry), "visit \(visit)")
      #expect(desk.scheduler.state.steps[1].phase == .running)
    }
  }
}
