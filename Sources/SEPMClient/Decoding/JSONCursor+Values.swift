import PlanText

// What the members of answers hold. Numbers come as texts and flags as numbers, wherever SEPM likes
// (`docs/SEPM.md`, "Errors"), so each of these takes both; `null` and an empty text are no value.
extension JSONCursor {
  /// A text; a number or a flag is taken as it is written.
  mutating func text() throws(MalformedAnswer) -> String? {
    switch next {
    case "\"":
      let (bytes, isEscaped) = try string()
      guard isEscaped else { return String(decoding: bytes, as: UTF8.self) }
      return String(decoding: try unescaped(bytes), as: UTF8.self)
    case "{", "[": throw failure("a text is expected")
    default: return takeNull() ? nil : String(decoding: try literal(), as: UTF8.self)
    }
  }

  /// A whole number.
  mutating func integer() throws(MalformedAnswer) -> Int64? {
    guard let bytes = try scalar() else { return nil }
    guard let value = Int64(decimal: bytes) else { throw failure("a whole number is expected") }
    return value
  }

  /// A flag: `true`, `1`, or either as a text.
  mutating func flag() throws(MalformedAnswer) -> Bool? {
    guard let bytes = try scalar() else { return nil }
    if bytes.count == 1 {
      if bytes[0] == "1" { return true }
      if bytes[0] == "0" { return false }
    }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "true": return true
    case "false": return false
    default: throw failure("true or false is expected")
    }
  }

  /// An id of 32 hexadecimal digits.
  mutating func id() throws(MalformedAnswer) -> SEPMID? {
    guard let bytes = try scalar() else { return nil }
    guard let id = SEPMID(bytes) else {
      throw failure("an id of 32 hexadecimal digits is expected")
    }
    return id
  }

  /// A time in milliseconds since 1970; 0 is never.
  mutating func time() throws(MalformedAnswer) -> ServerTime? {
    guard let milliseconds = try integer(), milliseconds != 0 else { return nil }
    return ServerTime(milliseconds: milliseconds)
  }

  /// The bytes of a text without escapes, of a number or of a flag; nil for `null` and an empty text.
  mutating func scalar() throws(MalformedAnswer) -> UnsafeBufferPointer<UInt8>? {
    switch next {
    case "\"":
      let bytes = try string().bytes
      return bytes.isEmpty ? nil : bytes
    case "{", "[": throw failure("a text or a number is expected")
    default: return takeNull() ? nil : try literal()
    }
  }

  private func unescaped(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(MalformedAnswer) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == "\\" else {
        text.append(bytes[index])
        index += 1
        continue
      }
      // `string()` lets no text end with a backslash.
      let letter = bytes[index + 1]
      index += 2
      switch letter {
      case "\"", "\\", "/": text.append(letter)
      case "b": text.append(0x08)
      case "f": text.append(0x0C)
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "t": text.append("\t")
      case "u":
        var units: [UInt16] = []
        // All of a run, so that the halves of a pair come together.
        while let unit = UInt16(hexadecimal: bytes, at: index) {
          units.append(unit)
          index += 4
          guard index + 1 < bytes.count, bytes[index] == "\\", bytes[index + 1] == "u" else {
            break
          }
          index += 2
        }
        guard !units.isEmpty else { throw failure("an escape makes no sense") }
        text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      default: throw failure("an escape makes no sense")
      }
    }
    return text
  }
}

extension Int64 {
  /// Reads decimal digits with a sign or none; nil where there is anything else, or too much.
  init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
    let isNegative = bytes.first == "-"
    let digits = bytes.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int64(byte - "0")
    }
    self = isNegative ? -value : value
  }
}

extension UInt16 {
  /// Four hexadecimal digits.
  fileprivate init?(hexadecimal bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard index + 4 <= bytes.count else { return nil }
    self = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = byte.hexadecimalDigit else { return nil }
      self = self << 4 | UInt16(digit)
    }
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexadecimalDigit: UInt8? {
    switch self {
    case "0"..."9": self - "0"
    case "a"..."f": self - "a" + 10
    case "A"..."F": self - "A" + 10
    default: nil
    }
  }
}
