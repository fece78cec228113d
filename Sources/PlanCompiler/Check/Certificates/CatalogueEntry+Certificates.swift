package import PlanText

extension CatalogueEntry {
  /// The pages about which certificates a plan declares and uses.
  static let certificateUsePages: [CatalogueEntry] = [
    unknownCertificate, unusedCertificate, sharedCertificate, pathOutsideFolder,
    fingerprintTwice, passwordWithoutUse, fileTwice,
  ]

  package static let unknownCertificate = CatalogueEntry(
    "M002", "No certificate has this name",
    explanation: """
      A server names a certificate that is not under 'certificates'.

      Nobody would notice until the wizard asks for the file, while clients do not verify the \
      server. Every hour that it takes to find the right file makes that time longer.

      Correct the name, or declare the certificate.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("paris-2026", with: "pariss-2026") },
    good: ExamplePlan().text)

  package static let unusedCertificate = CatalogueEntry(
    "M032", "A certificate is never used",
    severity: .warning,
    explanation: """
      A certificate is declared, but no server names it.

      Perhaps a server still names the old one, or its line was forgotten. It would keep a \
      certificate that expires, while everybody believes that it was rotated.

      Name the certificate at its server, or remove it.
      """,
    bad: ExamplePlan.with { $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }" },
    good: ExamplePlan().text)

  package static let sharedCertificate = CatalogueEntry(
    "M033", "Several servers share a certificate",
    severity: .note,
    explanation: """
      Several servers get the same certificate.

      Servers may share a certificate if its names cover all their addresses, and many estates do \
      so on purpose. But anybody who gets the key of one server then has the key of all, and all \
      have to be rotated again together.

      There is nothing to do if this is intended.
      """,
    bad: ExamplePlan.with {
      $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026", servers: 2)
    },
    good: ExamplePlan().text)

  package static let pathOutsideFolder = CatalogueEntry(
    "M044", "A path leads out of the plan's folder",
    explanation: """
      A path is absolute, starts in a home folder, or climbs out of the plan's folder.

      Plans are checked in pull requests, even from strangers, and run on other machines than they \
      were written on. As long as its files stay beside it, a plan cannot read what is not its \
      own, such as the keys of management servers, and does not depend on one machine.

      Keep the file beside the plan and write a relative path. For a secret that is kept elsewhere \
      use '{ env: NAME }' or '{ command: […] }'. Whoever runs Waltz can allow another folder with \
      '--allow-outside FOLDER', for example if 'certs' is beside 'plans'.
      """,
    bad: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: ../other/paris.p12 }"
    },
    good: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: certs/paris.p12 }"
    })

  package static let fingerprintTwice = CatalogueEntry(
    "M050", "Two certificates have the same fingerprint",
    severity: .warning,
    explanation: """
      Two certificates have the same fingerprint.

      A fingerprint belongs to exactly one certificate. Either one certificate has two names here, \
      or a fingerprint was copied and pins the wrong one: the probe would refuse the right \
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

      For PEM and DER files SEPM's wizard needs an unencrypted key and asks for no password. A \
      password in the plan means that the key is encrypted, and the wizard would refuse it while \
      verification is already off.

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
    "M074", "Two certificates are the same file",
    severity: .warning,
    explanation: """
      Two entries under 'certificates' name the same file.

      Usually an entry was copied and its path was not changed. The server would get another \
      server's certificate, whose names do not cover its address: browsers, the console and the \
      REST API refuse it, and whoever gets one key has both servers. This shows only after the \
      update, while verification is off.

      Correct the path. If the servers share a certificate on purpose, let them name the same \
      entry.
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
