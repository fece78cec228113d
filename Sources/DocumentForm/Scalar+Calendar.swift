package import PlanModel
import PlanText

extension Scalar where Value == CivilDate {
  /// `2026-12-21`.
  package static let date = Scalar.writtenDate.mended(by: mendedDate)

  private static let writtenDate = Scalar(
    "a date such as 2026-12-21", examples: ["2026-12-21"], page: .notADate,
    rule: "Write the year, the month and the day in digits: 2026-12-21.",
    pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
  ) { CivilDate($0) }
}

extension Scalar where Value == PlanTimeZone {
  /// `Europe/Berlin`.
  package static let timeZone = Scalar(
    "a time zone such as Europe/Berlin", examples: ["Europe/Berlin"], page: .notATimeZone,
    rule:
      "Write the name of a place in the list of IANA, as `ls /usr/share/zoneinfo/Europe` shows them, or UTC.",
    pattern: "^(UTC|[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+)$", maximumLength: 64
  ) { PlanTimeZone(named: $0) }
}

/// `2026-12-21` for `21.12.2026`, `2026/12/21` and `2026-12-1`; nil where day and month could be the other way round.
@Sendable private func mendedDate(_ text: String) -> String? {
  let parts = text.split { !$0.isASCII || !$0.isNumber }
  guard parts.count == 3, text.utf8.allSatisfy({ $0.isDigit || "./- ".utf8.contains($0) }) else {
    return nil
  }
  func date(_ year: Substring, _ month: Substring, _ day: Substring) -> String {
    let padded = [month, day].map { $0.count == 1 ? "0" + $0 : String($0) }
    return ([String(year)] + padded).joined(separator: "-")
  }
  if parts[0].count == 4 { return date(parts[0], parts[1], parts[2]) }
  // With dots the day comes first, with slashes it does for some.
  guard parts[2].count == 4, text.utf8.contains(".") else { return nil }
  return date(parts[2], parts[1], parts[0])
}
