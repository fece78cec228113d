import PlanModel
import RotationGraph

extension RunState {
  /// The steps that began to change something which a later step was to put right, and has not: what an
  /// aborted run leaves behind.
  public var openChanges: [Int] {
    let ids = graph.stepsByID()
    return steps.indices.filter { step in
      guard steps[step].attempt > 0, steps[step].phase != .skipped,
        let closer = graph.steps[step].action.opens?.closer
      else {
        return false
      }
      let id = closer.rawValue + "/" + graph.name(of: graph.steps[step].target)
      return ids[id].map { !steps[$0].isDone } ?? true
    }
  }
}
