import Drivers
import PlanModel
import PlanText
import Reports
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@testable import PlanWorkspace

@Suite("A plan made of what sites say")
struct PlanDraftTests {
  /// The first second of 2026.
  private static let time: Int64 = 1_767_225_600

  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static func site(
    _ name: String?, servers: [String], partners: [SiteInventory.Partner] = [],
    url: String = "https://sepm.example.net:8446", hosts: [String] = [],
    more: (inout SiteInventory) -> Void = { _ in }
  ) -> FoundSite {
    var inventory = SiteInventory(version: "14.3.9816.7000")
    inventory.name = name
    inventory.servers = servers.map { SiteInventory.Server(name: $0, clients: 7) }
    inventory.partners = partners
    inventory.database = .sqlServer
    inventory.clients = 400
    more(&inventory)
    return FoundSite(
      api: SiteAPI(
        url: Located(url), username: Located("rotation"),
        password: Located(.environment("SEPM_PASSWORD"))),
      inventory: inventory, certificateHosts: hosts)
  }

  private func text(_ sites: FoundSite...) -> String {
    String(
      decoding: PlanDraft(sites).text(for: "rotation.yaml", at: Self.time), as: UTF8.self)
  }

  /// The plan that a text is; it must be without errors, and laid out.
  private func plan(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> RotationPlan {
    let path = try folder.write(text, as: "rotation.yaml")
    let validation = try await folder.validation(of: path)
    let isGood = validation.isGood
    #expect(isGood, "\(validation.text)\n\(text)", sourceLocation: sourceLocation)
    let formatter = PlanFormatter(
      check: true, diffColor: nil, unicode: true, in: try folder.working())
    let file = PlanPaths.File(path: path, isNamed: true)
    guard case .laidOut(_, let isFinding) = try formatter.format(file) else {
      throw WorkspaceError(.findings, text)
    }
    #expect(!isFinding, "not laid out: \(text)", sourceLocation: sourceLocation)
    return try folder.plan(path).graph().graph.plan
  }

  @Test("Names, addresses, partners and numbers are those of SEPM")
  func plain() async throws {
    let text = text(
      Self.site(
        "Site Paris", servers: ["SEPM-PAR-01", "SEPM-PAR-02"],
        partners: [
          .init(name: "Site Berlin", servers: []), .init(name: "Site Oslo", servers: []),
        ], url: "https://sepm-par-02.example.net:9446"
      ) { $0.domains = ["Default", "Branch: offices"] },
      Self.site(
        "Site Berlin", servers: ["SEPM-BER-01"], partners: [.init(name: "Site Paris")],
        url: "https://192.0.2.7:8446"
      ) {
        $0.database = nil
        $0.databaseType = "Oracle"
        $0.clients = 12
        $0.serverCount = 4
      })
    let plan = try await plan(text)
    #expect(plan.sites.map(\.name.value) == ["Site-Paris", "Site-Berlin", "Site-Oslo"])
    #expect(
      plan.sites.map { $0.servers.map(\.address.value) } == [
        ["SEPM-PAR-01.example.net", "sepm-par-02.example.net"], ["192.0.2.7"],
        ["Site-Oslo-server-1.Site-Oslo.fill-in.invalid"],
      ])
    #expect(plan.sites[0].servers.map(\.ports.api.value) == [8_446, 9_446])
    #expect(plan.sites.map(\.isRotating) == [true, true, false])
    #expect(plan.sites.map(\.clients?.value) == [400, 12, nil])
    #expect(plan.sites.map(\.database?.value) == [.sqlServer, nil, nil])
    #expect(plan.partnerships.map(\.name) == ["Site-Berlin+Site-Paris", "Site-Oslo+Site-Paris"])
    #expect(plan.name.value == "site-paris-2026")
    for words in [
      "SEPM calls this site 'Site Paris'.", "2 domains", "'Branch: offices'", "'Oracle'",
      "FILL IN: nobody asked this site", "DECIDE: Site-Berlin has 12 clients", "adopted: 90%",
      "SEPM counts 4 servers",
    ] {
      #expect(text.contains(words), "\(words) is not in: \(text)")
    }
  }

