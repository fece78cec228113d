package import PlanModel
package import RotationGraph

/// Something that a run has opened, or may have, and that nothing has closed since.
package struct OpenChange: Sendable, Equatable {
  /// What is open.
  package let opening: Opening

  /// Of what.
  package let target: Target

  /// The step that opened it; the last one begun of several.
  package let step: Int

  /// Whether a step that opens it has succeeded; else one was begun and may have done its work.
  package let isCertain: Bool
}

extension RunState {
  /// What is open as the run stands, in the order of the graph: what an aborted run leaves behind.
  ///
  /// A gate that was rejected or skipped opened nothing unless an earlier attempt did; what a driver tried may
  /// have been done all the same.
  package var openChanges: [OpenChange] {
    var closed: Set<Place> = []
    for step in steps.indices where steps[step].hasSucceeded {
      guard let opening = graph.steps[step].action.closes else { continue }
      closed.insert(Place(opening: opening, target: graph.steps[step].target))
    }
    var places: [Place: Int] = [:]
    var changes: [OpenChange] = []
    for step in steps.indices where mayHaveHappened(step) {
      guard let opening = graph.steps[step].action.opens else { continue }
      let place = Place(opening: opening, target: graph.steps[step].target)
      if closed.contains(place) { continue }
      let before = places[place].map { changes[$0] }
      let change = OpenChange(
        opening: opening, target: place.target, step: step,
        isCertain: steps[step].hasSucceeded || before?.isCertain ?? false)
      if let index = places[place] {
        changes[index] = change
      } else {
        places[place] = changes.count
        changes.append(change)
      }
    }
    return changes
  }

  private struct Place: Hashable {
    let opening: Opening
    let target: Target
  }

  /// Whether the effect of a step may be there.
  private func mayHaveHappened(_ step: Int) -> Bool {
    if steps[step].hasSucceeded { return true }
    guard graph.steps[step].channel == .operator else { return steps[step].attempt > 0 }
    switch steps[step].phase {
    case .skipped: return false
    case .failed(let failure): return failure.kind != .rejected
    default: return steps[step].attempt > 0
    }
  }
}
