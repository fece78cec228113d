package import PlanText

extension CatalogueEntry {
  /// The pages about what SEPM and its clients make of a certificate.
  static let suitabilityPages: [CatalogueEntry] = [
    notRSA, shortKey, brokenSignature, expiredCertificate, notYetValid, expiresTooSoon,
    issuerExpiresSooner, notForServers, leafIsAuthority,
  ]

  package static let notRSA = CatalogueEntry(
    "C019", "SEPM accepts only RSA certificates",
    explanation: """
      The certificate's key is not an RSA key, or its signature, or one further up in its chain, \
      was not made with RSA.

      SEPM has needed both since 12.1 (`docs/SEPM.md`, "Certificate files"). For elliptic curve \
      keys, and for certificates that an authority signed with ECDSA, the wizard answers 'Invalid \
      certificate type, or invalid certificate signature algorithm'. By then clients have not \
      verified the server for days, and a new certificate still has to be requested.

      Create an RSA key and a request, `openssl req -new -newkey rsa:2048 -nodes -keyout KEY -out \
      REQUEST`, and have the certificate issued by an authority that signs with RSA. `openssl x509 \
      -noout -text -in FILE` prints both algorithms.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/curve.pem, key: certs/curve.key }", "EC P-256"),
    good: ExamplePlan.soundCertificate)

  package static let shortKey = CatalogueEntry(
    "C020", "The RSA key is too short",
    explanation: """
      The certificate's key, or that of an authority in its chain, is an RSA key with fewer than \
      2048 bits.

      Attackers can break such keys, and current Java and Windows refuse them in handshakes. The \
      key also signs the policies of every client. SEPM's own default has 2048 bits \
      (`docs/SEPM.md`, "Certificate files"), so the rotation would leave the estate weaker than a \
      fresh installation.

      Create a new key of 2048 bits or more with `openssl req -new -newkey rsa:2048 -nodes -keyout \
      KEY -out REQUEST`, and have a certificate issued for the request. If the weak key is an \
      authority's, use another authority.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/short.pem, key: certs/short.key }", "RSA 1024"),
    good: ExamplePlan.soundCertificate)

  package static let brokenSignature = CatalogueEntry(
    "C021", "The certificate is signed with a broken hash",
    explanation: """
      The certificate's signature, or one further up in its chain, uses SHA-1, MD5 or MD2.

      Such signatures can be forged: an attacker can make a second certificate with the same \
      signature. Consoles, browsers and current systems refuse them, so the administrator may be \
      locked out of the console after the change. SEPM's own default is signed with SHA-256 \
      (`docs/SEPM.md`, "Certificate files").

      Have the certificate issued again with SHA-256; the key can stay. `openssl x509 -noout -text \
      -in FILE` prints the signature algorithm, which should be sha256WithRSAEncryption, or the \
      same with SHA-384 or SHA-512.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/sha1.pem, key: certs/sha1.key }", "RSA-SHA-1"),
    good: ExamplePlan.soundCertificate)

  package static let expiredCertificate = CatalogueEntry(
    "C022", "The new certificate has expired",
    explanation: """
      The certificate's last day is before the day on which the rotation would start, which is now \
      or the time given with '--at'.

      Clients would refuse the server as soon as they get it, so the rotation would make things \
      worse: after weeks of waiting the servers would have a certificate that nobody accepts.

      Have a new certificate issued. Perhaps last time's file was named by mistake: `openssl x509 \
      -noout -dates -in FILE` prints a certificate's first and last day, and `waltz certificate \
      inspect FILE` the days that are left.
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

      Until that day every client and console that verifies the certificate refuses the server. \
      The services present it as soon as they are restarted, so it depends on the length of the \
      waits whether the rotation runs into this.

      Start later, or have a certificate issued that is valid from today. `openssl x509 -noout \
      -startdate -in FILE` prints its first day, and `waltz plan validate PLAN --at 2026-12-24` \
      checks whether another start day works.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/future.pem, key: certs/future.key }", "valid from 2099-01-01"),
    good: ExamplePlan.soundCertificate)

  package static let expiresTooSoon = CatalogueEntry(
    "C024", "The new certificate does not outlive the rotation",
    severity: .warning,
    explanation: """
      The certificate should be valid for as long as the waits may last with all deadlines used \
      up, and for 30 days more. This one expires sooner. This is a warning, and an error if the \
      certificate expires even when every wait passes as soon as its 'minimum' and 'holdFor' let \
      it.

      A rotation takes weeks, and clients that were away have to verify the certificate on the day \
      they come back. If it has expired by then, they refuse the server, and the next rotation is \
      due before this one has ended.

      Have a certificate issued with a longer validity, or shorten each 'deadline' under 'waits' \
      (for the error, 'minimum' and 'holdFor'). `waltz plan validate PLAN --at 2026-12-24` checks \
      the same for another start day. The warning can be suppressed with `# waltz:ignore C024 \
      reason` on the line before, the error cannot.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/ends-soon.pem, key: certs/ends-soon.key }",
      "valid for 40 days more"),
    good: ExamplePlan.soundCertificate)

  package static let issuerExpiresSooner = CatalogueEntry(
    "C025", "An issuer in the chain does not outlive the rotation",
    severity: .warning,
    explanation: """
      A certificate in the chain above the server's own expires before the rotation may end, \
      counting 30 days more for clients that were away, and it expires sooner than the server's \
      own.

      From that day everything that verifies the chain refuses the server, although its own \
      certificate is valid: consoles, the REST API, and clients whose management server list \
      verifies HTTPS. The cause is hard to find, because everybody looks at the server's \
      certificate.

      Put the authority's current certificate into the file in place of the old one; `waltz \
      certificate inspect FILE` prints the days that each has left. If nothing verifies the chain, \
      write `# waltz:ignore C025 reason` on the line before.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/ending-issuer.pem, key: certs/ending-issuer.key }",
      "the authority's certificate is valid for 40 days more"),
    good: ExamplePlan.soundCertificate)

  package static let notForServers = CatalogueEntry(
    "C026", "The certificate is not meant for servers",
    explanation: """
      The certificate lists what it may be used for, and authenticating a server is not in the \
      list. If only the key's right to make digital signatures is missing, which current TLS \
      handshakes need, this is a warning.

      Consoles, partners and clients that verify TLS refuse it once the services present it. But \
      the console is where the certificate would have to be changed back. Usually the certificate \
      is one for users or for code signing.

      Have it issued from a template for web servers, with the extended key usage serverAuth and \
      the key usage digitalSignature. `openssl x509 -noout -ext extendedKeyUsage,keyUsage -in \
      FILE` prints what it has; a request asks with `-addext extendedKeyUsage=serverAuth`.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/for-clients.pem, key: certs/for-clients.key }", "clientAuth only"),
    good: ExamplePlan.soundCertificate)

  package static let leafIsAuthority = CatalogueEntry(
    "C027", "The server's certificate is an authority's",
    severity: .warning,
    explanation: """
      The certificate may issue other certificates, and it is not self-signed, as SEPM's own \
      default is. Usually the authority's certificate was exported instead of the server's. If the \
      private key does not belong to it, that is certain, and this is an error.

      Anybody who gets the key of this management server could issue certificates that everybody \
      who trusts the authority accepts. The authority's key would be on a server where it does not \
      belong, and in that server's recovery files.

      Use a certificate made for the server: `openssl x509 -noout -ext basicConstraints -in FILE` \
      must not print CA:TRUE. If the authority's key has been copied to a server, tell the people \
      who run the authority.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/authority.pem, key: certs/authority.key }",
      "a subordinate authority"),
    good: ExamplePlan.soundCertificate)
}
