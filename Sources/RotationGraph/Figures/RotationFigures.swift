import PlanModel
import PlanText

/// The figures that a reviewer of a rotation cares about: how much, how long, how exposed.
///
/// Durations come from ``StepDurations`` by the earliest possible schedule.
public struct RotationFigures: Sendable, Equatable {
  /// How long a site verifies nothing or a partnership does not replicate.
  public struct Exposure: Sendable, Equatable {
    /// The position of the site or the partnership in the plan.
    public let position: Int

    /// From the start of the step that opens it to the end of the step that closes it.
    public let length: StepDurations.Estimate

    /// An exposure.
    public init(position: Int, length: StepDurations.Estimate) {
      self.position = position
      self.length = length
    }
  }

  /// What is touched.
  public let counts: RotationCounts

  /// From the first step to the end of the last.
  public let duration: StepDurations.Estimate

  /// The sites whose verification is switched off and for how long, in the order of the plan.
  public let verificationOff: [Exposure]

  /// The partnerships that are broken and for how long, in the order of the plan.
  public let replicationBroken: [Exposure]

  /// The most partnerships that are broken at one instant, at the pace where they are more.
  public let brokenAtOnce: Int

  /// The most sites whose verification is off at one instant, at the pace where they are more.
  public let verificationOffAtOnce: Int

  /// The steps that nothing takes back, in the order of the graph.
  public let pointsOfNoReturn: [Int]

  /// When the first of them starts, at the expected pace; nil without one.
  public let firstPointOfNoReturn: Duration?

  /// Waits that hold at their deadline until a person decides: with one of them the rotation may last
  /// longer than ``duration`` says.
  public let waitsThatHold: Int

  /// The figures of `graph`; linear in steps and edges but for sorting the exposures.
  public init(_ graph: StepGraph) {
    let durations = StepDurations(graph.plan)
    let expected = RotationSchedule(graph, durations: durations, pace: .expected)
    let worst = RotationSchedule(graph, durations: durations, pace: .worst)
    let (off, broken) = (Windows.verificationOff(in: graph), Windows.replicationBroken(in: graph))
    counts = RotationCounts(graph)
    duration = StepDurations.Estimate(expected: expected.duration, worst: worst.duration)
    verificationOff = off.exposures(expected, worst)
    replicationBroken = broken.exposures(expected, worst)
    verificationOffAtOnce = max(off.peak(expected), off.peak(worst))
    brokenAtOnce = max(broken.peak(expected), broken.peak(worst))
    pointsOfNoReturn = graph.steps.indices.filter { graph.steps[$0].isPointOfNoReturn }
    firstPointOfNoReturn = pointsOfNoReturn.map { expected.start(of: $0) }.min()
    waitsThatHold = graph.steps.count { step in
      step.action.waitKind.map { graph.plan.waits[$0].onDeadline.value == .hold } ?? false
    }
  }

  /// The hours of all sites together.
  public var verificationOffInTotal: StepDurations.Estimate { verificationOff.total }

  /// The longest of one site; nil where verification stays on everywhere.
  public var verificationOffLongest: Exposure? { verificationOff.longest }

  /// The hours of all partnerships together.
  public var replicationBrokenInTotal: StepDurations.Estimate { replicationBroken.total }

  /// The longest of one partnership; nil where none is broken.
  public var replicationBrokenLongest: Exposure? { replicationBroken.longest }
}

extension RotationFigures {
  /// How exposed the sites and partnerships of a graph would be if its waits were the standard ones: what a
  /// rotation that nobody has looked at before is held against.
  static func standardExposures(
    of graph: StepGraph
  ) -> (verificationOff: [Exposure], replicationBroken: [Exposure]) {
    var plan = graph.plan
    plan.waits = Waits()
    let durations = StepDurations(plan)
    let expected = RotationSchedule(graph, durations: durations, pace: .expected)
    let worst = RotationSchedule(graph, durations: durations, pace: .worst)
    return (
      Windows.verificationOff(in: graph).exposures(expected, worst),
      Windows.replicationBroken(in: graph).exposures(expected, worst)
    )
  }
}

extension [RotationFigures.Exposure] {
  fileprivate var total: StepDurations.Estimate {
    reduce(StepDurations.Estimate(expected: .zero, worst: .zero)) { sum, exposure in
      StepDurations.Estimate(
        expected: sum.expected + exposure.length.expected,
        worst: sum.worst + exposure.length.worst)
    }
  }

  /// The first of the longest at worst.
  fileprivate var longest: RotationFigures.Exposure? {
    var longest = first
    for exposure in self where exposure.length.worst > longest?.length.worst ?? .zero {
      longest = exposure
    }
    return longest
  }
}

/// The pairs of steps that open and close something, by site or partnership.
private struct Windows {
  private var pairs: [(position: Int, opens: Int, closes: Int)] = []

  static func verificationOff(in graph: StepGraph) -> Windows {
    Windows(.verificationOff, of: graph.plan.sites.count, in: graph)
  }

  static func replicationBroken(in graph: StepGraph) -> Windows {
    Windows(.replicationBroken, of: graph.plan.partnerships.count, in: graph)
  }

  init(_ opening: Opening, of count: Int, in graph: StepGraph) {
    var opens = [Int?](repeating: nil, count: count)
    var closes = opens
    for (number, step) in graph.steps.enumerated() {
      let isOpener = step.action.opens == opening
      guard isOpener || step.action.closes == opening,
        let position = step.target.siteOrPartnership
      else { continue }
      if isOpener { opens[position] = number } else { closes[position] = number }
    }
    for position in 0..<count {
      if let first = opens[position], let last = closes[position] {
        pairs.append((position, first, last))
      }
    }
  }

  func exposures(
    _ expected: RotationSchedule, _ worst: RotationSchedule
  ) -> [RotationFigures.Exposure] {
    pairs.map { pair in
      RotationFigures.Exposure(
        position: pair.position,
        length: StepDurations.Estimate(
          expected: expected.finish(of: pair.closes) - expected.start(of: pair.opens),
          worst: worst.finish(of: pair.closes) - worst.start(of: pair.opens)))
    }
  }

  /// The most that are open at one instant; what closes at an instant is closed for what opens then.
  func peak(_ schedule: RotationSchedule) -> Int {
    let starts = pairs.map { schedule.starts[$0.opens] }.sorted()
    let ends = pairs.map { schedule.finishes[$0.closes] }.sorted()
    var (peak, ended) = (0, 0)
    for (started, start) in starts.enumerated() {
      while ended < ends.count, ends[ended] <= start { ended += 1 }
      peak = max(peak, started + 1 - ended)
    }
    return peak
  }
}

extension Target {
  /// The position of the site or the partnership; nil for servers.
  fileprivate var siteOrPartnership: Int? {
    switch self {
    case .site(let position), .partnership(let position): position
    case .server: nil
    }
  }
}
