import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("What was seen of sites before a rotation")
struct ObservationTests {
  private static let now = Instant(milliseconds: 1_767_571_200_000)

  private static let sites: [SiteObservation] = {
    var hours = ContactHours()
    let monday = ContactHours.hour(of: now.milliseconds)
    for hour in monday..<monday + 30 { hours.add(hour, ["My Company": Int(hour - monday) + 100]) }
    let outlook = ObservedClients.Outlook(
      wait: .verificationDisabled, counted: 390, reachedAfter: .days(15), deadline: .days(14),
      pending: 4, stale: 7, excluded: 1,
      leftBehind: [
        Straggler(
          name: "PC-1\u{202E}", group: "My Company", lastSeen: now + .days(-20), .late,
          reason: "Late.")
      ])
    return [
      SiteObservation(
        site: "paris",
        sight: .seen(
          ObservedClients(
            at: now, clients: 400, online: 300, ages: [300, 40, 30, 20, 10, 0], outlook: outlook)),
        hours: hours),
      SiteObservation(
        site: "berlin", sight: .trouble("The API does not answer."), hours: ContactHours()),
      SiteObservation(site: "oslo", sight: .noAPI, hours: ContactHours()),
    ]
  }()

  @Test("People are told of each site, of its hours and of whom a wait would leave behind")
  func text() {
    let text = ObservationText.page(Self.sites, of: "emea")
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in [
      "Observation of emea", "400, 300 of them online at 2026-01-05 00:00Z",
      "300 in the last hour, 40 in the last day, 30 in the last week, 20 in the last 30 days, 10 longer ago",
      "30 hours watched since 2026-01-05 00:00Z, the last until 2026-01-06 06:00Z: 30 of the 168 hours",
      "too few for a whole baseline",
      "would count 390 clients and reach its thresholds after 15d",
      "later than its deadline of 14d", "leave 12 clients behind: 4 that come later, 7",
      "And 11 more.", "The API does not answer.", "The plan has no `api` for it.",
      "No hour was watched as a whole yet.",
    ] { #expect(words.contains(part), "\(part): \(text)") }
    #expect(text.contains("    00:00  100  124    -    -    -    -    -\n"), "\(text)")
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(
      Self.sites.map { ObservationText.trouble($0, at: Self.now) } == [
        nil, "2026-01-05 00:00:00Z  berlin could not be looked at: The API does not answer.", nil,
      ])
  }

  @Test("Programs get the same")
  func json() throws {
    let json = try JSONValue(parsing: ObservationJSON.line(Self.sites, of: "emea"))
    #expect(json["formatVersion"]?.string == "1.0")
    #expect(json["plan"]?.string == "emea")
    let sites = try #require(json["sites"]?.array)
    #expect(sites.map { $0["site"]?.string } == ["paris", "berlin", "oslo"])
    #expect(sites.map { $0["seen"]?.bool } == [true, false, false])
    #expect(sites[0]["lastContact"]?["month"]?.integer == 20)
    #expect(sites[0]["outlook"]?["reachedAfterSeconds"]?.integer == 1_296_000)
    #expect(sites[0]["outlook"]?["leftBehind"]?.array?.count == 1)
    let week = try #require(sites[0]["contacts"]?["week"]?.array)
    #expect(week.count == 168)
    #expect(week[1].integer == 101)
    #expect(week[40] == .null)
    #expect(sites[0]["contacts"]?["until"]?.string == "2026-01-06T06:00:00.000Z")
    #expect(sites[1]["reason"]?.string == "The API does not answer.")
    #expect(sites[1]["contacts"]?["hours"]?.integer == 0)
    #expect(sites[1]["contacts"]?["from"] == .null)
  }
}
