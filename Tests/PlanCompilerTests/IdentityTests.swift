import DocumentForm
import PlanCompiler
import PlanText
import Testing

@Suite("Names and addresses say what they belong to") struct IdentityTests {
  private static let header = "apiVersion: waltz/v1\nkind: RotationPlan\n"

  private func plan(_ name: String) -> String {
    CatalogueEntry.missingKey.good.replacing("name: example", with: "name: \(name)")
  }

  @Test("plans of one file have names of their own") func planNames() throws {
    #expect(reading(plan("a") + "---\n" + plan("b")).diagnostics.map(\.code) == [])
    let twice = reading(plan("a") + "---\n" + plan("b") + "---\n" + plan("a"))
    #expect(twice.diagnostics.map(\.code) == ["M080"])
    let text = plan("a") + "---\n" + plan("b") + "---\n"
    let found = try #require(twice.diagnostics.first)
    #expect(Int(found.span.start) > text.utf8.count)
    #expect(found.related.map { Int($0.span.start) < plan("a").utf8.count } == [true])
    #expect(twice.plans.map { $0 != nil } == [true, true, false])
  }

  /// The codes for a server of this address, notes left out.
  private func codes(ofAddress address: String) -> [String] {
    let text = CatalogueEntry.missingKey.good.replacing(
      "address: sepm-par-02.example.net", with: "address: \(address)")
    return reading(text).diagnostics.filter { $0.severity != .note }.map(\.code)
  }

  @Test(
    "an address that nothing answers to",
    arguments: [
      ("10.0.0.256", "F016"), ("1.2.3", "F016"), ("1.2.3.4.5", "F016"), ("12345", "F016"),
      ("host.7", "F016"), ("10.0.0.01", "F016"), ("10.0.0.1x", ""), ("7up", ""),
      ("10.0.0.255", ""), ("0.0.0.0", "M081"), ("127.0.0.1", "M081"), ("127.8.9.1", "M081"),
      ("localhost", "M081"), ("LOCALHOST", "M081"), ("localhost.localdomain", "M081"),
      ("'::1'", "M081"), ("'::'", "M081"), ("'0:0:0:0:0:0:0:1'", "M081"), ("'2001:db8::1'", ""),
      ("'::ffff:1'", ""), ("127.example.net", ""), ("localhosts", ""), ("0.0.0.1", ""),
      ("sepm_par_01", "M082"),
    ])
  func addresses(address: String, code: String) {
    #expect(codes(ofAddress: address) == (code.isEmpty ? [] : [code]))
  }

  private func sites(_ berlin: String) -> String {
    Self.header + """
      metadata: { name: a }
      certificates: { c: { jks: c.jks } }
      sites:
        paris:
          api: { url: 'https://a.example:8446', username: r, password: { env: P } }
          servers: { sepm-01: { address: a.example, certificate: c } }
        berlin:
          api: { url: 'https://b.example:8446', username: r, password: { env: P } }
          servers: { \(berlin) }

      """
  }

  @Test("servers of one name in two sites are told apart") func namesakes() {
    let same = reading(sites("sepm-01: { address: a.example, certificate: c }")).diagnostics
    #expect(
      same.first { $0.entry == .addressTwice }?.detail
        == "Server 'berlin/sepm-01' has the same address as 'paris/sepm-01'.")
    #expect(
      same.first { $0.entry == .sharedCertificate }?.detail
        == "2 servers share the certificate 'c': 'paris/sepm-01', 'berlin/sepm-01'.")
    let other = reading(sites("sepm-02: { address: a.example, certificate: c }")).diagnostics
    #expect(
      other.first { $0.entry == .addressTwice }?.detail
        == "Server 'sepm-02' has the same address as 'sepm-01'.")
    #expect(
      other.first { $0.entry == .sharedCertificate }?.detail
        == "2 servers share the certificate 'c': 'sepm-01', 'sepm-02'.")
  }

  @Test("servers are not counted where one of them is broken") func counts() {
    let two =
      "a: { address: a1.example, certificate: c }, b: { address: b1.example, certificate: c }"
    func found(_ third: String) -> [String] {
      reading(
        sites(two + third).replacing("  berlin:\n", with: "  berlin:\n    database: sql-express\n")
      ).diagnostics.map(\.code)
    }
    #expect(found("") == ["M033", "M047"])
    #expect(found(", d: { adress: d.example, certificate: c }") == ["F001"])
  }

  @Test("a document that does not say what it is, is reported once") func headless() throws {
    let overlay = reading("waits: { default: { adopted: 1 } }\nsites: { x: { api: {} } }\n")
    #expect(overlay.diagnostics.map(\.code) == ["F002"])
    let help = try #require(overlay.diagnostics.first?.help)
    for word in ["waltz/v1", "'kind: RotationPlan'", "'RotationPlanOverlay'", "--overlay"] {
      #expect(help.contains(word), "\(help)")
    }
    let body = plan("a").replacing(Self.header, with: "")
    #expect(reading(body).diagnostics.map(\.code) == ["F002"])
    // A misspelt key is reported as that, and the rest is read.
    let misspelt = reading("apiVersion: waltz/v1\nkinds: RotationPlan\n" + body)
    #expect(misspelt.diagnostics.map(\.code) == ["F001"])
    let kindless = reading("apiVersion: waltz/v1\n" + body).diagnostics
    #expect(kindless.map(\.code) == ["F002"])
    #expect(
      kindless.first?.help
        == "Add 'kind: RotationPlan', or 'RotationPlanOverlay' for a file that is merged onto plans with "
        + "'--overlay'.")
  }

  @Test("an example in a help is whole") func examples() {
    let found = reading(Self.header + "metadata: { name: a }\n").diagnostics
    #expect(
      found.map(\.help) == [
        "Add 'sites: { paris: { servers: { sepm-par-01: { address: sepm-par-01.example.net } } } }'."
      ])
  }
}
