import CanonicalJSON
import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("What an earlier run left is looked for before anybody is asked for it")
struct DoneBeforeTests {
  private static let start = Instant(milliseconds: 1_767_600_000_000)

  /// A run that has begun with one step.
  private func scheduler(
    by channel: Channel = .operator, looksBefore: Bool = true
  ) -> (Scheduler, first: [Scheduler.Command]) {
    let graph = StepGraph(
      plan: Graphs.plan(sites: 2, servers: 1, partnerships: 1),
      steps: [Step(.breakReplication, on: .partnership(0), by: channel)],
      dependencies: AdjacencyTable([[]]))
    var scheduler = Scheduler(
      state: RunState(graph: graph), options: .init(until: .waiting, looksBefore: looksBefore))
    let first = commands(
      &scheduler, .start(RunStart(plan: "t", digest: "d", by: "t", seed: nil)))
    return (scheduler, first)
  }

  /// What is asked for after an input, everything being durable at once.
  private func commands(
    _ scheduler: inout Scheduler, _ input: Scheduler.Input
  ) -> [Scheduler.Command] {
    var result: [Scheduler.Command] = []
    var left = scheduler.handle(input, at: Self.start)
    while let command = left.first {
      left.removeFirst()
      if case .append(let events, _) = command {
        left += scheduler.handle(.recorded(through: events.last?.sequence ?? 0), at: Self.start)
      } else {
        result.append(command)
      }
    }
    return result
  }

  @Test("A break that is there is done, and nobody is asked")
  func done() {
    for channel in [Channel.operator, .command] {
      var (scheduler, first) = scheduler(by: channel)
      #expect(first == [.observe(step: 0)])
      let evidence = Evidence([.init("sides", .array([]))])
      #expect(commands(&scheduler, .observed(step: 0, .done(evidence))) == [.tellTruth])
      #expect(scheduler.state.steps[0].phase == .succeeded)
      #expect(scheduler.state.gates.isEmpty)
    }
  }

  @Test("One that is not there, or that nobody can see, is asked for at once")
  func notDone() {
    let findings: [Finding] = [.notDone("No."), .unknown("Who knows?"), .inconclusive("Down.")]
    for finding in findings {
      var (scheduler, _) = scheduler()
      #expect(
        commands(&scheduler, .observed(step: 0, finding)) == [
          .describeGate(step: 0, reason: nil)
        ])
      var (other, _) = self.scheduler(by: .command)
      #expect(
        commands(&other, .observed(step: 0, finding)) == [.perform(step: 0, attempt: 1)])
      #expect(other.state.steps[0].attempt == 1)
    }
  }

  @Test("An executor that stops meanwhile begins nothing")
  func stopped() {
    var (scheduler, _) = scheduler(by: .command)
    #expect(commands(&scheduler, .stop).isEmpty)
    let rest = commands(&scheduler, .observed(step: 0, .notDone("No.")))
    #expect(rest == [.finish(.resting(.stopped))])
    #expect(scheduler.state.steps[0].phase == .running)
  }

  @Test("In a simulated estate nobody looks")
  func simulated() {
    #expect(scheduler(looksBefore: false).first == [.describeGate(step: 0, reason: nil)])
    #expect(
      scheduler(by: .command, looksBefore: false).first == [.perform(step: 0, attempt: 1)])
  }
}
