public import PlanSyntax
public import PlanText

/// Marks the findings that comments in a source suppress, and reports the comments that do so wrongly.
///
/// ```yaml
/// # waltz:ignore M033 one file holds the names of both servers
/// paris-2026: { pkcs12: certs/paris.p12 }
/// berlin-2026: { pem: … }   # waltz:ignore C012,C014 the CA is replaced in March
/// ```
///
/// A comment on a line of its own counts for the next line that is neither empty, a comment nor a `---`; one
/// behind a value for its own line. It covers the findings of its codes that start on that line. Runs last,
/// over everything that was found in the source, whatever found it.
///
/// Nothing is said about the comments themselves where the syntax is broken, since their places are not to
/// be relied on; and none is called unused while there are errors, since an error hides findings.
///
/// * `catalogue`: Every page there is, so that a code of none can be told.
/// * `wasChecked`: Whether the checks that find this kind ran; a comment for a check that did not run is
///   not called unused.
public func suppress(
  _ diagnostics: [Diagnostic], in source: SourceText, id: SourceID, of syntax: SyntaxResult,
  catalogue: Catalogue, wasChecked: (CatalogueEntry) -> Bool = { _ in true }
) -> [Diagnostic] {
  guard source.bytes.containsDirective else { return diagnostics }
  var suppressions = Suppressions(in: source, id: id, of: syntax.documents, catalogue)
  var result = diagnostics.map { suppressions.applied(to: $0) }
  guard !syntax.diagnostics.hasErrors else { return result }
  let hidesFindings = result.contains { $0.severity == .error && $0.suppression == nil }
  result += suppressions.mistakes(
    in: source, reportsUnused: !hidesFindings, wasChecked: wasChecked)
  return result
}

/// The suppressions of one source, by the line that each is for.
private struct Suppressions {
  struct Item {
    let comment: SuppressionComment
    let isAlone: Bool
    /// The codes, by position, that had something to suppress, or would have, were it allowed.
    var used: Set<Int> = []
  }

  /// A line, and which item and code counts for a finding on it: the first that names it.
  struct Line {
    let bytes: Range<Int>
    var codes: [String: (item: Int, position: Int)] = [:]
  }

  private var items: [Item] = []
  private var lines: [Line] = []
  private let source: SourceID
  private let catalogue: Catalogue

  init(in text: SourceText, id: SourceID, of documents: [SyntaxTree], _ catalogue: Catalogue) {
    source = id
    self.catalogue = catalogue
    for comment in comments(in: text, id: id, of: documents) {
      guard let parsed = SuppressionComment(comment.span, in: text.bytes, catalogue) else {
        continue
      }
      let end = Int(comment.span.end)
      let line: Range<Int>
      if !comment.isAlone {
        line = text.bytes.line(around: Int(comment.span.start))
      } else if let known = lines.last?.bytes, known.lowerBound >= end {
        // The comments of a block are all for the line below it, which is looked for once.
        line = known
      } else {
        line = text.bytes.contentLine(after: end)
      }
      if lines.last?.bytes != line { lines.append(Line(bytes: line)) }
      if parsed.directive == "ignore" {
        for (position, code) in parsed.codes.enumerated() {
          guard let page = code.page, lines[lines.count - 1].codes[page.code] == nil else {
            continue
          }
          lines[lines.count - 1].codes[page.code] = (items.count, position)
        }
      }
      items.append(Item(comment: parsed, isAlone: comment.isAlone))
    }
  }

  /// The diagnostic with its suppression, where there is one.
  mutating func applied(to diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.span.source == source, diagnostic.suppression == nil else {
      return diagnostic
    }
    let start = Int(diagnostic.span.start)
    // The lines ascend with the comments.
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].bytes.upperBound < start { low = middle + 1 } else { high = middle }
    }
    guard low < lines.count, lines[low].bytes.lowerBound <= start, diagnostic.canBeSuppressed,
      let found = lines[low].codes[diagnostic.code]
    else { return diagnostic }
    let comment = items[found.item].comment
    items[found.item].used.insert(found.position)
    var result = diagnostic
    result.suppression = .init(
      reason: comment.reason.isEmpty ? "No reason is given." : comment.reason, at: comment.span)
    return result
  }

  func mistakes(
    in source: SourceText, reportsUnused: Bool, wasChecked: (CatalogueEntry) -> Bool
  ) -> [Diagnostic] {
    var known = NearNames(catalogue.pages.lazy.map(\.code))
    var mistakes = DiagnosticList()
    for item in items {
      if let mistake = item.comment.mistake {
        mistakes.append(mistake)
        continue
      }
      var found = item.comment.wrongCodes(suggesting: &known)
      let unused = item.comment.codes.indices.filter { position in
        guard let page = item.comment.codes[position].page else { return false }
        return page.canBeSuppressed && !item.used.contains(position) && wasChecked(page)
      }
      if reportsUnused, !unused.isEmpty { found.append(item.unused(unused, in: source)) }
      mistakes.append(contentsOf: found)
    }
    return mistakes.all
  }
}

