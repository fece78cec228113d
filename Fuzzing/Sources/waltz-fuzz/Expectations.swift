import CanonicalJSON
import DiagnosticCatalogue
import PlanSyntax
import PlanText
import Reports

/// Every node lies in the text, in its parent, and holds UTF-8.
func expectPlaces(of tree: SyntaxTree, in source: SourceText) {
  guard let root = tree.root else { return }
  // Aliases share their nodes, so that a walk over paths may not end.
  var seen: Set<SyntaxTree.Node> = [root]
  var open = [root]
  while let node = open.popLast() {
    expectPlace(tree.span(of: node), in: source)
    if tree.kind(of: node) == .scalar {
      expect(
        String(validating: tree.utf8(of: node), as: UTF8.self) != nil, "a scalar is not UTF-8")
    }
    for item in tree.items(of: node) where seen.insert(item).inserted { open.append(item) }
    for entry in tree.entries(of: node) {
      if seen.insert(entry.key).inserted { open.append(entry.key) }
      if seen.insert(entry.value).inserted { open.append(entry.value) }
    }
  }
}

/// Comments begin with `#`, end before their line does, and stand in order.
func expectComments(in source: SourceText, id: SourceID, _ syntax: SyntaxResult) {
  var last = 0
  for comment in comments(in: source, id: id, of: syntax.documents) {
    expectPlace(comment.span, in: source)
    let range = Int(comment.span.start)..<Int(comment.span.end)
    expect(range.lowerBound >= last, "comments overlap or are out of order")
    last = range.upperBound
    expect(source.bytes[range].first == UInt8(ascii: "#"), "a comment begins without #")
    expect(!source.bytes[range].contains(UInt8(ascii: "\n")), "a comment goes over its line")
  }
}

/// Every diagnostic is about a place in the text and says something; what is printed of it is fit for a
/// terminal and for programs, and holds nothing that is to stay hidden.
func expectReport(_ diagnostics: [Diagnostic], in sources: SourceMap) {
  guard !diagnostics.isEmpty else { return }
  for diagnostic in diagnostics {
    let places =
      [diagnostic.span] + diagnostic.related.map(\.span) + diagnostic.concealed
      + diagnostic.fixes.flatMap(\.edits).map(\.span)
    for place in places { expectPlace(place, of: diagnostic, in: sources) }
    expect(!diagnostic.detail.isEmpty, "\(diagnostic.code) says nothing")
    expect(Catalogue.all.page(diagnostic.code) != nil, "\(diagnostic.code) has no page")
  }
  // A reader stops at the first hundreds, and rendering is linear in their number.
  let first = Array(diagnostics.prefix(50))
  let narrow = DiagnosticText(sources, options: .init(width: 40, unicode: false)).render(first)
  let wide = DiagnosticText(sources).render(first)
  let json = diagnosticJSON(first, sources: sources)
  expectPrintable(narrow)
  expectPrintable(wide)
  expect((try? JSONValue(parsing: json)) != nil, "the report is no JSON")
  expectConcealed(first, in: sources, printed: [Array(narrow.utf8), Array(wide.utf8), json])
}

/// A text that is to stay hidden is not printed; asked only where the text stands once in its source and
/// is too long to come from somewhere else.
private func expectConcealed(
  _ diagnostics: [Diagnostic], in sources: SourceMap, printed: [[UInt8]]
) {
  for place in diagnostics.flatMap(\.concealed) {
    guard let source = sources[place.source], place.end - place.start >= 6 else { continue }
    let secret = source.bytes[Int(place.start)..<Int(place.end)]
    guard !secret.contains(UInt8(ascii: "\n")), !secret.contains(UInt8(ascii: " ")),
      Set(secret).count >= 6, source.bytes.count(of: secret) == 1
    else { continue }
    for text in printed {
      expect(text.count(of: secret) == 0, "printed: \(String(decoding: secret, as: UTF8.self))")
    }
  }
}

/// A span lies in its source, which may be another one than that of the mistake.
private func expectPlace(_ span: SourceSpan, of diagnostic: Diagnostic, in sources: SourceMap) {
  guard let source = sources[span.source] else {
    expect(false, "\(diagnostic.code) has no place")
    return
  }
  expectPlace(span, in: source)
}

/// A span lies in a source.
private func expectPlace(_ span: SourceSpan, in source: SourceText) {
  expect(
    span.start <= span.end && span.end <= source.bytes.count,
    "\(span.start)..<\(span.end) is no place in \(source.bytes.count) bytes")
}

/// Nothing that a terminal obeys is in a text: neither control characters nor what turns its direction.
func expectPrintable(_ text: String) {
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x0A: continue
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      expect(false, "a control character is printed: U+\(String(scalar.value, radix: 16))")
    default: continue
    }
  }
}

extension [UInt8] {
  /// How often a text stands in this one.
  fileprivate func count(of text: ArraySlice<UInt8>) -> Int {
    guard let first = text.first, count >= text.count else { return 0 }
    var found = 0
    for start in 0...(count - text.count) where self[start] == first {
      if self[start..<start + text.count].elementsEqual(text) { found += 1 }
    }
    return found
  }
}
