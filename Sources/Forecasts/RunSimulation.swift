import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// Draws how a run may go on: step by step through what is left of its graph, each step in many courses at once. A step
/// begins when all that it waits for has ended.
struct RunSimulation {
  /// How the clients of a site come and go.
  private struct Habit {
    let rates: ReturnRates
    let seen: ReturnHours

    /// Whether one look is all there is of it.
    let isJustSeen: Bool
  }

  /// Later than is looked.
  static let never = Int64.max

  private let question: RunQuestion
  private let state: RunState
  private let graph: StepGraph
  private let courses: Int
  private let seed: UInt64
  private let now: Int64
  private let durations: StepDurations
  private let rates: [Int: Habit]
  private let others: Habit?
  private let answers: GateAnswers

  /// For each step that is not done when it ends in each course, in milliseconds since 1970.
  private(set) var ends: [Int: [Int64]] = [:]

  /// When steps begin that open something.
  private(set) var begins: [Int: [Int64]] = [:]

  /// For each wait how many clients it leaves behind in each course.
  private(set) var left: [Int: [Int]] = [:]

  /// For each step that is not done the first instant at which the plan lets it end.
  private var earliest: [Int: Int64] = [:]

  /// Whether a wait is ahead of whose clients too little is known.
  private(set) var isTooLittle = false

  /// The sites whose clients are taken to come as those of others.
  private(set) var likeOthers: Set<Int> = []

  init(_ question: RunQuestion, courses: Int, seed: UInt64) {
    self.question = question
    state = question.state
    graph = question.state.graph
    self.courses = courses
    self.seed = seed
    now = question.now.milliseconds
    durations = StepDurations(question.state.graph.plan)
    var known: [Int: Habit] = [:]
    for site in question.habits.keys.sorted() {
      guard let seen = question.habits[site] else { continue }
      let rates = ReturnRates(seen, question.calendar)
      if !rates.isTooLittle {
        known[site] = Habit(
          rates: rates, seen: seen, isJustSeen: question.lookedAt.contains(site))
      }
    }
    rates = known
    others = known.keys.max {
      (known[$0]?.rates.watchedHours ?? 0, $1) < (known[$1]?.rates.watchedHours ?? 0, $0)
    }
    .flatMap { known[$0] }
    answers = GateAnswers(state.gateAnswers, question.calendar)
    for step in graph.steps.indices where !state.steps[step].isDone { place(step) }
  }

  /// How many answers to gates it rests on.
  var gateAnswers: Int { answers.count }

  /// The first instant at which the plan lets the run end.
  var notBefore: Instant {
    Instant(milliseconds: earliest.values.max() ?? now)
  }

  // MARK: - Steps

  private mutating func place(_ step: Int) {
    var starts = [Int64](repeating: now, count: courses)
    var first = now
    for dependency in graph.dependencies[step] {
      guard let before = ends[Int(dependency)] else { continue }
      for course in 0..<courses { starts[course] = max(starts[course], before[course]) }
      first = max(first, earliest[Int(dependency)] ?? now)
    }
    if graph.steps[step].action.opens != nil { begins[step] = starts }
    if let policy = state.policy(of: step) {
      if state.steps[step].phase == .waiting, let progress = state.waits[step] {
        placeRunning(step, progress, policy)
      } else {
        earliest[step] = first + StepDurations.shortestWait(policy).milliseconds
        placeFresh(step, starts, policy)
      }
    } else {
      earliest[step] = first
      ends[step] = isForPerson(step) ? gate(step, starts) : work(step, starts)
    }
  }

  /// Whether somebody has to do it, or to say how to go on.
  private func isForPerson(_ step: Int) -> Bool {
    switch state.steps[step].phase {
    case .failed, .inDoubt, .gateOpen: true
    case .gateApproved: false
    default: graph.steps[step].channel == .operator
    }
  }

  private func draws(_ step: Int) -> RandomDraws {
    RandomDraws(seed: seed &+ UInt64(step + 1) &* 0xD134_2543_DE82_EF95)
  }

  private func gate(_ step: Int, _ starts: [Int64]) -> [Int64] {
    var draws = draws(step)
    let since =
      state.steps[step].phase == .gateOpen ? state.steps[step].startedAt?.milliseconds : nil
    return starts.map { start in
      guard start != Self.never else { return start }
      return answers.closing(openSince: since ?? start, now: start, &draws)
    }
  }

  private func work(_ step: Int, _ starts: [Int64]) -> [Int64] {
    var draws = draws(step)
    let expected = Double(durations.estimate(of: graph.steps[step]).expected.milliseconds)
    return starts.map { start in
      start == Self.never ? start : start + Int64(expected * (0.5 + draws.uniform()))
    }
  }

