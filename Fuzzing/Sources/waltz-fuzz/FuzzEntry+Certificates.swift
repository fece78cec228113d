import CanonicalJSON
import CertificateSources
import Reports

extension FuzzEntry {
  /// Certificate containers: PEM, DER, PKCS#12 and JKS, with and without their password.
  ///
  /// The first byte says what is known of the file, so that seeds are real files behind a byte.
  static let certificates = FuzzEntry(name: "certificates") { bytes in
    guard let known = bytes.first else { return }
    let file = Array(bytes.dropFirst())
    let password = Array("secret-Fixture-1".utf8)
    let forms: [ContainerForm?] = [nil] + ContainerForm.allCases
    let declared = forms[Int(known >> 2) % forms.count]
    var limits = SourceLimits()
    // Hashing is bounded by this number alone, and slow on purpose: real files take more than an input may.
    limits.iterations = 20_000

    let report: SourceReport
    let opener = known & 1 == 0 ? nil : Password(password)
    if known & 2 == 0 {
      report = examineSource(file, declared: declared, password: opener, limits: limits)
    } else {
      report = examineSource(
        certificate: Array(file[..<(file.count / 2)]), key: Array(file[(file.count / 2)...]),
        declared: declared, password: opener, limits: limits)
    }
    _ = try? readCertificate(file)

    let names = known & 2 == 0 ? ["server.p12"] : ["server.pem", "server.key"]
    // A day in 2026.
    let inspection = CertificateInspection(report, files: names, at: 1_790_000_000)
    let text = inspection.text()
    let json = Array(inspection.json.utf8)
    expectPrintable(text)
    expect((try? JSONValue(parsing: json)) != nil, "the inspection is no JSON")
    if !contains(file, password) {
      expect(
        !contains(Array(text.utf8), password) && !contains(json, password), "a password is shown")
    }
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { start in
      bytes[start] == part[0] && bytes[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
