/// Looks at tags and lengths from the start of a structure that may be cut off or damaged further on.
struct DERPeek {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The tag of the next element; nil at the end.
  var tag: UInt8? { rest.first }

  /// The tag of the next element with the length that it claims (nil for an indefinite one), and the
  /// number of bytes before its content; nil where there is no whole header.
  var header: (tag: UInt8, length: Int?, size: Int)? {
    guard let tag = rest.first, let first = rest.dropFirst().first else { return nil }
    if first < 0x80 { return (tag, Int(first), 2) }
    if first == 0x80 { return (tag, nil, 2) }
    let count = Int(first & 0x7F)
    let digits = rest.dropFirst(2).prefix(count)
    guard count <= 6, digits.count == count else { return nil }
    return (tag, digits.reduce(0) { $0 << 8 | Int($1) }, 2 + count)
  }

  /// Goes into the next element, where it has the tag.
  mutating func enter(_ tag: UInt8) -> Bool {
    guard let header, header.tag == tag else { return false }
    rest = rest.dropFirst(header.size)
    return true
  }

  /// The content of the next element, as much as is there, where it has the tag; goes behind it.
  mutating func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard let header, header.tag == tag, let length = header.length else { return nil }
    let content = rest.dropFirst(header.size).prefix(length)
    rest = rest.dropFirst(header.size + length)
    return content
  }
}
