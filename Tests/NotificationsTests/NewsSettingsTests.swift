import Foundation
import NotificationFiles
import Notifications
import PlanModel
import PlanText
import TestSupport
import Testing

@Suite("The settings of news")
struct NewsSettingsTests {
  private func read(_ text: String) -> NewsSettingsReading {
    NewsSettingsReading(SourceText(name: "notify.yaml", text: text), id: SourceID(index: 0))
  }

  @Test(
    "Every page's bad example is what it is about, and its good one is right",
    arguments: CatalogueEntry.newsPages.map(\.code))
  func pages(code: String) throws {
    let page = try #require(CatalogueEntry.newsPages.first { $0.code == code })
    #expect(read(page.bad).diagnostics.map(\.code) == [code])
    #expect(read(page.good).diagnostics.isEmpty)
  }

  @Test("All that can be said, and what holds where nothing is")
  func everything() throws {
    let reading = read(
      """
      apiVersion: waltz/v1
      kind: Notifications
      timeZone: Europe/Berlin
      digest: "07:30"
      quiet: { from: "20:00", to: "07:00" }
      budgets: { verificationOff: 14d }
      ping: { url: { env: PING } }
      exposure: { url: { env: EXPOSURE }, per: site, worlds: [lab] }
      destinations:
        ops:
          webhook: { url: { env: HOOK }, secret: { file: hook.secret } }
          classes: { wait-passed: now, run-started: off }
          worlds: [real, lab]
          digest: "off"
        team: { mail: { to: [a@example.net, b@example.net], from: waltz@example.net } }
        chat: { slack: { env: SLACK } }
        cards: { teams: { command: [vault, read, teams] } }
        pager: { command: [page, --urgent] }

      """)
    #expect(reading.diagnostics.isEmpty)
    let settings = try #require(reading.settings)
    #expect(settings.destinations.map(\.name) == ["ops", "team", "chat", "cards", "pager"])
    #expect(settings.digestAt.description == "07:30")
    #expect(settings.verificationOffBudget == .days(14))
    #expect(settings.replicationBrokenBudget == .days(21))
    let ops = settings.destinations[0]
    #expect(ops.newsClass(of: .waitPassed) == .now && ops.newsClass(of: .runStarted) == .off)
    #expect(ops.newsClass(of: .gateOpened) == .now && !ops.hasDigest)
    #expect(settings.destinations[1].worlds == ["real"] && settings.destinations[1].hasDigest)
    #expect(settings.ping?.worlds == ["real"] && settings.exposure?.worlds == ["lab"])
    #expect(settings.exposure?.isPerSite == true && settings.ping?.isPerSite == false)
    #expect(settings.exposure?.url.value == .environment("EXPOSURE"))
    // 23:30 in Berlin, and 07:00.
    #expect(settings.isQuiet(at: 1_767_652_200) && !settings.isQuiet(at: 1_767_679_200))
  }

  @Test("A mistake is said with its place, and a secret that is written out is not shown")
  func mistakes() throws {
    let reading = read(
      """
      apiVersion: waltz/v1
      kind: Notifications
      destinations:
        ops: { webhook: { url: https://hooks.example.net/T0/geheim } }
        chat: { slak: { env: SLACK } }

      """)
    #expect(reading.settings == nil)
    #expect(Set(reading.diagnostics.map(\.code)).isSuperset(of: ["F020", "F001"]))
    #expect(reading.diagnostics.allSatisfy { !"\($0)".contains("geheim") })
  }

  @Test(
    "A check without a URL, with a wrong word or with its URL written out is said",
    arguments: [
      ("exposure: {}", "F002"), ("exposure: { url: https://hc.example.net/geheim }", "F020"),
      ("exposure: { url: { env: X }, world: [real] }", "F001"),
      ("exposure: { url: { env: X }, worlds: [moon] }", "F009"),
      ("exposure: { url: { env: X }, per: server }", "F009"),
      ("exposures: { url: { env: X } }", "F001"),
    ])
  func checks(line: String, code: String) {
    let reading = read(
      """
      apiVersion: waltz/v1
      kind: Notifications
      \(line)
      destinations: { chat: { slack: { env: SLACK } } }

      """)
    #expect(reading.settings == nil)
    #expect(reading.diagnostics.map(\.code) == [code])
    #expect(reading.diagnostics.allSatisfy { !"\($0)".contains("geheim") })
  }

  @Test("Who wants only the checks names no destination")
  func checksAlone() throws {
    let reading = read(
      """
      apiVersion: waltz/v1
      kind: Notifications
      ping: { url: { env: PING } }

      """)
    #expect(reading.diagnostics.isEmpty)
    let settings = try #require(reading.settings)
    #expect(settings.destinations.isEmpty && settings.ping != nil)
  }

  @Test("In the night in which summer time begins a digest of 02:30 comes at three")
  func summerTime() throws {
    let clock = try #require(DayClock(zone: "Europe/Berlin"))
    // 2026-03-29, 00:59 and 01:00 in UTC.
    #expect(clock.moment(at: 1_774_745_940).time.description == "01:59")
    #expect(clock.moment(at: 1_774_746_000).time.description == "03:00")
    #expect(clock.moment(at: 1_774_746_000).day == clock.moment(at: 1_774_745_940).day)
    #expect(DayTime("24:00") == nil && DayTime("8:00") == nil && DayTime("08:60") == nil)
  }

  @Test("The schema in the repository is the one of the declaration that decodes")
  func schema() throws {
    let path = Repository.root + "/schemas/notifications.schema.json"
    let file = try Data(contentsOf: URL(filePath: path))
    #expect(
      Array(file) == newsSettingsSchema(), "Write it with `waltz plan schema --kind notifications`."
    )
  }
}
