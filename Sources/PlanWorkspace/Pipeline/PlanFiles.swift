package import PlanCompiler
import PlanModel
package import PlanText
import RotationGraph
package import WorkingTree

/// The files of an invocation in the order in which they were named, with everything that is wrong with
/// them.
package struct PlanFiles: Sendable {
  package let files: [PlanFile]

  /// The sources, one a file, then the overlays'.
  package let sources: SourceMap

  /// What is wrong with them, in the order of the sources.
  package let diagnostics: [Diagnostic]

  /// Puts files together, each of which has its position for its id.
  package init(_ files: [PlanFile], _ overlays: PlanOverlays) {
    self.files = files
    var sources = SourceMap()
    for file in files { sources.add(file.shown) }
    for overlay in overlays.files { sources.add(overlay.shown) }
    self.sources = sources
    diagnostics = files.flatMap(\.findings).inOrder().limitedToCommand()
  }

  /// Sends files through all stages, `jobs` of them at once.
  package static func review(
    _ files: [ReadFile], _ pipeline: PlanPipeline, jobs: Int
  ) async -> PlanFiles {
    let reviewed = await inParallel(files.count, jobs: jobs) { position in
      await pipeline.review(
        pipeline.parse(files[position], as: SourceID(position: position)))
    }
    return PlanFiles(reviewed, pipeline.overlays)
  }

  /// The files that could not be read.
  package var failures: [WorkspaceError] { files.compactMap(\.failure) }

  /// How many files were looked into; overlays are not counted.
  package var readCount: Int { files.count { $0.failure == nil } }
}
