package import PlanText

extension CatalogueEntry {
  /// The pages about the certificates that a plan names, and about what its servers serve.
  ///
  /// The examples name files; what is in a file stands in the comment beside it.
  package static let certificatePages: [CatalogueEntry] = Array(
    [
      filePages, containerPages, suitabilityPages, usePages, servedPages, chainPages,
      apiCertificatePages,
    ].joined())

  /// The pages about files that cannot be read.
  static let filePages: [CatalogueEntry] = [
    missingFile, unreadableFile, linkOutside, unresolvedSecret, secretForAll,
  ]

  package static let missingFile = CatalogueEntry(
    "C001", "A file that the plan names is not there",
    explanation: """
      There is no file at a path in the plan: that of a certificate, its key, a keystore, the \
      authority of an API or, with '--live', a file with a password. Paths are relative to the \
      plan's folder, not to the folder in which Waltz is run, and case matters.

      A rotation would stop at its first step, check-certificate. Until the file is there, nobody \
      can say whether the key belongs to the certificate, whether SEPM accepts it, or whether it \
      outlives the waits. Without its authority the API that counts the clients cannot be trusted.

      Put the file there, or correct the path. Keys and keystores are often kept out of Git. In \
      that case check the plan on the machine that has them, skip all files with '--no-files', or \
      write `# waltz:ignore C001 reason` on the line before the path.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/missing.pem, key: certs/paris.key }"),
    good: ExamplePlan.soundCertificate)

  package static let unreadableFile = CatalogueEntry(
    "C002", "A file that the plan names cannot be read",
    explanation: """
      What is at the path is not an ordinary file (but a folder, a pipe or a device), is larger \
      than any certificate, may not be read by this user, is in the folder .git, or is a link that \
      leads in a circle. This also covers a plan whose files together are too large.

      A plan may come from a stranger, so Waltz does not wait for pipes, and does not read devices \
      or git's own files, which may hold the token of a checkout. What cannot be read has not been \
      checked: a wrong key would show only in SEPM's wizard, when clients have already been told \
      not to verify.

      Put an ordinary file there that the user who runs Waltz may read. `ls -lL FILE` shows what \
      it is and who owns it, and `chmod u+r FILE` lets its owner read it. The file should hold the \
      certificate of one server and nothing else.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/folder.pem, key: certs/paris.key }", "folder.pem is a folder"),
    good: ExamplePlan.soundCertificate)

  package static let linkOutside = CatalogueEntry(
    "C003", "A link leads out of the repository",
    explanation: """
      The path itself stays in the plan's folder, but a symbolic link in it leads out of the \
      plan's repository (or out of the plan's folder, if there is no repository). Waltz does not \
      follow the link.

      Otherwise anybody who can propose a plan could read files of the machine that checks it, \
      such as the keys of management servers. On the machine that runs the rotation the link may \
      also lead elsewhere, and another certificate than the reviewed one would be put in place.

      Replace the link with the file itself, or allow the folder that it leads to: `waltz plan \
      validate PLAN --allow-outside FOLDER`. `readlink -f FILE` prints where it leads.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/outside.pem, key: certs/paris.key }",
      "outside.pem is a link to /etc/hostname"),
    good: ExamplePlan.soundCertificate)

  package static let unresolvedSecret = CatalogueEntry(
    "C004", "A reference gives no secret",
    explanation: """
      With '--live' Waltz follows the plan's references to passwords: it reads the variable, opens \
      the file or runs the program. This one gave nothing: the variable is not set, what was found \
      is empty, or the program failed or took too long.

      A rotation would stop where it needs the password, perhaps in the middle of the night. \
      Without the API's password no client can be counted and no wait passes. Without a keystore's \
      password the operator at the wizard cannot open the file.

      Set the variable for Waltz, write the password into the file, or run the program by hand, in \
      the plan's folder and without input: it must print the password and nothing else. Waltz \
      discards what it writes on standard error, because that may repeat the secret. '--patience \
      SECONDS' gives it more time.
      """,
    bad: ExamplePlan.withPassword("env: NOT_SET"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let secretForAll = CatalogueEntry(
    "C005", "A file with a secret can be read by others",
    severity: .warning,
    explanation: """
      Its group, or every user of the machine, can read the file with the password. '--live' \
      looked at it.

      Anybody who can read the password and has the keystore has the private key of the management \
      servers, which signs the policies that every client obeys. With the API's password they can \
      change the settings of all groups.

      Take the rights away with `chmod 600 FILE`, and change the password if others may have read \
      it. If the group should be able to read it, write `# waltz:ignore C005 reason` on the line \
      before.
      """,
    bad: ExamplePlan.withPassword("file: secrets/for-all", "mode 0644"),
    good: ExamplePlan.withPassword("file: secrets/for-me", "mode 0600"))
}

extension ExamplePlan {
  /// The document with a certificate from `source`, and a comment on what is in its files.
  static func certificate(_ source: String, _ comment: String = "") -> String {
    with {
      $0.certificates =
        "certificates:\n  paris-2026: { \(source) }" + (comment.isEmpty ? "" : "   # \(comment)")
    }
  }

  /// The document with a PKCS#12 file whose password is behind `reference`.
  static func withPassword(_ reference: String, _ comment: String = "") -> String {
    certificate("pkcs12: certs/paris.p12, password: { \(reference) }", comment)
  }

  /// The document with a certificate that is as it should be.
  static var soundCertificate: String {
    certificate("pem: { certificate: certs/paris.pem, key: certs/paris.key }")
  }
}
