import Reports
import RotationGraph

/// Which plan of one side is which of the other.
enum PlanPairs {
  /// Plans of one file and name belong together, then plans of one name, whatever file they moved to, and
  /// where one plan is left on either side of the same file, those two: it was renamed.
  ///
  /// In the order of the new side; plans that are gone come last. A plan is not gone whose file is there and
  /// not valid.
  static func compare(
    _ old: [PlanSide.Plan], _ new: [PlanSide.Plan], invalid: Set<String> = []
  ) -> [ComparedPlan] {
    var match = [Int?](repeating: nil, count: new.count)
    var isTaken = [Bool](repeating: false, count: old.count)
    func pair(_ belong: (PlanSide.Plan, PlanSide.Plan) -> Bool) {
      for position in new.indices where match[position] == nil {
        let found = old.indices.first { !isTaken[$0] && belong(old[$0], new[position]) }
        if let found {
          match[position] = found
          isTaken[found] = true
        }
      }
    }
    pair { $0.path == $1.path && $0.name == $1.name }
    pair { $0.name == $1.name }
    pair { $0.path == $1.path }
    if old.count == 1, new.count == 1 { pair { _, _ in true } }

    var compared: [ComparedPlan] = []
    for (position, plan) in new.enumerated() {
      if let found = match[position] {
        compared.append(
          ComparedPlan(
            RotationDifference(from: old[found].graph, to: plan.graph), oldPath: old[found].path,
            newPath: plan.path))
      } else {
        compared.append(
          ComparedPlan(RotationDifference(added: plan.graph), oldPath: nil, newPath: plan.path))
      }
    }
    for (position, plan) in old.enumerated()
    where !isTaken[position] && !invalid.contains(plan.path) {
      compared.append(
        ComparedPlan(RotationDifference(removed: plan.graph), oldPath: plan.path, newPath: nil))
    }
    return compared
  }
}
