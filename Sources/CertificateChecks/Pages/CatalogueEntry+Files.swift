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
      Nothing is at a path of the plan: that of a certificate, its key, a keystore, the \
      authority of an API or, with '--live', a file with a password. Paths start in the folder \
      of the plan, not in the folder from which Waltz is called, and case matters.

      A rotation would stop at its very first step, check-certificate. Until the file is there \
      nobody can say whether the key belongs to the certificate, whether SEPM takes it, and \
      whether it outlasts the waits; and without its authority the API that counts the clients \
      cannot be trusted.

      Put the file there, or correct the path. Keys and keystores are often kept out of Git: \
      then check the plan on the machine that has them, leave all files aside with '--no-files', \
      or write `# waltz:ignore C001 reason` on the line before the path.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/missing.pem, key: certs/paris.key }"),
    good: ExamplePlan.soundCertificate)

  package static let unreadableFile = CatalogueEntry(
    "C002", "A file that the plan names cannot be read",
    explanation: """
      Something is at the path that is no ordinary file (a folder, a pipe, a device), that is \
      larger than any certificate, that the system does not let be read, that is in the folder \
      .git, or to which links lead in a circle. A plan whose files are too large together is reported here too.

      Waltz waits for no pipe, reads no device and nothing of git's own, where the token of a \
      checkout may be, since a plan may come from a stranger. What \
      cannot be read has not been checked: a wrong key in it would come to light in SEPM's \
      wizard, when clients have already been told not to verify.

      Put an ordinary file there that the user who runs Waltz may read; `ls -lL FILE` shows what \
      it is and whose, `chmod u+r FILE` lets its owner read it. Name the file that holds the \
      certificate of one server and nothing else.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/folder.pem, key: certs/paris.key }", "folder.pem is a folder"),
    good: ExamplePlan.soundCertificate)

  package static let linkOutside = CatalogueEntry(
    "C003", "A link leads out of the repository",
    explanation: """
      The path itself stays in the plan's folder, but a symbolic link on its way leads out of \
      the repository that the plan is in (out of the plan's folder, where there is none). The \
      link is not followed.

      Anybody who may propose a plan could read files of the machine that checks it, among them \
      the keys of management servers. A link may also lead elsewhere on the machine that runs \
      the rotation, and then another certificate is put in place than was reviewed.

      Put the file itself in the place of the link, or admit the folder that it leads to: `waltz \
      plan validate PLAN --allow-outside FOLDER`. `readlink -f FILE` prints where it leads.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/outside.pem, key: certs/paris.key }",
      "outside.pem is a link to /etc/hostname"),
    good: ExamplePlan.soundCertificate)

  package static let unresolvedSecret = CatalogueEntry(
    "C004", "A reference to a secret gives none",
    explanation: """
      With '--live' the plan's references to passwords are followed: the variable is read, the \
      file opened, the program run. This one gave nothing: the variable is not set, what was \
      found is empty, or the program failed or took too long.

      A rotation would stop where it needs the password, perhaps in the middle of the night. \
      Without that of the API no client can be counted and no wait passes; without that of a \
      keystore the operator at the wizard cannot open the file.

      Set the variable for Waltz, write the password into the file, or call the program by hand, \
      in the plan's folder and without input; it has to print the password alone. Waltz throws \
      away what it writes on standard error, which may repeat the secret. '--patience SECONDS' \
      gives it more time.
      """,
    bad: ExamplePlan.withPassword("env: NOT_SET"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let secretForAll = CatalogueEntry(
    "C005", "A file with a secret can be read by others",
    severity: .warning,
    explanation: """
      The file with the password may be read by its group or by every user of the machine. It is \
      looked at with '--live'.

      Whoever reads the password and has the keystore beside it has the private key of the \
      management servers, which signs the policies that every client obeys. With the password of \
      the API he can change the settings of all groups.

      Take the rights away with `chmod 600 FILE`, and change the password where others may have \
      read it. If the group is meant to read it, write `# waltz:ignore C005 reason` on the line \
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
