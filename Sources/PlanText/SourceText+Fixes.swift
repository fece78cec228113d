extension SourceText {
  /// The source with changes made, and which of them were: one that would touch a place that an earlier one
  /// has changed is left out, whole.
  ///
  /// * `id`: The id of this source; changes to others are left out.
  public func applying(_ fixes: [Fix], id: SourceID) -> (source: SourceText, made: [Fix]) {
    var made: [Fix] = []
    var edits: [Fix.Edit] = []
    for fix in fixes {
      let isFree = fix.edits.allSatisfy { edit in
        edit.span.source == id && Int(edit.span.end) <= bytes.count
          && !edits.contains { $0.touches(edit) }
      }
      guard isFree, !fix.edits.isEmpty else { continue }
      made.append(fix)
      edits += fix.edits
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
}

extension Fix.Edit {
  /// Whether the two change a common byte or meet at one place, where their order would matter.
  fileprivate func touches(_ other: Fix.Edit) -> Bool {
    span.start <= other.span.end && other.span.start <= span.end
  }
}
