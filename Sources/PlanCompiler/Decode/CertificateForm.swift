import DocumentForm
import PlanModel
import PlanSyntax
import PlanText

extension Form where Value == [CertificateSource] {
  /// The section `certificates`.
  static let certificates: Form = .map(
    .name, to: .certificate, "a mapping of certificates by name",
    example: "{ paris-2026: { pkcs12: certs/paris.p12 } }", allowsEmpty: true
  ) { _, source in source }
}

extension Form where Value == CertificateSource {
  fileprivate static let certificate: Form = Form.object(
    "a certificate", example: "{ pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }",
    .source,
    .optional(
      "password", .secret,
      "Where to find the password of the file. The password itself is never in a plan."),
    .optional(
      "fingerprint", .scalar(.fingerprint),
      "The SHA-256 of the certificate that was reviewed. Any other certificate is refused.")
  ) { place, container, password, fingerprint in
    CertificateSource(
      name: place.name, container: container, password: password, fingerprint: fingerprint)
  }.named("certificate")
}

/// Two files.
private struct KeyPair: Sendable {
  var certificate: Located<String>
  var key: Located<String>
}

extension Form where Value == KeyPair {
  fileprivate static let keyPair: Form = Form.object(
    "two files", example: "{ certificate: certs/paris.pem, key: certs/paris.key }",
    .required(
      "certificate", .scalar(.path.called("a path", examples: ["certs/paris.pem"])),
      "The certificate, followed by its chain if there is one."),
    .required(
      "key", .scalar(.path.called("a path", examples: ["certs/paris.key"])),
      "The private key, not encrypted.")
  ) { _, certificate, key in
    KeyPair(certificate: certificate, key: key)
  }.named("keyPair")
}

extension Part where Value == CertificateSource.Container {
  fileprivate static let source: Part = .exactlyOne(
    "the certificate's source",
    of: [
      .init(
        "pkcs12", .scalar(.path),
        "A PKCS#12 file (.p12, .pfx) with certificate and key, relative to the plan's folder.",
        otherNames: ["pfx", "p12"], make: CertificateSource.Container.pkcs12),
      .init(
        "jks", .scalar(.path.called("a path", examples: ["certs/paris.jks"])),
        "A Java keystore (.jks) with certificate and key; the key's password must equal the store's.",
        otherNames: ["keystore"], make: CertificateSource.Container.jks),
      .init("pem", .keyPair, "Certificate and unencrypted key as PEM files.") {
        .pem(certificate: $0.certificate, key: $0.key)
      },
      .init("der", .keyPair, "Certificate and unencrypted key as DER files.") {
        .der(certificate: $0.certificate, key: $0.key)
      },
    ])
}
