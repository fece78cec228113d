import PlanText
internal import PlanText

/// Looking around in the text, for the words of diagnostics and the places of nodes.
extension YAMLText {
  /// The byte at `offset`; nil outside the text.
  func byte(at offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[offset] : nil
  }

  /// The length of the line break at `offset` as YAML 1.1 counts them; 0 where there is none.
  func breakLength(at offset: Int) -> Int {
    switch byte(at: offset) {
    case "\n": 1
    case "\r": byte(at: offset + 1) == "\n" ? 2 : 1
    case 0xC2: byte(at: offset + 1) == 0x85 ? 2 : 0
    case 0xE2:
      byte(at: offset + 1) == 0x80 && [0xA8, 0xA9].contains(byte(at: offset + 2)) ? 3 : 0
    default: 0
    }
  }

  /// The first byte of the line that holds `offset`.
  func lineStart(of offset: Int) -> Int {
    var index = min(offset, bytes.count)
    while index > start, !bytes[index - 1].isBreak { index -= 1 }
    return index
  }

  /// The byte after the last of the line that holds `offset`, its break not included.
  func lineEnd(of offset: Int) -> Int {
    var index = max(offset, start)
    while index < bytes.count, !bytes[index].isBreak { index += 1 }
    return index
  }

  /// The first byte of the next line; nil in the last one.
  func nextLine(after offset: Int) -> Int? {
    let end = lineEnd(of: offset)
    return end < bytes.count ? end + breakLength(at: end) : nil
  }

  /// The first byte of the line before the one that starts at `lineStart`; nil at the first.
  func previousLine(before lineStart: Int) -> Int? {
    guard lineStart > start else { return nil }
    var end = lineStart - 1
    if end > start, bytes[end] == "\n", bytes[end - 1] == "\r" { end -= 1 }
    return self.lineStart(of: end)
  }

  /// The first byte at or after `offset` that is no space or tab.
  func skipBlanks(from offset: Int) -> Int {
    var index = offset
    while let byte = byte(at: index), byte.isBlank { index += 1 }
    return index
  }

  /// The next `---` at the start of a line that begins at or after `offset`.
  func documentMarker(after offset: Int) -> Int? {
    var line: Int? = lineStart(of: offset) == offset ? offset : nextLine(after: offset)
    while let at = line {
      if isDocumentMarker(at, "-") { return at }
      line = nextLine(after: at)
    }
    return nil
  }

  /// Whether three `mark` bytes and then a blank or an end stand at `offset`.
  func isDocumentMarker(_ offset: Int, _ mark: UInt8) -> Bool {
    for index in offset..<offset + 3 where byte(at: index) != mark { return false }
    guard let next = byte(at: offset + 3) else { return true }
    return next == " " || next == "\t" || breakLength(at: offset + 3) > 0
  }

  /// The bytes of a range as text; bytes outside the source are left out.
  func string(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// What stands before the content of a node: an anchor, a tag, and the content's first byte.
  struct Properties {
    var anchor: Range<Int>?
    var tag: Range<Int>?
    var content: Int
  }

  /// Reads over the properties at `offset`.
  func properties(at offset: Int, hasAnchor: Bool, hasTag: Bool) -> Properties {
    var found = Properties(anchor: nil, tag: nil, content: offset)
    var index = offset
    while let byte = byte(at: index) {
      if byte == "&", hasAnchor, found.anchor == nil {
        let end = anchorEnd(from: index + 1)
        found.anchor = index..<end
        index = end
      } else if byte == "!", hasTag, found.tag == nil {
        let end = tagEnd(from: index)
        found.tag = index..<end
        index = end
      } else if byte.isBlank {
        index += 1
      } else if breakLength(at: index) > 0 {
        index += breakLength(at: index)
      } else if byte == "#" {
        index = lineEnd(of: index)
      } else {
        break
      }
    }
    found.content = index
    return found
  }

  /// Anchors have letters, digits, `-` and `_` for libyaml; a value may follow without a blank.
  private func anchorEnd(from offset: Int) -> Int {
    var index = offset
    while let byte = byte(at: index),
      byte.isLetter || byte.isDigit
        || byte == "-" || byte == "_"
    {
      index += 1
    }
    return index
  }

  private func tagEnd(from offset: Int) -> Int {
    var index = offset
    while let byte = byte(at: index), byte != " ", byte != "\t", byte != ",", byte != "]",
      byte != "}", breakLength(at: index) == 0
    {
      index += 1
    }
    return index
  }
}
