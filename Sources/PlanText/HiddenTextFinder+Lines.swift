// Lines, and what is found in every one of them.
extension HiddenTextFinder {
  mutating func findCredentials(from line: Int, to end: Int) {
    var index = line
    while index + 2 < end {
      if bytes[index] == 0x2F, bytes[index + 1] == 0x2F {
        let stop = entryEnd(index + 2, to: end, orComment: true)
        if let at = bytes[index + 2..<stop].lastIndex(of: 0x40) {
          add(index + 2, at)
          index = at
        }
        index = max(stop, index + 1)
      }
      index += 1
    }
    findBareCredentials(from: line, to: end)
  }

  /// `user:password@host`, where the `//` before it was forgotten.
  private mutating func findBareCredentials(from line: Int, to end: Int) {
    var start = line
    var hasColon = false
    var sign: Int?
    for index in line...end {
      switch index < end ? bytes[index] : 0x20 {
      case 0x20, 0x09, 0x22, 0x27, 0x7B, 0x5B, 0x2C:
        if let sign { add(start, sign) }
        start = index + 1
        hasColon = false
        sign = nil
      case 0x2F where index > start && bytes[index - 1] == 0x2F:
        start = index + 1
        hasColon = false
      case 0x3A: hasColon = hasColon || index > start
      case 0x40 where hasColon: sign = index
      default: break
      }
    }
  }

  func skipBlanks(_ offset: Int, to end: Int) -> Int {
    var index = offset
    while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return min(index, end)
  }

  /// Where the lines of a text end, each before its break.
  static func lineEnds(of bytes: [UInt8]) -> [Int] {
    var ends: [Int] = []
    for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
      ends.append(index)
    }
    return ends + [bytes.count]
  }

  /// The end of the line that holds `offset`. It is asked for at every secret of a line, which may be long.
  func lineEnd(_ offset: Int) -> Int {
    var low = 0
    var high = lineEnds.count - 1
    while low < high {
      let middle = (low + high) / 2
      if lineEnds[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return lineEnds[low]
  }

  /// The first byte after the line that holds `offset`, and after its break.
  func nextLine(_ offset: Int) -> Int {
    let end = lineEnd(offset)
    guard end < bytes.count else { return bytes.count }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
    return end + (isPair ? 2 : 1)
  }
}
