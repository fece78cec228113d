import DiagnosticCatalogue
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import SiteChecks
import Testing

@Suite("What sites say of themselves, held against their plan")
struct SitePageTests {
  /// 2026-01-05, and a year later.
  private static let (start, later) = (Int64(1_767_600_000), Int64(1_799_136_000))

  /// A site of which nothing can be said.
  private static func sound(_ change: (inout SiteFacts) -> Void = { _ in }) -> SiteFacts {
    var facts = SiteFacts(
      version: "14.3.11216.9000",
      account: .init(username: "rotation", role: "Administrator", isSystemAdministrator: true))
    facts.clock = .init(ahead: 1_500, accuracy: 0)
    facts.servers = 1
    facts.clients = 4_000
    facts.clientsOfVersion142 = 0
    facts.isEnrolled = false
    facts.license = .init(hasEnded: false, end: later)
    facts.settings = SiteSettings()
    change(&facts)
    return facts
  }

  private static func graph(_ text: String) throws -> StepGraph {
    let reading = checkPlans(
      SourceText(name: "plan.yaml", bytes: Array(text.utf8)), id: SourceID(index: 0))
    return lower(try #require(reading.plans.first ?? nil, "\(reading.diagnostics.map(\.detail))"))
  }

  private static func found(_ text: String, _ answers: [SiteAnswer?]) throws -> [Diagnostic] {
    checkSites(of: try graph(text), answers, end: start + 90 * 86_400)
  }

  /// What a page is about, as a site tells it.
  private static let told: [String: (bad: SiteAnswer, good: SiteAnswer)] = [
    "L001": (
      .trouble(.init(.unreachable, "Nothing listens there.", help: "Start the service.")),
      .facts(sound())
    ),
    "L002": (
      .trouble(.init(.untrusted, "Nobody vouches for it.", help: "Pin it.")), .facts(sound())
    ),
    "L003": (.trouble(.init(.refused, "It is refused.", help: "Correct it.")), .facts(sound())),
    "L004": (.facts(sound { $0.account.isSystemAdministrator = false }), .facts(sound())),
    "L005": (
      .facts(sound { $0.unread = ["Cannot read the database: SEPM answers 500."] }),
      .facts(sound())
    ),
    "L006": (.facts(sound { $0.clock = .init(ahead: -3_600_000, accuracy: 0) }), .facts(sound())),
    "L007": (.facts(sound()), .facts(sound())),
    "L008": (.facts(sound(express)), .facts(sound(express))),
    "L009": (.facts(sound { $0.servers = 2 }), .facts(sound { $0.servers = 2 })),
    "L010": (
      .facts(sound { $0.license = .init(hasEnded: false, end: start + 10 * 86_400) }),
      .facts(sound())
    ),
    "L011": (.facts(sound { $0.isEnrolled = true }), .facts(sound())),
    "L012": (
      .facts(sound { ($0.clientsOfVersion142, $0.servers) = (12, 2) }),
      .facts(sound { $0.servers = 2 })
    ),
    "L013": (.facts(sound()), .facts(sound())),
    "L014": (
      .facts(sound { $0.purges = [.init(domain: "Default", days: 7)] }),
      .facts(sound { $0.purges = [.init(domain: "Default", days: 60)] })
    ),
    "L015": (.facts(sound(deaf)), .facts(sound(deaf))),
    "L016": (.facts(sound { $0.settings?.areShown = false }), .facts(sound())),
    "L017": (
      .facts(sound { $0.replication = .init(ownName: "Site paris", partners: ["Site berlin"]) }),
      .facts(sound { $0.replication = .init(ownName: "Site paris", partners: ["Site berlin"]) })
    ),
    "L018": (
      .facts(sound { $0.replication = .init(ownName: "Site paris", partners: []) }),
      .facts(sound { $0.replication = .init(ownName: "Site paris", partners: []) })
    ),
    "L019": (
      .facts(sound { $0.settings = places([false, false]) }),
      .facts(sound { $0.settings = places([false, false]) })
    ),
    "L020": (
      .facts(
        sound { $0.settings = places([true], list: "Copy of Default Management Server List") }),
      .facts(sound { $0.settings = places([true], list: "Copy of Default Management Server List") })
    ),
  ]

  private static func places(_ verify: [Bool], list: String = "Default Management Server List")
    -> SiteSettings
  {
    SiteSettings(
      places: verify.enumerated().map { number, verifies in
        .init(
          name: "My Company\\Group \(number), location Default", verifies: verifies,
          serverList: list)
      })
  }

  private static func express(_ facts: inout SiteFacts) {
    facts.database = .init(
      type: "Microsoft SQL Server", instance: "SQLEXPRESSSYMC", isSQLExpress: true)
  }

  private static func deaf(_ facts: inout SiteFacts) {
    facts.settings?.deafGroups = [.init(path: "My Company\\Lab", clients: 40)]
  }

  private static let pages = Catalogue.all.pages.filter { $0.code.first == "L" }

  @Test("Every page is about something that a site can tell")
  func complete() {
    #expect(Set(Self.pages.map(\.code)) == Set(Self.told.keys))
  }

  @Test("The bad document triggers the page and nothing else", arguments: pages.map(\.code))
  func bad(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let answer = try #require(Self.told[code]).bad
    let found = try Self.found(page.bad, [answer, nil])
    #expect(found.map(\.code) == [code], "\(found.map(\.detail))")
    #expect(found.allSatisfy { $0.span.isKnown && $0.help?.isEmpty == false })
    #expect(found.first?.severity == page.severity || code == "L011")
  }

  @Test("The good document triggers nothing", arguments: pages.map(\.code))
  func good(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let answer = try #require(Self.told[code]).good
    let found = try Self.found(page.good, [answer, nil])
    #expect(found == [], "\(found.map(\.detail))")
  }

  @Test("A site that nobody asked, and one that told nothing more, are no finding")
  func silence() throws {
    let text = ExamplePlan().text
    #expect(try Self.found(text, [nil]) == [])
    let bare = SiteFacts(
      version: "what is this",
      account: .init(username: nil, role: nil, isSystemAdministrator: nil))
    #expect(try Self.found(text, [.facts(bare)]) == [])
  }

  @Test("A clock may differ by five minutes")
  func clock() throws {
    for (ahead, count) in [(Int64(300_000), 0), (-300_000, 0), (300_001, 1), (-300_001, 1)] {
      let found = try Self.found(
        ExamplePlan().text, [.facts(Self.sound { $0.clock = .init(ahead: ahead, accuracy: 0) })])
      #expect(found.count == count, "\(ahead)")
    }
  }

  @Test("What may be the length of the call is held against no clock")
  func slowCall() throws {
    for (ahead, count) in [(Int64(310_000), 0), (-310_000, 0), (310_001, 1), (-310_001, 1)] {
      let found = try Self.found(
        ExamplePlan().text,
        [.facts(Self.sound { $0.clock = .init(ahead: ahead, accuracy: 10_000) })])
      #expect(found.count == count, "\(ahead)")
    }
  }

  @Test("Servers and clients of 14.2 that may be a partner's are held against both")
  func shared() throws {
    let text = ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }")
    let planned = try Self.graph(text).plan.sites.map(\.servers.count).reduce(0, +)
    func found(_ text: String, _ change: (inout SiteFacts) -> Void) throws -> [Diagnostic] {
      try Self.found(
        text,
        [
          .facts(
            Self.sound {
              $0.replication = .init(ownName: "paris", partners: ["berlin"])
              change(&$0)
            }), nil,
        ])
    }
    #expect(try found(text) { $0.servers = planned } == [])
    let more = try found(text) { $0.servers = planned + 1 }
    #expect(more.map(\.code) == ["L009"] && more[0].detail.contains("and its partners"), "\(more)")

    // Paris keeps verifying; the clients may be those of berlin, which does not.
    let mixed = ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }", servers: 2
    ).replacing("  paris:\n", with: "  paris:\n    strategy: { method: failover }\n")
    let old = try found(mixed) { $0.clientsOfVersion142 = 3 }.filter { $0.code == "L012" }
    #expect(old.map(\.severity) == [.warning], "\(old)")
  }

  @Test("A version is compared as far as the plan gives it, and an upgrade that was done is said")
  func versions() throws {
    func codes(_ lines: String, _ version: String) throws -> [String] {
      let text = ExamplePlan.with {
        $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026", server: lines)
      }
      return try Self.found(text, [.facts(Self.sound { $0.version = version })]).map(\.detail)
    }
    #expect(try codes("version: 14.3.9816", "14.3.9816.7000") == [])
    #expect(try codes("version: 14.3.9816.7000", "14.3.9816.7001").count == 1)
    let upgrade = "version: 14.3.9816\n        upgrade: { to: 14.3.11216 }"
    #expect(try codes(upgrade, "14.3.9816.7000") == [])
    let done = try codes(upgrade, "14.3.11216.9000")
    #expect(done.count == 1 && done[0].contains("has version 14.3.11216.9000 already"), "\(done)")
  }

  @Test("Fewer than half of the expected clients is an error, more than twice a warning")
  func population() throws {
    let text = ExamplePlan.with(site: "").replacing(
      "    servers:\n", with: "    clients: 1000\n    servers:\n")
    func severities(_ clients: Int) throws -> [Severity] {
      try Self.found(text, [.facts(Self.sound { $0.clients = clients })]).map(\.severity)
    }
    #expect(try severities(499) == [.error])
    #expect(try severities(500) == [])
    #expect(try severities(2_000) == [])
    #expect(try severities(2_001) == [.warning])
  }

  @Test("Rows that a partner replicated make a site look large, and are no finding")
  func replicatedPopulation() throws {
    let text = ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }"
    ).replacing("    servers:\n", with: "    clients: 1000\n    servers:\n")
    let large = Self.sound {
      $0.clients = 9_000
      $0.replication = .init(ownName: "paris", partners: ["berlin"])
    }
    #expect(try Self.found(text, [.facts(large), nil]) == [])
  }

  @Test("A purge is held against the deadline first, then against who counts as active")
  func purges() throws {
    func details(_ days: Int64) throws -> [String] {
      try Self.found(
        ExamplePlan().text,
        [.facts(Self.sound { $0.purges = [.init(domain: "Default", days: days)] })]
      ).map(\.detail)
    }
    #expect(try details(13).first?.contains("may last 14d") == true)
    #expect(try details(14).first?.contains("within 30d") == true)
    #expect(try details(30) == [])
  }

  @Test("Groups that adopt nothing: waived, empty, and so many that a wait cannot pass")
  func deafGroups() throws {
    func details(_ groups: [SiteSettings.DeafGroup]) throws -> [String] {
      try Self.found(
        ExamplePlan().text, [.facts(Self.sound { $0.settings?.deafGroups = groups })]
      ).map(\.detail)
    }
    #expect(try details([.init(path: "My Company\\Lab", clients: 0)]) == [])
    // 98% of 4,000 leave 80 out.
    let few = try details([.init(path: "My Company\\Lab", clients: 80)])
    #expect(few.count == 1 && !few[0].contains("cannot reach"), "\(few)")
    let many = try details([
      .init(path: "My Company\\Lab", clients: 80), .init(path: "My Company\\Kiosks", clients: 1),
    ])
    #expect(many.count == 1 && many[0].contains("cannot reach 98% of 4,000 clients"), "\(many)")
  }

  @Test("Verification that is off: half of all locations is an error, fewer a note")
  func verification() throws {
    func severities(_ verify: [Bool], _ lines: String = "") throws -> [Severity] {
      let text = ExamplePlan().text.replacing("    servers:\n", with: lines + "    servers:\n")
      return try Self.found(text, [.facts(Self.sound { $0.settings = Self.places(verify) })]).map(
        \.severity)
    }
    #expect(try severities([true, true]) == [])
    #expect(try severities([true, true, false]) == [.note])
    #expect(try severities([true, false]) == [.error])
    for meant in ["on", "as-found"] {
      #expect(try severities([false], "    recorded: { verification: \(meant) }\n") == [])
    }
    // Where verification stays on all the time, nothing is put back.
    let text = ExamplePlan.failover("")
    let off = Self.sound {
      $0.settings = Self.places([false])
      $0.servers = 2
    }
    #expect(try Self.found(text, [.facts(off)]) == [])
  }

  @Test(
    "The names of server lists: HTTP is an error, a copy as well in half of them, HTTPS nothing")
  func serverLists() throws {
    for (list, others, severity) in [
      ("paris HTTP rotation", 4, Severity.error as Severity?), ("Copy of the list", 1, .error),
      ("Copy of the list", 2, .warning), ("Clients HTTPS", 0, nil),
      ("Default Management Server List", 0, nil),
    ] {
      let facts = Self.sound {
        $0.settings = Self.places([true], list: list)
        $0.settings?.places += Self.places(Array(repeating: true, count: others)).places
      }
      let found = try Self.found(ExamplePlan().text, [.facts(facts)])
      #expect(found.map(\.severity) == (severity.map { [$0] } ?? []), "\(list)")
    }
  }

  @Test("Partners are told by what sites call themselves, and strangers by their number")
  func partners() throws {
    let text = ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }")
    func codes(_ sites: [(own: String?, partners: [String])?]) throws -> [String] {
      try Self.found(
        text,
        sites.map { site in
          site.map { site in
            .facts(
              Self.sound {
                $0.replication = .init(ownName: site.own, partners: site.partners)
              })
          }
        }
      ).map(\.code)
    }
    #expect(try codes([("A", ["B"]), ("B", ["A"])]) == [])
    // Berlin was not asked, so that any one stranger may be it.
    #expect(try codes([("A", ["whatever"]), nil]) == [])
    #expect(try codes([("A", ["whatever", "another"]), nil]) == ["L017"])
    // Berlin calls itself otherwise: the partner is somebody else, and Berlin is not listed.
    #expect(try codes([("A", ["C"]), ("B", ["a"])]) == ["L017", "L018"])
    // Only one side was deleted.
    #expect(try codes([("A", []), ("B", ["A"])]) == ["L018"])
    #expect(try codes([(nil, ["Berlin"]), (nil, ["PARIS"])]) == [])
  }

  @Test("The enrolled site must not be overwritten")
  func enrolment() throws {
    let text = ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }")
    let enrolled = SiteAnswer.facts(Self.sound { $0.isEnrolled = true })
    #expect(try Self.found(text, [enrolled, nil]).map(\.severity) == [.note])
    #expect(try Self.found(text, [nil, enrolled]).map(\.severity) == [.warning])
    #expect(try Self.found(ExamplePlan().text, [enrolled]) == [])
  }

  @Test("Steps become gates only where they would have gone over the API")
  func gates() throws {
    let absent = SiteAnswer.facts(Self.sound { $0.settings?.areShown = false })
    let found = try Self.found(ExamplePlan().text, [absent])
    for action in ["record-settings", "disable-verification", "enable-verification"] {
      #expect(found.first?.detail.contains("'\(action)/paris'") == true, "\(found)")
    }
    let byHand = ExamplePlan.with(
      more: """
        automation:
          record-settings: operator
          disable-verification: operator
          enable-verification: operator
          confirm-settings: operator
        """)
    #expect(try Self.found(byHand, [absent]) == [])
  }
}
