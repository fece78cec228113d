import PlanText

// Private keys that were pasted as text.
extension SecretFinder {
  /// Hides what stands between `-----BEGIN … PRIVATE KEY-----` and its end, wherever that is: in a text of
  /// several lines, in quotes with escapes for the line ends, in comments, across nodes, and without an end.
  mutating func findPrivateKeys() {
    var rest = bytes[...]
    while let dash = rest.firstIndex(of: "-") {
      let head = rest[dash...].prefix(80).drop { "- ".utf8.contains($0) }
      rest = rest[head.startIndex...]
      guard head.startIndex - dash >= 4, head.starts(with: "BEGIN ".utf8),
        let end = head.firstIndex(of: "-"),
        head[..<end].place(of: "PRIVATE KEY") != nil
      else { continue }
      rest = hideKey(rest[end...].drop { $0 == "-" })
    }
  }

  /// Hides the lines of a key up to the dashes of its end, or to the first line that is none of it. Gives what
  /// is behind.
  private mutating func hideKey(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let dashes = Array("----".utf8)
    var rest = text
    repeat {
      // No further than that: a line may hold any number of keys.
      let end = rest.indices.first { rest[$0].isBreak || rest[$0...].starts(with: dashes) }
      let line = rest[..<(end ?? rest.endIndex)]
      rest = rest[line.endIndex...]
      let isEnd = rest.first.map { !$0.isBreak } ?? false
      guard isEnd || line.startIndex == text.startIndex || isOfKey(line) else { break }
      hide(line.drop(while: \.isBlank).indices)
      if isEnd { break }
      rest = rest.dropFirst()
    } while !rest.isEmpty
    return rest
  }

  /// Whether a line holds base64 alone, or is one of a key's own head.
  private func isOfKey(_ line: ArraySlice<UInt8>) -> Bool {
    if line.allSatisfy({ $0.isWord || " \t\"'#\\,[]+/=>|".utf8.contains($0) }) { return true }
    let text = line.drop { !$0.isWord }
    return ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].contains {
      text.starts(with: $0.utf8)
    }
  }
}
