#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Foundation)
  internal import Foundation
#endif

/// A time of the day, in minutes after midnight.
package struct DayTime: Sendable, Comparable, CustomStringConvertible {
  package let minutes: Int

  /// `08:00`, `20:30`; nil for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    minutes = hour * 60 + minute
  }

  /// The time so many minutes after midnight.
  package init(minutes: Int) { self.minutes = minutes }

  package static func < (left: DayTime, right: DayTime) -> Bool { left.minutes < right.minutes }

  package var description: String {
    let (hour, minute) = (String(minutes / 60), String(minutes % 60))
    return [hour, minute].map { $0.utf8.count == 1 ? "0" + $0 : $0 }.joined(separator: ":")
  }
}

/// The clock on the wall of a place.
package struct DayClock: Sendable {
  /// A day and the time on it, there.
  package struct Moment: Sendable, Equatable {
    /// Days since 1970-01-01.
    package let day: Int64
    package let time: DayTime
  }

  /// The name of the zone: `Europe/Berlin`.
  package let name: String

  private let offset: @Sendable (Int64) -> Int

  /// A clock whose distance from UTC in seconds a closure knows, for each second since 1970.
  package init(name: String, offset: @escaping @Sendable (Int64) -> Int) {
    self.name = name
    self.offset = offset
  }

  /// The clock of a time zone of the system; nil where it has none of the name.
  package init?(zone name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.init(name: name) {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0)))
    }
  }

  /// What the clock shows at a second since 1970.
  package func moment(at seconds: Int64) -> Moment {
    let local = seconds + Int64(offset(seconds))
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    return Moment(day: day, time: DayTime(minutes: Int(local - day * 86_400) / 60))
  }
}
