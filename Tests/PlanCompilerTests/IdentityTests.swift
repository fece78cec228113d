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

  @Test("servers may share an address where no port is of two of them") func sharedAddress() throws
  {
    func found(_ berlin: String) -> [Diagnostic] {
      reading(sites("b: { address: a.example, certificate: c, ports: \(berlin) }")).diagnostics
        .filter { ["M031", "M083"].contains($0.code) }
    }
    #expect(found("{ console: 1, clients: 2, reporting: 3, api: 4 }") == [])
    let one = try #require(found("{ console: 1, clients: 2, reporting: 8446, api: 4 }").first)
    #expect(
      one.detail == "Server 'b' has the same address as 'sepm-01', and both have port 8446.")
    #expect(
      found("{ console: 8443 }").map(\.detail)
        == ["Server 'b' has the same address as 'sepm-01'."])
    // A third server of the address meets the ports of both.
    let third = found(
      "{ console: 1, clients: 2, reporting: 3, api: 4 } }, "
        + "d: { address: A.example, ports: { console: 5, clients: 6, reporting: 7, api: 2 }")
    #expect(
      third.map(\.detail) == ["Server 'd' has the same address as 'b', and both have port 2."])
  }

  @Test("two services of a server have different ports, those that are left out too")
  func portsOfAServer() {
    func found(_ ports: String) -> [String] {
      reading(sites("b: { address: b.example, certificate: c, ports: \(ports) }")).diagnostics
        .filter { $0.code == "M083" }.map(\.detail)
    }
    #expect(found("{}") == [])
    #expect(found("{ api: 8444 }") == [])
    #expect(found("{ clients: 8446, api: 443 }") == [])
    #expect(
      found("{ console: 443 }")
        == ["'console' and 'clients' of server 'b' have the same port, 443."])
    #expect(
      found("{ reporting: 1, api: 1 }")
        == ["'reporting' and 'api' of server 'b' have the same port, 1."])
  }

  @Test(
    "the API of a server is where its URL and its ports say",
    arguments: [
      ("9446", "{ api: 9446 }", ""), ("8446", "{}", ""), ("9446", "{}", "M084"),
      ("8446", "{ api: 9446 }", "M084"), ("8443", "{}", "M060"),
      ("8443", "{ console: 9443, api: 8443 }", ""), ("9443", "{ console: 9443 }", "M060"),
      // What listens there by default was moved away.
      ("8443", "{ console: 9443 }", "M084"),
    ])
  func portOfAPI(url: String, ports: String, code: String) {
    let text = sites("b: { address: b.example, certificate: c, ports: \(ports) }")
      .replacing("https://b.example:8446", with: "https://b.example:\(url)")
    let found = reading(text).diagnostics.filter { ["M060", "M084"].contains($0.code) }.map(\.code)
    #expect(found == (code.isEmpty ? [] : [code]))
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
