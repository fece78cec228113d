import PlanCompiler
import PlanText
import Reports

extension PlanFiles {
  /// What the certain fixes make of a file or an overlay.
  struct Mended {
    let path: String
    let id: SourceID
    let before: SourceText
    let after: SourceText
    let made: [SourceText.Mending]

    /// A line for each change, such as `plan.yaml:14: Remove the comment (S033)`.
    var lines: String {
      made.map {
        visibleLine(
          "\(path):\($0.line): \($0.title) (\($0.code))", unicode: Environment.speaksUnicode)
          + "\n"
      }
      .joined()
    }
  }

  /// The overlays and then the files that certain fixes change, with what becomes of them; nothing is
  /// written. The overlays come first, since what a file's fixes are depends on them.
  func mended(
    _ checks: PlanFile.Checks
  ) -> (overlays: [Mended], files: [Mended], checks: PlanFile.Checks) {
    var checks = checks
    var overlays: [Mended] = []
    for file in checks.overlays.files {
      let found = mended(file.source, file.source.name, as: file.id) { source in
        var checks = checks
        checks.overlays = checks.overlays.replacing(file.id, with: source)
        return files.flatMap { diagnostics(of: $0.source, in: $0, checks) }
      }
      guard let found else { continue }
      checks.overlays = checks.overlays.replacing(file.id, with: found.after)
      overlays.append(found)
    }
    let final = checks
    let places = Set(overlays.map { Files.resolved($0.path) })
    let mended = files.compactMap { file -> Mended? in
      // An overlay that was found beside the plans too has its changes already.
      guard places.isEmpty || !places.contains(Files.resolved(file.path)) else { return nil }
      return self.mended(file.source, file.path, as: file.id) {
        diagnostics(of: $0, in: file, final)
      }
    }
    return (overlays, mended, final)
  }

  private func mended(
    _ source: SourceText, _ path: String, as id: SourceID, check: (SourceText) -> [Diagnostic]
  ) -> Mended? {
    let (after, made) = source.mended(id: id, check(source), check: check)
    return made.isEmpty ? nil : Mended(path: path, id: id, before: source, after: after, made: made)
  }

  /// Certificates have no certain fixes, and what is compared must come of the same checks.
  private func diagnostics(
    of source: SourceText, in file: PlanFile, _ checks: PlanFile.Checks
  ) -> [Diagnostic] {
    guard file.failure == nil else { return [] }
    return PlanFile(source, path: file.path, as: file.id, checks).diagnostics
  }

  /// The files after every certain fix, written where they and the overlays changed, and the changes.
  ///
  /// A file that can not be written keeps its findings and is counted among those that failed.
  ///
  /// - Throws: `CommandError` where an overlay can not be written; nothing else is then.
  func mending(_ checks: PlanFile.Checks) async throws -> (files: PlanFiles, changes: [Mended]) {
    let (overlays, mended, checks) = self.mended(checks)
    for overlay in overlays { try Files.write(overlay.after.bytes, to: overlay.path) }
    var files = self.files
    var changes = overlays
    var unwritten: [SourceID: CommandError] = [:]
    for change in mended {
      do {
        try Files.write(change.after.bytes, to: change.path)
        changes.append(change)
      } catch {
        unwritten[change.id] = CommandError(error)
      }
    }
    let texts = Dictionary(
      changes.map { (Files.resolved($0.path), $0.after) }, uniquingKeysWith: { first, _ in first })
    for (position, file) in files.enumerated() where file.failure == nil {
      let text = texts[Files.resolved(file.path)]
      if text != nil || !overlays.isEmpty {
        files[position] = await PlanFile.reviewed(
          text ?? file.source, path: file.path, as: file.id, checks)
      }
      if let failure = unwritten[file.id] { files[position] = files[position].failing(failure) }
    }
    return (PlanFiles(files, checks.overlays), changes)
  }

  /// What ``mending(_:)`` would change, as a unified diff; empty where that is nothing.
  func mendingDiff(_ checks: PlanFile.Checks, color: Bool) -> String {
    let (overlays, files, _) = mended(checks)
    return (overlays + files).map {
      UnifiedDiff.text(from: $0.before, to: $0.after, color: color)
    }
    .joined()
  }
}
