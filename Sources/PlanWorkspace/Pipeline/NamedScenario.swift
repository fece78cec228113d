package import PlanModel
import PlanText
package import WorkingTree

/// The scenario that a plan is tried in, as a command names it.
package struct NamedScenario: Sendable {
  /// The file, checked; it has errors where the scenario cannot be used.
  package let files: PlanFiles

  /// Reads and checks the file of a scenario, and whether it fits the plan.
  ///
  /// - Throws: ``WorkspaceError`` where the file cannot be read.
  package init(
    _ path: String, for plan: RotationPlan, in folder: WorkingFolder
  ) throws(WorkspaceError) {
    let read = ReadFile(path, in: folder, standardInput: path)
    if let failure = read.failure { throw failure }
    let pipeline = PlanPipeline(in: folder)
    let parsed = pipeline.parse(read, as: SourceID(position: 0))
    files = PlanFiles([pipeline.check(parsed, asScenarioFor: plan)], pipeline.overlays)
  }

  /// The text of the file as a run keeps it.
  package var text: [UInt8] { files.sources.sources[0].bytes }
}
