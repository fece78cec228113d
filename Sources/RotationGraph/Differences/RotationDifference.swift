import PlanModel
import PlanText

/// Everything that a reviewer of a changed plan looks at: what differs in the plan, in its steps and in
/// its figures, and what of it is a risk.
public struct RotationDifference: Sendable, Equatable {
  /// The graph before; nil for a plan that is new.
  public let old: SealedGraph?

  /// The graph after; nil for a plan that is gone.
  public let new: SealedGraph?

  /// The figures of ``old``.
  public let figuresBefore: RotationFigures?

  /// The figures of ``new``.
  public let figuresAfter: RotationFigures?

  /// The parts of the plan that differ; where there is one plan only, its automation.
  public let parts: [PlanDifference.Part]

  /// The steps that differ; nil where there is one plan only.
  public let steps: GraphDifference?

  /// What should not be overlooked.
  public let concerns: [Concern]

  /// Whether the sealed graphs are the same, byte for byte.
  public var isEmpty: Bool { old?.digest == new?.digest }

  /// The plan's name; the new one where it changed.
  public var name: String { (new ?? old)?.graph.plan.name.value ?? "" }

  /// What differs between two plans.
  public init(from old: SealedGraph, to new: SealedGraph) {
    let before = RotationFigures(old.graph)
    let after = old.digest == new.digest ? before : RotationFigures(new.graph)
    let (oldPlan, newPlan) = (old.graph.plan, new.graph.plan)
    let matching = PlanMatching(oldPlan, newPlan)
    let used = (before: Self.waits(of: old.graph), after: Self.waits(of: new.graph))
    self.old = old
    self.new = new
    figuresBefore = before
    figuresAfter = after
    parts =
      PlanDifference(
        from: oldPlan, to: newPlan, matching: matching, usedWaits: used.before.union(used.after)
      ).parts
    steps = GraphDifference(from: old.graph, to: new.graph, matching: matching)
    concerns = ConcernFinder(oldPlan, new.graph, matching: matching)
      .concerns(before, after, usedWaits: used)
  }

  /// A plan that is new.
  public init(added new: SealedGraph) {
    let figures = RotationFigures(new.graph)
    old = nil
    self.new = new
    figuresBefore = nil
    figuresAfter = figures
    parts = PlanDifference(whole: new.graph.plan, .added).parts
    steps = nil
    concerns = ConcernFinder(added: new.graph)
      .concerns(nil, figures, usedWaits: ([], Self.waits(of: new.graph)))
  }

  /// A plan that is gone.
  public init(removed old: SealedGraph) {
    self.old = old
    new = nil
    figuresBefore = RotationFigures(old.graph)
    figuresAfter = nil
    parts = PlanDifference(whole: old.graph.plan, .removed).parts
    steps = nil
    concerns = []
  }

  private static func waits(of graph: StepGraph) -> Set<WaitKind> {
    var kinds: Set<WaitKind> = []
    for step in graph.steps {
      if let kind = step.action.waitKind { kinds.insert(kind) }
    }
    return kinds
  }
}
