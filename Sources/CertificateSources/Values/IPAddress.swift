import Cryptography

/// Addresses in text and in bytes.
enum IPAddress {
  /// As people write them; the longest run of zeros of an IPv6 address is `::` (RFC 5952).
  static func text(of bytes: [UInt8]) -> String {
    switch bytes.count {
    case 4: return bytes.map { String($0) }.joined(separator: ".")
    case 16:
      let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
      var best = 0..<0
      var start = 0
      while start < 8 {
        var end = start
        while end < 8, groups[end] == 0 { end += 1 }
        if end - start > max(best.count, 1) { best = start..<end }
        start = max(end, start + 1)
      }
      func joined(_ part: ArraySlice<Int>) -> String {
        part.map { String($0, radix: 16) }.joined(separator: ":")
      }
      return best.isEmpty
        ? joined(groups[...])
        : "\(joined(groups[..<best.lowerBound]))::\(joined(groups[best.upperBound...]))"
    default: return Hexadecimal.text(of: bytes)
    }
  }

  /// The 4 or 16 bytes of an address in text; nil where it is none.
  static func bytes(of text: String) -> [UInt8]? {
    if text.utf8.contains(UInt8(ascii: ":")) { return version6(text[...]) }
    // Most names begin with a letter, and no address of this version does.
    guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return nil }
    return version4(text[...])
  }

  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        part.count <= 3,
        let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func version6(_ text: Substring) -> [UInt8]? {
    let halves = halves(of: text)
    guard let front = groups(halves.front), let back = groups(halves.back ?? "") else { return nil }
    let missing = 16 - front.count - back.count
    guard halves.back == nil ? missing == 0 : missing >= 2 else { return nil }
    return front + [UInt8](repeating: 0, count: missing) + back
  }

  /// What stands before and after `::`; a second `::` stays in the second half and makes it invalid.
  private static func halves(of text: Substring) -> (front: Substring, back: Substring?) {
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == ":", next < text.endIndex, text[next] == ":" {
        return (text[..<index], text[text.index(after: next)...])
      }
      index = next
    }
    return (text, nil)
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.contains("."), index == parts.count - 1, let last = version4(part) {
        bytes += last
      } else if (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
        let group = UInt16(part, radix: 16)
      {
        bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
      } else {
        return nil
      }
    }
    return bytes
  }
}
