import PlanText

extension PlanFiles {
  /// The files after every certain fix, written where they changed, and a line for each change, such as
  /// `plan.yaml:14: Remove the comment (S033)`.
  ///
  /// A file that can not be written keeps its findings and is counted among those that failed.
  func mended(_ checks: PlanFile.Checks) -> (files: PlanFiles, changes: [String]) {
    var changes: [String] = []
    let files = self.files.map { file in
      guard file.failure == nil else { return file }
      let (source, made) = file.source.mended(id: file.id, file.diagnostics) { source in
        PlanFile(source, path: file.path, as: file.id, checks).diagnostics
      }
      guard !made.isEmpty else { return file }
      do {
        try Files.write(source.bytes, to: file.path)
      } catch {
        return file.failing(CommandError(error))
      }
      changes += made.map { "\(file.path):\($0.line): \($0.title) (\($0.code))\n" }
      return PlanFile(source, path: file.path, as: file.id, checks)
    }
    return (PlanFiles(files, checks.overlays), changes)
  }
}
