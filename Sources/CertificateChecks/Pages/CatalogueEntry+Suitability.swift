package import PlanText

extension CatalogueEntry {
  /// The pages about what SEPM and its clients make of a certificate.
  static let suitabilityPages: [CatalogueEntry] = [
    notRSA, shortKey, brokenSignature, expiredCertificate, notYetValid, expiresTooSoon,
    issuerExpiresSooner, notForServers, leafIsAuthority,
  ]

  package static let notRSA = CatalogueEntry(
    "C019", "SEPM takes certificates with RSA only",
    explanation: """
      The certificate's key is no RSA key, or its signature, or one further up in its chain, was not made \
      with RSA.

      Since SEPM 12.1 both are needed (`docs/SEPM.md`, "Certificate files"). To keys on elliptic \
      curves and to certificates that an authority signed with ECDSA the wizard answers 'Invalid \
      certificate type, or invalid certificate signature algorithm'. By then clients have not \
      verified the server for days, and a new certificate has yet to be ordered.

      Make an RSA key with its request, `openssl req -new -newkey rsa:2048 -nodes -keyout KEY \
      -out REQUEST`, and have it issued by an authority that signs with RSA. `openssl x509 \
      -noout -text -in FILE` prints both algorithms.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/curve.pem, key: certs/curve.key }", "EC P-256"),
    good: ExamplePlan.soundCertificate)

  package static let shortKey = CatalogueEntry(
    "C020", "The RSA key is too short",
    explanation: """
      The certificate's key, or that of an authority in its chain, is an RSA key of less than 2048 bits.

      Such keys can be broken with means that attackers have, and current Java and Windows \
      refuse them in handshakes. The key also signs the policies of every client. SEPM's own \
      default has 2048 bits (`docs/SEPM.md`, "Certificate files"), so that the rotation would \
      leave the estate weaker than a fresh installation.

      Make a new key of 2048 bits or more with `openssl req -new -newkey rsa:2048 -nodes -keyout \
      KEY -out REQUEST`, and have a certificate issued for the request; where the key is an authority's, \
      by another one.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/short.pem, key: certs/short.key }", "RSA 1024"),
    good: ExamplePlan.soundCertificate)

