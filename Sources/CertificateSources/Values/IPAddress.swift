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
}
