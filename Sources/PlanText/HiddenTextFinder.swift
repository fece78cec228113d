/// Finds the values under password-like keys and the credentials in URLs, line by line.
struct HiddenTextFinder {
  let bytes: [UInt8]
  private(set) var ranges: [Range<Int>] = []

  /// Arguments of the programs that print secrets. They may hold one, but are mostly names that messages
  /// have to quote.
  var arguments: [Range<Int>] = []
  private var nesting = 0
  private static let deepest = 32
  private var verdicts: [ArraySlice<UInt8>: Bool] = [:]

  let lineEnds: [Int]

  /// Where what an anchor names starts, by the anchor's name.
  let anchors: [ArraySlice<UInt8>: [Int]]

  /// Whether these are words for people: without a sign after it no word is a key, and a sentence that goes
  /// on is no value.
  var isOfComments = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineEnds = Self.lineEnds(of: bytes)
    anchors = Self.anchors(in: bytes)
  }

  mutating func findAll() {
    // Text in another encoding is nothing that keys could be found in.
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.prefix(4).contains(0)
    {
      ranges = [bytes.startIndex..<bytes.endIndex]
      return
    }
    var line = 0
    while line < bytes.count {
      findCredentials(from: line, to: lineEnd(line))
      findAnnounced(from: line, to: lineEnd(line))
      line = nextLine(line)
    }
    findPrivateKeys()
    line = 0
    while line < bytes.count { line = scan(line) }
    hideAnchored()
  }

  /// Reads a line; where to go on: a value may take further lines.
  private mutating func scan(_ line: Int) -> Int {
    let end = lineEnd(line)
    var index = line
    var depth = 0
    var startsEntry = true
    var holdsSecret = false
    while index < end {
      let byte = bytes[index]
      if startsEntry, byte == 0x3F,
        let next = hideQuestion(at: index, line: line, to: end, isFlow: depth > 0)
      {
        if next >= end { return next > end ? next : nextLine(line) }
        index = max(next, index + 1)
        continue
      }
      let key: Int? =
        byte == 0x22
        ? escapedKey(at: index, to: end)
        : byte == 0x2A && startsEntry ? aliasedKey(at: index, to: end) : nil
      if let key {
        let next = hide(from: key, line: line, column: index - line, isFlow: depth > 0)
        if next >= end { return next > end ? next : nextLine(line) }
        index = max(next, index + 1)
        startsEntry = true
        holdsSecret = true
        continue
      }
      if holdsSecret, byte == 0x23, index > line, bytes[index - 1] == 0x20,
        let secret = remark(at: index, to: end)
      {
        add(skipBlanks(secret, to: end), end)
        return nextLine(line)
      }
      guard byte.isWord, !(byte == 0x2D && startsEntry && !isWord(index + 1)) else {
        if byte == 0x7B || byte == 0x5B { depth += 1 }
        if byte == 0x7D || byte == 0x5D { depth -= 1 }
        if byte == 0x7B || byte == 0x2C { startsEntry = true }
        let isLead = [0x20, 0x09, 0x22, 0x27, 0x2C, 0x7B, 0x2D, 0x3F, 0x23, 0xEF, 0xBB, 0xBF]
          .contains(byte)
        if !isLead { startsEntry = false }
        index += 1
        continue
      }
      let start = index
      while isWord(index), index < end { index += 1 }
      if let value = value(after: start..<index, to: end, startsEntry: startsEntry) {
        let next = hide(
          from: value, line: line, column: start - line, isFlow: depth > 0)
        if next >= end { return next > end ? next : nextLine(line) }
        index = max(next, index)
        startsEntry = true
        holdsSecret = true
      } else {
        if bytes[start] == 0x2D {
          let isAccount = Self.accountOptions.contains { bytes[start..<index].elementsEqual($0) }
          if isAccount || isSecret(start..<index) {
            hideArgument(after: index, line: line, isAccount: isAccount)
          }
        }
        startsEntry = false
      }
    }
    return nextLine(line)
  }

  /// Where the value of a key starts; nil where the word is no key that a password stands under.
  private mutating func value(after word: Range<Int>, to end: Int, startsEntry: Bool) -> Int? {
    var index = word.upperBound
    if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 { index += 1 }
    index = skipBlanks(index, to: end)
    let separator: UInt8? = index < end ? bytes[index] : nil
    if separator == 0x3A || separator == 0x3D {
      return isSecret(word) ? index + 1 : nil
    }
    guard startsEntry, !isOfComments, isSecret(word) else { return nil }
    switch separator {
    case 0x2C, 0x7D, 0x5D: return nil
    case nil: return isQuestion(word.lowerBound) ? index : nil
    default: return index
    }
  }

  private mutating func isSecret(_ word: Range<Int>) -> Bool {
    let slice = bytes[word]
    guard (2...64).contains(slice.count) else { return false }
    if let known = verdicts[slice] { return known }
    let verdict = Self.isSecret(slice)
    verdicts[slice] = verdict
    return verdict
  }

  /// Hides the value at `offset`; where to go on, past the line's end where it took further lines.
  mutating func hide(from offset: Int, line: Int, column: Int, isFlow: Bool) -> Int {
    let end = lineEnd(line)
    let start = skipBlanks(offset, to: end)
    let content = skipProperties(start, to: end)
    if content < end, bytes[content] == 0x7B {
      return hideTail(
        after: hideMapping(from: content, line: line, column: column), isFlow: isFlow)
    }
    if start == end { return hideNested(after: line, column: column) }
    if !isFlow, bytes[content...].first == 0x7C || bytes[content...].first == 0x3E,
      bytes[content + 1..<end].prefix(while: { $0 != 0x23 }).allSatisfy({
        $0 == 0x20 || $0 == 0x2B || $0 == 0x2D || (0x30...0x39).contains($0)
      })
    {
      return hideContinuation(after: line, column: column)
    }
    if isFlow {
      let stop = entryEnd(start, to: end)
      add(start, stop)
      guard
        stop == end
          || !bytes[stop..<end].contains(where: { $0 == 0x2C || $0 == 0x7D || $0 == 0x5D }),
        bytes[end - 1] != 0x2C
      else { return stop }
      return hideFlowContinuation(after: line)
    }
    add(start, end)
    if bytes[content] == 0x22 || bytes[content] == 0x27,
      let close = closing(bytes[content], from: content + 1), close > end
    {
      // A text in quotes goes on wherever it stands; where it was never meant to, at the next key.
      var next = nextLine(line)
      while next < close {
        let start = skipBlanks(next, to: lineEnd(next))
        if start - next <= column, isEntry(start, to: lineEnd(next)) { return next }
        add(start, lineEnd(next))
        next = nextLine(next)
      }
      return next
    }
    return hideContinuation(after: line, column: column)
  }

  /// The lines that a text goes on in: those that are deeper than its key, and those without a key.
  private mutating func hideContinuation(after line: Int, column: Int) -> Int {
    var next = nextLine(line)
    while next < bytes.count {
      let end = lineEnd(next)
      let start = skipBlanks(next, to: end)
      if start < end {
        let isFree =
          !isEntry(start, to: end) && ![0x2D, 0x7D, 0x5D, 0x23, 0x2E].contains(bytes[start])
        guard start - next > column || isFree && !isOfComments else { break }
        add(start, end)
      }
      next = nextLine(next)
    }
    return next
  }

  private mutating func hideFlowContinuation(after line: Int) -> Int {
    var next = nextLine(line)
    while next < bytes.count {
      let end = lineEnd(next)
      let start = skipBlanks(next, to: end)
      if isEntry(start, to: end) || start == end { break }
      let stop = entryEnd(start, to: end)
      add(start, stop)
      if stop < end { break }
      next = nextLine(next)
    }
    return next
  }

  /// The lines below a key without a value.
  private mutating func hideNested(after line: Int, column: Int) -> Int {
    var next = nextLine(line)
    var shownBelow: Int?
    var hiddenBelow: Int?
    while next < bytes.count {
      let end = lineEnd(next)
      let start = skipBlanks(next, to: end)
      if start < end {
        let isDeeper = start - next > column
        guard isDeeper || !isOfComments && !isEntry(start, to: end) else { break }
        if !isDeeper, [0x7D, 0x5D, 0x23, 0x2E].contains(bytes[start]) { break }
        if let shown = shownBelow,
          start - next > shown || start - next == shown && bytes[start] == 0x2D
        {
          if nesting < Self.deepest {
            nesting += 1
            next = max(scan(next), nextLine(next))
            nesting -= 1
          } else {
            add(start, end)
            next = nextLine(next)
          }
          continue
        }
        if let hidden = hiddenBelow, start - next > hidden {
          add(start, end)
          next = nextLine(next)
          continue
        }
        let isReference = hideEntries(start, end)
        if isReference, startsCommand(start, to: end) {
          next = hideArguments(below: nextLine(next), column: start - next)
          continue
        }
        shownBelow = isReference ? start - next : nil
        hiddenBelow = isReference ? nil : start - next
      }
      next = nextLine(next)
    }
    return next
  }

  private mutating func hideMapping(from offset: Int, line: Int, column: Int) -> Int {
    var depth = 0
    var index = offset
    let limit = min(bytes.count, offset + 4096)
    while index < limit {
      if bytes[index] == 0x7B { depth += 1 }
      if bytes[index] == 0x7D { depth -= 1 }
      if depth == 0 { break }
      index += 1
    }
    if depth == 0, index < limit {
      _ = hideEntries(offset + 1, index)
      return index + 1
    }
    _ = hideEntries(offset + 1, lineEnd(line))
    return hideNested(after: line, column: column)
  }

  /// Hides what is no reference in `key: value, …`; whether it is one reference whose value follows.
  private mutating func hideEntries(_ from: Int, _ end: Int) -> Bool {
    var index = from
    while index < end {
      let first = bytes[index]
      if first == 0x20 || first == 0x09 || first == 0x2C || first == 0x0A || first == 0x0D {
        index += 1
        continue
      }
      var word = index
      if first == 0x22 || first == 0x27 { word += 1 }
      var wordEnd = word
      while wordEnd < end, bytes[wordEnd].isWord { wordEnd += 1 }
      var colon = wordEnd
      if colon < end, bytes[colon] == 0x22 || bytes[colon] == 0x27 { colon += 1 }
      colon = skipBlanks(colon, to: end)
      guard wordEnd > word, colon < end, bytes[colon] == 0x3A else {
        let stop = entryEnd(index, to: end)
        add(index, stop)
        // Behind the last entry are brackets alone, which are not gone through for each of them.
        guard stop < end, bytes[stop] == 0x2C else { return false }
        index = max(stop, index + 1)
        continue
      }
      let value = skipBlanks(colon + 1, to: end)
      let name = String(decoding: bytes[word..<wordEnd], as: UTF8.self)
      // A command is a list; a text in its place may be anything.
      let isList = value == end || bytes[value] == 0x5B
      let isReference = name == "env" || name == "file" || name == "command" && isList
      if value == end {
        // `{SECRET}` is a key without a value.
        if !isReference { addKey(word, wordEnd) }
        return isReference
      }
      if isReference, isList { hideArguments(of: value, to: end) }
      // A name or a path ends at a blank: what follows may be anything.
      let stop = isReference && !isList ? referenceEnd(value, to: end) : entryEnd(value, to: end)
      if !isReference {
        add(value, stop)
        addKey(word, wordEnd)
      }
      index = max(stop, value)
    }
    return false
  }

  /// A key that is no plain word may be the secret itself.
  private mutating func addKey(_ start: Int, _ end: Int) {
    if bytes[start..<end].contains(where: { (0x30...0x39).contains($0) }) { add(start, end) }
  }

  mutating func add(_ start: Int, _ end: Int) {
    if start < end { ranges.append(start..<end) }
  }

  /// The end of a value that starts at `start` inside brackets: before `, key:` or the last brackets; where
  /// asked for, before a comment too.
  func entryEnd(_ start: Int, to end: Int, orComment: Bool = false) -> Int {
    var index = start
    while index < end {
      if orComment, bytes[index] == 0x23, index > start,
        bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09
      {
        return index
      }
      if bytes[index] == 0x2C {
        let next = skipBlanks(index + 1, to: end)
        if isEntry(next, to: end) { return index }
      }
      index += 1
    }
    var stop = end
    while stop > start, [0x20, 0x09, 0x7D, 0x5D, 0x2C].contains(bytes[stop - 1]) { stop -= 1 }
    return stop
  }

  private func referenceEnd(_ start: Int, to end: Int) -> Int {
    var index = start
    while index < end, ![0x20, 0x09, 0x2C, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    return index
  }

  /// Whether a word and a colon with a blank or an end after it stand at `start`.
  func isEntry(_ start: Int, to end: Int) -> Bool {
    var index = start
    while index < end, bytes[index] == 0x2D || bytes[index] == 0x20,
      !isWord(index + 1) || bytes[index] == 0x20
    {
      index += 1
    }
    if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 { index += 1 }
    let word = index
    while index < end, bytes[index].isWord || bytes[index] == 0x2E { index += 1 }
    guard index > word else { return false }
    if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 { index += 1 }
    guard index < end, bytes[index] == 0x3A else { return false }
    return index + 1 >= end || bytes[index + 1] == 0x20 || bytes[index + 1] == 0x09
  }

  func isWord(_ index: Int) -> Bool { index < bytes.count && bytes[index].isWord }

  func closing(_ quote: UInt8, from offset: Int) -> Int? {
    bytes[offset..<min(bytes.count, offset + 4096)].firstIndex(of: quote)
  }

  /// Over an anchor and a tag.
  func skipProperties(_ offset: Int, to end: Int) -> Int {
    var index = offset
    while index < end, bytes[index] == 0x26 || bytes[index] == 0x21 {
      while index < end, bytes[index] != 0x20, bytes[index] != 0x09 { index += 1 }
      index = skipBlanks(index, to: end)
    }
    return index < end ? index : offset
  }
}
