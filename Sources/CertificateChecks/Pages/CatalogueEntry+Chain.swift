package import PlanText

extension CatalogueEntry {
  /// The pages about the certificates above the one of a server.
  static let chainPages: [CatalogueEntry] = [
    issuerNotValid, replyUnderOtherAlias, criticalExtension, issuerMayNotIssue,
  ]

  package static let issuerNotValid = CatalogueEntry(
    "C038", "An issuer in the chain is not valid",
    explanation: """
      A certificate of the chain above the server's own has expired before the rotation would start, which is \
      now or the time given with '--at', or is not yet valid when the rotation may put the server's in place.

      Whoever verifies the chain refuses the server on its first day, though its own certificate is \
      valid: consoles, the REST API, partners, and clients whose management server list verifies \
      HTTPS. Mostly the chain was taken over from last time's file, and the authority has renewed \
      its certificate since.

      Put the authority's current certificate into the file in place of the old one; it is valid for \
      what the authority issued before, as long as its key is the same. `openssl x509 -noout -dates \
      -in ISSUER` prints from when to when it is valid.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/old-issuer.pem, key: certs/old-issuer.key }",
      "the authority's certificate expired in 2025"),
    good: ExamplePlan.soundCertificate)

  package static let replyUnderOtherAlias = CatalogueEntry(
    "C039", "The signed certificate is not in the entry of its key",
    explanation: """
      `keytool -genkeypair` makes a key together with a certificate that signs itself, both in one entry of \
      the keystore. The authority's answer to the request was imported under another alias: there it is a \
      certificate to trust, without a key, and the key's entry is as it was.

      SEPM takes the entry with the key, and with it the certificate that nobody issued. The rotation \
      would bring it to every client: consoles and partners warn of it or refuse it, and the \
      certificate that was ordered serves nobody. To the eye, `keytool -list` shows the right one.

      Import the answer under the alias of the key, which `keytool -list -keystore FILE` calls a \
      PrivateKeyEntry: `keytool -importcert -alias ALIAS -file REPLY -keystore FILE`. The issuers must \
      be in the keystore before, or follow the certificate in the file. `waltz certificate inspect FILE` \
      then shows the chain.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/reply-aside.jks, password: { env: PARIS_P12_PASSWORD }",
      "the key is under 'sepm', the signed certificate under 'server'"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let criticalExtension = CatalogueEntry(
    "C040", "A critical extension that programs do not know",
    explanation: """
      The certificate, or one further up in its chain, has an extension that it calls critical, and it is \
      none of those that RFC 5280 defines.

      Who verifies a certificate must refuse it if it has a critical extension that he does not \
      understand. Java, OpenSSL and Windows all do, so that consoles, the REST API and partners turn \
      away from the server, with nothing in their messages but 'unhandled critical extension'.

      Have the certificate issued without the extension, or with one that is not critical; it mostly \
      comes from the template of the authority. `openssl x509 -noout -text -in FILE` shows it by its \
      number, with 'critical' behind it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/critical.pem, key: certs/critical.key }",
      "with the critical extension 1.2.3.4"),
    good: ExamplePlan.soundCertificate)

  package static let issuerMayNotIssue = CatalogueEntry(
    "C041", "An issuer in the chain may not issue certificates",
    explanation: """
      A certificate of the chain was signed by the one above it, and that one is no authority: it says so or \
      does not say that it is one, its key may not be used to sign certificates, or it allows fewer \
      authorities below itself than there are.

      The signatures are right, and whoever verifies the chain refuses it all the same: consoles, the \
      REST API, partners, clients whose management server list verifies HTTPS. Otherwise the owner of \
      any server's certificate could issue certificates for every name.

      Have the server's certificate issued by an authority that may do so. `openssl x509 -noout -ext \
      basicConstraints,keyUsage -in ISSUER` must print CA:TRUE and, where there is a key usage, \
      Certificate Sign; a 'pathlen' is how many authorities may stand between it and the server.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/no-authority.pem, key: certs/no-authority.key }",
      "signed with the key of another server"),
    good: ExamplePlan.soundCertificate)
}