  package static let brokenSignature = CatalogueEntry(
    "C021", "The certificate is signed with a broken hash",
    explanation: """
      The certificate's signature, or one further up in its chain, rests on SHA-1, MD5 or MD2.

      Such signatures can be forged: an attacker can make a second certificate with the same \
      signature. Consoles, browsers and current systems refuse them, so that the administrator \
      may not get into the console after the change. SEPM's own default is signed with SHA-256 \
      (`docs/SEPM.md`, "Certificate files").

      Have the certificate issued again with SHA-256; the key may stay. `openssl x509 -noout \
      -text -in FILE` prints the signature algorithm, which for RSA should be \
      sha256WithRSAEncryption or a longer one of its kind.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/sha1.pem, key: certs/sha1.key }", "RSA-SHA-1"),
    good: ExamplePlan.soundCertificate)

  package static let expiredCertificate = CatalogueEntry(
    "C022", "The new certificate has expired",
    explanation: """
      The certificate's last day lies before the day on which the rotation would start, which is \
      now or the time given with '--at'.

      Clients that get it as the new one would turn away from the server at once, and the \
      rotation would have made things worse than they were: after weeks of waiting the servers \
      have a certificate that nobody takes.

      Have a new certificate issued. Perhaps last time's file was named by mistake: `openssl \
      x509 -noout -dates -in FILE` prints from when to when a certificate is valid, and `waltz \
      certificate inspect FILE` the days that are left.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/expired.pem, key: certs/expired.key }",
      "valid until 2024-03-01"),
    good: ExamplePlan.soundCertificate)

  package static let notYetValid = CatalogueEntry(
    "C023", "The new certificate is not valid when it is put in place",
    explanation: """
      The rotation may put the certificate in place before its first day. The earliest moment is \
      that of the plan's minimum waits, counted from now or from the time given with '--at'.

      Until that day every client and console that verifies the certificate turns away. The \
      services present it from their restart on, so that it depends on the length of the waits \
      whether the rotation runs into this.

      Start later, or have a certificate issued that is valid from today. `openssl x509 -noout \
      -startdate -in FILE` prints its first day, and `waltz plan validate PLAN --at 2026-12-24` \
      tells whether another day of starting will do.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/future.pem, key: certs/future.key }", "valid from 2099-01-01"),
    good: ExamplePlan.soundCertificate)

  package static let expiresTooSoon = CatalogueEntry(
    "C024", "The new certificate does not outlive the rotation",
    severity: .warning,
    explanation: """
      The certificate should be valid for as long as the waits may last, all deadlines used up, \
      and 30 days more. This one expires sooner. It is a warning, and an error where the \
      certificate expires even if every wait passes as soon as its 'minimum' and 'holdFor' let it.

      A rotation takes weeks, and clients that were away have to verify the certificate on the \
      day they come back. If it has expired by then they turn away, and the next rotation is due \
      before this one has ended.

      Have a certificate issued with a longer validity, or shorten each 'deadline' under \
      'waits', for the error 'minimum' and 'holdFor'; `waltz plan validate PLAN --at 2026-12-24` asks the same for another day of \
      starting. The warning can be overruled with `# waltz:ignore C024 reason` on the line \
      before, the error cannot.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/ends-soon.pem, key: certs/ends-soon.key }",
      "valid for 40 days more"),
    good: ExamplePlan.soundCertificate)

  package static let issuerExpiresSooner = CatalogueEntry(
    "C025", "An issuer in the chain does not outlive the rotation",
    severity: .warning,
    explanation: """
      A certificate of the chain above the server's own expires before the rotation may have \
      ended, with 30 days more for clients that were away, and sooner than the server's own.

      From that day on whoever verifies the chain refuses the server, though its own certificate \
      is valid: consoles, the REST API, and clients whose management server list verifies HTTPS. \
      The cause is hard to see, since everybody looks at the server's certificate.

      Put the authority's current certificate into the file in place of the old one; `waltz \
      certificate inspect FILE` prints the days that each has left. Where no one verifies the \
      chain, write `# waltz:ignore C025 reason` on the line before.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/ending-issuer.pem, key: certs/ending-issuer.key }",
      "the authority's certificate is valid for 40 days more"),
    good: ExamplePlan.soundCertificate)

  package static let notForServers = CatalogueEntry(
    "C026", "The certificate is not meant for servers",
    explanation: """
      The certificate lists what it may be used for, and authenticating a server is not in the \
      list. Where its key may not make digital signatures, which current TLS handshakes need, \
      that is a warning.

      Consoles, partners and clients that verify TLS refuse it once the services present it. The \
      console is also where the certificate would have to be changed back. Certificates for \
      users and for code signing are the usual mix-up.

      Have it issued from a template for web servers, with the extended key usage serverAuth and \
      the key usage digitalSignature. `openssl x509 -noout -ext extendedKeyUsage,keyUsage -in \
      FILE` prints what it has; a request asks with `-addext extendedKeyUsage=serverAuth`.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/for-clients.pem, key: certs/for-clients.key }", "clientAuth only"),
    good: ExamplePlan.soundCertificate)

  package static let leafIsAuthority = CatalogueEntry(
    "C027", "The server's certificate is an authority",
    severity: .warning,
    explanation: """
      The certificate may sign others, and it is not one that signed itself, as SEPM's own \
      default does. Mostly the authority's certificate was exported in place of the server's; where \
      the key beside it is not its own that is certain, and an error.

      Whoever gets the key of this management server could issue certificates that everyone who \
      trusts the authority takes. The key of the authority would lie on a server where it has no \
      business, and in the server's recovery files.

      Use a certificate of the server's own: `openssl x509 -noout -ext basicConstraints -in \
      FILE` must not print CA:TRUE. If the authority's key has been copied to a server, tell \
      those who run the authority.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/authority.pem, key: certs/authority.key }",
      "a subordinate authority"),
    good: ExamplePlan.soundCertificate)
}
