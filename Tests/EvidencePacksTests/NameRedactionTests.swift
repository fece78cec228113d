import CanonicalJSON
import Cryptography
import TestSupport
import Testing

@testable import EvidencePacks

@Suite("A pack without names")
struct NameRedactionTests {
  private static let names = [
    "client": "PAR-LAPTOP-0417", "other client": "kiosk17",
    "key": "5F0E9A3C77D24E1B8A6C00112233AABB",
    "user": "annabel.krone", "second user": "zacharias", "administrator": "rotation-admin",
    "server": "sepm-parcanary", "address": "sepm7.canary-house.example",
    "domain": "canary-house.example",
    "unnamed host": "jump9.canary-house.example", "signer": "theodora@canary-house.example",
    "mail": "unlisted@canary-house.example", "address of IPv4": "192.0.2.77", "note": "Wilhelmina",
    "printed": "CanaryOutputHost", "reported": "canaryreported", "comment": "Comment-Canary",
    "path": "/home/pathcanary", "alias": "sepm-parcanary.secondhouse.example",
  ]

  private static func text(_ lineage: String) -> EvidencePack.Records {
    let n = names.mapValues { String($0) }
    func name(_ key: String) -> String { n[key] ?? "" }
    let graph = Array(
      """
      {"formatVersion":"1.0","kind":"RotationGraph","plan":{"name":"emea","sites":[{"name":"paris","api":{"url":"https://\(name("address")):8446","username":"\(name("administrator"))"},"servers":[{"name":"\(name("server"))","address":"\(name("address"))","version":"14.3.9816"}]}]},"steps":[{"action":"check-server","channel":"operator"}]}
      """.utf8)
    let plan = Array("# \(name("comment"))\nkind: RotationPlan\n".utf8)
    let frozen = Array(
      """
      {"formatVersion":"1.0","clients":[["\(name("key"))","\(name("client").lowercased())",1],[null,"\(name("other client"))",2]],"at":"\(name("server"))"}
      """.utf8)
    let printed = Array("Done on \(name("printed"))\n".utf8)
    let (frozenDigest, printedDigest) = (
      EvidencePackTests.digest(frozen), EvidencePackTests.digest(printed)
    )
    let by = "root (uid 0), logged in as \(name("user")) (uid 1000)"
    let events = [
      #"{"seq":1,"run":"emea-1","type":"run-started","by":"\#(by)","digest":"sha256:\#(EvidencePackTests.digest(graph))","provenance":{"source":"graph","signatures":[{"by":["\#(name("signer"))"]}]}}"#,
      #"{"seq":2,"run":"emea-1","type":"wait-sampled","step":"update-certificate/paris/\#(name("server"))","evidence":{"frozen":{"attachment":"sha256:\#(frozenDigest)"}}}"#,
      #"{"seq":3,"run":"emea-1","type":"step-failed","step":"restart-services/paris/\#(name("server"))","message":"\#(name("server").uppercased()) (\#(name("address"))) did not answer; nor did \#(name("address of IPv4")), \#(name("unnamed host")). \#(name("client")) and \#(name("other client"))'s user \#(name("user")) wrote to \#(name("mail"))","evidence":{"output":{"attachment":"sha256:\#(printedDigest)"},"reported":{"state":"\#(name("reported"))"},"\#(name("address"))":"seen","name":"\#(name("alias"))"}}"#,
      #"{"seq":4,"run":"emea-1","type":"gate-approved","by":"web:\#(name("second user"))","note":"\#(name("note")) says so"}"#,
      #"{"seq":5,"run":"emea-1","type":"run-waiting","reason":"operator"}"#,
    ].map { Array($0.utf8) }
    let facts = """
      {"run":"emea-1","lineage":"\(lineage)","plan":"emea","digest":"sha256:\(EvidencePackTests.digest(graph))","graph":"\(EvidencePackTests.digest(graph))","planText":"\(EvidencePackTests.digest(plan))","planPath":"\(name("path"))/emea.yaml","createdBy":"\(by)","world":"real"}
      """
    return EvidencePack.Records(
      facts: Array(facts.utf8), graph: graph, plan: plan, events: events,
      attachments: [frozenDigest: frozen, printedDigest: printed], report: [])
  }

  private static let full = text("0011223344556677")

