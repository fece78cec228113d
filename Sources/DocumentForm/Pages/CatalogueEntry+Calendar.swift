package import PlanText

extension CatalogueEntry {
  /// The pages about dates and the places whose clocks they go by.
  static let calendarPages: [CatalogueEntry] = [notADate, notATimeZone]

  package static let notADate = CatalogueEntry(
    "F027", "Not a date",
    explanation: """
      A day is written as year, month and day in digits, with dashes between them: '2026-12-21'. It must be a day that \
      the calendar has.

      '03/04/2026' is a day in March to one reader and in April to another, and a forecast that looks for people in \
      the wrong month is wrong by weeks.

      Write the day the long way. A time of the day is not part of it: absences are whole days.
      """,
    bad: ExamplePlan.with(
      more: """
        calendar:
          timeZone: Europe/Berlin
          absences: [{ from: 2096-12-21, to: 2096-12-32, share: 60% }]
        """),
    good: ExamplePlan.with(
      more: """
        calendar:
          timeZone: Europe/Berlin
          absences: [{ from: 2096-12-21, to: 2096-12-31, share: 60% }]
        """))

  package static let notATimeZone = CatalogueEntry(
    "F028", "Not a time zone",
    explanation: """
      There is no time zone of this name. Zones are named after places, because only places know when summer time \
      begins: 'Europe/Berlin', 'America/New_York'. Abbreviations such as 'CET' and offsets such as '+01:00' do not \
      know it. 'UTC' is a name too.

      Waltz learns from the hours of the day when clients come back. By the clocks of another zone the morning of a \
      site is taken for its night, and days of absence begin and end at the wrong hour.

      Write a name of the list of IANA. Where a good name is not found, install the package tzdata.
      """,
    bad: ExamplePlan.with(more: "calendar: { timeZone: Europe/Berlinn }"),
    good: ExamplePlan.with(more: "calendar: { timeZone: Europe/Berlin }"))
}
