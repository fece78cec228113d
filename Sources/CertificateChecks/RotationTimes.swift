import PlanModel
import PlanText
public import RotationGraph

/// When a rotation does what, in seconds after its start.
public struct RotationTimes: Sendable {
  /// The earliest and the latest moment.
  public struct Span: Sendable, Equatable {
    /// Every wait passes at its minimum, and nothing else takes time.
    public var earliest: Int64

    /// Every wait uses up its deadline, and everything else takes its longest (``RotationSchedule``).
    public var latest: Int64

    /// A span of seconds.
    public init(earliest: Int64, latest: Int64) {
      self.earliest = earliest
      self.latest = latest
    }
  }

  /// The end of the last step.
  public private(set) var end: Span

  /// For each site and server the beginning of its certificate's change; nil where it has none.
  public private(set) var updates: [[Span?]]

  /// Walks a graph, whose steps stand in a topological order.
  ///
  /// Linear in steps and edges.
  public init(_ graph: StepGraph) {
    let plan = graph.plan
    let worst = RotationSchedule(graph, durations: StepDurations(plan), pace: .worst)
    end = Span(earliest: 0, latest: worst.duration.components.seconds)
    updates = plan.sites.map { Array(repeating: nil, count: $0.servers.count) }
    var ends = [Int64](repeating: 0, count: graph.steps.count)
    for (position, step) in graph.steps.enumerated() {
      var time: Int64 = 0
      for before in graph.dependencies[position] { time = max(time, ends[Int(before)]) }
      if case .server(let site, let server) = step.target, step.action == .updateCertificate {
        updates[site][server] = Span(
          earliest: time, latest: worst.start(of: position).components.seconds)
      }
      if let wait = step.action.waitKind { time += plan.waits[wait].minimum.components.seconds }
      ends[position] = time
      end.earliest = max(end.earliest, time)
    }
  }
}
