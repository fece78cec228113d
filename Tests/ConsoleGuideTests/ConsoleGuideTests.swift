import PlanModel
import PlanText
import RotationGraph
import Testing

@testable import ConsoleGuide

@Suite("A person is told what to do, in both languages, with every name filled in")
struct ConsoleGuideTests {
  /// Everything that an instruction can name, twice: of many and of one server, and by both ways to break.
  static let plan: RotationPlan = {
    var waits = Waits()
    for kind in WaitKind.allCases {
      waits[kind].cohorts = [
        WaitPolicy.Cohort(
          name: Located("controllers"),
          selector: ClientSelector(osFunction: Located(.domainController)),
          adopted: Located(.percent(100)))
      ]
      waits[kind].exclusions = [
        WaitPolicy.Exclusion(
          selector: ClientSelector(group: Located("My Company\\Lab")),
          reason: Located("isolated network"))
      ]
    }
    return RotationPlan(
      name: Located("emea"),
      certificates: [
        CertificateSource(
          name: Located("keystore"), container: .pkcs12(Located("certs/paris.p12")),
          password: Located(.environment("P12")),
          fingerprint: Fingerprint("sha256:" + String(repeating: "3f", count: 32)).map {
            Located($0)
          }),
        CertificateSource(
          name: Located("java"), container: .jks(Located("certs/oslo.jks")),
          password: Located(.command(["vault", "get", "hunter2"]))),
        CertificateSource(
          name: Located("files"),
          container: .pem(
            certificate: Located("certs/berlin.pem"), key: Located("/keys/berlin.key")),
          password: Located(.file("secrets/berlin"))),
        CertificateSource(
          name: Located("bytes"),
          container: .der(certificate: Located("certs/b.der"), key: Located("certs/b.key"))),
      ],
      sites: [
        site("paris", ["keystore", "files"], api: true), site("berlin", ["java"], api: false),
        site("oslo", ["bytes", nil], api: false),
      ],
      partnerships: Partnership.Break.allCases.map { breaking in
        Partnership(
          sites: [Located("paris"), Located("berlin")], breaking: Located(breaking),
          authority: breaking == .delete ? Located("berlin") : nil)
      },
      waits: waits)
  }()

  private static func site(_ name: String, _ certificates: [String?], api: Bool) -> Site {
    Site(
      name: Located(name),
      api: api
        ? SiteAPI(
          url: Located("https://\(name).example.net:8446"), username: Located("u"),
          password: Located(.environment("API")), domain: Located("Default")) : nil,
      servers: certificates.enumerated().map { number, certificate in
        Server(
          name: Located("\(name)-0\(number + 1)"),
          address: Located("\(name)-0\(number + 1).example.net"),
          certificate: certificate.map { Located($0) },
          version: ProductVersion("14.3.9816").map { Located($0) },
          upgrade: ProductVersion("14.3.11216").map { Located($0) },
          ports: ServerPorts(console: Located(9443)))
      })
  }

  private static let record = GuideRecord(
    settings: [
      .init(group: "My Company", location: "Default", list: "Own list", verifies: true),
      .init(group: "My Company\\Servers", location: "Default", list: "Own list", verifies: false),
      .init(group: "My Company\\Servers", location: "VPN", list: nil, verifies: nil),
    ],
    fingerprints: ["java": "sha256:0a0b"], until: "2026-01-12")

  /// The steps with an action on every target of the plan that it fits.
  static func steps(_ action: Action) -> [Step] {
    let targets: [Target] =
      switch action.targetKind {
      case .site: plan.sites.indices.map { .site($0) }
      case .server:
        plan.sites.indices.flatMap { site in
          plan.sites[site].servers.indices.filter { server in
            action.serverPart != .certificate || plan.sites[site].servers[server].certificate != nil
          }.map { .server(site: site, server: $0) }
        }
      case .partnership: plan.partnerships.indices.map { .partnership($0) }
      }
    return targets.map { Step(action, on: $0, by: .operator) }
  }

  /// A graph in which the partnerships of the plan are broken and restored; its waits end so.
  private static func graph(_ onDeadline: WaitPolicy.OnDeadline = .hold) -> StepGraph {
    var plan = plan
    for kind in WaitKind.allCases {
      plan.waits[kind].onDeadline = Located(onDeadline)
      plan.waits[kind].floor = Located(.percent(90))
    }
    return StepGraph(
      plan: plan, steps: steps(.breakReplication) + steps(.restoreReplication),
      dependencies: AdjacencyTable([[], [], [0], [1]]))
  }

  private static func guide(
    _ language: GuideLanguage, folder: String? = nil, record: GuideRecord = record,
    _ onDeadline: WaitPolicy.OnDeadline = .hold
  ) -> ConsoleInstructions {
    ConsoleInstructions(graph(onDeadline), in: language, folder: folder, record: record)
  }

  @Test("Every language has a text for every action", arguments: GuideLanguage.allCases)
  func everyAction(language: GuideLanguage) {
    #expect(Set(language.texts.actions.keys) == Set(Action.allCases))
  }

