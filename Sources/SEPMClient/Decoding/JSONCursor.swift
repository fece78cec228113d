import PlanText

/// A place in the bytes of an answer, which moves over one value after the other.
///
/// A census of 200,000 computers is a gigabyte of members of which a tenth matters. So there is no tree and no
/// reflection: a reader of members takes the values that it needs and skips the others, which are held to their
/// brackets and quotes only. `null` is an object without members and a list without elements.
struct JSONCursor {
  /// Deeper values are refused.
  private static let deepest = 64

  private let bytes: UnsafeBufferPointer<UInt8>

  /// The next byte.
  private(set) var offset = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads the one value that `bytes` hold; the cursor is good within `body` only.
  static func read<Value>(
    _ bytes: [UInt8], _ body: (inout JSONCursor) throws(MalformedAnswer) -> Value
  ) throws(MalformedAnswer) -> Value {
    try bytes.withUnsafeBufferPointer { buffer throws(MalformedAnswer) in
      var cursor = JSONCursor(buffer)
      cursor.skipSpace()
      guard cursor.offset < buffer.count else {
        throw MalformedAnswer(what: "there is nothing in it")
      }
      if buffer[cursor.offset] == "<" {
        throw MalformedAnswer(what: "it is a page of HTML or XML and not JSON")
      }
      let value = try body(&cursor)
      cursor.skipSpace()
      guard cursor.offset == buffer.count else { throw cursor.failure("text follows the value") }
      return value
    }
  }

  func failure(_ what: String) -> MalformedAnswer { MalformedAnswer(what: what, offset: offset) }

  /// The byte that the next value begins with; 0 where there is none.
  var next: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Goes through the members of an object; `body` takes or skips each value.
  @inline(__always)
  mutating func members(
    _ body: (inout JSONCursor, MemberName) throws(MalformedAnswer) -> Void
  ) throws(MalformedAnswer) {
    if takeNull() { return }
    guard take("{") else { throw failure("an object is expected") }
    skipSpace()
    if take("}") { return }
    while true {
      guard next == "\"" else { throw failure("the name of a member is expected") }
      let name = MemberName(bytes: try string().bytes)
      skipSpace()
      guard take(":") else { throw failure("a colon is expected") }
      skipSpace()
      try body(&self, name)
      skipSpace()
      if take(",") {
        skipSpace()
      } else if take("}") {
        return
      } else {
        throw failure("the object does not end")
      }
    }
  }

  /// Goes through the elements of a list; `body` takes or skips each value.
  @inline(__always)
  mutating func elements(
    _ body: (inout JSONCursor) throws(MalformedAnswer) -> Void
  ) throws(MalformedAnswer) {
    if takeNull() { return }
    guard take("[") else { throw failure("a list is expected") }
    skipSpace()
    if take("]") { return }
    while true {
      try body(&self)
      skipSpace()
      if take(",") {
        skipSpace()
      } else if take("]") {
        return
      } else {
        throw failure("the list does not end")
      }
    }
  }

  /// Goes over a value that nobody needs.
  mutating func skip() throws(MalformedAnswer) {
    switch next {
    case "\"": _ = try string()
    case "{", "[": try skipNested()
    default: if !takeNull() { _ = try literal() }
    }
  }

  /// The bytes of the next value as they are, which is gone over.
  mutating func raw() throws(MalformedAnswer) -> UnsafeBufferPointer<UInt8> {
    let start = offset
    try skip()
    return UnsafeBufferPointer(rebasing: bytes[start..<offset])
  }

  /// Whether the next value is `null`, which is gone over then.
  mutating func takeNull() -> Bool {
    guard next == "n", bytes.count - offset >= 4, bytes[offset + 1] == "u",
      bytes[offset + 2] == "l", bytes[offset + 3] == "l"
    else { return false }
    offset += 4
    return true
  }

  /// A string between its quotes, escapes and all.
  mutating func string() throws(MalformedAnswer) -> (
    bytes: UnsafeBufferPointer<UInt8>, isEscaped: Bool
  ) {
    offset += 1
    let start = offset
    var isEscaped = false
    while true {
      goToQuoteOrBackslash()
      guard offset < bytes.count else { throw failure("a text does not end") }
      if bytes[offset] == "\"" { break }
      isEscaped = true
      offset += 2
    }
    defer { offset += 1 }
    return (UnsafeBufferPointer(rebasing: bytes[start..<offset]), isEscaped)
  }

  /// A number, `true` or `false` as it is written.
  mutating func literal() throws(MalformedAnswer) -> UnsafeBufferPointer<UInt8> {
    let start = offset
    while offset < bytes.count, bytes[offset].isOfLiteral { offset += 1 }
    guard offset > start else { throw failure("a value is expected") }
    return UnsafeBufferPointer(rebasing: bytes[start..<offset])
  }

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= " ", bytes[offset].isSpace { offset += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte, offset < bytes.count else { return false }
    offset += 1
    return true
  }

  private mutating func skipNested() throws(MalformedAnswer) {
    // The brackets that are open, the innermost in the lowest bit: 1 for an object.
    var open: UInt64 = 0
    var depth = 0
    repeat {
      guard offset < bytes.count else { throw failure("the answer ends in the middle") }
      switch bytes[offset] {
      case "\"":
        _ = try string()
        continue
      case "{", "[":
        depth += 1
        guard depth <= Self.deepest else { throw failure("the values are nested too deeply") }
        open = open << 1 | (bytes[offset] == "{" ? 1 : 0)
      case "}", "]":
        guard open & 1 == (bytes[offset] == "}" ? 1 : 0) else {
          throw failure("the brackets do not match")
        }
        open >>= 1
        depth -= 1
      default: break
      }
      offset += 1
    } while depth > 0
  }

  /// Moves eight bytes at a time, as far as none of them is a quote or a backslash.
  private mutating func goToQuoteOrBackslash() {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
    let (low, high) = (UInt64(0x0101_0101_0101_0101), UInt64(0x8080_8080_8080_8080))
    while bytes.count - offset >= 8 {
      let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let quotes = word ^ (low &* 0x22)
      let backslashes = word ^ (low &* 0x5C)
      let hits = ((quotes &- low) & ~quotes | (backslashes &- low) & ~backslashes) & high
      // The first hit is a hit; what is above it may be none.
      if hits != 0 {
        offset += UInt64(littleEndian: hits).trailingZeroBitCount / 8
        return
      }
      offset += 8
    }
    while offset < bytes.count, bytes[offset] != "\"", bytes[offset] != "\\" { offset += 1 }
  }
}

/// The name of a member as it is written; escapes in names are not looked into.
struct MemberName {
  let bytes: UnsafeBufferPointer<UInt8>

  static func ~= (name: StaticString, member: MemberName) -> Bool {
    guard name.utf8CodeUnitCount == member.bytes.count else { return false }
    for position in 0..<member.bytes.count
    where name.utf8Start[position] != member.bytes[position] { return false }
    return true
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == " " || self == "\n" || self == "\r" || self == "\t" }

  /// Whether the byte may stand in a number, in `true`, `false` or `null`.
  fileprivate var isOfLiteral: Bool { isLetterOrDigit || self == "-" || self == "." || self == "+" }
}
