import PlanModel
import PlanText
import Testing

@testable import Estate

@Suite("Fingerprints in a simulated estate")
struct FingerprintTests {
  @Test("A pinned certificate has the fingerprint of its pin; others are marked as made up")
  func pinned() throws {
    let pin = String(repeating: "3f", count: 32)
    let plan = RotationPlan(
      name: Located("p"),
      certificates: [
        CertificateSource(
          name: Located("pinned"), container: .pkcs12(Located("a.p12")),
          fingerprint: Located(try #require(Fingerprint("sha256:" + pin)))),
        CertificateSource(name: Located("free"), container: .pkcs12(Located("b.p12"))),
      ], sites: [])
    #expect(CertificateBook.fingerprint(of: "pinned", in: plan) == "sha256:" + pin)
    #expect(CertificateBook.fingerprint(of: "free", in: plan).hasPrefix("simulated:"))
  }
}
