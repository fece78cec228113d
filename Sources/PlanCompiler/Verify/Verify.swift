import PlanModel
public import PlanText
public import RotationGraph

/// Proves the invariants I1 to I9 and the order of the waves on a graph
/// (`docs/PROCEDURE.md`, "What is proved").
///
/// It looks at the graph and its plan alone, which it reads in a way of its own (``PlanDemands``), never at
/// how the graph was made, and takes time linear in
/// steps and edges on a graph that keeps them. A broken invariant is an error with the shortest
/// offending path; one for each invariant and site, and not more than ``VerificationReport/limit`` in
/// all, since a mistake in the compiler repeats. No graph makes it crash.
public func verify(_ graph: StepGraph) -> [Diagnostic] {
  var report = VerificationReport(graph)
  // Without an order, or with a step that stands for two, there is nothing more to prove.
  guard let order = ShapeCheck.order(of: graph, into: &report) else { return report.diagnostics }
  let index = GraphIndex(graph, order: order)
  ReversalCheck.run(on: index, into: &report)
  CompletenessCheck.run(on: index, into: &report)
  ChannelCheck.run(on: index, into: &report)
  SiteCheck.run(on: index, into: &report)
  PreparationCheck.run(on: index, into: &report)
  ReplicationCheck.run(on: index, into: &report)
  WaveCheck.run(on: index, into: &report)
  if report.diagnostics.isEmpty { EndCheck.run(on: index, into: &report) }
  return report.diagnostics
}
