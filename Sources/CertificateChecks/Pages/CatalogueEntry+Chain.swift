package import PlanText

extension CatalogueEntry {
  /// The pages about the certificates above the one of a server.
  static let chainPages: [CatalogueEntry] = [
    issuerNotValid, replyUnderOtherAlias, criticalExtension, issuerMayNotIssue,
  ]

  package static let issuerNotValid = CatalogueEntry(
    "C038", "An issuer in the chain is not valid",
    explanation: """
      A certificate in the chain above the server's own expires before the rotation would start, \
      which is now or the time given with '--at', or is not yet valid when the rotation may put \
      the server's certificate in place.

      Everything that verifies the chain refuses the server from the first day, although its own \
      certificate is valid: consoles, the REST API, partners, and clients whose management server \
      list verifies HTTPS. Usually the chain was copied from last time's file, and the authority \
      has renewed its certificate since.

      Put the authority's current certificate into the file in place of the old one; it also \
      covers what the authority issued before, as long as the key is the same. `openssl x509 \
      -noout -dates -in ISSUER` prints its first and last day.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/old-issuer.pem, key: certs/old-issuer.key }",
      "the authority's certificate expired in 2025"),
    good: ExamplePlan.soundCertificate)

  package static let replyUnderOtherAlias = CatalogueEntry(
    "C039", "The signed certificate is not in the entry of its key",
    explanation: """
      `keytool -genkeypair` makes a key together with a self-signed certificate, both in one entry \
      of the keystore. The authority's reply to the request was imported under another alias. \
      There it is a trusted certificate without a key, and the key's entry is unchanged.

      SEPM takes the entry with the key, and with it the self-signed certificate. The rotation \
      would bring that one to every client: consoles and partners warn about it or refuse it, and \
      the certificate that was issued is not used at all. `keytool -list` shows it, so everything \
      looks right.

      Import the reply under the alias of the key, which `keytool -list -keystore FILE` calls a \
      PrivateKeyEntry: `keytool -importcert -alias ALIAS -file REPLY -keystore FILE`. The issuers \
      must already be in the keystore, or follow the certificate in the file. `waltz certificate \
      inspect FILE` then shows the chain.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/reply-aside.jks, password: { env: PARIS_P12_PASSWORD }",
      "the key is under 'sepm', the signed certificate under 'server'"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let criticalExtension = CatalogueEntry(
    "C040", "A critical extension that programs do not know",
    explanation: """
      The certificate, or one further up in its chain, has an extension that is marked critical \
      and that RFC 5280 does not define.

      A program that verifies a certificate must refuse it if it does not understand a critical \
      extension. Java, OpenSSL and Windows all do, so consoles, the REST API and partners would \
      refuse the server, and their messages would say only 'unhandled critical extension'.

      Have the certificate issued without the extension, or with it not marked critical. Usually \
      it comes from the authority's template. `openssl x509 -noout -text -in FILE` shows its \
      number, with 'critical' after it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/critical.pem, key: certs/critical.key }",
      "with the critical extension 1.2.3.4"),
    good: ExamplePlan.soundCertificate)

  package static let issuerMayNotIssue = CatalogueEntry(
    "C041", "An issuer in the chain may not issue certificates",
    explanation: """
      A certificate in the chain was signed by the one above it, and that one may not do so: it \
      does not say that it is an authority, its key may not be used to sign certificates, or it \
      allows fewer authorities below itself than there are.

      The signatures are right, but everything that verifies the chain refuses it: consoles, the \
      REST API, partners, and clients whose management server list verifies HTTPS. Otherwise the \
      owner of any server's certificate could issue certificates for every name.

      Have the server's certificate issued by an authority that may issue certificates. `openssl \
      x509 -noout -ext basicConstraints,keyUsage -in ISSUER` must print CA:TRUE and, where there \
      is a key usage, Certificate Sign; a 'pathlen' is how many authorities may stand between it \
      and the server.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/no-authority.pem, key: certs/no-authority.key }",
      "signed with the key of another server"),
    good: ExamplePlan.soundCertificate)
}
