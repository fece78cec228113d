// Secrets that stand among other words of an argument, and are announced by one of them.
extension HiddenTextFinder {
  /// How far a line was read, and where the item starts that stands there.
  private struct ItemCursor {
    var position: Int
    var plain: Int
    var quoted = 0
    var quote: UInt8?

    var start: Int { quote == nil ? plain : quoted }
  }

  /// The lines of a text in quotes that are looked at behind the one in which a secret begins.
  private static let furtherLines = 4

  /// Hides what follows `Bearer` or `Basic`, and the items of PowerShell that make a secret of a plain text.
  mutating func findAnnounced(from line: Int, to end: Int) {
    var cursor = ItemCursor(position: line, plain: itemStart(line, to: end))
    while let start = AuthorizationHeader.credential(in: bytes, cursor.position..<end) {
      advance(&cursor, to: start)
      hideItem(from: start, &cursor, to: end)
    }
    if AuthorizationHeader.isOpen(in: bytes, line..<end) {
      let next = nextLine(end)
      let nextEnd = lineEnd(next)
      let start = skipBlanks(next, to: nextEnd)
      let isItem = start < nextEnd && bytes[start] == 0x2D && !isWord(start + 1)
      if !isItem, !isEntry(start, to: nextEnd) { add(start, nextEnd) }
    }
    findPlainTexts(from: line, to: end)
  }

  private static let asPlainText = Array("-asplain".utf8)
  private static let secureString = Array("-securestring".utf8)

  private mutating func findPlainTexts(from line: Int, to end: Int) {
    var cursor = ItemCursor(position: line, plain: itemStart(line, to: end))
    var index = line
    while index < end {
      if bytes[index] == 0x2F { hidePasswordOption(at: index, after: line, to: end) }
      guard bytes[index] == 0x2D else {
        index += 1
        continue
      }
      let isMark = bytes.spells(Self.asPlainText, at: index, to: end)
      guard isMark || bytes.spells(Self.secureString, at: index, to: end) else {
        index += 1
        continue
      }
      let after = index + (isMark ? Self.asPlainText : Self.secureString).count
      if isMark || after < end && [0x20, 0x09, 0x5C].contains(bytes[after]) {
        advance(&cursor, to: index)
        hideItem(from: cursor.start, &cursor, to: end)
        index = max(cursor.position, after)
      } else {
        hideArgument(after: after, line: line)
        index = after
      }
    }
  }

  /// Hides the value of `/p:password`, the option of Windows.
  private mutating func hidePasswordOption(at slash: Int, after line: Int, to end: Int) {
    let start = slash + 3
    guard start < end, bytes[slash + 1] | 0x20 == 0x70, bytes[slash + 2] == 0x3A else { return }
    let signs: Set<UInt8> = [0x20, 0x09, 0x22, 0x27, 0x2C, 0x5B, 0x5D]
    guard slash == line || signs.contains(bytes[slash - 1]) else { return }
    let value = bytes[start..<end].prefix { !signs.contains($0) }
    if value.allSatisfy({ (0x30...0x39).contains($0) }) || value.first == 0x24 { return }
    add(start, value.endIndex)
  }

  /// Hides the rest of the item: what stands in quotes up to their end, anything else up to the line's.
  private mutating func hideItem(from start: Int, _ cursor: inout ItemCursor, to end: Int) {
    guard let quote = cursor.quote else {
      add(start, end)
      cursor.position = end
      return
    }
    while cursor.quote != nil, cursor.position < end { step(&cursor, to: end) }
    guard cursor.quote != nil else { return add(start, cursor.position - 1) }
    cursor.position = end
    add(start, end)
    // In double quotes a backslash at the end of a line goes on in the middle of a word.
    var last = end
    for _ in 0..<Self.furtherLines where quote == 0x22 && bytes[last - 1] == 0x5C {
      let next = nextLine(last)
      guard next < bytes.count, lineEnd(next) > next else { return }
      last = lineEnd(next)
      add(next, last)
    }
  }

  private func advance(_ cursor: inout ItemCursor, to target: Int) {
    while cursor.position < target { step(&cursor, to: bytes.count) }
  }

  /// Reads one sign: a byte, or two that are one in quotes.
  private func step(_ cursor: inout ItemCursor, to end: Int) {
    let position = cursor.position
    let byte = bytes[position]
    cursor.position += 1
    if let quote = cursor.quote {
      if byte == 0x5C, quote == 0x22 {
        cursor.position = min(position + 2, end)
      } else if byte == quote {
        if byte == 0x27, position + 1 < end, bytes[position + 1] == 0x27 {
          cursor.position = position + 2
        } else {
          cursor.quote = nil
        }
      }
    } else if byte == 0x22 || byte == 0x27 {
      // In the middle of a word it is an apostrophe.
      guard position == 0 || !isWord(position - 1) else { return }
      cursor.quote = byte
      cursor.quoted = position + 1
    } else if byte == 0x2C || byte == 0x5B || byte == 0x7B {
      cursor.plain = skipBlanks(position + 1, to: end)
    }
  }

  /// Where the first item of a line starts, behind the dashes of a list.
  private func itemStart(_ line: Int, to end: Int) -> Int {
    var start = skipBlanks(line, to: end)
    while start < end, bytes[start] == 0x2D, !isWord(start + 1) {
      start = skipBlanks(start + 1, to: end)
    }
    return start
  }
}
