public import PlanModel
public import PlanText
public import RotationGraph

/// A checked plan with the graph that it was lowered to, and what could not be proved of it.
public struct ProvedPlan: Sendable {
  /// The graph, with the plan in it. It is not sealed: most who ask whether a plan is good do not run it.
  public let graph: StepGraph

  /// The invariants that are broken, each by its path.
  public let diagnostics: [Diagnostic]

  /// The plan.
  public var plan: RotationPlan { graph.plan }

  /// The graph to be run; nil where an invariant (`docs/PROCEDURE.md`, "What is proved") is broken.
  public func sealed() -> SealedGraph? { diagnostics.hasErrors ? nil : seal(graph) }
}

/// Lowers a checked plan and proves the invariants of its graph: whether it can be compiled.
public func prove(_ plan: RotationPlan) -> ProvedPlan {
  let graph = lower(plan)
  return ProvedPlan(graph: graph, diagnostics: verify(graph))
}
