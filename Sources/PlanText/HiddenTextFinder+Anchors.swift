// A secret that stands elsewhere, under an anchor.
extension HiddenTextFinder {
  /// Where what an anchor names starts, by the anchor's name.
  static func anchors(in bytes: [UInt8]) -> [ArraySlice<UInt8>: [Int]] {
    var result: [ArraySlice<UInt8>: [Int]] = [:]
    var index = 0
    while let mark = bytes[index...].firstIndex(of: 0x26) {
      var end = mark + 1
      while end < bytes.count, bytes[end].isWord { end += 1 }
      if end > mark + 1 { result[bytes[mark + 1..<end], default: []].append(end) }
      index = end
    }
    return result
  }

  /// Hides what the aliases stand for that are a secret's value.
  mutating func hideAnchored() {
    guard !anchors.isEmpty else { return }
    // Nobody names so many; who does to make this slow is shown nothing at all.
    var allowed = 200
    var seen: Set<ArraySlice<UInt8>> = []
    var position = 0
    // What is hidden here may hold further aliases.
    while position < ranges.count {
      let range = ranges[position]
      position += 1
      var index = range.lowerBound
      while let mark = bytes[index..<range.upperBound].firstIndex(of: 0x2A) {
        let name = word(at: mark + 1)
        index = min(max(name.upperBound, mark + 1), range.upperBound)
        guard let values = anchors[bytes[name]], seen.insert(bytes[name]).inserted else { continue }
        allowed -= values.count
        guard allowed >= 0 else { return add(bytes.startIndex, bytes.endIndex) }
        for value in values { hideValue(ofAnchor: value) }
      }
    }
  }

  private mutating func hideValue(ofAnchor value: Int) {
    var line = value
    while line > 0, bytes[line - 1] != 0x0A, bytes[line - 1] != 0x0D { line -= 1 }
    let start = skipBlanks(line, to: value)
    let depth = bytes[line..<value].reduce(0) {
      $0 + ($1 == 0x7B || $1 == 0x5B ? 1 : $1 == 0x7D || $1 == 0x5D ? -1 : 0)
    }
    _ = hide(from: value, line: line, column: start - line, isFlow: depth > 0)
  }
}
