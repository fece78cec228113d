/// Writes JSON whose bytes depend on nothing but what is written.
///
/// No white space unless asked for, members in the order they are written, strings escaped only where
/// RFC 8259 demands it (`"`, `\`, and U+0000 to U+001F, the short forms where there is one), integers in
/// decimal. There are no fractions: quantities are integers with the unit in the member's name. What is
/// hashed and stored is written compact; what people read may be indented, and there what would control or
/// reorder the text of a terminal, or be a command to the runner of a job, is escaped too.
public struct JSONWriter: Sendable {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8] = []

  private let indent: Int
  private var depth = 0
  private var needsComma = false
  private var afterKey = false

  /// A writer; `indent` is the number of spaces a level, 0 for compact bytes.
  public init(indent: Int = 0, capacity: Int = 256) {
    self.indent = indent
    bytes.reserveCapacity(capacity)
  }

  /// Writes an object; its members are written in `body`.
  public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"), opening: UInt8(ascii: "{"))
  }

  /// Writes an array; its elements are written in `body`.
  public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"), opening: UInt8(ascii: "["))
  }

  /// Writes a member's name; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if indent > 0 { bytes.append(UInt8(ascii: " ")) }
    afterKey = true
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// Writes an integer.
  public mutating func integer(_ value: Int64) {
    separate()
    appendDecimal(value)
    needsComma = true
  }

  /// Writes an integer.
  @inlinable
  public mutating func integer(_ value: some BinaryInteger) { integer(Int64(value)) }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Writes a value tree.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .integer(let integer): self.integer(integer)
    case .string(let string): self.string(string)
    case .array(let elements):
      array { writer in
        for element in elements { writer.value(element) }
      }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.name)
          writer.value(member.value)
        }
      }
    }
  }

  /// Writes a member that is a string.
  public mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member that is an integer.
  @inlinable
  public mutating func member(_ name: String, _ value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  /// Writes a member that is a truth value.
  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member that is a string or null.
  public mutating func member(_ name: String, orNull value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes a member that is an integer or null.
  @inlinable
  public mutating func member(_ name: String, orNull value: (some BinaryInteger)?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  /// Starts another document in the same buffer with a line feed, as JSON Lines wants.
  public mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8, opening: UInt8) {
    depth -= 1
    if indent > 0, bytes.last != opening { breakLine() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    if needsComma {
      bytes.append(UInt8(ascii: ","))
      needsComma = false
    }
    if depth > 0, indent > 0 { breakLine() }
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indent))
  }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if indent > 0, value.utf8.contains(where: { $0 >= 0x7F || $0 == UInt8(ascii: "#") }) {
      quoteVisibly(value)
      bytes.append(UInt8(ascii: "\""))
      return
    }
    var value = value
    value.withUTF8 { utf8 in
      var runStart = 0
      for index in utf8.indices {
        let byte = utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        bytes.append(contentsOf: utf8[runStart..<index])
        escape(byte)
        runStart = index + 1
      }
      bytes.append(contentsOf: utf8[runStart...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func quoteVisibly(_ value: String) {
    var before: Unicode.Scalar?
    for scalar in value.unicodeScalars {
      defer { before = scalar }
      let isHidden = scalar.value >= 0x7F && scalar.isUnseen
      // Two number signs begin a command to a runner.
      if isHidden || scalar == "#" && before == "#" {
        VisibleJSON.escape(scalar, to: &bytes)
      } else if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" {
        escape(UInt8(scalar.value))
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }

  private mutating func appendDecimal(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
