package import Forecasts
import PlanModel
package import RotationEngine
package import RotationGraph

/// What simulated runs of a plan, and of the same plan with changes, came to.
package struct PlanTrials: Sendable {
  /// A plan that was tried.
  package struct Column: Sendable {
    /// What of the plan was changed; nil for the plan as it is.
    package let whatIf: String?
    package let graph: StepGraph

    /// The digest of its graph.
    package let digest: String
    package let summary: TrialSummary

    /// A plan that was tried.
    package init(whatIf: String?, graph: StepGraph, digest: String, summary: TrialSummary) {
      self.whatIf = whatIf
      self.graph = graph
      self.digest = digest
      self.summary = summary
    }
  }

  /// The name of the scenario.
  package let scenario: String

  /// When its runs start.
  package let start: Instant

  /// The seeds of the runs.
  package let seeds: Range<Int64>

  /// The plan as it is first.
  package let columns: [Column]

  /// Trials of a plan.
  package init(scenario: String, start: Instant, seeds: Range<Int64>, columns: [Column]) {
    self.scenario = scenario
    self.start = start
    self.seeds = seeds
    self.columns = columns
  }
}
