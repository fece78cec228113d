public import PlanModel
public import PlanText
public import RotationGraph

/// From a checked plan to a graph that can be run: lowered, verified, sealed.
///
/// The graph is nil where an invariant of `DESIGN.md` §5 is broken; the diagnostics say which and by
/// which path.
public func compile(
  _ plan: RotationPlan
) -> (graph: SealedGraph?, diagnostics: [Diagnostic]) {
  let graph = lower(plan)
  let diagnostics = verify(graph)
  return (diagnostics.hasErrors ? nil : seal(graph), diagnostics)
}
