extension SourceText {
  /// The source with changes made, and which of them were: one that would touch a place that an earlier one
  /// has changed is left out, whole.
  ///
  /// * `id`: The id of this source; changes to others are left out.
  public func applying(_ fixes: [Fix], id: SourceID) -> (source: SourceText, made: [Fix]) {
    var made: [Fix] = []
    var edits: [Fix.Edit] = []
    var taken = TakenPlaces()
    for fix in fixes {
      let isFree = fix.edits.allSatisfy { edit in
        edit.span.source == id && Int(edit.span.end) <= bytes.count && taken.isFree(edit.span)
      }
      guard isFree, !fix.edits.isEmpty else { continue }
      made.append(fix)
      edits += fix.edits
      for edit in fix.edits { taken.insert(edit.span) }
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
  fileprivate var openErrorCount: Int {
    filter { $0.severity == .error && $0.suppression == nil }.total
  }
}

/// Places that changes have taken, ascending, so that the neighbours of a place are found by halves. Most
/// changes come in the order of the text and go to the end.
private struct TakenPlaces {
  private var places: [Range<UInt32>] = []

  /// Whether no change has a byte in common with the place or meets it, where their order would matter.
  func isFree(_ span: SourceSpan) -> Bool {
    let next = index(after: span.start)
    if next < places.count, places[next].lowerBound <= span.end { return false }
    return next == 0 || places[next - 1].upperBound < span.start
  }

  mutating func insert(_ span: SourceSpan) {
    places.insert(span.start..<span.end, at: index(after: span.start))
  }

  /// The first place that starts behind `offset`.
  private func index(after offset: UInt32) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
