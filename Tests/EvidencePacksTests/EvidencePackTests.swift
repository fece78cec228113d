import CanonicalJSON
import Cryptography
import Testing

@testable import EvidencePacks

@Suite("An evidence pack is what its records come to")
struct EvidencePackTests {
  static let attached = Array("{\"settings\":[]}".utf8)

  static func digest(_ bytes: [UInt8]) -> String {
    String(HashFunction.digest(of: bytes).dropFirst("sha256:".count))
  }

  static func records(events count: Int = 3) -> EvidencePack.Records {
    let (graph, plan) = (Array("{\"graph\":1}".utf8), Array("kind: RotationPlan\n".utf8))
    let facts = """
      {"run":"emea-1","lineage":"00ff","plan":"emea","digest":"sha256:\(digest(graph))","graph":"\(digest(graph))","planText":"\(digest(plan))","tool":"0.1.0","createdBy":"ann","world":"real"}
      """
    let events = (0..<count).map { number in
      let evidence =
        number == 1
        ? ",\"evidence\":{\"record\":{\"attachment\":\"sha256:\(digest(attached))\"}}" : ""
      return Array("{\"seq\":\(number + 1),\"run\":\"emea-1\",\"type\":\"x\"\(evidence)}".utf8)
    }
    return EvidencePack.Records(
      facts: Array(facts.utf8), graph: graph, plan: plan, events: events,
      attachments: count > 1 ? [digest(attached): attached] : [:], report: Array("<p>".utf8))
  }

  @Test("A pack is what it has to be", arguments: [0, 1, 2, 3, 8, 9])
  func sound(count: Int) {
    let pack = EvidencePack(Self.records(events: count))
    let check = EvidenceCheck(pack.files)
    #expect(check.findings.isEmpty, "\(check.findings)")
    #expect(check.run == "emea-1" && check.head == pack.head)
    let checkpoint = String(decoding: pack.files["checkpoint.txt"] ?? [], as: UTF8.self)
    #expect(checkpoint.hasPrefix("waltz/00ff/emea-1\n\(count)\n"))
    #expect(checkpoint.hasSuffix("\nhead \(pack.head)\n"))
  }

  @Test(
    "Every byte that is flipped is found, in the file that it is in",
    arguments: EvidencePack(records()).files.keys.sorted())
  func flips(name: String) throws {
    let files = EvidencePack(Self.records()).files
    let bytes = try #require(files[name])
    for position in bytes.indices {
      var flipped = bytes
      flipped[position] ^= position.isMultiple(of: 2) ? 0x01 : 0x20
      var altered = files
      altered[name] = flipped
      let check = EvidenceCheck(altered)
      #expect(check.findings.map(\.file) == [name], "byte \(position): \(check.findings)")
    }
  }

  @Test("What is missing, and what does not belong, is named")
  func completeness() {
    let files = EvidencePack(Self.records()).files
    for name in files.keys {
      var altered = files
      altered[name] = nil
      #expect(EvidenceCheck(altered).findings.contains { $0.file == name }, "\(name)")
    }
    var more = files
    more["note.txt"] = [1]
    #expect(EvidenceCheck(more).findings.contains { $0.file == "note.txt" })
    more = files
    more["SHA256SUMS.sig"] = [1]
    #expect(EvidenceCheck(more).findings.isEmpty)
  }

  @Test(
    "Records that were altered together with everything that is computed of them do not belong together"
  )
  func forged() {
    func findings(_ alter: (inout EvidencePack.Records) -> Void) -> [String?] {
      var records = Self.records()
      alter(&records)
      return EvidenceCheck(EvidencePack(records).files).findings.map(\.file)
    }
    #expect(findings { $0.plan.append(0x0A) } == ["plan.yaml"])
    #expect(findings { $0.graph[2] = 0x47 } == ["graph.json"])
    #expect(findings { $0.events.remove(at: 0) } == ["events.jsonl"])
    #expect(findings { $0.events.swapAt(0, 2) } == ["events.jsonl"])
    #expect(findings { $0.attachments = [:] } == ["attachments/" + Self.digest(Self.attached)])
    #expect(
      findings { $0.attachments[Self.digest([1])] = [1] } == ["attachments/" + Self.digest([1])])
  }

  @Test("The root is that of RFC 6962, by its definition", arguments: 0...17)
  func root(count: Int) {
    let records = (0..<count).map { [UInt8(7), UInt8($0)] }
    var tree = MerkleTree()
    for record in records { tree.append(record) }
    #expect(tree.root == Self.defined(records[...]))
  }

  private static func defined(_ records: ArraySlice<[UInt8]>) -> [UInt8] {
    guard let first = records.first else { return HashFunction.sha256.hash(of: []) }
    guard records.count > 1 else { return HashFunction.sha256.hash(of: [0] + first) }
    var split = 1
    while split * 2 < records.count { split *= 2 }
    let middle = records.startIndex + split
    return HashFunction.sha256.hash(
      of: [1] + defined(records[..<middle]) + defined(records[middle...]))
  }
}
