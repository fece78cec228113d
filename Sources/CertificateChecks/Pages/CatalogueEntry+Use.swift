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
      None of the certificate's alternative names is the address at which the plan reaches the \
      server. The common name does not count any more.

      SEP clients hold on to the certificate itself and do not look at names, so that none is \
      orphaned by it. But consoles, the REST API, reporting, and clients whose management server \
      list verifies HTTPS compare names and refuse (`docs/SEPM.md`, "Certificate files").

      Have the certificate issued with the server's address among its alternative names, one for \
      each server that shares it; a request asks with `-addext \
      subjectAltName=DNS:NAME,DNS:OTHER`. `openssl x509 -noout -ext subjectAltName -in FILE` \
      prints those it has. Or correct 'address'; if nobody compares names at this address, write \
      `# waltz:ignore C028 reason` on the line before it.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }",
      "for sepm-berlin-1.example.net"),
    good: ExamplePlan.soundCertificate)

  package static let otherFingerprint = CatalogueEntry(
    "C029", "The file does not hold the certificate that was pinned",
    explanation: """
      The plan pins the certificate that was reviewed by its SHA-256 fingerprint, and another \
      one is in the file.

      Either the file was exchanged after the review, by mistake or on purpose, or the pin is \
      out of date. Clients take the new certificate and with it every policy that its key signs: \
      a key that somebody slipped in would command them all.

      Find out which is meant. `waltz certificate inspect FILE` prints the fingerprint of what \
      is there, in the form that 'fingerprint' takes. Bring the reviewed file back, or review \
      this one and change the pin.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/paris.key }, fingerprint: "
        + "'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'"),
    good: ExamplePlan.soundCertificate)

  package static let chainIncomplete = CatalogueEntry(
    "C030", "The issuer's certificate is missing",
    severity: .warning,
    explanation: """
      The certificate was issued by an authority whose own certificate is not in the file, or in a \
      JKS keystore not in the chain of the key's entry: what is under another alias is not sent.

      A management server sends what is in the file, so that whoever trusts only the root can \
      not build the way to it: consoles, the REST API, partners. SEP clients, which know the \
      certificate itself, do not mind. It shows only after the change, when they begin to refuse \
      the server.

      Append the intermediate certificates to the file, each after the one that it issued, or \
      give them to `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -certfile ISSUERS -out \
      NEW`; in a JKS keystore `cat CERTIFICATE ISSUERS > REPLY` and `keytool -importcert -alias ALIAS -file \
      REPLY -keystore FILE`. The root may be left out. If it is the root that issued the certificate, say so with \
      `# waltz:ignore C030 reason` on the line before.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/no-issuer.pem, key: certs/no-issuer.key }",
      "issued by an authority that is not in the file"),
    good: ExamplePlan.soundCertificate)

  package static let chainInDisorder = CatalogueEntry(
    "C031", "The chain is not in order",
    severity: .warning,
    explanation: """
      A server sends its own certificate first and then each issuer after what it issued. In \
      this file one stands in the wrong place or belongs to another chain; that one is there \
      twice is a note. The order matters in PEM files and in the entries of JKS keystores, the rest in all.

      Some programs sort it out, others send and refuse it as it is. So the console may work \
      while the API or a partner refuses the server, and which of them it is shows only after \
      the restart of the services.

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
      A certificate names another one in the file as its issuer, or itself, but that one did not \
      sign it. A signature that Waltz cannot check is a note.

      Whoever verifies the chain refuses the server: consoles, partners, the REST API. Mostly an \
      authority has two certificates of one name, an old one and a new one, and the wrong one is \
      in the file; to the eye the chain looks complete.

      Put the issuer's certificate there whose key made the signature. `openssl verify \
      -partial_chain -trusted ISSUER CERTIFICATE` says whether it is the right one.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/false-issuer.pem, key: certs/false-issuer.key }",
      "the authority of that name has another key"),
    good: ExamplePlan.soundCertificate)

  package static let certificateTwice = CatalogueEntry(
    "C033", "Two files hold the same certificate",
    severity: .warning,
    explanation: """
      Two files of the plan are different, and the certificate in them is the same.

      Mostly a file was copied and never replaced: then a server does not get the certificate \
      that was made for it. Consoles may meet a name there that is not the server's, and whoever \
      gets the key of one server has that of the other.

      Put the right certificate into one of the files; `waltz certificate inspect FILE` prints \
      what is in each. If the servers are to share it, name one of the two under 'certificates' \
      and at all of them, or write `# waltz:ignore C033 reason` on the line before the second.
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
