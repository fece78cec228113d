import PlanText

/// The id of a group, a computer or another thing of SEPM: 32 hexadecimal digits
/// (`docs/SEPM.md`, "Times and ids").
package struct SEPMID: Comparable, Hashable, Sendable, CustomStringConvertible {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    (self.high, self.low) = (high, low)
  }

  /// Reads 32 hexadecimal digits; case does not matter.
  package init?(_ text: String) {
    var text = text
    guard let id = text.withUTF8({ SEPMID($0) }) else { return nil }
    self = id
  }

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for position in 0..<16 {
      guard let upper = bytes[position].hexadecimalDigit,
        let lower = bytes[position + 16].hexadecimalDigit
      else { return nil }
      high = high << 4 | UInt64(upper)
      low = low << 4 | UInt64(lower)
    }
    (self.high, self.low) = (high, low)
  }

  package static func < (one: SEPMID, other: SEPMID) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }

  /// The first four digits: what serial numbers begin with.
  package var prefix: UInt16 { UInt16(truncatingIfNeeded: high >> 48) }

  /// 32 upper-case hexadecimal digits, as SEPM writes them.
  package var description: String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(unsafeUninitializedCapacity: 32) { text in
      for position in 0..<16 {
        let shift = UInt64(60 - 4 * position)
        text[position] = digits[Int(high >> shift & 15)]
        text[position + 16] = digits[Int(low >> shift & 15)]
      }
      return 32
    }
  }
}