  @Test("A name that is hostile stays in its comment", arguments: HostileText.seeds(60))
  func hostile(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    func name() -> String { HostileText.text(&random) }
    let partner = name()
    let text = text(
      Self.site(
        name(), servers: [name(), name(), name()],
        partners: [.init(name: partner, servers: [.init(name: name(), clients: 1)])],
        url: "https://192.0.2.7:8446", hosts: [name()]
      ) {
        $0.domains = [name(), name()]
        $0.unread = [name()]
        $0.version = name()
        $0.database = nil
        $0.databaseType = name()
      })
    // A key of its own, in letters and dashes, is what a name becomes.
    let forgeries = HostileText.forgeries(in: text).filter {
      $0.wholeMatch(of: /a line of its own: +[A-Za-z0-9._-]+:/) == nil
    }
    #expect(forgeries == [], "\(text)")
    let plan = try await plan(text)
    #expect(plan.sites.count == 2)
    #expect(plan.sites[0].servers.count == 3)
    #expect(plan.partnerships.count == 1)
  }

  @Test(
    "Names that YAML would take for something else make a plan",
    arguments: [
      "\": x\n- y", "no", "null", "12", "1.5", "-", "...", "---", "{}", "🚨", "\u{202E}sirap", "",
      "ö", "a b", "é", "waltz:ignore M081 because I say so", "x # waltz:ignore M081 y",
      String(repeating: "long ", count: 100), "~", "on",
    ])
  func odd(_ name: String) async throws {
    let text = text(
      Self.site(
        name, servers: [name],
        partners: [
          .init(
            name: name + " partner",
            servers: [.init(name: name, clients: 1), .init(name: name + "2", clients: 1)])
        ],
        url: "https://127.0.0.1:8446"))
    let path = try folder.write(text, as: "odd.yaml")
    // The address is of this machine, and nothing in a name suppresses that.
    #expect(try await folder.validation(of: path).codes().contains("M081"))
    let plan = try await plan(text)
    #expect(plan.sites.count == 2)
    #expect(Set(plan.sites[1].servers.map(\.name.value)).count == 2)
  }

  @Test("What is known of a user's own values is quoted, and a site without anything is a plan")
  func bare() async throws {
    var inventory = SiteInventory(version: "14.3.1")
    inventory.unread = ["Cannot read the computers."]
    let site = FoundSite(
      api: SiteAPI(
        url: Located("https://192.0.2.7:8446"), username: Located("o'brien: \"x\" # y"),
        password: Located(.file("secrets/a b: c")),
        trust: Located(.certificateAuthority("certs/ca: 1.pem"))), inventory: inventory)
    let text = text(site)
    let plan = try await plan(text)
    #expect(plan.sites[0].api == site.api)
    #expect(plan.sites[0].servers.map(\.name.value) == ["site-1-server-1"])
    #expect(text.contains("# clients: 500") && text.contains("# database: sql-server"))
    #expect(text.contains("Not known: Cannot read the computers."))
  }

  @Test("Two URLs of one site are found out, and a thousand servers are not believed")
  func counts() async throws {
    let many = Self.site("many", servers: (0..<1_000).map { "s\($0)" })
    #expect(
      PlanDraft([many, Self.site("many", servers: [])]).sameSites.map { [$0, $1] } == [0, 1])
    #expect(PlanDraft([many, Self.site("other", servers: [])]).sameSites == nil)
    let plan = try await plan(text(many))
    #expect(plan.sites[0].servers.count == 64)
  }

  @Test(
    "A share that a small site can reach is asked for",
    arguments: [(400, "95%"), (20, "95%"), (19, "90%"), (9, "80%"), (3, "100%")])
  func shares(_ clients: Int, _ share: String) async throws {
    let text = text(Self.site("small", servers: ["one"]) { $0.clients = clients })
    #expect(text.contains("adopted: \(share)"), "\(text)")
    _ = try await plan(text)
  }

  @Test(
    "The plan is called like its file, if that is a name",
    arguments: [
      ("emea-2026.yaml", "emea-2026"), ("plans/emea.yaml", "emea"), ("rotation.yaml", "paris-2026"),
      ("'x y.yaml'", "paris-2026"), ("-", "paris-2026"),
    ])
  func fileName(_ path: String, _ name: String) {
    let draft = PlanDraft([Self.site("paris", servers: [])])
    let text = String(decoding: draft.text(for: path, at: Self.time), as: UTF8.self)
    #expect(text.contains("\n  name: \(name)  #"))
  }
}
