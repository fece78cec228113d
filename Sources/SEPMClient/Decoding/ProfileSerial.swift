import PlanText

/// A policy serial number, `E5E6-08/21/2024 12:38:31 900`: the group that a policy is for, and when it was changed
/// (`docs/SEPM.md`, "Policy serial numbers").
package struct ProfileSerial: Hashable, Sendable {
  /// The first four digits of the group's id.
  package let prefix: UInt16

  /// When the policy was last changed.
  package let time: ServerTime

  init(prefix: UInt16, time: ServerTime) {
    self.prefix = prefix
    self.time = time
  }

  /// Reads a serial number; nil where it has another form.
  package init?(_ text: String) {
    var text = text
    guard let serial = text.withUTF8({ ProfileSerial($0) }) else { return nil }
    self = serial
  }

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 28, bytes[4] == "-", bytes[7] == "/", bytes[10] == "/", bytes[15] == " ",
      bytes[18] == ":", bytes[21] == ":", bytes[24] == " "
    else { return nil }
    var prefix: UInt16 = 0
    for byte in bytes[..<4] {
      guard let digit = byte.hexadecimalDigit else { return nil }
      prefix = prefix << 4 | UInt16(digit)
    }
    func number(_ range: Range<Int>) -> Int? { Int(decimal: bytes[range]) }
    guard let month = number(5..<7), let day = number(8..<10), let year = number(11..<15),
      let hour = number(16..<18), let minute = number(19..<21), let second = number(22..<24),
      let millisecond = number(25..<28),
      let time = ServerTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        millisecond: millisecond)
    else { return nil }
    self.init(prefix: prefix, time: time)
  }

  /// Whether the policy is that of a group.
  package func isOf(_ group: SEPMID) -> Bool { prefix == group.prefix }
}
