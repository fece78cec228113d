import PlanText

// Private keys that were pasted as text.
extension SecretFinder {
  /// Hides what stands between `-----BEGIN … PRIVATE KEY-----` and its end, wherever that is: in a text of
  /// several lines, in quotes with escapes for the line ends, in comments, and without an end.
  mutating func findPrivateKeys() {
    var index = 0
    while let dash = bytes[index...].firstIndex(of: 0x2D) {
      index = dashesEnd(dash)
      let limit = min(bytes.count, index + 64)
      let start = skipBlanks(index, to: limit)
      guard index - dash >= 4, bytes[start..<limit].starts(with: "BEGIN ".utf8),
        let close = bytes[start..<limit].firstIndex(of: 0x2D),
        bytes[start..<close].firstRange(of: Array("PRIVATE KEY".utf8)) != nil
      else { continue }
      index = hideKey(from: dashesEnd(close))
    }
  }

  /// Hides the lines of a key up to its end or the first line that is none of it.
  private mutating func hideKey(from start: Int) -> Int {
    var at = start
    while at < bytes.count {
      let end = lineEnd(at)
      if let close = dashes(from: at, to: end) {
        hide(at, close)
        return close
      }
      guard at == start || isOfKey(at, to: end) else { return at }
      hide(skipBlanks(at, to: end), end)
      at = nextLine(at)
    }
    return at
  }

  /// Whether a line holds base64 alone, or is one of a key's own head.
  private func isOfKey(_ line: Int, to end: Int) -> Bool {
    let signs = Set(" \t\"'#\\,[]+/=>|".utf8)
    if bytes[line..<end].allSatisfy({ $0.isWord || signs.contains($0) }) { return true }
    let start = bytes[line..<end].firstIndex { $0.isWord } ?? end
    return ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].contains {
      bytes[start..<end].starts(with: $0.utf8)
    }
  }

  /// Where the dashes start that begin a key's last line.
  private func dashes(from start: Int, to end: Int) -> Int? {
    var index = min(start, end)
    while let dash = bytes[index..<end].firstIndex(of: 0x2D) {
      index = min(dashesEnd(dash), end)
      if index - dash >= 4 { return dash }
    }
    return nil
  }

  private func dashesEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == 0x2D { end += 1 }
    return end
  }
}
