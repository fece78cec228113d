import PlanSyntax
import PlanText

// What is commented out.
extension SecretFinder {
  /// Hides what comments give away. A secret that was commented out is one still, and may take further
  /// comments: those below it that are deeper.
  mutating func find(in comments: [Comment]) {
    marks.sort()
    var open: (column: Int, end: Int)?
    for comment in comments {
      let end = Int(comment.span.end)
      let line = lineStart(Int(comment.span.start))
      var start = Int(comment.span.start)
      while start < end, bytes[start] == 0x23 { start += 1 }
      start = skipBlanks(start, to: end)
      if let value = open, comment.isAlone, nextLine(value.end) == line, start - line > value.column
      {
        hide(start, end)
        open = (value.column, end)
        continue
      }
      open = nil
      guard start < end else { continue }
      findCredentials(in: start..<end)
      if bytes[start] == 0x3A || isEscapedKey(start..<end) {
        hide(start, end)
        open = (start - line, end)
      } else if let secret = secret(in: start..<end) {
        hide(secret.start, end)
        open = (secret.word - line, end)
      } else if !comment.isAlone, hasMark(line..<start), isValue(comment) {
        hide(start, end)
      } else if !comment.isAlone, hasMark(line..<start), let secret = remark(start..<end) {
        hide(secret, end)
      }
    }
  }

  /// Whether a comment stands where the value of a key should.
  private func isValue(_ comment: Comment) -> Bool {
    var before = Int(comment.span.start)
    while before > 0, isBlank(before - 1) { before -= 1 }
    return before > 0 && bytes[before - 1] == 0x3A
  }

  /// Whether a key may be spelt in a way that its letters do not show.
  func isEscapedKey(_ text: Range<Int>) -> Bool {
    bytes[text].contains(0x5C) && bytes[text].contains(0x22)
      && bytes[text].contains { $0 == 0x3A || $0 == 0x3D }
  }

  /// Whether a secret's key or a reference stands in the range.
  private func hasMark(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < marks.count && marks[low] < range.upperBound
  }

  /// Where the secret starts in a comment behind a secret: `# old: hunter2`.
  private func remark(_ text: Range<Int>) -> Int? {
    let name = bytes[text].prefix(while: \.isWord)
    let separator = skipBlanks(name.endIndex, to: text.upperBound)
    guard !name.isEmpty, separator + 1 < text.upperBound else { return nil }
    let isColon = bytes[separator] == 0x3A && isBlank(separator + 1)
    guard isColon || bytes[separator] == 0x3D else { return nil }
    return skipBlanks(separator + 1, to: text.upperBound)
  }
}
