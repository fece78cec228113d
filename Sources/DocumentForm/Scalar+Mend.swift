import PlanText

// What was meant by a text that is almost right.
extension Scalar {
  /// The same kind of text, with what writes it right.
  func mended(by mend: @escaping @Sendable (String) -> String?) -> Scalar {
    var copy = self
    copy.mend = mend
    return copy
  }
}

/// `24h` for `24 h`, `24H`, `24 hours`, `14d` for `2 weeks`; nil where a unit could be another one, as `M`
/// could be months.
@Sendable func mendedDuration(_ text: String) -> String? {
  var result = ""
  var rest = Substring(text).drop(while: \.isWhitespace)
  while !rest.isEmpty {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count).drop(while: \.isWhitespace)
    let unit = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(unit.count).drop { $0.isWhitespace || $0 == "," }
    guard !digits.isEmpty, unit != "M" else { return nil }
    if ["w", "week", "weeks"].contains(unit.lowercased()) {
      guard let weeks = Int(digits), weeks <= 10_000 else { return nil }
      result += "\(weeks * 7)d"
      continue
    }
    result += digits
    switch unit.lowercased() {
    case "d", "day", "days": result += "d"
    case "h", "hr", "hrs", "hour", "hours": result += "h"
    case "m", "min", "mins", "minute", "minutes": result += "m"
    case "s", "sec", "secs", "second", "seconds": result += "s"
    default: return nil
    }
  }
  return result
}

/// `98%` for `98 %`, `98` and `98 percent`, `98.5%` for `98,5%`. A number up to one may be a fraction, and `1`
/// all of them or one in a hundred: those are left to who wrote them.
@Sendable func mendedShare(_ text: String) -> String? {
  let trimmed = text.split(whereSeparator: \.isWhitespace)
  guard var first = trimmed.first, trimmed.count <= 2 else { return nil }
  var unit = trimmed.count == 2 ? trimmed[1].lowercased() : ""
  if unit.isEmpty, first.last == "%" {
    first.removeLast()
    unit = "%"
  }
  // A comma before one or two digits stands before decimals, before three it may stand before thousands.
  let parts = first.split(separator: ",", omittingEmptySubsequences: false)
  if parts.count == 2, (1...2).contains(parts[1].count), !first.contains(".") {
    first = Substring(parts.joined(separator: "."))
  }
  guard ["", "%", "percent"].contains(unit) else { return nil }
  let number = first.utf8.prefix { $0.isDigit || $0 == "." }
  guard number.count == first.utf8.count else { return nil }
  let whole = first.prefix { $0 != "." }
  guard let value = Int(whole), !unit.isEmpty || (2...100).contains(value) else { return nil }
  return first + "%"
}
