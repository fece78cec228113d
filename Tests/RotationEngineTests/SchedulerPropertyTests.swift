import PlanModel
import RotationEngine
import RotationGraph
import TestSupport
import Testing

@Suite("The scheduler over random graphs, orders, trouble and crashes")
struct SchedulerPropertyTests {
  @Test("Every step is done once, in order, within the limits", arguments: 0..<150)
  func withoutTrouble(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let graph = Graphs.random(&generator)
    var world = SchedulerWorld(
      graph: graph, seed: UInt64(seed),
      options: .init(stepsAtOnce: 1 + seed % 4, stepsAtOncePerSite: 1 + seed % 3))
    world.failurePercent = 0
    try world.run()
    #expect(world.end == .succeeded)
    #expect(world.isDone.allSatisfy { $0 })
    #expect(world.repeated.allSatisfy { $0 == 0 })
    try expectFoldEqualsState(world)
  }

  @Test("Failures are retried and never repeat an effect that can be seen", arguments: 0..<150)
  func withTrouble(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    var world = SchedulerWorld(
      graph: Graphs.random(&generator), seed: UInt64(seed),
      options: .init(
        retries: RetryPolicy(
          attempts: 60, firstPause: .seconds(10), longestPause: .seconds(600))))
    world.doubtPercent = 10
    try world.run()
    #expect(world.end == .succeeded)
    expectNoRepeatedEffect(world)
    try expectFoldEqualsState(world)
  }

  @Test("A run that is killed anywhere and resumed ends in the same state", arguments: 0..<300)
  func withCrashes(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    var world = SchedulerWorld(
      graph: Graphs.random(&generator), seed: UInt64(seed),
      options: .init(
        retries: RetryPolicy(
          attempts: 60, firstPause: .seconds(10), longestPause: .seconds(600))))
    world.crashPercent = 8
    world.doubtPercent = 5
    try world.run()
    #expect(world.end == .succeeded)
    #expect(world.isDone.allSatisfy { $0 })
    expectNoRepeatedEffect(world)
    try expectFoldEqualsState(world)
    for step in world.graph.steps.indices {
      let successes = world.journal.count {
        if case .stepSucceeded(step, _, _) = $0.kind { true } else { false }
      }
      #expect(successes == 1, "step \(step) succeeded \(successes) times")
    }
  }

  private func expectNoRepeatedEffect(_ world: SchedulerWorld) {
    for step in world.graph.steps.indices {
      switch world.graph.steps[step].action.effect {
      case .observable, .nonRepeatable:
        #expect(world.repeated[step] == 0, "\(world.graph.id(of: step)) was done twice")
      case .readOnly, .idempotent, .wait:
        break
      }
    }
  }

  private func expectFoldEqualsState(_ world: SchedulerWorld) throws {
    var state = RunState(graph: world.graph)
    for event in world.journal { try state.apply(event) }
    #expect(state.steps == world.scheduler.state.steps)
    #expect(state.status == world.scheduler.state.status)
    #expect(state.counts == world.scheduler.state.counts)
  }
}
