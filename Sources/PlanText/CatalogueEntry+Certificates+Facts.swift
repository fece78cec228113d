extension CatalogueEntry {
  /// Certificates that SEPM or its clients do not take.
  static let certificateSuitabilityPages: [CatalogueEntry] = [
    notRSA, shortKey, brokenSignature, expiredCertificate, notYetValid, expiresTooSoon,
    issuerExpiresSooner, notForServers, leafIsAuthority,
  ]

  public static let notRSA = CatalogueEntry(
    "C019", "SEPM takes certificates with RSA only",
    explanation: """
      Since SEPM 12.1 the key must be an RSA key and the signature be made with RSA (`SEPM.md` §1.5). The \
      wizard answers 'Invalid certificate type, or invalid certificate signature algorithm' to keys on \
      elliptic curves and to certificates that an authority signed with ECDSA.

      Have the certificate issued for an RSA key of at least 2048 bits, by an authority that signs with \
      RSA.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/curve.pem, key: certs/curve.key }", "EC P-256"),
    good: ExamplePlan.soundCertificate)

  public static let shortKey = CatalogueEntry(
    "C020", "The RSA key is too short",
    explanation: """
      RSA keys of less than 2048 bits can be broken with means that attackers have, and current Java and \
      Windows refuse them in handshakes. SEPM's own default has 2048 bits (`SEPM.md` §1.1). The key also \
      signs the policies of every client.

      Make a new key of 2048 bits or more and have a certificate issued for it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/short.pem, key: certs/short.key }", "RSA 1024"),
    good: ExamplePlan.soundCertificate)

  public static let brokenSignature = CatalogueEntry(
    "C021", "The certificate is signed with a broken hash",
    explanation: """
      SHA-1 and MD5 signatures can be forged: an attacker can make a second certificate with the same \
      signature. Consoles, browsers and current systems refuse them.

      Have the certificate issued again with SHA-256.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/sha1.pem, key: certs/sha1.key }", "RSA-SHA-1"),
    good: ExamplePlan.soundCertificate)

  public static let expiredCertificate = CatalogueEntry(
    "C022", "The new certificate has expired",
    explanation: """
      The certificate's last day has passed. Clients that get it as the new one would turn away from the \
      server at once, and the rotation would have made things worse than they were.

      Have a new certificate issued. Perhaps last time's file was named by mistake.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/expired.pem, key: certs/expired.key }",
      "valid until 2024-03-01"),
    good: ExamplePlan.soundCertificate)

  public static let notYetValid = CatalogueEntry(
    "C023", "The new certificate is not valid when it is put in place",
    explanation: """
      The rotation may put the certificate in place before its first day. Until then every client that \
      verifies it turns away. The earliest moment is that of the plan's minimum waits, counted from now \
      or from the time given with '--at'.

      Start later, or have a certificate issued that is valid from today.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/future.pem, key: certs/future.key }", "valid from 2099-01-01"),
    good: ExamplePlan.soundCertificate)

  public static let expiresTooSoon = CatalogueEntry(
    "C024", "The new certificate does not outlive the rotation",
    severity: .warning,
    explanation: """
      A rotation takes weeks. The certificate should be valid for as long as the waits may last, all \
      deadlines used up, and 30 days more, for clients that were away and have to verify it on the day they \
      come back. Otherwise the next rotation is due before this one has ended. It is an error where \
      the certificate expires even if every wait passes at its minimum.

      Have a certificate issued with a longer validity, or shorten the deadlines. '--at' asks the same \
      for another day of starting.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/ends-soon.pem, key: certs/ends-soon.key }",
      "valid for 40 days more"),
    good: ExamplePlan.soundCertificate)

  public static let issuerExpiresSooner = CatalogueEntry(
    "C025", "An issuer in the chain does not outlive the rotation",
    severity: .warning,
    explanation: """
      A certificate of the chain above the server's own expires before the rotation may have ended. From \
      that day on whoever verifies the chain refuses the server, though its own certificate is valid.

      Put the authority's current certificate into the file.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/old-issuer.pem, key: certs/old-issuer.key }",
      "the authority's certificate has expired"),
    good: ExamplePlan.soundCertificate)

  public static let notForServers = CatalogueEntry(
    "C026", "The certificate is not meant for servers",
    explanation: """
      The certificate lists what it may be used for, and authenticating a server is not in the list. \
      Consoles, partners and clients that verify TLS refuse it. Certificates for users and for code \
      signing are the usual mix-up.

      Have it issued from a template for web servers (extended key usage serverAuth).
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/for-clients.pem, key: certs/for-clients.key }", "clientAuth only"),
    good: ExamplePlan.soundCertificate)

  public static let leafIsAuthority = CatalogueEntry(
    "C027", "The server's certificate is an authority",
    severity: .warning,
    explanation: """
      The certificate may sign others. Whoever gets the key of this management server could issue \
      certificates that everyone who trusts the authority takes. Mostly the authority's own certificate was \
      exported in place of the server's.

      Use a certificate of the server's own.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/authority.pem, key: certs/authority.key }",
      "a subordinate authority"),
    good: ExamplePlan.soundCertificate)

  /// Certificates that do not fit the plan, and their chains.
  static let certificateUsePages: [CatalogueEntry] = [
    addressNotCovered, otherFingerprint, chainIncomplete, chainInDisorder, chainNotSigned,
    certificateTwice,
  ]

  public static let addressNotCovered = CatalogueEntry(
    "C028", "The certificate does not cover the server's address",
    severity: .warning,
    explanation: """
      None of the certificate's alternative names is the address at which the plan reaches the server. \
      SEP clients hold on to the certificate itself and do not look at names, so that none is orphaned by \
      it; but consoles, the REST API, reporting, and clients whose management server list verifies HTTPS \
      compare names and refuse (`SEPM.md` §1.5). The common name does not count any more.

      Have the certificate issued with the server's address among its alternative names, one for each \
      server that shares it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }",
      "for sepm-berlin-1.example.net"),
    good: ExamplePlan.soundCertificate)

  public static let otherFingerprint = CatalogueEntry(
    "C029", "The file does not hold the certificate that was pinned",
    explanation: """
      The plan pins the certificate that was reviewed by its SHA-256 fingerprint, and another one is in the \
      file. Either the file was exchanged after the review, by mistake or on purpose, or the pin is out \
      of date.

      Find out which is meant. `waltz certificate inspect FILE` prints the fingerprint of what is there.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/paris.key }, fingerprint: "
        + "'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'"),
    good: ExamplePlan.soundCertificate)

  public static let chainIncomplete = CatalogueEntry(
    "C030", "The issuer's certificate is missing",
    severity: .warning,
    explanation: """
      The certificate was issued by an authority whose own certificate is not in the file. A management \
      server sends what is in the file, so whoever trusts only the root can not build the way to it: \
      consoles, the REST API, partners. SEP clients, which know the certificate itself, do not mind.

      Append the intermediate certificates to the file, each after the one that it issued. The root may \
      be left out.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/no-issuer.pem, key: certs/no-issuer.key }",
      "issued by an authority that is not in the file"),
    good: ExamplePlan.soundCertificate)

  public static let chainInDisorder = CatalogueEntry(
    "C031", "The chain is not in order",
    severity: .warning,
    explanation: """
      A server sends its own certificate first and then each issuer after what it issued. Here one stands in \
      the wrong place, twice, or belongs to another chain. Some programs sort it out, others send and \
      refuse it as it is.

      Write the server's certificate first, its issuer next, and nothing else.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/stranger.pem, key: certs/paris.key }",
      "with a certificate that belongs to no chain"),
    good: ExamplePlan.soundCertificate)

  public static let chainNotSigned = CatalogueEntry(
    "C032", "The chain does not hold",
    explanation: """
      A certificate names the next one in the file as its issuer, but that one did not sign it or may not \
      sign any. Mostly an authority has two certificates of one name, an old one and a new one, and the \
      wrong one is in the file. Whoever verifies the chain refuses the server.

      Put the issuer's certificate there whose key made the signature.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/false-issuer.pem, key: certs/false-issuer.key }",
      "the authority of that name has another key"),
    good: ExamplePlan.soundCertificate)

  public static let certificateTwice = CatalogueEntry(
    "C033", "Two files hold the same certificate",
    severity: .warning,
    explanation: """
      Two files of the plan are different, and the certificate in them is the same. Mostly a file was copied \
      and never replaced: then a server does not get the certificate that was made for it.

      Put the right certificate into one of the files, or name one of them at all the servers that share \
      it.
      """,
    bad: ExamplePlan.certificatePair("certs/pair-copy.pem, key: certs/pair-copy.key"),
    good: ExamplePlan.certificatePair("certs/pair-2.pem, key: certs/pair-2.key"))
}

extension ExamplePlan {
  /// Two servers with a certificate each, the second one's from these files.
  static func certificatePair(_ files: String) -> String {
    with {
      $0.certificates = """
        certificates:
          paris-2026: { pem: { certificate: certs/pair.pem, key: certs/pair.key } }
          second-2026: { pem: { certificate: \(files) } }
        """
      $0.sites +=
        "\n      sepm-paris-2: { address: sepm-paris-2.example.net, certificate: second-2026 }"
    }
  }
}
