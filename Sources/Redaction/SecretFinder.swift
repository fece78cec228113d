import PlanModel
import PlanText

/// Collects what is to be hidden of one text.
struct SecretFinder {
  let bytes: [UInt8]

  /// What to hide, in any order.
  var ranges: [Range<Int>] = []

  /// Lines to hide of which messages may quote a part.
  var unread: [Range<Int>] = []

  /// Arguments of the programs that print secrets. They may hold one, but are mostly names that messages
  /// have to quote.
  var arguments: [Range<Int>] = []

  /// Hidden texts as messages may quote them.
  var readings: [[UInt8]] = []

  /// Where keys of secrets and references to secrets stand.
  var marks: [Int] = []

  private let lineEnds: [Int]
  private var verdicts: [ArraySlice<UInt8>: Bool] = [:]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineEnds = bytes.indices.filter { bytes[$0] == 0x0A || bytes[$0] == 0x0D } + [bytes.count]
  }

  mutating func hide(_ start: Int, _ end: Int) {
    if start < end { ranges.append(start..<end) }
  }

  /// Whether a key of this name has a secret for a value.
  mutating func isSecret(_ key: ArraySlice<UInt8>) -> Bool {
    guard (2...512).contains(key.count) else { return false }
    if let known = verdicts[key] { return known }
    let verdict = SecretKeys.contain(key)
    verdicts[key] = verdict
    return verdict
  }

  func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  func skipBlanks(_ offset: Int, to end: Int) -> Int {
    var index = offset
    while index < end, isBlank(index) { index += 1 }
    return min(index, end)
  }

  /// The end of the line that holds `offset`, before its break.
  func lineEnd(_ offset: Int) -> Int { lineEnds[lineNumber(of: offset)] }

  /// The first byte after the line that holds `offset`, and after its break.
  func nextLine(_ offset: Int) -> Int {
    let end = lineEnd(offset)
    guard end < bytes.count else { return bytes.count }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
    return end + (isPair ? 2 : 1)
  }

  /// Where the line starts that holds `offset`.
  func lineStart(_ offset: Int) -> Int {
    let number = lineNumber(of: offset)
    return number == 0 ? 0 : lineEnds[number - 1] + 1
  }

  /// The lines of a range, without their breaks.
  func lines(of range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      lines.append(start..<min(lineEnd(start), range.upperBound))
      start = nextLine(start)
    }
    return lines
  }

  private func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineEnds.count - 1
    while low < high {
      let middle = (low + high) / 2
      if lineEnds[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
