extension SourceText {
  /// The source with changes made, and which of them were: one that would touch a place that an earlier one
  /// has changed is left out, whole.
  ///
  /// * `id`: The id of this source; changes to others are left out.
  public func applying(_ fixes: [Fix], id: SourceID) -> (source: SourceText, made: [Fix]) {
    var made: [Fix] = []
    var edits: [Fix.Edit] = []
    // Most fixes come in the order of the text, so that the end of the last edit is enough to look at.
    var end: UInt32 = 0
    for fix in fixes {
      let isFree = fix.edits.allSatisfy { edit in
        edit.span.source == id && Int(edit.span.end) <= bytes.count
          && (edits.isEmpty || edit.span.start > end || !edits.contains { $0.touches(edit) })
      }
      guard isFree, !fix.edits.isEmpty else { continue }
      made.append(fix)
      edits += fix.edits
      end = fix.edits.reduce(end) { max($0, $1.span.end) }
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      result += bytes[at..<Int(edit.span.start)]
      result += Array(edit.replacement.utf8)
      at = Int(edit.span.end)
    }
    result += bytes[at...]
    return (SourceText(name: name, bytes: result), made)
  }

  /// A fix that was made.
  public struct Mending: Sendable, Equatable {
    /// What it did.
    public let title: String

    /// The finding that it mended.
    public let code: String

    /// Where, from 1, in the text before it.
    public let line: Int
  }

  /// Rounds after which a source is left as it is; each needs a fix that the one before uncovered.
  private static let roundLimit = 10

  /// The source after every certain fix, and what was done.
  ///
  /// It is checked again after each round, since a mended line may show what it hid. A round after which there
  /// are more errors than before is not kept.
  ///
  /// * `diagnostics`: What is wrong with it now.
  /// * `check`: What is wrong with another text in its place.
  public func mended(
    id: SourceID, _ diagnostics: [Diagnostic], check: (SourceText) -> [Diagnostic]
  ) -> (source: SourceText, made: [Mending]) {
    var source = self
    var diagnostics = diagnostics
    var mendings: [Mending] = []
    for _ in 0..<Self.roundLimit {
      var certain: [(fix: Fix, code: String)] = []
      for diagnostic in diagnostics where diagnostic.suppression == nil {
        // Two certain ways out of one mistake would be none.
        let fixes = diagnostic.fixes.filter(\.isCertain)
        if fixes.count == 1 { certain.append((fixes[0], diagnostic.code)) }
      }
      let (next, made) = source.applying(certain.map(\.fix), id: id)
      guard !made.isEmpty else { break }
      let found = check(next)
      guard found.openErrorCount <= diagnostics.openErrorCount else { break }
      let table = LineTable(source)
      var rest = certain[...]
      for fix in made {
        // What was made is a part of what was certain, in the same order.
        while let first = rest.popFirst() {
          guard first.fix == fix else { continue }
          let line = table.position(at: Int(fix.edits[0].span.start)).line
          mendings.append(Mending(title: fix.title, code: first.code, line: line))
          break
        }
      }
      (source, diagnostics) = (next, found)
    }
    return (source, mendings)
  }
}

extension [Diagnostic] {
  fileprivate var openErrorCount: Int { count { $0.severity == .error && $0.suppression == nil } }
}

extension Fix.Edit {
  /// Whether the two change a common byte or meet at one place, where their order would matter.
  fileprivate func touches(_ other: Fix.Edit) -> Bool {
    span.start <= other.span.end && other.span.start <= span.end
  }
}
