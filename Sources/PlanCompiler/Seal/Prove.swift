public import PlanModel
import PlanSyntax
public import PlanText
public import RotationGraph

/// A checked plan with the graph that it was lowered to, and what could not be proved of it.
public struct ProvedPlan: Sendable {
  /// The graph, with the plan in it. It is not sealed: most who ask whether a plan is good do not run it.
  public let graph: StepGraph

  /// The invariants that are broken, each by its path, and what the graph shows to be wrong with the plan.
  public let diagnostics: [Diagnostic]

  /// The plan.
  public var plan: RotationPlan { graph.plan }

  /// The graph to be run; nil where an invariant (`docs/PROCEDURE.md`, "What is proved") is broken.
  public func sealed() -> SealedGraph? { diagnostics.hasErrors ? nil : seal(graph) }
}

/// Lowers a checked plan and proves the invariants of its graph: whether it can be compiled.
///
/// * `others`: How many steps the plans before it in its file have.
/// * `limit`: More steps in a file are refused; what is printed and compared of them would fill the memory.
public func prove(
  _ plan: RotationPlan, besides others: Int = 0, limit: Int = 250_000
) -> ProvedPlan {
  let graph = lower(plan)
  let count = others + graph.steps.count
  guard count <= limit else {
    return ProvedPlan(
      graph: graph,
      diagnostics: [
        Diagnostic(
          .tooLarge, at: plan.name.span,
          "Up to here the plans of the file have \(count) steps, and Waltz takes no more than \(limit).",
          help: "Make a file for each part of the estate that does not replicate with the others.")
      ])
  }
  return ProvedPlan(graph: graph, diagnostics: verify(graph) + checkRescheduledBreaks(in: graph))
}
