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

extension Form where Value == Located<SecretReference> {
  /// Where a secret is to be had. A literal is an error whose text does not repeat it.
  static let secret: Form = Form.object(
    "a reference to a secret", example: "{ env: PARIS_P12_PASSWORD }",
    .secretReference
  ) { place, reference in
    Located(reference, at: place.span)
  }.intercepting { node, context in
    let tree = context.tree
    guard tree.kind(of: node) == .scalar, !tree.isNull(node) else { return nil }
    return Diagnostic(
      .literalSecret, at: context.headSpan(of: node),
      "The secret itself is written here, but a plan holds only references to secrets.",
      help:
        "Put the secret into an environment variable, a file or a vault, refer to it with '{ env: NAME }', '{ file: PATH }' or '{ command: [PROGRAM] }', and change the secret if this file was ever shared."
    )
  }.concealed().named("secret")
}

extension Form where Value == [Located<String>] {
  /// A program and its arguments.
  static let arguments: Form = .list(
    of: .scalar(.argument), "a program and its arguments as a list",
    example: "[ssh, sepm-par-01.example.net, hostname]"
  ).named("arguments")
}

extension Scalar where Value == String {
  /// One argument of a program; anything but a NUL.
  fileprivate static let argument = Scalar(
    "an argument", examples: [], page: .emptyText, rule: "Remove the NUL.",
    jsonTypes: ["string", "number", "boolean"]
  ) { $0.utf8.contains(0) ? nil : $0 }
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

extension Part where Value == SecretReference {
  fileprivate static let secretReference: Part = .exactlyOne(
    "the reference to the secret",
    of: [
      .init("env", .scalar(.environmentVariable), "The name of an environment variable.") {
        SecretReference.environment($0.value)
      },
      .init(
        "file", .scalar(.path.called("a path", examples: ["/run/secrets/paris-p12"])),
        "A file; one line end at its end does not count."
      ) { .file($0.value) },
      .init(
        "command", .arguments,
        "A program and its arguments, which prints the secret; never a shell line."
      ) { .command($0.map(\.value)) },
    ])
}
