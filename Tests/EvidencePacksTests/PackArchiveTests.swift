import Testing

@testable import EvidencePacks

@Suite("A pack as one archive")
struct PackArchiveTests {
  private static let files = [
    "VERIFY.md": Array("# How\n".utf8), "empty": [],
    "SHA256SUMS": [UInt8](repeating: 7, count: 512),
    "attachments/" + String(repeating: "a", count: 64): [UInt8](repeating: 9, count: 513),
  ]

  @Test("What is written is read, whatever the length of the run's name", arguments: [1, 30, 67])
  func roundTrip(length: Int) throws {
    let archive = PackArchive(Self.files, in: String(repeating: "r", count: length))
    let bytes = try #require(archive.bytes)
    #expect(bytes.count.isMultiple(of: 512))
    #expect(try PackArchive(bytes) == archive)
  }

  @Test("The same files make the same bytes")
  func deterministic() {
    let backwards = Dictionary(
      uniqueKeysWithValues: Self.files.reversed().map { ($0.key, $0.value) })
    #expect(PackArchive(backwards, in: "r").bytes == PackArchive(Self.files, in: "r").bytes)
  }

  @Test("No byte stands for nothing: each that is altered is a fault, or the content of a file")
  func flips() throws {
    let archive = PackArchive(Self.files, in: "emea-1")
    let bytes = try #require(archive.bytes)
    for position in bytes.indices {
      for bit in [UInt8(0x01), 0x20, 0x80] {
        var flipped = bytes
        flipped[position] ^= bit
        guard let read = try? PackArchive(flipped) else { continue }
        #expect(read != archive, "byte \(position)")
        let isNamed = read.files.contains { Self.files[$0.key] != $0.value }
        #expect(isNamed || read.folder != "emea-1", "byte \(position)")
      }
    }
  }

  @Test("Nothing makes it trap: archives that are cut, empty or hostile are faults")
  func hostile() throws {
    let bytes = try #require(PackArchive(Self.files, in: "emea-1").bytes)
    for count in stride(from: 0, to: bytes.count - 1, by: 37) {
      #expect(throws: PackArchive.Fault.self) { try PackArchive(Array(bytes[..<count])) }
    }
    var huge = bytes
    huge.replaceSubrange(124..<135, with: [UInt8](repeating: 0x37, count: 11))
    #expect(throws: PackArchive.Fault.self) { try PackArchive(huge) }
    // Behind its end.
    #expect(throws: PackArchive.Fault.self) { try PackArchive(bytes + [0]) }
    // A link, a file outside of the folder, the same file twice, two folders.
    var link = bytes
    link[156] = 0x32
    #expect(throws: PackArchive.Fault.self) { try PackArchive(link) }
    let content = Array(bytes.dropLast(1_024))
    #expect(throws: PackArchive.Fault.self) { try PackArchive(content + bytes) }
    let other = try #require(PackArchive(["x": [1]], in: "other").bytes)
    #expect(throws: PackArchive.Fault.self) { try PackArchive(content + other) }
  }

  @Test("A name that climbs out is a name that no pack has")
  func climbing() throws {
    let bytes = try #require(
      PackArchive(["../../etc/passwd": Array("x".utf8)], in: "emea-1").bytes)
    let read = try PackArchive(bytes)
    let findings = EvidenceCheck(
      EvidencePack(EvidencePackTests.records()).files.merging(read.files) { old, _ in old }
    ).findings
    #expect(findings.map(\.file) == ["../../etc/passwd"])
  }
}
