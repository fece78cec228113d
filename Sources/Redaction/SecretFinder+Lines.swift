import PlanText

// What could not be read.
extension SecretFinder {
  /// Hides whole lines outside of what was read, comments left out: those that might hold a secret, and those below up to the
  /// next key that is no deeper.
  mutating func findInLines(outside read: [Range<Int>]) {
    var read = read[...]
    var open: Int?
    for line in lines(of: bytes.indices) {
      while let first = read.first, first.upperBound <= line.lowerBound { read = read.dropFirst() }
      let start = skipBlanks(line.lowerBound, to: line.upperBound)
      guard start < line.upperBound else { continue }
      if let first = read.first, first.lowerBound < line.upperBound {
        open = nil
        continue
      }
      let text = start..<line.upperBound
      let column = start - line.lowerBound
      if open == nil, bytes[start] == 0x23 { continue }
      if let secret = suspect(text) {
        open = min(open ?? .max, column)
        hideLine(text, from: secret)
      } else if let value = open {
        if column <= value, isEntry(text) { open = nil } else { hideLine(text, from: start) }
      }
    }
  }

  /// Hides a line; messages may go on quoting what stands before the secret.
  private mutating func hideLine(_ line: Range<Int>, from secret: Int) {
    unread.append(line)
    let text = bytes[secret..<line.upperBound]
    readings.append(Array(text))
    readings += text.split { !$0.isWord && $0 < 0x80 }.map(Array.init)
  }

  /// Where in a line a secret might stand; nil where it holds none.
  private mutating func suspect(_ line: Range<Int>) -> Int? {
    let known = ranges.count
    findCredentials(in: line)
    if ranges.count > known {
      let start = ranges[known].lowerBound
      ranges.removeLast(ranges.count - known)
      return start
    }
    if let secret = secret(in: line, isBroken: true) { return secret.start }
    // A key that its letters do not show: behind a question mark, by an alias, with escapes.
    let text = bytes[line]
    if text.contains(0x26) || isEscapedKey(line) { return line.lowerBound }
    if let alias = text.firstIndex(of: 0x2A), text[alias...].contains(0x3A) { return alias }
    let isQuestion = text.first == 0x3F && (text.count == 1 || isBlank(line.lowerBound + 1))
    return isQuestion ? line.lowerBound : nil
  }

  /// Whether a key with a colon begins the line.
  private func isEntry(_ line: Range<Int>) -> Bool {
    var text = bytes[line]
    while text.first == 0x2D || text.first == 0x20 { text.removeFirst() }
    if text.first == 0x22 || text.first == 0x27 { text.removeFirst() }
    let name = text.prefix { $0.isWord || $0 == 0x2E }
    text = text[name.endIndex...]
    if text.first == 0x22 || text.first == 0x27 { text.removeFirst() }
    guard !name.isEmpty, text.popFirst() == 0x3A else { return false }
    return text.first == nil || text.first == 0x20 || text.first == 0x09
  }
}
