import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("The figures of a rotation")
struct RotationFiguresTests {
  /// When every step ends, by looking at all steps again until nothing moves any more.
  private func finishes(_ graph: StepGraph, _ durations: [Duration]) -> [Duration] {
    var finishes = durations
    var moved = true
    while moved {
      moved = false
      for step in graph.steps.indices.reversed() {
        let start = graph.dependencies[step].map { finishes[Int($0)] }.max() ?? .zero
        guard start + durations[step] > finishes[step] else { continue }
        finishes[step] = start + durations[step]
        moved = true
      }
    }
    return finishes
  }

  private func window(
    _ position: Int, _ opening: Action, _ closing: Action, _ graph: StepGraph,
    _ finishes: [Duration], _ durations: [Duration]
  ) -> Range<Duration>? {
    func step(_ action: Action) -> Int? {
      graph.steps.firstIndex {
        $0.action == action && ($0.target == .site(position) || $0.target == .partnership(position))
      }
    }
    guard let opens = step(opening), let closes = step(closing) else { return nil }
    return (finishes[opens] - durations[opens])..<finishes[closes]
  }

  private func peak(_ windows: [Range<Duration>]) -> Int {
    windows.map { window in windows.count { $0.contains(window.lowerBound) } }.max() ?? 0
  }

  @Test("Equal those of a schedule that is worked out the plain way", arguments: 0..<60)
  func plainSchedule(seed: UInt64) {
    let graph = lower(GeneratedRotation.plan(seed: seed, sites: 6))
    let durations = StepDurations(graph.plan)
    let expected = graph.steps.map { durations.estimate(of: $0).expected }
    let worst = graph.steps.map { durations.estimate(of: $0).worst }
    let likely = finishes(graph, expected)
    let latest = finishes(graph, worst)
    let figures = RotationFigures(graph)
    #expect(figures.duration.expected == likely.max(), "seed \(seed)")
    #expect(figures.duration.worst == latest.max(), "seed \(seed)")

    for (opening, closing, count, exposures, atOnce) in [
      (
        Action.disableVerification, Action.enableVerification, graph.plan.sites.count,
        figures.verificationOff, figures.verificationOffAtOnce
      ),
      (
        .breakReplication, .restoreReplication, graph.plan.partnerships.count,
        figures.replicationBroken, figures.brokenAtOnce
      ),
    ] {
      var windows: [[Range<Duration>]] = [[], []]
      var plain: [RotationFigures.Exposure] = []
      for position in 0..<count {
        guard
          let first = window(position, opening, closing, graph, likely, expected),
          let second = window(position, opening, closing, graph, latest, worst)
        else { continue }
        windows[0].append(first)
        windows[1].append(second)
        plain.append(
          .init(
            position: position,
            length: .init(
              expected: first.upperBound - first.lowerBound,
              worst: second.upperBound - second.lowerBound)))
      }
      #expect(exposures == plain, "seed \(seed)")
      #expect(atOnce == windows.map(peak).max(), "seed \(seed)")
    }
  }

  @Test("A step never lasts longer than at worst", arguments: 0..<20)
  func worst(seed: UInt64) {
    let graph = lower(GeneratedRotation.plan(seed: seed))
    let durations = StepDurations(graph.plan)
    for step in graph.steps {
      let estimate = durations.estimate(of: step)
      #expect(estimate.expected <= estimate.worst)
      #expect(estimate.expected > .zero, "\(step.action.rawValue) takes no time")
    }
  }

  @Test("A site's own command goes before the plan's, and a rule without a command hides one")
  func timeouts() throws {
    func rule(_ channel: AutomationRule.Channel) -> AutomationRule {
      AutomationRule(action: Located(.restartServices), channel: Located(channel))
    }
    func command(_ minutes: Int) -> AutomationRule.Channel {
      .command(CommandTemplate(arguments: [Located("a")], timeout: Located(.minutes(minutes))))
    }
    var plan = RotationShape.twoSites.plan
    plan.automation = [rule(command(40))]
    plan.sites[0].automation = [rule(command(3)), rule(command(50))]
    plan.sites[1].automation = [rule(.operator)]
    let durations = StepDurations(plan)
    func estimate(_ site: Int, _ channel: Channel) -> StepDurations.Estimate {
      durations.estimate(
        of: Step(.restartServices, on: .server(site: site, server: 0), by: channel))
    }
    #expect(estimate(0, .command) == .init(expected: .minutes(3), worst: .minutes(3)))
    #expect(estimate(1, .operator) == .init(expected: .minutes(65), worst: .minutes(24 * 60 + 15)))
    plan.sites[1].automation = []
    #expect(
      StepDurations(plan).estimate(
        of: Step(.restartServices, on: .server(site: 1, server: 0), by: .command))
        == .init(expected: .minutes(5), worst: .minutes(40)))
  }

  @Test("A higher share is waited for longer, never past the deadline, never less than the minimum")
  func waits() {
    func wait(_ share: Int, minimum: Duration, deadline: Duration = .days(10)) -> Duration {
      StepDurations.wait(
        WaitPolicy(
          adopted: Located(.percent(share)), minimum: Located(minimum), deadline: Located(deadline))
      ).expected
    }
    #expect(wait(80, minimum: .hours(24)) == .hours(25))
    #expect(wait(90, minimum: .hours(24)) == .hours(73))
    #expect(wait(95, minimum: .hours(24)) == .hours(169))
    #expect(wait(98, minimum: .hours(24)) == .days(10))
    #expect(wait(80, minimum: .days(8)) == .days(8))
  }

  @Test("A graph from elsewhere with endless durations and a circle has figures all the same")
  func damaged() {
    var plan = RotationShape.single.plan
    plan.waits.verificationDisabled.deadline = Located(.milliseconds(Int64.max))
    plan.waits.verificationDisabled.minimum = Located(.milliseconds(Int64.max))
    let steps = [Action.disableVerification, .awaitVerificationDisabled, .enableVerification]
      .map { Step($0, on: .site(0), by: .probe) }
    let graph = StepGraph(
      plan: plan, steps: steps, dependencies: AdjacencyTable([[2], [0], [1]] as [[Int32]]))
    let figures = RotationFigures(graph)
    #expect(figures.duration.expected > .days(300_000))
    #expect(figures.counts.waits == 1)
  }
}
