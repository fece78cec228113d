/// Why bytes are no JSON that Waltz reads.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let message: String

  /// The byte at which reading stopped, from 0.
  public let offset: Int

  public var description: String { "\(message) at byte \(offset)" }
}

extension JSONValue {
  /// Reads one JSON text; white space around it is allowed, anything else is not.
  ///
  /// Numbers with a fraction or an exponent are refused: Waltz writes none. Nesting is bounded at 64.
  ///
  /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    let result = bytes.withContiguousStorageIfAvailable { storage in
      Self.read(storage)
    }
    switch result ?? Array(bytes).withUnsafeBufferPointer({ Self.read($0) }) {
    case .success(let value): self = value
    case .failure(let error): throw error
    }
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONError> {
    var reader = JSONReader(bytes: bytes)
    do throws(JSONError) {
      let value = try reader.value(depth: 0)
      reader.skipSpace()
      guard reader.index == bytes.count else { throw reader.failure("text after the value") }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
}

/// The cursor over the bytes; lives only inside `withContiguousStorageIfAvailable`.
private struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  func failure(_ message: String) -> JSONError { JSONError(message: message, offset: index) }

  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): index += 1
      default: return
      }
    }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < 64 else { throw failure("nested too deeply") }
    skipSpace()
    guard index < bytes.count else { throw failure("unexpected end") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    default: throw failure("unexpected byte")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    index += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw failure("expected a name")
      }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("expected a colon") }
      members.append(JSONValue.Member(name, try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else {
      throw failure("expected a comma or the end of the object")
    }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    index += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("expected a comma or the end of the array") }
    return .array(elements)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError)
    -> JSONValue
  {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { throw failure("unexpected end") }
    for position in 0..<count where bytes[index + position] != word.utf8Start[position] {
      throw failure("unexpected byte")
    }
    index += count
    return value
  }

  private mutating func integer() throws(JSONError) -> Int64 {
    let isNegative = take(UInt8(ascii: "-"))
    let start = index
    var value: Int64 = 0
    while index < bytes.count, case let digit = bytes[index],
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
    {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let step = Int64(digit - UInt8(ascii: "0"))
      let (sum, carry) =
        isNegative
        ? product.subtractingReportingOverflow(step) : product.addingReportingOverflow(step)
      guard !overflow, !carry else { throw failure("the number is too large") }
      value = sum
      index += 1
    }
    guard index > start else { throw failure("expected a digit") }
    guard bytes[start] != UInt8(ascii: "0") || index == start + 1 else {
      throw failure("leading zero")
    }
    if index < bytes.count, case let next = bytes[index],
      next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e")
    {
      throw failure("numbers with a fraction or an exponent are not used here")
    }
    return value
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    var anyHighBit: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        // Nearly everything is ASCII, which is valid without another look.
        let text = UnsafeBufferPointer(rebasing: bytes[start..<index])
        let string = anyHighBit < 0x80 ? String(decoding: text, as: UTF8.self) : try utf8(text)
        index += 1
        return string
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      anyHighBit |= byte
      guard byte >= 0x20 else { throw failure("control character in a string") }
      index += 1
    }
    throw failure("the string has no end")
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return try utf8(text[...])
      case UInt8(ascii: "\\"): try unescape(into: &text)
      case 0..<0x20: throw failure("control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("the string has no end")
  }

  private mutating func unescape(into text: inout [UInt8]) throws(JSONError) {
    guard index < bytes.count else { throw failure("the string has no end") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw failure("half of a surrogate pair")
        }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw failure("half of a surrogate pair") }
      text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default: throw failure("unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw failure("unexpected end") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: throw failure("expected a hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private func utf8(_ slice: some Collection<UInt8>) throws(JSONError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw failure("the string is not UTF-8")
    }
    return text
  }
}
