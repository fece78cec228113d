import DiagnosticCatalogue
import Foundation
import PlanText
import PlanWorkspace
import TestSupport
import Testing

@Suite("The catalogue's pages on certificates, held to real files and servers")
struct CertificatePageTests {
  /// Pages whose trouble shows only where passwords may be asked for.
  private static let live: Set<String> = ["C004", "C005", "C011", "C014", "C016", "C017"]

  /// Pages about what servers serve.
  private static let served = ["C034", "C035", "C036", "C037", "C042"]

  private static let offline = Catalogue.all.pages.filter {
    $0.code.first == "C" && !served.contains($0.code)
  }

  private func codes(_ text: String, named name: String, of page: CatalogueEntry) async throws
    -> [String]
  {
    let found = try await CertificateFolder.validation(
      of: text, named: name, live: Self.live.contains(page.code) ? .pages() : nil)
    // sepm-paris-1.example.net has no address, and no site answers there.
    return found.codes(notes: page.severity == .note).filter { !["C034", "L001"].contains($0) }
  }

  @Test("The bad document triggers the page and nothing else", arguments: offline.map(\.code))
  func bad(code: String) async throws {
    let page = try #require(Catalogue.all.page(code))
    #expect(try await codes(page.bad, named: "\(code)-bad.yaml", of: page) == [code])
  }

  @Test(
    "Other files with the trouble of a page trigger it too",
    arguments: [
      ("C038", "old-issuer", "young-issuer"), ("C041", "no-authority", "no-signing-issuer"),
      ("C020", "short", "short-issuer"),
    ])
  func alike(code: String, file: String, other: String) async throws {
    let page = try #require(Catalogue.all.page(code))
    let text = page.bad.replacing("certs/\(file).", with: "certs/\(other).")
    #expect(text != page.bad)
    #expect(try await codes(text, named: "\(other).yaml", of: page) == [code])
  }

  @Test("The good document triggers nothing", arguments: offline.map(\.code))
  func good(code: String) async throws {
    let page = try #require(Catalogue.all.page(code))
    #expect(try await codes(page.good, named: "\(code)-good.yaml", of: page) == [])
  }

  @Test("Codes follow each other, titles are short, explanations say why")
  func form() {
    for (index, page) in Catalogue.all.pages.filter({ $0.code.first == "C" })
      .enumerated()
    {
      #expect(page.code == (index < 9 ? "C00" : "C0") + String(index + 1))
      #expect(page.title.count <= 60 && page.title.last != ".", "\(page.code)")
      #expect(page.explanation.count > 120, "\(page.code)")
    }
  }

  /// The codes of a page's document with its server on this machine's ports.
  private func codes(
    _ text: String, servers: [TLSServer] = [], ports: [Int] = [], patience: Int = 120,
    start: Int64 = CertificateFolder.now
  ) async throws -> [String] {
    defer { withExtendedLifetime(servers) {} }
    let found = try await CertificateFolder.validation(
      of: text.replacing("address: sepm-paris-1.example.net", with: "address: localhost"),
      named: UUID().uuidString + ".yaml",
      live: .pages(ports: ports + servers.map(\.port), patience: patience), start: start)
    // The pages' certificate is for the address that the page has, and this machine is no server.
    return found.codes().filter { !["C028", "L001", "M081"].contains($0) }
  }

  private func server(_ name: String) async throws -> TLSServer {
    let folder = try await CertificateFolder.made().path
    return try await TLSServer(
      certificate: "\(folder)/certs/\(name).pem", key: "\(folder)/certs/\(name).key")
  }

  @Test("A server that does not answer: closed, silent")
  func unknown() async throws {
    let page = try #require(Catalogue.all.page("C034"))
    let closed = try #require(LoopbackListener(.closed))
    let silent = try #require(LoopbackListener(.silent))
    #expect(
      try await codes(page.bad, ports: [closed.port, silent.port], patience: 1) == ["C034"])
    let other = try await server("paris-2")
    #expect(try await codes(page.good, servers: [other], ports: [closed.port]) == [])
    withExtendedLifetime((closed, silent)) {}
  }

  @Test("A server that has the new certificate already")
  func already() async throws {
    let page = try #require(Catalogue.all.page("C035"))
    let (new, other) = (try await server("paris"), try await server("paris-2"))
    #expect(try await codes(page.bad, servers: [new]) == ["C035"])
    #expect(try await codes(page.good, servers: [other]) == [])
  }

  @Test("A server whose certificate expires before its turn")
  func budget() async throws {
    let page = try #require(Catalogue.all.page("C036"))
    let (ending, other) = (try await server("ends-soon"), try await server("paris-2"))
    let late = CertificateFolder.now + 30 * 86_400
    #expect(try await codes(page.bad, servers: [ending], start: late) == ["C036"])
    #expect(try await codes(page.good, servers: [other], start: late) == [])
  }

  @Test("An API that presents another certificate than the plan pins")
  func pinned() async throws {
    let page = try #require(Catalogue.all.page("C042"))
    let server = try await server("paris-2")
    let text = page.bad.replacing(
      "https://sepm-paris-1.example.net:8446", with: "https://localhost:\(server.port)"
    ).replacing(
      "address: sepm-paris-1.example.net",
      with: "ports: { api: \(server.port) }\n        address: sepm-paris-1.example.net")
    try #require(text != page.bad)
    #expect(try await codes(text, servers: [server]) == ["C042"])
    let printed = try await CertificateFolder.made().shell(
      "openssl x509 -noout -fingerprint -sha256 -in certs/paris-2.pem")
    let digits = try #require(printed.output.split(separator: "=").last)
      .filter(\.isHexDigit).lowercased()
    let mended = text.replacing(
      "sha256:" + String(repeating: "9c", count: 32), with: "sha256:\(digits)")
    // What answers is no API, so the look ends when its patience does.
    #expect(try await !codes(mended, servers: [server], patience: 1).contains("C042"))
  }

  @Test("A server whose ports differ")
  func mixed() async throws {
    let page = try #require(Catalogue.all.page("C037"))
    let (one, other) = (try await server("paris-2"), try await server("berlin"))
    #expect(try await codes(page.bad, servers: [one, other]) == ["C037"])
    #expect(try await codes(page.good, servers: [one]) == [])
  }

  @Test("Without ports of the command line each server is looked at on its own")
  func ownPorts() async throws {
    let page = try #require(Catalogue.all.page("C037"))
    let (one, other) = (try await server("paris-2"), try await server("berlin"))
    func text(clients: Int) -> String {
      page.good.replacing(
        "address: sepm-paris-1.example.net",
        with: "ports: { console: \(one.port), clients: \(clients), reporting: 1, api: 2 }\n"
          + "        address: sepm-paris-1.example.net")
    }
    #expect(try await codes(text(clients: other.port)) == ["C037"])
    #expect(try await codes(text(clients: 3)) == [])
    withExtendedLifetime((one, other)) {}
  }
}
