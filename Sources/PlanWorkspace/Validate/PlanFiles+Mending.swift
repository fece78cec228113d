import PlanCompiler
package import PlanText
import Redaction
package import Reports
import WorkingTree

extension PlanFiles {
  /// What the certain fixes make of a file or an overlay.
  package struct Mended: Sendable {
    let path: String
    let id: SourceID
    let before: ShownSource
    let after: SourceText
    package let made: [SourceText.Mending]

    /// A line for each change, such as `plan.yaml:14: Remove the comment (S033)`.
    package func lines(unicode: Bool) -> Printout {
      made.reduce(into: "") {
        $0.append("\(path, unicode: unicode):\($1.line): \($1.title) (\($1.code))\n")
      }
    }
  }

  /// The overlays and then the files that certain fixes change, with what becomes of them; nothing is
  /// written. The overlays come first, since what a file's fixes are depends on them.
  private func mended(
    _ pipeline: PlanPipeline
  ) -> (overlays: [Mended], files: [Mended], pipeline: PlanPipeline) {
    var pipeline = pipeline
    var overlays: [Mended] = []
    for file in pipeline.overlays.files {
      let found = mended(file.shown, file.source.name, as: file.id) { source in
        var changed = pipeline
        changed.overlays = pipeline.overlays.replacing(file.id, with: source)
        return files.filter { $0.failure == nil }.flatMap { changed.check($0).findings }
      }
      guard let found else { continue }
      pipeline.overlays = pipeline.overlays.replacing(file.id, with: found.after)
      overlays.append(found)
    }
    let final = pipeline
    let places = Set(overlays.map { final.folder.resolved($0.path) })
    let mended = files.compactMap { file -> Mended? in
      // An overlay that was found beside the plans too has its changes already.
      guard file.failure == nil,
        places.isEmpty || !places.contains(final.folder.resolved(file.path))
      else { return nil }
      return self.mended(file.shown, file.path, as: file.id) { source in
        let parsed =
          source == file.source
          ? file : final.parse(ReadFile(path: file.path, source: source), as: file.id)
        return final.check(parsed).findings
      }
    }
    return (overlays, mended, final)
  }

  /// Certificates have no certain fixes, and what is compared must come of the same stages: they are left out.
  private func mended(
    _ source: ShownSource, _ path: String, as id: SourceID, check: (SourceText) -> [Diagnostic]
  ) -> Mended? {
    let (after, made) = source.text.mended(id: id, check(source.text).inOrder()) {
      check($0).inOrder()
    }
    return made.isEmpty ? nil : Mended(path: path, id: id, before: source, after: after, made: made)
  }

  /// The files after every certain fix, written where they and the overlays changed, and the changes.
  ///
  /// A file that cannot be written keeps its findings and is counted among those that failed.
  ///
  /// - Throws: ``WorkspaceError`` where an overlay cannot be written; nothing else is then.
  func mending(_ pipeline: PlanPipeline) async throws -> (files: PlanFiles, changes: [Mended]) {
    let (overlays, mended, pipeline) = self.mended(pipeline)
    let folder = pipeline.folder
    for overlay in overlays { try folder.write(overlay.after.bytes, to: overlay.path) }
    var files = self.files
    var changes = overlays
    var unwritten: [SourceID: WorkspaceError] = [:]
    for change in mended {
      do throws(WorkspaceError) {
        try folder.write(change.after.bytes, to: change.path)
        changes.append(change)
      } catch {
        unwritten[change.id] = error
      }
    }
    let texts = Dictionary(
      changes.map { (folder.resolved($0.path), $0.after) },
      uniquingKeysWith: { first, _ in first })
    for (position, file) in files.enumerated() where file.failure == nil {
      if let text = texts[folder.resolved(file.path)] {
        files[position] = await pipeline.review(
          pipeline.parse(ReadFile(path: file.path, source: text), as: file.id))
      } else if !overlays.isEmpty {
        files[position] = await pipeline.review(file)
      }
      if let failure = unwritten[file.id] { files[position].failure = failure }
    }
    return (PlanFiles(files, pipeline.overlays), changes)
  }

  /// What ``mending(_:)`` would change, as a unified diff; empty where that is nothing.
  func mendingDiff(_ pipeline: PlanPipeline, color: Bool) -> String {
    let (overlays, files, _) = mended(pipeline)
    return (overlays + files).map {
      UnifiedDiff.text(
        from: $0.before, to: ShownSource($0.after, hiding: hiddenText(in:)), color: color)
    }
    .joined()
  }
}
