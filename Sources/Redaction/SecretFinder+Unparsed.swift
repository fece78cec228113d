import PlanSyntax
import PlanText

// What no tree holds: comments, and the lines of a document that could not be read.
extension SecretFinder {
  /// Hides what comments give away. A secret that was commented out is one still, and may take further
  /// comments: those below it that are deeper.
  mutating func find(in comments: [Comment]) {
    marks.sort()
    var marks = marks[...]
    var open: (column: Int, end: Int)?
    for comment in comments {
      let sign = Int(comment.span.start)
      let end = Int(comment.span.end)
      let line = bytes[..<sign].lastIndex(where: \.isBreak).map { $0 + 1 } ?? 0
      let start = bytes[sign..<end].firstIndex { $0 != "#" && !$0.isBlank } ?? end
      marks = marks.drop { $0 < line }
      if let above = open, comment.isAlone, start - line > above.column,
        bytes[above.end..<sign].allSatisfy({ $0.isBlank || $0.isBreak })
      {
        hide(start..<end)
        open = (above.column, end)
      } else if let secret = suspect(start..<end) {
        hide(secret..<end)
        open = (start - line, end)
      } else {
        open = nil
        // Behind a secret's key or reference: what it was, or what it should be.
        let isOfSecret = !comment.isAlone && marks.first.map { $0 < sign } == true
        let isValue = bytes[line..<sign].last { !$0.isBlank } == ":"
        if isOfSecret, isValue || bytes[start..<end].contains(where: ":=".utf8.contains) {
          hide(start..<end)
        }
      }
    }
  }

  /// Hides whole lines outside of what was read, comments left out: those that might hold a secret, and those
  /// below up to the next key that is no deeper.
  mutating func findInLines(outside read: [Range<Int>]) {
    var read = read[...]
    var open: Int?
    for line in lines(of: bytes.indices) {
      read = read.drop { $0.upperBound <= line.lowerBound }
      let text = skipBlanks(line.lowerBound, to: line.upperBound)..<line.upperBound
      let column = text.lowerBound - line.lowerBound
      if text.isEmpty || open == nil && bytes[text.lowerBound] == "#" { continue }
      if let next = read.first, next.lowerBound < line.upperBound {
        open = nil
      } else if let secret = suspect(text, isBroken: true) {
        hidden.hide(line: text, for: bytes[secret..<text.upperBound])
        open = min(open ?? column, column)
      } else if let above = open {
        if column <= above, isEntry(text) {
          open = nil
        } else {
          hidden.hide(line: text, for: bytes[text])
        }
      }
    }
  }

  /// Where in a text a secret might stand; nil where it holds none.
  private mutating func suspect(_ text: Range<Int>, isBroken: Bool = false) -> Int? {
    let found = credentials(in: text).map(\.lowerBound) + [secret(in: text, isBroken: isBroken)]
    let secret = found.compactMap(\.self).min()
    let key = hiddenKey(in: bytes[text], isBroken: isBroken)
    return isBroken ? secret ?? key : key ?? secret
  }

  /// Where a text begins with, or holds, what is behind a key that its letters do not show: one that is
  /// elsewhere, or is spelt with escapes.
  private func hiddenKey(in text: ArraySlice<UInt8>, isBroken: Bool) -> Int? {
    func holds(_ sign: Character) -> Bool { text.contains(sign.asciiValue ?? 0) }
    if holds("\\"), holds("\""), holds(":") || holds("=") { return text.startIndex }
    guard isBroken else { return text.first == ":" ? text.startIndex : nil }
    if holds("&") || text.first == "?" { return text.startIndex }
    let alias = text.firstIndex(of: "*")
    return alias.flatMap { text[$0...].contains(":") ? $0 : nil }
  }

  /// Whether a key with a colon begins the line.
  private func isEntry(_ line: Range<Int>) -> Bool {
    let text = bytes[line].drop { " -".utf8.contains($0) }
    let quotes = "'\"".utf8
    let name = text.drop(while: quotes.contains).prefix { $0.isWord || $0 == "." }
    let rest = text[name.endIndex...].drop(while: quotes.contains)
    return !name.isEmpty && rest.first == ":"
      && rest.dropFirst().first?.isBlank ?? true
  }
}
