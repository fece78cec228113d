public import PlanModel
public import PlanText
public import RotationGraph

/// Whether a checked plan can be compiled: lowers it and proves the invariants of its graph, which is not
/// sealed, since nobody wants to run it.
public func prove(_ plan: RotationPlan) -> [Diagnostic] { verify(lower(plan)) }

/// From a checked plan to a graph that can be run: lowered, verified, sealed.
///
/// The graph is nil where an invariant (`docs/PROCEDURE.md`, "What is proved") is broken; the
/// diagnostics say which and by which path.
public func compile(
  _ plan: RotationPlan
) -> (graph: SealedGraph?, diagnostics: [Diagnostic]) {
  let graph = lower(plan)
  let diagnostics = verify(graph)
  return (diagnostics.hasErrors ? nil : seal(graph), diagnostics)
}
