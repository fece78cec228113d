import CertificateSources
import Testing

@Suite("What a source may cost")
struct WorkTests {
  @Test("An empty password that nobody gave is tried for next to nothing, all parts together")
  func guess() throws {
    // Each part asks for 20,000 hashes: less than the bound, and more than it together.
    let bytes = try Fixtures.bytes("empty-password-slow.p12")
    var guesses = WorkBudget(limit: 1_000_000)
    let report = examineSource(bytes, guesses: &guesses)
    #expect(report.findings.map(\.problem) == [.passwordMissing(.pkcs12)])
    #expect(guesses.spent > 0 && guesses.spent <= SourceLimits.standard.guesses)
    #expect(examineSource(bytes, password: Password([])).keys.count == 1)
    var limits = SourceLimits.standard
    limits.guesses = 100_000
    #expect(examineSource(bytes, limits: limits).keys.count == 1)
  }

  @Test("What one source spent the next one does not have")
  func shared() throws {
    let bytes = try Fixtures.bytes("empty-password.p12")
    var guesses = WorkBudget(limit: 10_000)
    #expect(examineSource(bytes, guesses: &guesses).keys.count == 1)
    let spent = guesses.spent
    #expect(spent >= 3 * 2_048)
    let second = examineSource(bytes, guesses: &guesses)
    #expect(second.findings.map(\.problem) == [.passwordMissing(.pkcs12)])
    #expect(guesses.spent <= 10_000)
    // What is given costs no guess.
    #expect(examineSource(bytes, password: Password([]), guesses: &guesses).keys.count == 1)
  }

  @Test("Keys and parts beyond the bound are refused before they are looked at")
  func entries() {
    let key = Self.element(0x30, Self.element(0x02, [0]))
    let bag = Self.element(
      0x30,
      Self.element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x0A, 0x01, 0x01])
        + Self.element(0xA0, key))
    for (bags, parts) in [(20_000, 1), (100, 6), (1, 2_000)] {
      let safe = Self.element(0x30, Array(repeatElement(bag, count: bags).joined()))
      let content = Array(repeatElement(Self.data(safe), count: parts).joined())
      let file = Self.element(
        0x30, [0x02, 0x01, 0x03] + Self.data(Self.element(0x30, content)))
      let report = examineSource(file, declared: .pkcs12)
      #expect(report.errors == [.tooManyEntries(limit: 500)])
      #expect(report.keys.isEmpty)
    }
  }

  /// An element in DER.
  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
    let length = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0) }
    return [tag, 0x84] + length + content
  }

  /// A ContentInfo of the type data.
  private static func data(_ content: [UInt8]) -> [UInt8] {
    element(
      0x30,
      element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
        + element(0xA0, element(0x04, content)))
  }
}
