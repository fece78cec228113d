package import PlanText

extension CatalogueEntry {
  /// The pages about settings of news.
  package static let newsPages: [CatalogueEntry] = [
    notATimeOfDay, notAZone, notAMailAddress, sharedCheck,
  ]

  /// A text that is no time of the day.
  package static let notATimeOfDay = CatalogueEntry(
    "N001", "Not a time of the day",
    explanation: """
      The value is not a time of the day. A time of the day has two digits for the hour, a colon and two digits for \
      the minute: 08:00, 20:30.

      A time that is read otherwise than it was meant lets a gate stay open unnoticed, or wakes people at night.

      Write the time in this form, in quotes: other programs take some of them for numbers.
      """,
    bad: exampleNews("digest: 8am"),
    good: exampleNews("digest: \"08:00\""))

  /// A zone that the system does not know.
  package static let notAZone = CatalogueEntry(
    "N002", "Not a time zone of this system",
    explanation: """
      The system has no time zone of this name. Zones are named after places, because only places know when summer \
      time begins: Europe/Berlin. Abbreviations such as CET and offsets do not know it.

      In another zone quiet hours and the digest come at other times than people expect.

      Write a name of the system's list of zones. Where a good name is not found, install the package tzdata.
      """,
    bad: exampleNews("timeZone: Europe/Berlinn"),
    good: exampleNews("timeZone: Europe/Berlin"))

  /// A text that is no address of mail.
  package static let notAMailAddress = CatalogueEntry(
    "N003", "Not an address of mail",
    explanation: """
      The value is not an address of mail. It goes into the head of every mail as it is, so names, angle brackets and \
      quotes are left out: rotations@example.net.

      News that is sent to a wrong address reaches nobody, and nothing says so.

      Write only the address. Several addresses are a list.
      """,
    bad: exampleNews(
      destinations: "  team: { mail: { to: [rotations], from: waltz@bastion.example.net } }"),
    good: exampleNews(
      destinations:
        "  team: { mail: { to: [rotations@example.net], from: waltz@bastion.example.net } }"))

  /// One URL for two checks.
  package static let sharedCheck = CatalogueEntry(
    "N004", "Two checks have the same URL",
    explanation: """
      'ping' and 'exposure' refer to the same URL. An executor that ends tells 'ping' a success, and that would end the \
      exposure, too.

      The service then raises no alarm, however long verification stays off.

      Make a check of its own for exposures, and refer to its URL.
      """,
    bad: exampleNews(
      "ping: { url: { env: WALTZ_PING_URL } }\nexposure: { url: { env: WALTZ_PING_URL } }"),
    good: exampleNews(
      "ping: { url: { env: WALTZ_PING_URL } }\nexposure: { url: { env: WALTZ_EXPOSURE_URL } }"))
}

private func exampleNews(
  _ line: String = "", destinations: String = "  chat: { slack: { env: WALTZ_SLACK_URL } }"
) -> String {
  """
  apiVersion: waltz/v1
  kind: Notifications
  \(line.isEmpty ? "" : line + "\n")destinations:
  \(destinations)

  """
}
