public import PlanSyntax
public import PlanText

/// What came of laying a document out.
public enum LayoutOutcome: Sendable {
  /// The canonical text; equal to the source where that was laid out already.
  case text([UInt8])

  /// The source is not valid YAML: what is wrong with it.
  case refused([Diagnostic])

  /// The text that came out would not read as the source does. A defect of this module, which no caller
  /// may write to a file.
  case changed
}

/// The one layout of a source: two blanks a level, comments and grouping kept, values as they are.
///
/// No value, key, order, quote, anchor or comment changes, which is proved before the text is handed out:
/// it is read again and compared with the source. Takes time linear in the size of the source, for each round
/// of at most eight; two are what a text needs as a rule.
///
/// * `syntax`: What came of reading this source.
public func canonicalLayout(
  of source: SourceText, _ syntax: SyntaxResult, id: SourceID, limits: SyntaxLimits = .standard
) -> LayoutOutcome {
  guard !syntax.diagnostics.hasErrors else { return .refused(syntax.diagnostics) }
  guard let events = SyntaxEvents(source, id: id) else { return .changed }
  // Such a text would be a document's marker one column further left; it stays, with all around it.
  guard !events.events.contains(where: source.looksLikeMarker) else { return .text(source.bytes) }
  let found = comments(in: source, id: id, of: syntax.documents)
  var (current, currentEvents, currentComments) = (source, events, found)
  // Laid out until nothing moves: a comment may find its place only once a bracket beside it is gone.
  for _ in 0..<mostRounds {
    let text = LayoutWriter.text(current, LayoutTree(currentEvents), currentComments)
    if text == current.bytes { break }
    let result = SourceText(name: source.name, bytes: text)
    let again = parseSyntax(result, id: id, limits: limits)
    guard !again.diagnostics.hasErrors, let written = SyntaxEvents(result, id: id) else {
      return .changed
    }
    let kept = comments(in: result, id: id, of: again.documents)
    guard isSame(events, of: source, written, of: result),
      isSame(found, of: source, kept, of: result)
    else { return .changed }
    (current, currentEvents, currentComments) = (result, written, kept)
  }
  return .text(current.bytes)
}

/// The same of a source that nobody has read yet.
public func canonicalLayout(
  of source: SourceText, id: SourceID, limits: SyntaxLimits = .standard
) -> LayoutOutcome {
  canonicalLayout(
    of: source, parseSyntax(source, id: id, limits: limits), id: id, limits: limits)
}

/// More have not been seen to be needed than two, and one to see that nothing moves.
private let mostRounds = 8

/// Whether two sources hold the same nodes, written in the same way.
private func isSame(
  _ left: SyntaxEvents, of first: SourceText, _ right: SyntaxEvents, of second: SourceText
) -> Bool {
  guard left.events.count == right.events.count else { return false }
  return zip(left.events, right.events).allSatisfy { one, other in
    func same(_ place: KeyPath<SyntaxEvent, Range<UInt32>>) -> Bool {
      let left = one[keyPath: place]
      let right = other[keyPath: place]
      return first.bytes[Int(left.lowerBound)..<Int(left.upperBound)]
        .elementsEqual(second.bytes[Int(right.lowerBound)..<Int(right.upperBound)])
    }
    guard one.kind == other.kind, one.style == other.style, same(\.anchor), same(\.tag) else {
      return false
    }
    switch one.kind {
    case .scalar: return left.utf8(of: one).elementsEqual(right.utf8(of: other))
    case .alias: return same(\.place)
    // A collection in brackets may have become a block, never the other way round.
    case .sequenceStart, .mappingStart: return one.isFlow || !other.isFlow
    case .documentStart, .documentEnd: return one.isImplicit == other.isImplicit
    case .collectionEnd: return true
    }
  }
}

extension SourceText {
  /// Whether a scalar at the start of its line is `---` or `...`, or begins with one of them as a word.
  fileprivate func looksLikeMarker(_ event: SyntaxEvent) -> Bool {
    let start = Int(event.start)
    guard event.kind == .scalar, event.style == .plain, start + 3 <= bytes.count else {
      return false
    }
    let word = bytes[start..<start + 3]
    guard word.elementsEqual("---".utf8) || word.elementsEqual("...".utf8) else { return false }
    if start + 3 < bytes.count {
      let next = bytes[start + 3]
      guard next.isBlank || next == "\n" || next == "\r" || next == ":" else { return false }
    }
    // The first byte that is no blank decides: a line of megabytes is not gone through for each word.
    guard let before = bytes[..<start].last(where: { !$0.isBlank }) else { return true }
    return before == "\n" || before == "\r"
  }
}

extension SyntaxEvent {
  fileprivate var place: Range<UInt32> { start..<end }
}

/// Whether two sources hold the same comments in the same order; blanks at their ends do not count.
private func isSame(
  _ left: [Comment], of first: SourceText, _ right: [Comment], of second: SourceText
) -> Bool {
  func text(_ comment: Comment, _ source: SourceText) -> ArraySlice<UInt8> {
    var bytes = source.bytes[Int(comment.span.start)..<Int(comment.span.end)]
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return bytes
  }
  return left.count == right.count
    && zip(left, right).allSatisfy { text($0, first).elementsEqual(text($1, second)) }
}
