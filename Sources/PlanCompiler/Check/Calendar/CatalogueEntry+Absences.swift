package import PlanText

extension CatalogueEntry {
  /// The pages about days on which many people are away.
  static let absencePages: [CatalogueEntry] = [
    absenceBackwards, absencesOverlap, absenceShareOutOfRange, absenceTooLong, absenceOver,
  ]

  /// In days: nobody closes for longer.
  static let longestAbsence = 90

  private static func absences(_ list: String) -> String {
    ExamplePlan.with(more: "calendar:\n  timeZone: Europe/Berlin\n  absences:\n\(list)")
  }

  package static let absenceBackwards = CatalogueEntry(
    "M087", "An absence ends before it begins",
    explanation: """
      The last day of an absence is before its first. Over the end of a year the last day is in the next year.

      No day would be in it: forecasts would expect everybody in the office, and promise an end that is weeks too \
      early.

      Write the last day on which people are away. Both days count.
      """,
    bad: absences("    - { from: 2096-12-21, to: 2096-01-03, share: 60% }"),
    good: absences("    - { from: 2096-12-21, to: 2097-01-03, share: 60% }"))

  package static let absencesOverlap = CatalogueEntry(
    "M088", "Two absences share days",
    explanation: """
      Two absences of the calendar have days in common.

      Nobody can say how many clients are away on them: the larger share, both together, or some people twice. Each \
      reading puts the end of a wait on another day.

      Write one absence for each stretch of days, with the share that is away in all. Stretches may touch.
      """,
    bad: absences(
      """
          - { from: 2096-12-21, to: 2097-01-03, share: 40% }
          - { from: 2096-12-24, to: 2096-12-31, share: 80% }
      """),
    good: absences(
      """
          - { from: 2096-12-21, to: 2096-12-23, share: 40% }
          - { from: 2096-12-24, to: 2096-12-31, share: 80% }
      """))

  package static let absenceShareOutOfRange = CatalogueEntry(
    "M089", "No such share can be away",
    explanation: """
      The share of an absence is zero, or more than all clients.

      With zero the entry says nothing and looks as if it did. More than everybody cannot be away.

      Write which part of the clients stays away on these days, as a guess to the nearest ten percent: '60%'. It may \
      be '100%'.
      """,
    bad: absences("    - { from: 2096-12-21, to: 2097-01-03, share: 160% }"),
    good: absences("    - { from: 2096-12-21, to: 2097-01-03, share: 60% }"))

  package static let absenceTooLong = CatalogueEntry(
    "M090", "An absence lasts for months",
    severity: .warning,
    explanation: """
      An absence of the calendar lasts longer than 90 days. Most often a year is wrong.

      Forecasts would put the end of every wait behind it, however many clients come back before.

      Look at both years. Machines that are switched off for months are stale: they are not counted after \
      'activeWithin', and need no absence.
      """,
    bad: absences("    - { from: 2096-12-21, to: 2097-12-03, share: 60% }"),
    good: absences("    - { from: 2096-12-21, to: 2097-01-03, share: 60% }"))

  package static let absenceOver = CatalogueEntry(
    "M091", "An absence is over",
    severity: .warning,
    explanation: """
      An absence of the calendar ended before today.

      Forecasts look at the weeks to come, so it says nothing any more, unless a run under way began before it. Most \
      often the plan is last year's, and the absence of this year is missing: then forecasts promise an end in the \
      middle of it.

      Write the days of the next absence, or remove the entry.
      """,
    bad: absences("    - { from: 2020-12-21, to: 2021-01-03, share: 60% }"),
    good: absences("    - { from: 2096-12-21, to: 2097-01-03, share: 60% }"))
}
