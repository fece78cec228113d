import PlanModel
import RotationGraph

extension RunState {
  /// The steps that began to change something which a later step was to put right, and has not: what an
  /// aborted run leaves behind.
  public var openChanges: [Int] {
    let ids = graph.stepsByID()
    return steps.indices.filter { step in
      let action = graph.steps[step].action
      guard steps[step].attempt > 0, steps[step].phase != .skipped, let closing = action.closing
      else {
        return false
      }
      let id = closing.rawValue + "/" + graph.name(of: graph.steps[step].target)
      return ids[id].map { !steps[$0].isDone } ?? true
    }
  }
}

extension Action {
  /// The action on the same target after which the change is no longer half done; nil for changes that are
  /// whole by themselves.
  fileprivate var closing: Action? {
    switch self {
    case .breakReplication: .restoreReplication
    case .switchClientsToHTTP: .switchClientsToHTTPS
    case .disableVerification: .enableVerification
    case .updateCertificate, .restartServices: .verifyCertificate
    default: nil
    }
  }
}
