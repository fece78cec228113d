/// When each step of a graph starts and ends if every step starts as soon as all that it waits for ended.
///
/// As many steps run at once as the graph allows; instants are counted from the start of the run.
public struct RotationSchedule: Sendable, Equatable {
  /// Which of a step's durations is used.
  public enum Pace: Sendable, CaseIterable {
    /// The shortest that a plan allows: every wait passes as soon as it may, and nothing else takes time.
    case earliest

    /// The likely ones.
    case expected

    /// The longest ones.
    case worst
  }

  let starts: [Int64]
  let finishes: [Int64]

  /// When the last step ends.
  public let duration: Duration

  /// The schedule of `graph`, in time linear in steps and edges.
  ///
  /// Total also for a graph whose steps wait for each other in a circle, which no compiler made: an edge
  /// that leads backwards is passed over there.
  public init(_ graph: StepGraph, durations: StepDurations, pace: Pace) {
    var starts = [Int64](repeating: 0, count: graph.steps.count)
    var finishes = starts
    var last: Int64 = 0
    func place(_ step: Int) {
      var start: Int64 = 0
      for dependency in graph.dependencies[step] { start = max(start, finishes[Int(dependency)]) }
      let length = durations.milliseconds(of: graph.steps[step], at: pace)
      starts[step] = start
      finishes[step] = min(start + length, StepDurations.limit)
      last = max(last, finishes[step])
    }
    if graph.isInOrder {
      for step in graph.steps.indices { place(step) }
    } else {
      switch graph.dependents.topologicalOrder() {
      case .order(let order): for step in order { place(Int(step)) }
      case .cycle: for step in graph.steps.indices { place(step) }
      }
    }
    self.starts = starts
    self.finishes = finishes
    duration = .milliseconds(last)
  }

  /// When a step starts.
  public func start(of step: Int) -> Duration { .milliseconds(starts[step]) }

  /// When a step ends.
  public func finish(of step: Int) -> Duration { .milliseconds(finishes[step]) }
}

extension StepGraph {
  /// Whether every step stands behind all that it waits for, as compilers write them: then nothing has to be
  /// sorted.
  fileprivate var isInOrder: Bool {
    steps.indices.allSatisfy { step in dependencies[step].allSatisfy { $0 < step } }
  }
}
