import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Testing

@Suite("Overlays") struct OverlayTests {
  static let plan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: base, labels: { change: CHG1 } }
    certificates:
      c: { pkcs12: a.p12, password: { env: X } }
    sites:
      paris:
        clients: 10
        servers:
          p1: { address: p1.example.net, certificate: c }
          p2: { address: p2.example.net, certificate: c }
      berlin:
        servers: { b1: { address: b1.example.net, certificate: c } }
    strategy: { waves: [[paris], [berlin]] }
    waits:
      default: { adopted: 95%, minimum: 2d }

    """

  private func plan(_ overlays: String...) throws -> RotationPlan {
    let overlaid =
      switch overlays.count {
      case 1: Overlaid(Self.plan, overlays[0])
      default: Overlaid(Self.plan, overlays[0], overlays[1])
      }
    let reading = overlaid.reading(checks: false)
    #expect(reading.diagnostics.map(\.detail) == [])
    return try #require(reading.plans.first ?? nil)
  }

  @Test("A mapping merges key by key, a list and a value replace, null removes, new keys come last")
  func merge() throws {
    let plan = try plan(
      """
      apiVersion: waltz/v1
      kind: RotationPlanOverlay
      metadata: { labels: { env: test } }
      sites:
        oslo: { servers: { o1: { address: o1.example.net } } }
        paris:
          clients: 20
          servers:
            p2: null
      strategy: { waves: [[paris, berlin]] }
      waits: { default: { minimum: ~ } }
      """)
    #expect(plan.sites.map(\.name.value) == ["paris", "berlin", "oslo"])
    #expect(plan.sites[0].clients?.value == 20)
    #expect(plan.sites[0].servers.map(\.name.value) == ["p1"])
    #expect(plan.strategy.waves?.map { $0.map(\.value) } == [["paris", "berlin"]])
    #expect(plan.labels.map(\.key.value) == ["change", "env"])
    #expect(plan.waits[.httpsRestored].adopted.value.description == "95%")
    #expect(plan.waits[.httpsRestored].minimum.value == WaitPolicy.standard.minimum.value)
  }

  @Test("Later overlays see what the earlier ones made") func order() throws {
    let plan = try plan(
      "sites: { paris: { clients: 20 }, rome: { servers: { r: { address: r.example.net } } } }",
      "sites: { paris: { clients: 30 }, rome: null }")
    #expect(plan.sites.map(\.name.value) == ["paris", "berlin"])
    #expect(plan.sites[0].clients?.value == 30)
  }

  @Test("Values keep their own places") func places() throws {
    let overlaid = Overlaid(
      Self.plan, "sites: { paris: { clients: 20 } }", "sites: { paris: { database: embedded } }")
    let site = try #require((overlaid.reading().plans.first ?? nil)?.sites.first)
    #expect(overlaid.place(site.name.span) == "plan.yaml: paris")
    #expect(site.clients.map { overlaid.place($0.span) } == "overlay-1.yaml: 20")
    #expect(site.database.map { overlaid.place($0.span) } == "overlay-2.yaml: embedded")
  }

  @Test("What is wrong points to where it comes from, with the value that it replaced")
  func diagnostics() throws {
    let overlaid = Overlaid(
      Self.plan, "sites:\n  paris:\n    clients: many\n    servers: { p1: { address: null } }\n")
    #expect(
      overlaid.found()
        == ["F002 plan.yaml: p1", "M048 plan.yaml: berlin", "F012 overlay-1.yaml: many"])
    let bad = try #require(overlaid.reading().diagnostics.first { $0.code == "F012" })
    #expect(bad.related.map { overlaid.place($0.span) } == ["plan.yaml: 10"])
  }

  @Test("A mistake of meaning between two files names both") func acrossFiles() throws {
    let overlaid = Overlaid(Self.plan, "waits: { default: { deadline: 1d } }")
    let found = try #require(overlaid.reading().diagnostics.first { $0.code == "M012" })
    let places = [found.span] + found.related.map(\.span)
    #expect(Set(places.map(overlaid.place)) == ["plan.yaml: 2d", "overlay-1.yaml: 1d"])
  }

  @Test("To remove what is not there is a warning with the nearest key") func removesNothing() {
    let overlaid = Overlaid(Self.plan, "sites: { parsi: null, new: { servers: { s: ~ } } }")
    let found = overlaid.reading().diagnostics.filter { $0.code == "F023" }
    #expect(
      found.map { overlaid.place($0.span) } == ["overlay-1.yaml: parsi", "overlay-1.yaml: s"])
    #expect(found.first?.help == "Did you mean 'paris'?")
    #expect(found.allSatisfy { $0.severity == .warning })
  }

  @Test("An empty value removes nothing: it is an error") func emptyValue() {
    let overlaid = Overlaid(Self.plan, "sites:\n  paris:\n    # clients: 3\n")
    #expect(overlaid.found() == ["F024 overlay-1.yaml: paris"])
    #expect(overlaid.reading().plans == [nil])
    #expect(Overlaid(Self.plan, "metadata: { description: '' }").found(checks: false).count == 1)
  }

  @Test(
    "An overlay says nothing else of itself than a plan or an overlay would",
    arguments: [
      ("- a\n", "F025 overlay-1.yaml: - a"), ("text", "F025 overlay-1.yaml: text"),
      ("kind: EstateScenario\n", "F022 overlay-1.yaml: EstateScenario"),
      ("apiVersion: waltz/v2\nsites: {}\n", "F021 overlay-1.yaml: waltz/v2"),
    ])
  func header(text: String, expected: String) {
    #expect(Overlaid(Self.plan, text).found() == [expected])
  }

  @Test("A syntax error in an overlay makes the plan unusable and is the only finding")
  func brokenOverlay() {
    let overlaid = Overlaid(Self.plan, "sites: [a\nb: 1\n")
    #expect(overlaid.found().count == 1 && overlaid.found()[0].hasPrefix("S018 overlay-1.yaml"))
    #expect(overlaid.reading().plans.allSatisfy { $0 == nil })
  }

  @Test("What an alias shares is not changed for others") func aliases() throws {
    let plan = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: base }
      certificates: { c: { pkcs12: a.p12, password: &p { env: X } }, d: { pkcs12: b.p12, password: *p } }
      sites: { s: { servers: { s1: { address: s.example.net, certificate: c } } } }

      """
    let overlaid = Overlaid(plan, "certificates: { d: { password: { env: Y } } }")
    let read = try #require(overlaid.reading(checks: false).plans.first ?? nil)
    #expect(
      read.certificates.map { $0.password?.value } == [.environment("X"), .environment("Y")])
  }

  @Test("Aliases that multiply across files are refused, and soon") func bomb() {
    var limits = SyntaxLimits()
    limits.expandedNodes = 2_000
    func bomb(_ name: String) -> String {
      var text = "\(name)0: &\(name)0 { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9 }\n"
      for level in 1...2 {
        let alias = "*\(name)\(level - 1)"
        let keys = ["a", "b", "c", "d", "e", "f", "g"].map { "\($0): \(alias)" }
        text += "\(name)\(level): &\(name)\(level) { \(keys.joined(separator: ", ")) }\n"
      }
      return text
    }
    let overlaid = Overlaid(bomb("x"), bomb("y"), limits: limits)
    #expect(Overlaid(bomb("x"), limits: limits).syntax.diagnostics.isEmpty)
    #expect(overlaid.syntax.diagnostics.map(\.code) == ["S007"])
  }

  @Test(
    "The bad page triggers it and the good one nothing",
    arguments: CatalogueEntry.mergePages + CatalogueEntry.overlayPages)
  func pages(page: CatalogueEntry) {
    #expect(
      Overlaid(Self.plan, page.bad).reading().diagnostics.filter { $0.severity != .note }.map(
        \.code) == [page.code])
    #expect(Overlaid(Self.plan, page.good).found() == [])
    #expect(page.title.count <= 60 && page.explanation.count > 120)
  }

  @Test("A misspelt key that an overlay adds is told with the one that was meant")
  func misspeltAddition() throws {
    let overlaid = Overlaid(Self.plan, "sites: { pariss: { clients: 20 }, rome: { clients: 5 } }")
    let found = overlaid.reading(checks: false).diagnostics
    #expect(found.map(\.code) == ["F002", "F002"])
    let misspelt = try #require(found.first)
    #expect(overlaid.place(misspelt.span) == "overlay-1.yaml: pariss")
    #expect(misspelt.detail.hasPrefix("The plan has no 'pariss', so the overlay adds it."))
    #expect(
      misspelt.help?.hasPrefix("Did you mean 'paris'? If 'pariss' is new, give it everything")
        == true)
    #expect(misspelt.fixes.map(\.title) == ["Write 'paris'"])
    // Like nothing that is there.
    #expect(found.last?.detail.hasPrefix("The plan has no 'rome'") == true)
    #expect(found.last?.help?.hasPrefix("Add 'servers:") == true)
    let certificate = Overlaid(Self.plan, "certificates: { d: { password: { env: Y } } }")
    #expect(
      certificate.reading(checks: false).diagnostics.first?.help?.hasPrefix("Did you mean 'c'?")
        == true)
  }

  @Test("A plan of its own is no overlay, unless it says that it is one")
  func wholePlan() {
    #expect(Overlaid(Self.plan, Self.plan).found() == ["F026 overlay-1.yaml: RotationPlan"])
    let overlay = Self.plan.replacing("kind: RotationPlan", with: "kind: RotationPlanOverlay")
    #expect(Overlaid(Self.plan, overlay).found() == [])
    let part = "kind: RotationPlan\nsites: { paris: { clients: 20 } }\n"
    #expect(Overlaid(Self.plan, part).found() == [])
  }

  @Test("An overlay without content, or with nothing in it, is spoken of as an overlay")
  func empty() throws {
    func only(_ overlay: String) throws -> Diagnostic {
      let found = Overlaid(Self.plan, overlay).reading(checks: false).diagnostics
      #expect(found.count == 1)
      return try #require(found.first)
    }
    for text in ["", "# nothing yet\n"] {
      let found = try only(text)
      #expect(found.code == "S005")
      #expect(
        found.help
          == "Write what the overlay changes, for example 'waits: { default: { minimum: 2d } }', "
          + "or leave the overlay out.")
    }
    for (text, what) in [
      ("~\n", "'~', which is nothing"), ("a b\n", "a text"), ("[a]\n", "a list"),
    ] {
      #expect(
        try only(text).detail
          == "An overlay starts with keys of a plan, but this is \(what).")
    }
  }

  @Test("An overlay that names two plans of a file alike is told so") func sameName() {
    let two = Self.plan + "---\n" + Self.plan.replacing("name: base", with: "name: other")
    #expect(Overlaid(two, "metadata: { name: x }").found().contains("M080 overlay-1.yaml: x"))
    #expect(
      !Overlaid(two, "metadata: { labels: { a: b } }").found().contains { $0.hasPrefix("M080") })
  }
}
