package import PlanText

extension CatalogueEntry {
  /// The pages about a certificate and the plan that names it.
  static let usePages: [CatalogueEntry] = [
    addressNotCovered, otherFingerprint, chainIncomplete, chainInDisorder, chainNotSigned,
    certificateTwice,
  ]

  package static let addressNotCovered = CatalogueEntry(
    "C028", "The certificate does not cover the server's address",
    severity: .warning,
    explanation: """
      None of the certificate's subject alternative names is the address at which the plan reaches \
      the server. The common name no longer counts.

      SEP clients trust the certificate itself and do not look at names, so this orphans none of \
      them. But consoles, the REST API, reporting, and clients whose management server list \
      verifies HTTPS compare names and refuse the server (`docs/SEPM.md`, "Certificate files").

      Have the certificate issued with the addresses of all servers that share it among its \
      subject alternative names; a request asks for them with `-addext \
      subjectAltName=DNS:NAME,DNS:OTHER`. `openssl x509 -noout -ext subjectAltName -in FILE` \
      prints the names it has. Or correct 'address'. If nothing compares names at this address, \
      write `# waltz:ignore C028 reason` on the line before it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }",
      "for sepm-berlin-1.example.net"),
    good: ExamplePlan.soundCertificate)

  package static let otherFingerprint = CatalogueEntry(
    "C029", "The file does not hold the pinned certificate",
    explanation: """
      The plan pins the reviewed certificate by its SHA-256 fingerprint, and the file holds \
      another one.

      Either the file was replaced after the review, by mistake or on purpose, or the pin is out \
      of date. Clients accept the new certificate and with it every policy that its key signs: \
      whoever slipped in a key would control them all.

      Find out which certificate is right. `waltz certificate inspect FILE` prints the fingerprint \
      of the file, as 'fingerprint' takes it. Restore the reviewed file, or review this one and \
      change the pin.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/paris.key }, fingerprint: "
        + "'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'"),
    good: ExamplePlan.soundCertificate)

  package static let chainIncomplete = CatalogueEntry(
    "C030", "The issuer's certificate is missing",
    severity: .warning,
    explanation: """
      The certificate was issued by an authority whose own certificate is not in the file. In a \
      JKS keystore it must be in the chain of the key's entry: what is under another alias is not \
      sent.

      A management server sends what is in the file, so consoles, the REST API and partners that \
      trust only the root cannot build a chain to it. They refuse the server, and that shows only \
      after the change. SEP clients trust the certificate itself and are not affected.

      Append the intermediate certificates to the file, each after the one that it issued, or pass \
      them to `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -certfile ISSUERS -out NEW`. For \
      a JKS keystore run `cat CERTIFICATE ISSUERS > REPLY` and `keytool -importcert -alias ALIAS \
      -file REPLY -keystore FILE`. The root can be left out. If the root itself issued the \
      certificate, write `# waltz:ignore C030 reason` on the line before.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/no-issuer.pem, key: certs/no-issuer.key }",
      "issued by an authority that is not in the file"),
    good: ExamplePlan.soundCertificate)

  package static let chainInDisorder = CatalogueEntry(
    "C031", "The chain is not in order",
    severity: .warning,
    explanation: """
      A server sends its own certificate first, and then each issuer after the certificate that it \
      issued. In this file one is in the wrong place or belongs to another chain. If one is merely \
      there twice, this is a note. The order matters in PEM files and in the entries of JKS \
      keystores, the rest in every form.

      Some programs put the chain in order, others take it as it is and refuse it. So the console \
      may work while the API or a partner refuses the server, and that shows only after the \
      services are restarted.

      Write the server's certificate first, its issuer next, and nothing else: `cat CERTIFICATE \
      ISSUER > NEW`. `waltz certificate inspect FILE` prints the certificates and the order in \
      which they belong.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/stranger.pem, key: certs/paris.key }",
      "with a certificate that belongs to no chain"),
    good: ExamplePlan.soundCertificate)

  package static let chainNotSigned = CatalogueEntry(
    "C032", "The chain does not hold",
    explanation: """
      A certificate names another one in the file, or itself, as its issuer, but that one did not \
      sign it. If Waltz cannot check the signature, this is a note.

      Everything that verifies the chain refuses the server: consoles, partners, the REST API. \
      Usually an authority has two certificates with the same name, an old one and a new one, and \
      the wrong one is in the file. The chain looks complete.

      Put in the issuer's certificate whose key made the signature. `openssl verify -partial_chain \
      -trusted ISSUER CERTIFICATE` says whether it is the right one.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/false-issuer.pem, key: certs/false-issuer.key }",
      "the authority of that name has another key"),
    good: ExamplePlan.soundCertificate)

  package static let certificateTwice = CatalogueEntry(
    "C033", "Two files hold the same certificate",
    severity: .warning,
    explanation: """
      Two files of the plan are different, but hold the same certificate.

      Usually a file was copied and never replaced, so a server does not get the certificate that \
      was made for it. Consoles may see a name there that is not the server's, and anybody who \
      gets the key of one server has that of the other.

      Put the right certificate into one of the files; `waltz certificate inspect FILE` prints \
      what is in each. If the servers should share it, keep one entry under 'certificates' and \
      name it at all of them, or write `# waltz:ignore C033 reason` on the line before the second.
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
