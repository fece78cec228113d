import PlanModel
import PlanText
public import RotationGraph

/// When a rotation does what, in seconds after its start.
public struct RotationTimes: Sendable {
  /// The earliest and the latest moment.
  public struct Span: Sendable, Equatable {
    /// Every wait passes as soon as it may, and nothing else takes time.
    public var earliest: Int64

    /// Every wait uses up its deadline, and everything else takes its longest.
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

  /// The times of a graph by ``RotationSchedule``, linear in steps and edges.
  public init(_ graph: StepGraph) {
    let plan = graph.plan
    let durations = StepDurations(plan)
    let first = RotationSchedule(graph, durations: durations, pace: .earliest)
    let last = RotationSchedule(graph, durations: durations, pace: .worst)
    end = Span(
      earliest: first.duration.components.seconds, latest: last.duration.components.seconds)
    updates = plan.sites.map { Array(repeating: nil, count: $0.servers.count) }
    for (position, step) in graph.steps.enumerated() where step.action == .updateCertificate {
      guard case .server(let site, let server) = step.target else { continue }
      updates[site][server] = Span(
        earliest: first.start(of: position).components.seconds,
        latest: last.start(of: position).components.seconds)
    }
  }
}
