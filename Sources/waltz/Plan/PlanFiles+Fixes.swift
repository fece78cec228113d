import PlanText
import Reports

extension PlanFiles {
  /// What the certain fixes make of a file.
  struct Mended {
    let position: Int
    let source: SourceText
    let made: [SourceText.Mending]
  }

  /// The files that certain fixes change, with what becomes of them; nothing is written.
  func mended(_ checks: PlanFile.Checks) -> [Mended] {
    files.enumerated().compactMap { position, file in
      guard file.failure == nil else { return nil }
      // Certificates have no certain fixes, and what is compared must come of the same checks.
      func diagnostics(of source: SourceText) -> [Diagnostic] {
        PlanFile(source, path: file.path, as: file.id, checks).diagnostics
      }
      let (source, made) = file.source.mended(
        id: file.id, diagnostics(of: file.source), check: diagnostics(of:))
      return made.isEmpty ? nil : Mended(position: position, source: source, made: made)
    }
  }

  /// The files after every certain fix, written where they changed, and a line for each change, such as
  /// `plan.yaml:14: Remove the comment (S033)`.
  ///
  /// A file that can not be written keeps its findings and is counted among those that failed.
  func mending(_ checks: PlanFile.Checks) async -> (files: PlanFiles, changes: [String]) {
    var files = self.files
    var changes: [String] = []
    for mended in mended(checks) {
      let file = files[mended.position]
      do {
        try Files.write(mended.source.bytes, to: file.path)
      } catch {
        files[mended.position] = file.failing(CommandError(error))
        continue
      }
      changes += mended.made.map {
        visibleLine(
          "\(file.path):\($0.line): \($0.title) (\($0.code))", unicode: Environment.speaksUnicode)
          + "\n"
      }
      files[mended.position] = await PlanFile.reviewed(
        mended.source, path: file.path, as: file.id, checks)
    }
    return (PlanFiles(files, checks.overlays), changes)
  }

  /// What ``mending(_:)`` would change, as a unified diff; empty where that is nothing.
  func mendingDiff(_ checks: PlanFile.Checks, color: Bool) -> String {
    mended(checks).map { mended in
      UnifiedDiff.text(from: files[mended.position].source, to: mended.source, color: color)
    }
    .joined()
  }
}
