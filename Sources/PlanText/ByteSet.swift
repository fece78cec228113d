/// Some bytes of ASCII, written as the text that they make up: to ask for one costs a shift, however many
/// there are. Hot loops over a file's bytes keep one in a constant.
package struct ByteSet: ExpressibleByStringLiteral, Sendable {
  /// A bit for each byte below 64, and one for each from there to 127.
  private var bits: (low: UInt64, high: UInt64) = (0, 0)

  package init(stringLiteral text: String) {
    for byte in text.utf8 where byte < 64 { bits.low |= 1 << UInt64(byte) }
    for byte in text.utf8 where (64..<128).contains(byte) { bits.high |= 1 << UInt64(byte - 64) }
  }

  /// Whether it has the byte; no byte beyond ASCII.
  package func contains(_ byte: UInt8) -> Bool {
    byte < 64
      ? bits.low >> UInt64(byte) & 1 == 1
      : byte < 128 && bits.high >> UInt64(byte - 64) & 1 == 1
  }
}
