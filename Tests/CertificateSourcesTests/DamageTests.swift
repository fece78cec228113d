import CertificateSources
import TestSupport
import Testing

@Suite("Damaged sources")
struct DamageTests {
  /// Files of every kind, small ones first.
  private static let files = [
    "ec256.sec1.der", "server.der", "server.pkcs1.der", "server.encrypted.der", "server.pem",
    "bag-attributes.pem", "server.encrypted-legacy.key", "keytool.jks", "chain.jks", "modern.p12",
    "legacy.p12", "windows-3des.p12", "nomac.p12", "plain.p12",
  ]

  @Test("Every file that is cut off has a problem", arguments: files)
  func truncation(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    // Without a final line end nothing is missing.
    let end = bytes.last == 0x0A ? bytes.count - 1 : bytes.count
    var cuts = Array(stride(from: 0, to: end, by: max(1, bytes.count / 150)))
    cuts += (end - 40..<end)
    for cut in cuts {
      let report = examineSource(Array(bytes[..<cut]), password: Fixtures.password)
      #expect(!report.errors.isEmpty, "\(name) after \(cut) bytes")
      for finding in report.findings { #expect(!finding.problem.summary.isEmpty) }
    }
  }

  @Test(
    "A container that is cut off says so", arguments: ["server.der", "modern.p12", "keytool.jks"])
  func truncationIsNamed(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    for cut in [bytes.count - 1, bytes.count / 2, 60] {
      let report = examineSource(Array(bytes[..<cut]), password: Fixtures.password)
      #expect(report.codes == ["truncated"], "\(name) after \(cut) bytes")
      let report2 = examineSource(bytes + [0, 0], password: Fixtures.password, needsKey: false)
      #expect(report2.codes.contains("trailing-bytes"))
    }
  }

  @Test(
    "A file under a checksum never looks sound with a flipped bit",
    arguments: ["modern.p12", "legacy.p12", "keytool.jks"])
  func flippedBit(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    let whole = examineSource(bytes, password: Fixtures.password)
    for seed in UInt64(0)..<150 {
      var random = SplitMix64(seed: seed)
      var flipped = bytes
      flipped[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
      let report = examineSource(flipped, password: Fixtures.password)
      // Some bits mean nothing, such as those of a date; then nothing else may have changed.
      let isSame =
        report.certificates.map(\.facts) == whole.certificates.map(\.facts)
        && report.keys.map(\.publicKeyBits) == whole.keys.map(\.publicKeyBits)
      #expect(!report.errors.isEmpty || isSame, "\(name), seed \(seed)")
    }
  }

  @Test("No damage makes the reader fail", arguments: files)
  func manyFlips(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    var limits = SourceLimits()
    limits.iterations = 20_000
    for seed in UInt64(0)..<120 {
      var random = SplitMix64(seed: seed)
      var damaged = bytes
      for _ in 0...random.below(6) {
        switch random.below(4) {
        case 0: damaged.remove(at: random.below(damaged.count))
        case 1: damaged.insert(UInt8(random.below(256)), at: random.below(damaged.count))
        default: damaged[random.below(damaged.count)] = UInt8(random.below(256))
        }
      }
      let report = examineSource(damaged, password: Fixtures.password, limits: limits)
      for finding in report.findings {
        #expect(!finding.problem.summary.isEmpty && !finding.problem.help.isEmpty, "seed \(seed)")
      }
      // All derived facts are total too.
      for entry in report.certificates { _ = entry.facts.coverage(of: "sepm-par-01.example.net") }
    }
  }
}