  // MARK: - Waits

  private mutating func placeRunning(_ step: Int, _ progress: WaitProgress, _ policy: WaitPolicy) {
    var draws = draws(step)
    let counted = question.counted.flatMap { $0.step == step ? $0.count : nil }
    let next = now + policy.every.value.milliseconds / 2
    if counted?.forecast == nil, let passing = progress.earliestPassing(policy) {
      let end = max(passing.milliseconds, next)
      earliest[step] = end
      ends[step] = Array(repeating: end, count: courses)
      left[step] = Array(repeating: progress.missing, count: courses)
      return
    }
    guard let forecast = counted?.forecast ?? progress.forecast else {
      // Nobody was counted yet.
      earliest[step] = max(
        now, progress.startedAt.milliseconds + StepDurations.shortestWait(policy).milliseconds)
      placeFresh(
        step, Array(repeating: progress.startedAt.milliseconds, count: courses), policy)
      return
    }
    earliest[step] = max(forecast.notBefore.milliseconds, now)
    guard let known = forecast.ends else {
      isTooLittle = true
      ends[step] = Array(repeating: Self.never, count: courses)
      return
    }
    ends[step] = (0..<courses).map { _ in
      let end = max(known.end(draws.uniform(), notBefore: forecast.notBefore), next)
      return decided(end, began: progress.startedAt.milliseconds, policy)
    }
    left[step] = Array(repeating: known.leavesBehind ?? progress.missing, count: courses)
  }

  private mutating func placeFresh(_ step: Int, _ starts: [Int64], _ policy: WaitPolicy) {
    let site = graph.site(of: step) ?? 0
    if rates[site] == nil { likeOthers.insert(site) }
    guard let habit = rates[site] ?? others else {
      isTooLittle = true
      ends[step] = Array(repeating: Self.never, count: courses)
      return
    }
    var wait = FreshWait(
      policy, clients: clients(of: site), habit.rates, habit.seen, question.calendar,
      isJustSeen: habit.isJustSeen)
    var missing = [Int](repeating: 0, count: courses)
    var result = starts
    for course in 0..<courses where starts[course] != Self.never {
      // The same luck with the habits of a site in all its waits.
      var draws = RandomDraws(
        seed: seed &+ UInt64(course + 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(site)
          &* 0xBF58_476D_1CE4_E5B9)
      let drawn = wait.course(from: starts[course], &draws)
      missing[course] = drawn.left
      let end = drawn.lasts.map { max(starts[course] + $0, now) } ?? Self.never
      result[course] = decided(end, began: starts[course], policy)
    }
    ends[step] = result
    left[step] = missing
  }

  /// What the plan makes of an end behind the deadline.
  private func decided(_ end: Int64, began: Int64, _ policy: WaitPolicy) -> Int64 {
    let deadline = began + policy.deadline.value.milliseconds
    guard end > deadline else { return end }
    return switch policy.onDeadline.value {
    case .hold: end
    case .fail: Self.never
    case .proceed: max(deadline, now)
    }
  }

  /// The clients of a site by its last count, else by the plan.
  private func clients(of site: Int) -> Int? {
    if let counted = question.counted, graph.site(of: counted.step) == site {
      return counted.count.counted
    }
    let counted = state.waits.keys.sorted().filter { graph.site(of: $0) == site }.compactMap {
      state.waits[$0]?.lastCount?.counted
    }
    return counted.last ?? question.clients[site] ?? graph.plan.sites[site].clients?.value
  }
}

extension WaitProgress {
  /// The clients that count and have not adopted by the last count.
  var missing: Int { lastCount.map { max(denominator - $0.adopted, 0) } ?? 0 }
}

extension WaitForecast.Ends {
  /// The end that is not exceeded with a chance, in milliseconds since 1970: between what is known along a line, and
  /// beyond it as far again.
  fileprivate func end(_ chance: Double, notBefore: Instant) -> Int64 {
    let first = notBefore.milliseconds
    let known = [early, median, late].map { $0.map { max($0.milliseconds, first) } }
    let points: [(chance: Double, end: Int64?)] = [
      (0, first), (0.1, known[0]), (0.5, known[1]), (0.9, known[2]),
      (
        1,
        known[2].flatMap { late in known[1].map { late + (late - $0) } }
      ),
    ]
    for (before, after) in zip(points, points.dropFirst()) where chance <= after.chance {
      guard let low = before.end, let high = after.end else { return RunSimulation.never }
      let part = (chance - before.chance) / (after.chance - before.chance)
      return low + Int64(Double(max(high - low, 0)) * part)
    }
    return RunSimulation.never
  }
}
