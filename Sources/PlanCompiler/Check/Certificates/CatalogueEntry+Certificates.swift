package import PlanText

extension CatalogueEntry {
  /// The pages about which certificates a plan declares and uses.
  static let certificateUsePages: [CatalogueEntry] = [
    unknownCertificate, unusedCertificate, sharedCertificate, pathOutsideFolder,
    fingerprintTwice, passwordWithoutUse, fileTwice,
  ]

  package static let unknownCertificate = CatalogueEntry(
    "M002", "No certificate bears this name",
    explanation: """
      A server names a certificate that is not under 'certificates'.

      Nothing could be checked before the wizard asks for the file, in the middle of the window \
      in which clients do not verify the server. Every hour that it takes to find the right file \
      is an hour of that window.

      Correct the name, or declare the certificate.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("paris-2026", with: "pariss-2026") },
    good: ExamplePlan().text)

  package static let unusedCertificate = CatalogueEntry(
    "M032", "A certificate is never used",
    severity: .warning,
    explanation: """
      A certificate is declared, and no server names it.

      Perhaps a server still names the old one, or its line was forgotten: it would keep a \
      certificate that expires, while everybody believes it rotated.

      Name the certificate at its server, or remove it.
      """,
    bad: ExamplePlan.with { $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }" },
    good: ExamplePlan().text)

  package static let sharedCertificate = CatalogueEntry(
    "M033", "Several servers share a certificate",
    severity: .note,
    explanation: """
      Several servers get the same certificate.

      Servers may share one if its names cover all their addresses, and many estates do so on \
      purpose. Whoever gets the key of one server then has that of all, and all have to be \
      rotated again together.

      There is nothing to do if this is meant.
      """,
    bad: ExamplePlan.with {
      $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026", servers: 2)
    },
    good: ExamplePlan().text)

  package static let pathOutsideFolder = CatalogueEntry(
    "M044", "A path leads out of the plan's folder",
    explanation: """
      A path is absolute, starts in a home folder, or climbs out of the plan's folder.

      Plans are validated in pull requests, also by strangers, and are run on other machines \
      than they were written on. A plan can neither read what is not its own nor depend on a \
      machine if its files stay beside it; keys of management servers lie elsewhere on the \
      machines that run it.

      Keep the file beside the plan and write a relative path. A secret that lives elsewhere is \
      read with '{ env: NAME }' or '{ command: […] }'. Who runs Waltz may admit a further folder \
      with '--allow-outside FOLDER', for example where 'certs' stands beside 'plans'.
      """,
    bad: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: ../other/paris.p12 }"
    },
    good: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: certs/paris.p12 }"
    })

  package static let fingerprintTwice = CatalogueEntry(
    "M050", "Two certificates have one fingerprint",
    severity: .warning,
    explanation: """
      Two certificates have the same fingerprint.

      A fingerprint names exactly one certificate. Either one certificate has two names here, or \
      a fingerprint was copied and pins the wrong one: the probe would refuse the right \
      certificate after the change, with verification off.

      Correct the fingerprint, or let the servers share one entry.
      """,
    bad: ExamplePlan.pinned("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    good: ExamplePlan.pinned("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))

  package static let passwordWithoutUse = CatalogueEntry(
    "M051", "A PEM or DER source has a password",
    severity: .warning,
    explanation: """
      A PEM or DER source has a password.

      SEPM's wizard takes certificate and key as PEM or DER files only with an unencrypted key \
      and asks for no password. A password in the plan says that the key is encrypted; the \
      wizard would refuse it while verification is already off.

      Remove the password and decrypt the key, or use a PKCS#12 file.
      """,
    bad: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026:\n    pem: { certificate: certs/paris.pem, key: certs/paris.key }\n    password: { env: PARIS_KEY_PASSWORD }"
    },
    good: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026:\n    pem: { certificate: certs/paris.pem, key: certs/paris.key }"
    })

  package static let fileTwice = CatalogueEntry(
    "M074", "Two certificates are one file",
    severity: .warning,
    explanation: """
      Two entries under 'certificates' name the same file.

      Most often an entry was copied and its path forgotten. The server then gets the certificate of \
      another one, whose names do not cover its address: browsers, the console and the REST API \
      refuse it, and both servers fall with one key. It shows after the update, while verification \
      is off.

      Correct the path. If the servers share a certificate on purpose let them name the same entry.
      """,
    bad: ExamplePlan.pair("").replacing(
      "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }",
      with: "pkcs12: certs/paris.p12"
    ),
    good: ExamplePlan.pair(""))
}

extension ExamplePlan {
  /// Two servers with a certificate each, both pinned; the second with these digits.
  fileprivate static func pinned(_ digits: String) -> String {
    with {
      $0.certificates +=
        "\n    fingerprint: sha256:"
        + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        + "\n  second-2026: { jks: certs/second.jks, fingerprint: 'sha256:\(digits)' }"
      $0.sites +=
        "\n      sepm-par-02: { address: sepm-par-02.example.net, certificate: second-2026 }"
    }
  }
}
