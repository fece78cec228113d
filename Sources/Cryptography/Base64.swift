/// Base64 of RFC 4648, in lines as PEM has it.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text, padded.
  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        text.append(
          place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether the byte is one of the 64 digits.
  package static func isDigit(_ byte: UInt8) -> Bool { value(of: byte) != nil }

  /// Collects digits line by line, so that a mistake has its line.
  package struct Decoder {
    package private(set) var bytes: [UInt8] = []
    private var bits: UInt32 = 0
    private var digits = 0
    private var padding = 0

    /// Before the first line.
    package init() {}

    /// Takes one line; false where something in it is no base64, or follows its end.
    package mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
      for byte in line where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") {
        if byte == UInt8(ascii: "=") {
          padding += 1
          guard digits + padding <= 4, digits >= 2 else { return false }
          continue
        }
        guard padding == 0, let value = value(of: byte) else { return false }
        bits = bits << 6 | UInt32(value)
        digits += 1
        if digits == 4 {
          bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
          bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
          bytes.append(UInt8(truncatingIfNeeded: bits))
          digits = 0
        }
      }
      return true
    }

    /// Takes what is left over; false where digits are missing.
    package mutating func finish() -> Bool {
      switch digits {
      case 0: return padding == 0
      case 2 where padding == 2: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
      case 3 where padding == 1:
        bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
      default: return false
      }
      return true
    }
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