  /// What is the same in all languages: under which conditions there are lines, how often, and what they name.
  private static func structure(_ text: GuideText) -> [String] {
    func fields(_ text: String) -> [String] {
      text.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }.sorted()
    }
    func commands(_ text: String) -> [String] {
      text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        .filter { $0.hasPrefix("waltz ") || $0.contains("\\") }.sorted()
    }
    return [
      "\(fields(text.title))",
      "\(text.actions.count) \(text.look.count) \(text.proof.count) \(text.trouble.count)",
    ]
      + text.lines.map {
        "\($0.condition) \($0.repetition) \(Set(fields($0.text)).sorted()) \(commands($0.text))"
      }
  }

  @Test("All languages say the same, line by line", arguments: Action.allCases)
  func sameStructure(action: Action) throws {
    let english = try #require(GuideLanguage.english.texts.actions[action])
    let german = try #require(GuideLanguage.german.texts.actions[action])
    #expect(Self.structure(english) == Self.structure(german))
  }

  @Test("Every placeholder is one that is known", arguments: GuideLanguage.allCases)
  func placeholders(language: GuideLanguage) {
    for (action, text) in language.texts.actions {
      for line in [text.title] + text.lines.map(\.text) {
        for name in line.split(separator: "{").dropFirst().map({ $0.prefix { $0 != "}" } }) {
          #expect(GuideField(rawValue: String(name)) != nil, "\(action): {\(name)}")
        }
        // What fills a placeholder brings its own quotes.
        let codes = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map(\.element)
        #expect(line.count { $0 == "`" }.isMultiple(of: 2), "\(action): \(line)")
        #expect(!codes.contains { $0.contains("{") }, "\(action): \(line)")
      }
    }
  }

  @Test(
    "Every line is a sentence, filled, and there for some step", arguments: GuideLanguage.allCases)
  func everyLine(language: GuideLanguage) throws {
    let guides = [Self.record, GuideRecord()].flatMap { record in
      WaitPolicy.OnDeadline.allCases.map { Self.guide(language, record: record, $0) }
    }
    for action in Action.allCases {
      var seen: Set<String> = []
      for guide in guides {
        for step in Self.steps(action) {
          let text = try #require(language.texts.actions[action])
          let fill = GuideFill(step, by: guide)
          for line in text.lines where !fill.lines([line]).isEmpty { seen.insert(line.text) }
          let lines = guide.lines(for: step)
          #expect(!guide.guide(for: step).actions.isEmpty, "\(action)")
          for line in lines {
            #expect(!line.contains("{") && !line.contains("}") && !line.contains("\n"), "\(line)")
            #expect(line.hasSuffix("."), "\(action): \(line)")
            #expect(!line.contains("  "), "\(action): \(line)")
          }
        }
      }
      let all = language.texts.actions[action]?.lines.map(\.text) ?? []
      for line in all { #expect(seen.contains(line), "\(action) never says: \(line)") }
    }
  }

  /// Words that no German sentence has and hardly an English one does without.
  private static let englishWords: Set = [
    "the", "and", "is", "are", "of", "with", "without", "then", "click", "choose", "select", "list",
    "if", "not", "from", "which", "until", "every", "on", "or", "as", "it", "there", "restart",
    "backup", "server certificate", "location", "locations", "group", "groups", "domain", "yes",
  ]

  @Test("No English is left in the German texts", arguments: Action.allCases)
  func noEnglish(action: Action) throws {
    let text = try #require(GuideLanguage.german.texts.actions[action])
    for line in [text.title] + text.lines.map(\.text) {
      // Programs, files and services keep their names.
      let words = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined(separator: " ")
        .replacing("„Address already in use“", with: "")
        .replacing(#/\{[a-zA-Z]*\}/#, with: "")
        .split { !$0.isLetter }.map { $0.lowercased() }
      let left = words.filter(Self.englishWords.contains)
      #expect(left.isEmpty, "\(action): \(left) in \(line)")
    }
  }

  @Test("A site with one server is told nothing of others", arguments: GuideLanguage.allCases)
  func oneServer(language: GuideLanguage) {
    let upgrade = Step(.upgradeServer, on: .server(site: 1, server: 0), by: .operator)
    let lines = Self.guide(language).guide(for: upgrade).actions
    #expect(!lines.contains { $0.contains("semwebsrv") }, "\(lines)")
    let several = Step(.upgradeServer, on: .server(site: 0, server: 0), by: .operator)
    let more = Self.guide(language).guide(for: several).actions
    #expect(more.filter { $0.contains("paris-02") }.count == 2, "\(more)")
    #expect(more.contains { $0.contains("semsrv, semwebsrv") }, "\(more)")
  }

  @Test("An update names file, key, fingerprint, and where the password is, never the password")
  func update() {
    func lines(_ site: Int, _ server: Int, folder: String? = nil) -> String {
      Self.guide(.english, folder: folder).lines(
        for: Step(.updateCertificate, on: .server(site: site, server: server), by: .operator)
      ).joined(separator: "\n")
    }
    let keystore = lines(0, 0, folder: "plans")
    for part in [
      "plans/certs/paris.p12", "PKCS12 keystore", "sha256:3f3f", "environment variable P12",
      "paris-01.example.net, port 9443", "paris-01 ▸ Manage Server Certificate",
    ] { #expect(keystore.contains(part), "\(part) in \(keystore)") }
    let files = lines(0, 1, folder: "plans")
    #expect(files.contains("plans/certs/berlin.pem and /keys/berlin.key, both PEM"))
    #expect(files.contains("plans/secrets/berlin"))
    let java = lines(1, 0)
    #expect(java.contains("the program vault") && !java.contains("hunter2"))
    // What a check saw stands in for what the plan does not pin.
    #expect(java.contains("sha256:0a0b"))
    #expect(lines(2, 0).contains("that `check-certificate` of oslo-01 found"))
  }

  @Test("What was recorded is listed with every group and location, in the gates that need it")
  func recorded() {
    let https = Step(.switchClientsToHTTPS, on: .site(0), by: .operator)
    let lists = Self.guide(.english).lines(for: https).filter { $0.hasPrefix("Recorded:") }
    #expect(
      lists == [
        "Recorded: list Own list at My Company ▸ Default, My Company\\Servers ▸ Default.",
        "Recorded: list not seen at My Company\\Servers ▸ VPN.",
      ])
    let enable = Step(.enableVerification, on: .site(0), by: .operator)
    let states = Self.guide(.german).lines(for: enable).filter { $0.hasPrefix("Festgehalten:") }
    #expect(
      states == [
        "Festgehalten: sichere Kommunikation eingeschaltet bei My Company ▸ Default.",
        "Festgehalten: sichere Kommunikation ausgeschaltet bei My Company\\Servers ▸ Default.",
        "Festgehalten: sichere Kommunikation nicht gesehen bei My Company\\Servers ▸ VPN.",
      ])
    var many = GuideRecord(settings: [])
    for number in 0..<20 {
      many.settings?.append(
        .init(group: "G\(number)", location: "Default", list: "L", verifies: true))
    }
    let lines = Self.guide(.english, record: many).lines(for: https).filter {
      $0.hasPrefix("Recorded:")
    }
    #expect(lines.count == 3)
    for number in 0..<20 {
      #expect(lines.contains { $0.contains("G\(number) ▸") }, "\(number)")
    }
  }

  @Test("Lists and verification are changed in every domain", arguments: GuideLanguage.allCases)
  func everyDomain(language: GuideLanguage) {
    let words = language == .english ? "every domain" : "jeder Domäne"
    for action in [
      Action.switchClientsToHTTP, .disableVerification, .enableVerification, .switchClientsToHTTPS,
    ] {
      let lines = Self.guide(language).lines(for: Step(action, on: .site(0), by: .operator))
      #expect(lines.contains { $0.contains(words) }, "\(action)")
    }
  }

  @Test("A break is made on both sides; a schedule is moved by dates")
  func breaks() {
    let deleted = Self.guide(.english).lines(
      for: Step(.breakReplication, on: .partnership(0), by: .operator))
    for side in ["paris", "berlin"] {
      let head = "On site \(side) (\(side)-01.example.net, port 9443)"
      #expect(deleted.contains { $0.hasPrefix(head) })
    }
    #expect(!deleted.contains { $0.contains("weekly") })
    let moved = Self.guide(.english).lines(
      for: Step(.breakReplication, on: .partnership(1), by: .operator))
    #expect(
      moved.contains { $0.contains("not before 2026-01-12 (UTC)") && $0.contains("at worst") })
    let restored = Self.guide(.english).lines(
      for: Step(.restoreReplication, on: .partnership(0), by: .operator))
    #expect(
      restored.contains {
        $0.hasPrefix("On site paris (paris-01.example.net, port 9443), not on berlin")
      })
    #expect(restored.contains { $0.contains("address berlin-01.example.net, port 9443") })
  }

  @Test(
    "The language is that of the locale",
    arguments: [
      ("de_DE.UTF-8", GuideLanguage.german), ("de", .german), ("de-AT", .german), ("DE", .german),
      ("en_US.UTF-8", .english), ("C", .english), ("", .english), ("dede", .english),
      ("fr_FR", .english),
    ])
  func locale(name: String, language: GuideLanguage) {
    #expect(GuideLanguage(locale: name) == language)
  }

  @Test("What stands in the plan is quoted by who prints it")
  func quoting() {
    let guide = ConsoleInstructions(Self.graph(), record: Self.record, quoting: { "<\($0)>" })
    for action in Action.allCases {
      for step in Self.steps(action) {
        for line in guide.lines(for: step) + [guide.guide(for: step).title] {
          var rest = line
          while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            rest.removeSubrange(open...close)
          }
          for name in ["paris", "berlin", "oslo", "certs/", "vault", "My Company"] {
            #expect(!rest.contains(name), "\(action): \(line)")
          }
        }
      }
    }
  }
}
