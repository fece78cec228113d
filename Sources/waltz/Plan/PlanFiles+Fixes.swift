import PlanText

extension PlanFiles {
  /// A change that was made.
  struct Change {
    /// `plan.yaml:14: Remove the comment (S033)` and a line feed.
    let text: String
  }

  /// The files after every certain fix, written where they changed.
  ///
  /// A file is checked again after each round, since a mended line may show what it hid. A round after which
  /// there are more errors than before is not kept. A file that can not be written keeps its findings and
  /// is counted among those that failed.
  func mended(_ checks: PlanFile.Checks) -> (files: PlanFiles, changes: [Change]) {
    var changes: [Change] = []
    let files = self.files.map { file in
      guard file.failure == nil else { return file }
      let (mended, made) = file.mended(checks)
      guard !made.isEmpty else { return file }
      do {
        try Files.write(mended.source.bytes, to: file.path)
      } catch {
        return file.failing(CommandError(error))
      }
      changes += made
      return mended
    }
    return (PlanFiles(files, checks.overlays), changes)
  }
}

extension PlanFile {
  /// Rounds after which a file is left as it is; each needs a fix that the one before uncovered.
  private static let roundLimit = 10

  fileprivate func mended(_ checks: Checks) -> (file: PlanFile, made: [PlanFiles.Change]) {
    var file = self
    var changes: [PlanFiles.Change] = []
    for _ in 0..<Self.roundLimit {
      var codes: [(fix: Fix, code: String)] = []
      for diagnostic in file.diagnostics where diagnostic.suppression == nil {
        // Two certain ways out of one mistake would be none.
        let certain = diagnostic.fixes.filter(\.isCertain)
        if certain.count == 1 { codes.append((certain[0], diagnostic.code)) }
      }
      let (source, made) = file.source.applying(codes.map(\.fix), id: id)
      guard !made.isEmpty else { break }
      let next = PlanFile(source, path: path, as: id, checks)
      let errors = file.diagnostics.count { $0.severity == .error && $0.suppression == nil }
      let left = next.diagnostics.count { $0.severity == .error && $0.suppression == nil }
      guard left <= errors else { break }
      let table = LineTable(file.source)
      var rest = codes[...]
      for fix in made {
        while let first = rest.first, first.fix != fix { rest = rest.dropFirst() }
        let line = table.position(at: Int(fix.edits[0].span.start)).line
        let code = rest.popFirst()?.code ?? ""
        changes.append(.init(text: "\(path):\(line): \(fix.title) (\(code))\n"))
      }
      file = next
    }
    return (file, changes)
  }
}
