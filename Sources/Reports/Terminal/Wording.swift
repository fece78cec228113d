import PlanModel
import PlanText
import RotationEngine

/// Quantities as people say them.
enum Wording {
  /// `3d 4h`, `5h 20m`, `12m`, `42s`: at most two units, rounded down; nothing is below zero.
  static func duration(_ duration: Duration) -> String {
    let seconds = max(duration.components.seconds, 0)
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    if days >= 100 || days > 0 && hours == 0 { return "\(days)d" }
    if days > 0 { return "\(days)d \(hours)h" }
    if hours > 0 { return minutes == 0 ? "\(hours)h" : "\(hours)h \(minutes)m" }
    return minutes > 0 ? "\(minutes)m" : "\(seconds)s"
  }

  /// `1,234,567`.
  static func number(_ value: Int) -> String { value.grouped }

  /// `1 gate`, `1,200 clients`.
  static func count(_ value: Int, _ noun: String) -> String {
    "\(number(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// `97.1%`: one decimal, rounded down, so that nothing seems reached before it is.
  static func percent(_ share: Share) -> String {
    let tenths = share.millionths / 1_000
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }

  /// `a`, `a and b`, `a, b and 3 more`.
  static func list(_ names: [String], atMost limit: Int = 3) -> String {
    guard let last = names.last else { return "" }
    if names.count == 1 { return last }
    if names.count > limit {
      return names.prefix(limit).joined(separator: ", ")
        + " and \(number(names.count - limit)) more"
    }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `2026-01-05 08:00:12Z`.
  static func second(_ instant: Instant) -> String {
    let text = instant.description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
  }

  /// `2026-01-05`.
  static func day(_ instant: Instant) -> String { String(instant.description.prefix(10)) }

  /// `2026-01-05 08:00Z`.
  static func minute(_ instant: Instant) -> String {
    let text = instant.description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + "Z"
  }
}

extension Duration {
  /// Its length, whichever way it goes.
  var magnitude: Duration { self < .zero ? .zero - self : self }
}