  @Test("Nothing is left of any name, in any file, in any form")
  func canaries() {
    let canaries = Canaries(Self.names)
    var everything = Canaries(Self.names).names
    for (name, bytes) in EvidencePack(Self.full).files {
      everything.removeAll {
        canaries.found(in: bytes).contains($0) || canaries.found(in: name.utf8).contains($0)
      }
    }
    // Case was changed on purpose.
    #expect(everything.allSatisfy { ["client", "key"].contains($0) }, "\(everything)")
    for (name, bytes) in EvidencePack(NameRedaction(Self.full).records).files {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      for (what, canary) in Self.names {
        #expect(!text.contains(canary.lowercased()), "\(what) is left in \(name): \(text)")
      }
      #expect(canaries.found(in: bytes).isEmpty, "\(name)")
      #expect(!text.contains("0011223344556677"), "\(name) has the salt")
    }
  }

  @Test("One name is one pseudonym wherever it stands, and another one with another salt")
  func pseudonyms() throws {
    let records = NameRedaction(Self.full).records
    let events = try records.events.map { try JSONValue(parsing: $0) }
    let graph = try JSONValue(parsing: records.graph)
    let server = try #require(
      graph["plan"]?["sites"]?.array?.first?["servers"]?.array?.first?["name"]?.string)
    #expect(server.hasPrefix("host-"))
    #expect(events[1]["step"]?.string == "update-certificate/paris/" + server)
    #expect(try #require(events[2]["message"]?.string).hasPrefix(server + " (host-"))
    #expect(
      records.attachments.values.contains { String(decoding: $0, as: UTF8.self).contains(server) })
    // What the format needs is as it was.
    #expect(events[4]["reason"]?.string == "operator")
    #expect(graph["steps"]?.array?.first?["channel"]?.string == "operator")
    #expect(graph["plan"]?["sites"]?.array?.first?["name"]?.string == "paris")

    let other = NameRedaction(Self.text("8899aabbccddeeff")).records
    #expect(!String(decoding: other.graph, as: UTF8.self).contains(server))
    #expect(NameRedaction(Self.full).records == records)
  }

  @Test("A redacted pack is sound, says which journal it is of, and is what comes of the full one")
  func verification() throws {
    let full = EvidenceCheck(EvidencePack(Self.full).files)
    let pack = EvidencePack(NameRedaction(Self.full).records)
    let check = EvidenceCheck(pack.files)
    #expect(full.findings.isEmpty && full.recordedHead == nil, "\(full.findings)")
    #expect(check.findings.isEmpty, "\(check.findings)")
    #expect(check.head != full.head && check.recordedHead == full.head)
    #expect(check.differences(from: full).isEmpty)
    // A pseudonym that stands for another one, made consistent by whoever wrote it.
    var forged = NameRedaction(Self.full).records
    forged.events[3] = Array(
      String(decoding: forged.events[3], as: UTF8.self).replacing("user-", with: "user-0").utf8)
    let found = EvidenceCheck(EvidencePack(forged).files)
    #expect(found.findings.isEmpty)
    #expect(found.differences(from: full).map(\.file).contains("events.jsonl"))
    // The pack of another run.
    let other = EvidenceCheck(EvidencePack(Self.text("8899aabbccddeeff")).files)
    #expect(!check.differences(from: other).isEmpty)
  }

  @Test("Every byte that is flipped is found")
  func flips() throws {
    let files = EvidencePack(NameRedaction(Self.full).records).files
    for (name, bytes) in files {
      for position in stride(from: 0, to: bytes.count, by: 7) {
        var altered = files
        altered[name]?[position] ^= 1
        #expect(EvidenceCheck(altered).findings.map(\.file).contains(name), "\(name) \(position)")
      }
    }
  }

  @Test("Names that are words of Waltz's own, parts of others, numbers, or empty break nothing")
  func awkward() {
    var book = NameBook(RedactionSalt(lineage: "x"))
    for name in ["operator", "pc1", "pc12", "pc", "4711", "", "o'brien", "Jörg"] {
      book.add(name, .client)
    }
    book.add(host: "a.b.example.net")
    #expect(
      book.replaced("the operator waits 4711 s for pc123, xpc1 and 10.0.19041")
        == "the operator waits 4711 s for pc123, xpc1 and 10.0.19041")
    #expect(book.replaced("4711") != "4711" && book.name("operator") != "operator")
    let text = book.replaced("pc1, pc12. PC-x O'BRIEN jörg c.b.example.net.")
    #expect(!text.lowercased().contains("pc") && !text.lowercased().contains("brien"))
    #expect(!text.contains("rg c") && !text.contains("example"), "\(text)")
  }
}
