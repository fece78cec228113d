// Keys that a line's words do not say: behind a question mark, and by an alias.
extension HiddenTextFinder {
  /// Hides the value of the key behind the `?` at `start` where the key is a secret's, or can not be read
  /// from its line: a text of several lines, an alias, a collection. Where to go on; nil for a plain key,
  /// which is found like any other.
  mutating func hideQuestion(at start: Int, line: Int, to end: Int, isFlow: Bool) -> Int? {
    let isAlone = start + 1 == end || bytes[start + 1] == 0x20 || bytes[start + 1] == 0x09
    guard isAlone else { return nil }
    let key = skipBlanks(start + 1, to: end)
    let content = skipProperties(key, to: end)
    guard content < end else { return hideAnswer(line: line, column: start - line) }
    switch bytes[content] {
    case 0x7C, 0x3E, 0x7B, 0x5B, 0x26, 0x21, 0x23: break
    case 0x2A:
      let name = word(at: content + 1)
      let colon = skipBlanks(name.upperBound, to: end)
      // On one line with its colon it is found there.
      if colon < end && bytes[colon] == 0x3A || !aliasIsSecret(name) { return nil }
    case 0x22, 0x27:
      guard let close = closing(bytes[content], from: content + 1) else { break }
      guard close >= end else {
        if content == key || !Self.isSecret(text(in: content..<close + 1).utf8) { return nil }
        break
      }
      // A key in quotes goes on wherever it stands.
      add(content, end)
      var last = nextLine(line)
      while lineEnd(last) < close {
        add(skipBlanks(last, to: lineEnd(last)), lineEnd(last))
        last = nextLine(last)
      }
      let colon = skipBlanks(close + 1, to: lineEnd(last))
      guard colon < lineEnd(last), bytes[colon] == 0x3A else {
        return hideAnswer(line: last, column: start - line)
      }
      return hide(from: colon + 1, line: last, column: start - line, isFlow: isFlow)
    default:
      if content == key || !Self.isSecret(bytes[word(at: content)]) { return nil }
    }
    return hideAnswer(line: line, column: start - line)
  }

  /// Hides the rest of a key that begins in `line`, and its value, which starts with a colon.
  private mutating func hideAnswer(line: Int, column: Int) -> Int {
    var next = nextLine(line)
    while next < bytes.count {
      let end = lineEnd(next)
      let start = skipBlanks(next, to: end)
      if start < end {
        if bytes[start] == 0x3A, start - next <= column || start + 1 == end || !isWord(start + 1) {
          return hide(from: start + 1, line: next, column: start - next, isFlow: false)
        }
        guard start - next > column else { return next }
        add(start, end)
      }
      next = nextLine(next)
    }
    return next
  }

  /// Where the value starts of a key in double quotes that is spelt with escapes and names a secret.
  func escapedKey(at start: Int, to end: Int) -> Int? {
    // No key is longer; a line of quotes must not be looked through once for each of them.
    let limit = min(end, start + 513)
    var close = start + 1
    var isEscaped = false
    while close < limit, bytes[close] != 0x22 {
      if bytes[close] == 0x5C {
        isEscaped = true
        close += 1
      }
      close += 1
    }
    guard isEscaped, close < limit else { return nil }
    let separator = skipBlanks(close + 1, to: end)
    let isKey = separator < end && (bytes[separator] == 0x3A || bytes[separator] == 0x3D)
    guard isKey || separator == end && isQuestion(start) else { return nil }
    let name = unescaped(String(decoding: bytes[start + 1..<close], as: UTF8.self))
    guard name.utf8.count <= 64, Self.isSecret(name.utf8) else { return nil }
    return isKey ? separator + 1 : separator
  }

  /// Whether a question mark stands before `start`.
  func isQuestion(_ start: Int) -> Bool {
    var index = start - 1
    while index >= 0, bytes[index] == 0x20 { index -= 1 }
    return index >= 0 && bytes[index] == 0x3F
  }

  /// Where the value starts of a key that is the alias at `start` and may name a secret.
  func aliasedKey(at start: Int, to end: Int) -> Int? {
    let name = word(at: start + 1)
    let colon = skipBlanks(name.upperBound, to: end)
    guard !name.isEmpty, colon < end, bytes[colon] == 0x3A, aliasIsSecret(name) else { return nil }
    return colon + 1
  }

  /// Whether what an alias stands for names a secret, or can not be told.
  private func aliasIsSecret(_ name: Range<Int>) -> Bool {
    // A name that stands for many things is not looked up each time.
    guard let values = anchors[bytes[name]], values.count <= 16 else { return true }
    return values.contains { anchor in
      let end =
        bytes[anchor..<min(bytes.count, anchor + 512)].firstIndex { $0 == 0x0A || $0 == 0x0D }
        ?? min(bytes.count, anchor + 512)
      let value = skipProperties(skipBlanks(anchor, to: end), to: end)
      guard value < end, ![0x7C, 0x3E, 0x21, 0x26, 0x2A].contains(bytes[value]) else { return true }
      if bytes[value] == 0x22 || bytes[value] == 0x27 {
        guard let close = closing(bytes[value], from: value + 1), close < end else { return true }
        return Self.isSecret(text(in: value..<close + 1).utf8)
      }
      return Self.isSecret(bytes[word(at: value)])
    }
  }

  /// A text in quotes as YAML reads it, at most as long as a key may be.
  private func text(in range: Range<Int>) -> String {
    let inside = bytes[range.dropFirst().dropLast()].prefix(512)
    let text = String(decoding: inside, as: UTF8.self)
    return bytes[range.lowerBound] == 0x22 ? unescaped(text) : text
  }

  /// The word that starts at `offset`; empty where none does.
  func word(at offset: Int) -> Range<Int> {
    var end = offset
    while isWord(end) { end += 1 }
    return offset..<end
  }
}
