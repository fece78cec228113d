package import PlanModel
import PlanText

/// A point in time in UTC, to the millisecond, in the years 0000 to 9999: every instant has a text, and every such text
/// is an instant. What would lie before or after is the first or the last one.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  /// The instant so many milliseconds after the epoch, or the one next to it that there is.
  package init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, Self.first), Self.last)
  }

  /// The instant so many milliseconds after the epoch; nil where there is none.
  package init?(exactly milliseconds: Int64) {
    self.init(milliseconds: milliseconds)
    guard self.milliseconds == milliseconds else { return nil }
  }

  /// `0000-01-01T00:00:00.000Z`.
  private static let first: Int64 = -62_167_219_200_000

  /// `9999-12-31T23:59:59.999Z`.
  private static let last: Int64 = 253_402_300_799_999

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package static func + (instant: Instant, duration: Duration) -> Instant {
    // No two instants lie farther apart than this, and nothing below overflows.
    let longest: Int64 = 400_000_000_000
    let (seconds, attoseconds) = duration.components
    let milliseconds =
      min(max(seconds, -longest), longest) * 1_000 + attoseconds / 1_000_000_000_000_000
    return Instant(milliseconds: instant.milliseconds + milliseconds)
  }

  package static func - (left: Instant, right: Instant) -> Duration {
    .milliseconds(left.milliseconds - right.milliseconds)
  }

  /// `2026-01-05T08:00:00.000Z`.
  package var description: String {
    let (days, time) = milliseconds.flooredDivision(by: 86_400_000)
    let date = CivilDate(daysSinceEpoch: Int(days))
    let seconds = time / 1_000
    var text: [UInt8] = []
    text.reserveCapacity(24)
    Self.append(date.year, 4, then: "-", to: &text)
    Self.append(date.month, 2, then: "-", to: &text)
    Self.append(date.day, 2, then: "T", to: &text)
    Self.append(Int(seconds / 3_600), 2, then: ":", to: &text)
    Self.append(Int(seconds / 60 % 60), 2, then: ":", to: &text)
    Self.append(Int(seconds % 60), 2, then: ".", to: &text)
    Self.append(Int(time % 1_000), 3, then: "Z", to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `2026-01-05T08:00:00Z`, with or without a fraction of one to three digits; UTC only.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == "Z", bytes[4] == "-", bytes[7] == "-",
      bytes[10] == "T",
      bytes[13] == ":", bytes[16] == ":"
    else { return nil }
    guard let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
      let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
      let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
    else { return nil }
    var fraction = 0
    if bytes.count > 20 {
      let digits = bytes[20..<(bytes.count - 1)]
      guard bytes[19] == ".", (1...3).contains(digits.count), let value = Self.number(digits)
      else {
        return nil
      }
      fraction = value
      for _ in digits.count..<3 { fraction *= 10 }
    }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
    milliseconds = Int64(seconds) * 1_000 + Int64(fraction)
  }

  /// The same time of another day, in UTC.
  package func moved(to day: CivilDate) -> Instant {
    let time = milliseconds.flooredDivision(by: 86_400_000).remainder
    return Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000 + time)
  }

  /// Appends the last `width` digits of `value`, and what stands behind them.
  private static func append(
    _ value: Int, _ width: Int, then separator: UInt8, to text: inout [UInt8]
  ) {
    let start = text.count
    text.append(contentsOf: repeatElement("0", count: width))
    var rest = value
    for position in (start..<text.count).reversed() {
      text[position] = "0" + UInt8(rest % 10)
      rest /= 10
    }
    text.append(separator)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit.isDigit else { return nil }
      value = value * 10 + Int(digit - "0")
    }
    return value
  }
}
