import RotationGraph

/// The counts that stand above every picture of a graph.
struct GraphHeadline {
  private let counts: RotationCounts

  init(_ graph: StepGraph) {
    counts = RotationCounts(graph)
  }

  /// `2 sites, 3 servers, 1 partnership, 43 steps, 12 gates`.
  var text: String {
    [
      counted(counts.sites, "site"), counted(counts.servers, "server"),
      counted(counts.partnerships, "partnership"), counted(counts.steps, "step"),
      counted(counts.gates, "gate"),
    ].joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