extension Suppressions.Item {
  /// The report of codes without a finding, and the edit that removes them.
  fileprivate func unused(_ positions: [Int], in source: SourceText) -> Diagnostic {
    let codes = comment.codes
    let names = positions.map { "`\(codes[$0].text)`" }.joined(separator: ", ")
    let unused = Set(positions)
    let kept = codes.indices.filter { !unused.contains($0) }.map { codes[$0].text }
    let edit: Fix.Edit
    if kept.isEmpty {
      var start = Int(comment.span.start)
      var end = Int(comment.span.end)
      while start > 0, source.bytes[start - 1] == " " || source.bytes[start - 1] == "\t" {
        start -= 1
      }
      if isAlone {
        if end < source.bytes.count, source.bytes[end] == "\r" { end += 1 }
        if end < source.bytes.count, source.bytes[end] == "\n" { end += 1 }
      }
      edit = .init(SourceSpan(source: comment.span.source, start: start, end: end), "")
    } else {
      let span = SourceSpan(
        source: comment.span.source, start: Int(codes[0].span.start),
        end: Int(codes[codes.count - 1].span.end))
      edit = .init(span, kept.joined(separator: ","))
    }
    var diagnostic = Diagnostic(
      .unusedSuppression, at: comment.span,
      "There is no finding \(names) on the \(isAlone ? "next line" : "line") to suppress.",
      help: kept.isEmpty ? "Remove the comment." : "Remove the code.")
    diagnostic.fixes = [
      Fix(kept.isEmpty ? "Remove the comment" : "Remove \(names)", [edit], isCertain: true)
    ]
    return diagnostic
  }
}

extension SuppressionComment {
  /// What is wrong with the comment as a whole.
  fileprivate var mistake: Diagnostic? {
    guard directive == "ignore" else {
      let near = nearest(to: directive, among: ["ignore"])
      return Diagnostic(
        .unknownDirective, at: span, "Waltz does not know the comment `waltz:\(shown(directive))`.",
        help: near != nil
          ? "Did you mean `waltz:ignore`?" : "The only one is `waltz:ignore CODE reason`.")
    }
    guard reason.isEmpty || codes.isEmpty else { return nil }
    let missing =
      reason.isEmpty
      ? codes.isEmpty
        ? "neither a code nor a reason"
        : "no reason why \(codes.map { "`\(shown($0.text))`" }.joined(separator: ", ")) is suppressed"
      : "no code"
    return Diagnostic(
      .suppressionWithoutReason, at: span, "The comment gives \(missing).",
      help:
        "Write `waltz:ignore CODE reason`, with the code of the finding and the reason in a few words."
    )
  }

  /// The codes that suppress nothing, ever.
  fileprivate func wrongCodes(suggesting known: inout NearNames) -> [Diagnostic] {
    codes.compactMap { code in
      guard let page = code.page else {
        let near = known.nearest(to: code.text.uppercased())
        var diagnostic = Diagnostic(
          .unknownSuppressedCode, at: code.span, "There is no finding `\(shown(code.text))`.",
          help: near.map { "Did you mean `\($0)`?" } ?? "`waltz explain` lists all codes.")
        diagnostic.fixes =
          near.map { [Fix("Write '\($0)'", [.init(code.span, $0)], isCertain: false)] } ?? []
        return diagnostic
      }
      guard !page.canBeSuppressed else { return nil }
      return Diagnostic(
        .suppressionOfNoFinding, at: code.span,
        "`\(page.code)` (\(page.title)) cannot be suppressed.",
        help: page.code.hasPrefix("G")
          ? "Remove it: no comment overrules what is proved about the graph."
          : "Remove it and fix the error.")
    }
  }

  private func shown(_ text: String) -> String {
    text.count > 40 ? text.prefix(39) + "…" : text
  }
}

extension [UInt8] {
  /// Whether `waltz:` occurs anywhere; most files have none, so most of the bytes are never looked at.
  fileprivate var containsDirective: Bool {
    let wanted = Array("waltz:".utf8)
    return withUnsafeBufferPointer { bytes in
      var at = wanted.count - 1
      while at < bytes.count {
        // How far the wanted text may move on, by the byte that stands under its end.
        switch bytes[at] {
        case ":":
          let start = at - wanted.count + 1
          if bytes[start..<at + 1].elementsEqual(wanted) { return true }
          at += wanted.count
        case "z": at += 1
        case "t": at += 2
        case "l": at += 3
        case "a": at += 4
        case "w": at += 5
        default: at += 6
        }
      }
      return false
    }
  }

  /// The line that holds `offset`, its end not included.
  fileprivate func line(around offset: Int) -> Range<Int> {
    var start = offset
    while start > 0, !isLineEnd(start - 1) { start -= 1 }
    var end = offset
    while end < count, !isLineEnd(end) { end += 1 }
    return start..<end
  }

  /// The first line behind the one that ends at `offset` that has content; empty at the end of the text
  /// where there is none.
  fileprivate func contentLine(after offset: Int) -> Range<Int> {
    var start = offset
    while start < count {
      while start < count, isLineEnd(start) { start += 1 }
      let line = line(around: start)
      let content = self[line].drop { $0.isBlank }
      if let first = content.first, first != "#", !content.elementsEqual("---".utf8) {
        return line
      }
      start = line.upperBound
    }
    // Past the end of everything, so that not even a finding at the end of the text stands on it.
    return count + 1..<count + 1
  }

  private func isLineEnd(_ index: Int) -> Bool { self[index].isBreak }
}
