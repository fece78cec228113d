import PlanCompiler
import PlanSyntax
import PlanText
import Testing

/// Work that grows with the square of a document is bounded; counted here, since time tells little on a busy
/// machine.
@Suite("Large documents with many mistakes") struct BoundedWorkTests {
  private static let head = "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: x }\n"

  /// How many references can be looked up among so many names.
  private func searches(among names: Int) -> Int { NearNames.standardBudget / names + 1 }

  @Test(
    "A renamed section of certificates is reported at every server, with suggestions for the first")
  func certificates() {
    let count = 1500
    var text = Self.head + "certificates:\n"
    for number in 1..<count + 1 {
      text += "  paris-\(number + 10_000): { pkcs12: certs/\(number).p12, password: { env: P } }\n"
    }
    text += "sites:\n  paris:\n    servers:\n"
    for number in 1..<count + 1 {
      text +=
        "      s\(number): { address: s\(number).example.net, certificate: pairs-\(number + 10_000) }\n"
    }
    let found = reading(text).diagnostics
    let unknown = found.filter { $0.code == "M002" }
    #expect(unknown.total == count)
    let suggested = unknown.filter { !$0.fixes.isEmpty }
    #expect((100...searches(among: count)).contains(suggested.count), "\(suggested.count)")
    // No certificate is called unused: which was meant was not looked for to the end.
    #expect(!found.contains { $0.code == "M032" })
  }

  @Test("Unknown sites have suggestions for the first") func sites() {
    let count = 1500
    var text = Self.head + "certificates: { c: { pkcs12: c.p12, password: { env: P } } }\nsites:\n"
    text += "  paris: { servers: { s: { address: s.example.net, certificate: c } } }\n"
    for number in 1..<count {
      text += "  site-\(number + 10_000): { servers: { s: { address: s\(number).example.net } } }\n"
    }
    text += "replication:\n"
    for number in 1..<count { text += "  - sites: [stie-\(number + 10_000), paris]\n" }
    let unknown = reading(text).diagnostics.filter { $0.code == "M001" }
    #expect(unknown.total == count - 1)
    let suggested = unknown.count { !$0.fixes.isEmpty }
    #expect((100...searches(among: count)).contains(suggested), "\(suggested)")
  }

  @Test(
    "An overlay that removes what is not there has suggestions for the first, in all mappings together"
  )
  func removals() {
    let count = 800
    func mapping(_ name: String) -> String {
      "{" + (1..<count + 1).map { "\(name)-\($0 + 10_000): 1" }.joined(separator: ", ") + "}"
    }
    let plan = Self.head + "x: \(mapping("site"))\ny: \(mapping("site"))\n"
    let missing = mapping("stie").replacing(": 1", with: ": null")
    let overlaid = Overlaid(plan, "x: \(missing)\ny: \(missing)\n")
    let removals = overlaid.syntax.diagnostics.filter { $0.entry == .overlayRemovesNothing }
    #expect(removals.count == 2 * count)
    let suggested = removals.count { $0.help?.hasPrefix("Did you mean 'site-") == true }
    #expect((100...searches(among: count)).contains(suggested), "\(suggested)")
  }

  @Test("Many documents under many overlays are refused before they are merged one by one")
  func overlaidDocuments() {
    let documents = String(repeating: "---\n" + Self.head, count: 12)
    let overlays = String(repeating: "---\nwaits: { default: { minimum: 3d } }\n", count: 12)
    var limits = SyntaxLimits.standard
    #expect(!Overlaid(documents, overlays, limits: limits).syntax.diagnostics.hasErrors)
    limits.overlaidNodes = 5_000
    let refused = Overlaid(documents, overlays, limits: limits).syntax.diagnostics
    #expect(refused.map(\.code) == ["S007"])
    #expect(refused.first?.span.source == SourceID(index: 1))
    #expect(refused.first?.detail.hasPrefix("12 overlays on 12 documents") == true)
  }

  @Test("A long text counts for as much as it holds wherever an alias repeats it") func longText() {
    let long = "&l '" + String(repeating: "a", count: 25_600) + "'"
    var limits = SyntaxLimits.standard
    limits.expandedNodes = 1_000
    func codes(_ aliases: Int) -> [String] {
      let text = "x: [" + long + String(repeating: ", *l", count: aliases) + "]\n"
      let source = SourceText(name: "plan.yaml", text: text)
      return parseSyntax(source, id: SourceID(index: 0), limits: limits).diagnostics.map(\.code)
    }
    #expect(codes(8) == [])
    #expect(codes(10) == ["S007"])
  }
}
