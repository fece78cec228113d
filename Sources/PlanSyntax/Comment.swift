public import PlanText

/// A comment of a document, which libyaml passes over.
public struct Comment: Sendable, Equatable {
  /// From the `#` to the end of the line, the line's end not included.
  public let span: SourceSpan

  /// Whether nothing else stands on its line.
  public let isAlone: Bool
}

/// The comments of a source in their order, from the documents that were read from it.
///
/// A `#` begins a comment where it stands in no scalar, at the start of a line or after a blank. So the
/// places of the scalars are enough to find all of them; the text of a document that could not be read is
/// nobody's scalar, and comments in it are not to be relied on.
public func comments(in source: SourceText, id: SourceID, of documents: [SyntaxTree]) -> [Comment] {
  source.bytes.withUnsafeBufferPointer { bytes in
    var finder = CommentFinder(bytes: bytes, source: id)
    for tree in documents {
      for record in tree.records where record.kind == .scalar { finder.pass(record) }
    }
    finder.pass(upTo: bytes.count)
    return finder.comments
  }
}

private struct CommentFinder {
  let bytes: UnsafeBufferPointer<UInt8>
  let source: SourceID
  var position = 0
  var comments: [Comment] = []

  /// Looks at the text before a scalar and steps over it. Behind the indicators of a text block its first
  /// line may hold a comment.
  mutating func pass(_ scalar: SyntaxTree.Record) {
    pass(upTo: Int(scalar.start))
    if scalar.style == .literal || scalar.style == .folded {
      pass(upTo: lineEnd(from: Int(scalar.start)))
    }
    position = max(position, Int(scalar.end))
  }

  mutating func pass(upTo end: Int) {
    while position < end {
      guard bytes[position] == "#", isAfterBlank(position) else {
        position += 1
        continue
      }
      let end = lineEnd(from: position)
      comments.append(
        Comment(
          span: SourceSpan(source: source, start: position, end: end), isAlone: isAlone(position)))
      position = end
    }
  }

  private func isAfterBlank(_ position: Int) -> Bool {
    guard position > 0 else { return true }
    switch bytes[position - 1] {
    case " ", "\t", "\n", "\r": return true
    default: return position == 3 && bytes[0] == 0xEF  // behind a byte order mark
    }
  }

  private func isAlone(_ position: Int) -> Bool {
    var before = position
    while before > 0 {
      switch bytes[before - 1] {
      case " ", "\t": before -= 1
      case "\n", "\r": return true
      default: return before == 3 && bytes[0] == 0xEF
      }
    }
    return true
  }

  private func lineEnd(from position: Int) -> Int {
    var end = position
    while end < bytes.count, bytes[end] != "\n", bytes[end] != "\r" {
      end += 1
    }
    return end
  }
}
