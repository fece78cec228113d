package import RotationGraph

/// A plan before and after, with the names of the files that it was read from.
package struct ComparedPlan: Sendable {
  /// What differs.
  package let difference: RotationDifference

  /// Where the old plan comes from; nil for a plan that is new.
  package let oldPath: String?

  /// Where the new plan comes from; nil for a plan that is gone.
  package let newPath: String?

  /// A comparison of the plans of two files.
  package init(_ difference: RotationDifference, oldPath: String?, newPath: String?) {
    self.difference = difference
    self.oldPath = oldPath
    self.newPath = newPath
  }

  /// What happened to the plan as a whole.
  enum Change: String {
    case added
    case removed
    case changed
    case unchanged
  }

  var change: Change {
    if difference.old == nil { return .added }
    if difference.new == nil { return .removed }
    return difference.isEmpty ? .unchanged : .changed
  }

  /// `emea-2026: 2 sites, 3 servers, …` of the plan that there is, or what became of it.
  var summary: Phrase {
    let graph = (difference.new ?? difference.old)?.graph
    let headline = graph.map { GraphHeadline($0).text } ?? ""
    return switch change {
    case .added: "new plan \(difference.name): \(words: headline)"
    case .removed: "removed plan \(difference.name): \(words: headline)"
    case .unchanged: "\(difference.name): no difference"
    case .changed: "\(difference.name): \(words: counts)"
    }
  }

  /// `2 parts of the plan and 14 steps differ`.
  private var counts: String {
    let parts = difference.parts.count { !$0.isSilent }
    let steps = difference.steps.map { $0.added.count + $0.removed.count + $0.changed.count } ?? 0
    if parts == 0, steps == 0 { return "no step differs" }
    return "\(Wording.count(parts, "part")) of the plan and \(Wording.count(steps, "step")) "
      + (parts + steps == 1 ? "differs" : "differ")
  }
}

/// A line about a part of a plan or a step that differs.
struct DifferenceLine {
  let change: PlanDifference.Change
  let subject: Phrase
  let detail: Phrase

  /// The sign before the line.
  var sign: String {
    switch change {
    case .added: "+"
    case .removed: "-"
    case .changed: "~"
    }
  }
}
