import DocumentForm
import PlanModel
import PlanText

extension Form where Value == PlanCalendar {
  /// The section `calendar`.
  static let calendar: Form = .object(
    "a calendar", example: "{ timeZone: Europe/Berlin }",
    .required(
      "timeZone", .scalar(.timeZone),
      "The time zone of the sites, by its name in the list of IANA: days begin and end by its clocks."
    ),
    .defaulted(
      "absences", .list(of: .absence, "a list of absences", count: 0...100),
      "Days on which many people are away together, as over the end of the year: nothing else shows them before they "
        + "come.",
      default: [])
  ) { _, timeZone, absences in PlanCalendar(timeZone: timeZone, absences: absences) }
}

extension Form where Value == PlanCalendar.Absence {
  fileprivate static let absence: Form = Form.object(
    "an absence", example: "{ from: 2026-12-21, to: 2027-01-03, share: 60% }",
    .required("from", .scalar(.date), "The first day on which people are away."),
    .required("to", .scalar(.date), "The last day on which people are away."),
    .required("share", .scalar(.share), "Which part of the clients stays away for all that time.")
  ) { _, from, to, share in PlanCalendar.Absence(from: from, to: to, share: share)
  }.named("absence")
}
