import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

extension RunForecast {
  /// How many courses are drawn; fewer where many waits are ahead, so that a large rotation is not held up.
  private static let courses = 20...200

  /// By how much an interval is at least as wide to both sides.
  private static let leastMargin: Int64 = 4 * 3_600_000

  /// The forecast of a run's end.
  ///
  /// - Parameters:
  ///   - question: The run at one count.
  ///   - seed: Of chance: the same seed gives the same forecast.
  package init(of question: RunQuestion, seed: UInt64) {
    let state = question.state
    let waits = state.steps.indices.count {
      !state.steps[$0].isDone && state.graph.steps[$0].action.waitKind != nil
    }
    let courses = min(
      max(20_000 / max(waits, 1), Self.courses.lowerBound), Self.courses.upperBound)
    let simulation = RunSimulation(question, courses: courses, seed: seed)
    let last = (0..<courses).map { course in
      simulation.ends.values.reduce(question.now.milliseconds) { max($0, $1[course]) }
    }
    self.init(
      notBefore: simulation.notBefore,
      ends: simulation.isTooLittle
        ? nil
        : Ends(of: simulation, state, last, at: question.now, margin: Self.leastMargin),
      gateAnswers: simulation.gateAnswers, sitesLikeOthers: simulation.likeOthers.count)
  }
}

extension RunForecast.Ends {
  fileprivate init?(
    of simulation: RunSimulation, _ state: RunState, _ last: [Int64], at now: Instant,
    margin: Int64
  ) {
    guard let ends = TrialRange(last) else { return nil }
    let first = simulation.notBefore.milliseconds
    let (early, median, late) = (ends.low, ends.middle, ends.high)
    let never = RunSimulation.never
    self.init(
      early: instant(early == never ? early : max(min(early, median - margin), min(first, median))),
      median: instant(median),
      late: instant(late == never ? late : max(late, median + margin)),
      expiresFirst: chanceOfExpiry(simulation, state, courses: last.count),
      leavesBehind: clientsLeft(simulation, state, courses: last.count),
      verificationOff: timesOff(simulation, state, courses: last.count, at: now))
  }
}

extension RunForecast.Spread {
  /// The spread of values; nil where there is none.
  fileprivate init?(_ values: [Int]) {
    guard let range = TrialRange(values) else { return nil }
    self.init(low: range.low, middle: range.middle, high: range.high)
  }
}

/// In how many courses a certificate expires on a server before what takes its place is proved there.
private func chanceOfExpiry(
  _ simulation: RunSimulation, _ state: RunState, courses: Int
) -> Share? {
  let graph = state.graph
  var isLate = [Bool](repeating: false, count: courses)
  var isKnown = false
  for step in graph.steps.indices where graph.steps[step].action == .verifyCertificate {
    guard let end = state.oldCertificateEnds[graph.steps[step].target],
      let proved = simulation.ends[step]
    else { continue }
    isKnown = true
    for course in 0..<courses where proved[course] > end.milliseconds { isLate[course] = true }
  }
  return isKnown ? Share(isLate.count { $0 }, of: courses) : nil
}

/// The clients that waits leave behind, of each site those of the wait that leaves most.
private func clientsLeft(
  _ simulation: RunSimulation, _ state: RunState, courses: Int
) -> RunForecast.Spread {
  let graph = state.graph
  var bySite: [Int: [Int]] = [:]
  for step in graph.steps.indices where graph.steps[step].action.waitKind != nil {
    guard let site = graph.site(of: step) else { continue }
    let missing =
      simulation.left[step]
      ?? (state.steps[step].isDone
        ? Array(repeating: state.waits[step]?.missing ?? 0, count: courses) : [])
    guard missing.count == courses else { continue }
    var most = bySite[site] ?? Array(repeating: 0, count: courses)
    for course in 0..<courses { most[course] = max(most[course], missing[course]) }
    bySite[site] = most
  }
  var sums = [Int](repeating: 0, count: courses)
  for most in bySite.values { for course in 0..<courses { sums[course] += most[course] } }
  return RunForecast.Spread(sums) ?? RunForecast.Spread(low: 0, middle: 0, high: 0)
}

/// For how long each site will have had verification off: until now, and from its opening or from now until its closing.
private func timesOff(
  _ simulation: RunSimulation, _ state: RunState, courses: Int, at now: Instant
) -> [RunForecast.Exposure] {
  let graph = state.graph
  var known: [String: (seconds: Int, isOpen: Bool)] = [:]
  for exposure in state.sitesWithVerificationOff(at: now) {
    known[exposure.name] = (exposure.seconds, exposure.isOpen)
  }
  var (opening, closing) = ([Int: Int](), [Int: Int]())
  for step in graph.steps.indices {
    guard case .site(let site) = graph.steps[step].target else { continue }
    if graph.steps[step].action.opens == .verificationOff { opening[site] = step }
    if graph.steps[step].action.closes == .verificationOff { closing[site] = step }
  }
  return graph.plan.sites.indices.compactMap { site in
    let name = graph.plan.sites[site].name.value
    let (past, isOpen) = known[name] ?? (0, false)
    guard let close = closing[site], let ends = simulation.ends[close] else {
      return past > 0
        ? RunForecast.Exposure(
          site: name, seconds: RunForecast.Spread(low: past, middle: past, high: past)) : nil
    }
    let begins = isOpen ? nil : opening[site].flatMap { simulation.begins[$0] }
    guard isOpen || begins != nil else { return nil }
    let seconds = (0..<courses).compactMap { course -> Int? in
      guard ends[course] != RunSimulation.never else { return nil }
      let begin = begins?[course] ?? now.milliseconds
      return past + Int(max(ends[course] - begin, 0) / 1_000)
    }
    return RunForecast.Spread(seconds).map { RunForecast.Exposure(site: name, seconds: $0) }
  }
}
