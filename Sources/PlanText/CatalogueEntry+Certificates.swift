extension CatalogueEntry {
  /// What is wrong with the certificates that a plan names, and with what its servers serve.
  ///
  /// The examples name files; what is in a file stands in the comment beside it.
  public static let certificatePages: [CatalogueEntry] =
    certificateFilePages + certificateContainerPages + certificateSuitabilityPages
    + certificateUsePages + servedCertificatePages

  /// Files that can not be read.
  static let certificateFilePages: [CatalogueEntry] = [
    missingFile, unreadableFile, linkOutside, unresolvedSecret, secretForAll,
  ]

  public static let missingFile = CatalogueEntry(
    "C001", "A file that the plan names is not there",
    explanation: """
      The plan names a certificate, a key, a keystore, a certificate authority or a file with a secret, \
      and nothing is at that path. Paths start in the folder of the plan, not in the folder from which \
      Waltz is called, and case matters. A rotation would stop at its very first step, \
      check-certificate.

      Put the file there, or correct the path. Keys and keystores are often kept out of Git: then check \
      the plan on the machine that has them, or suppress the finding with the reason.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/missing.pem, key: certs/paris.key }"),
    good: ExamplePlan.soundCertificate)

  public static let unreadableFile = CatalogueEntry(
    "C002", "A file that the plan names can not be read",
    explanation: """
      Something is at the path that is no ordinary file (a folder, a pipe, a device), that is larger than \
      any certificate, or that the system does not let be read. Waltz waits for no pipe and reads no \
      device, since a plan may come from a stranger.

      Put an ordinary file there that the user who runs Waltz may read.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/folder.pem, key: certs/paris.key }", "folder.pem is a folder"),
    good: ExamplePlan.soundCertificate)

  public static let linkOutside = CatalogueEntry(
    "C003", "A link leads out of the repository",
    explanation: """
      The path itself stays in the plan's folder, but a symbolic link on its way leads out of the \
      repository that the plan is in (out of the plan's folder, where there is none). Anybody who may \
      propose a plan could read files of the machine that checks it, so the link is not followed.

      Put the file itself there, or admit the folder that the link leads to with \
      '--allow-outside FOLDER'.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/outside.pem, key: certs/paris.key }",
      "outside.pem is a link to /etc/hostname"),
    good: ExamplePlan.soundCertificate)

  public static let unresolvedSecret = CatalogueEntry(
    "C004", "A reference to a secret gives none",
    explanation: """
      With '--live' the plan's references to passwords are followed: the variable is read, the file \
      opened, the program run. This one gave nothing. A rotation would stop where it needs the \
      password, perhaps in the middle of the night.

      Set the variable, put the file there, or call the program by hand and see what it says; Waltz \
      throws away what it writes on standard error, which may repeat the secret.
      """,
    bad: ExamplePlan.withPassword("env: NOT_SET"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  public static let secretForAll = CatalogueEntry(
    "C005", "A file with a secret can be read by others",
    severity: .warning,
    explanation: """
      Every user of the machine, or of a group, may read the file with the password. With the keystore \
      beside it he has the private key of the management servers, which signs the policies that every \
      client obeys.

      Take the rights away: chmod 600 FILE.
      """,
    bad: ExamplePlan.withPassword("file: secrets/for-all", "mode 0644"),
    good: ExamplePlan.withPassword("file: secrets/for-me", "mode 0600"))

  /// Containers that give no certificate with its key.
  static let certificateContainerPages: [CatalogueEntry] = [
    foreignFile, otherForm, damagedFile, swappedFiles, keyMissing, severalKeys, foreignKey,
    encryptedKey, wrongPassword, missingPassword, otherKeyPassword, unsupportedProtection,
    oddCertificate,
  ]

  public static let foreignFile = CatalogueEntry(
    "C006", "The file holds no certificate",
    explanation: """
      The file is there, but what is in it is something else: a request for a certificate, a public key, \
      a page that a download left, the pointer of Git LFS, an encrypted file. SEPM's wizard would refuse \
      it when the operator stands before the console and clients have already been told not to verify.

      Put the certificate there in the form that the plan says.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/request.pem, key: certs/paris.key }",
      "request.pem is a certificate request"),
    good: ExamplePlan.soundCertificate)

  public static let otherForm = CatalogueEntry(
    "C007", "The file has another form than the plan says",
    explanation: """
      The plan calls the file PEM, DER, PKCS#12 or JKS, and it is another of these. SEPM's wizard goes by \
      what is chosen in it and refuses the file; the name's ending proves nothing.

      Write the form that the file has, or convert it: 'openssl x509 -inform DER -in FILE' turns a \
      certificate in DER into PEM, 'keytool -importkeystore' turns keystores into each other.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/binary.pem, key: certs/paris.key }",
      "binary.pem is DER in spite of its name"),
    good: ExamplePlan.soundCertificate)

  public static let damagedFile = CatalogueEntry(
    "C008", "The file is damaged",
    explanation: """
      The file begins as it should and then makes no sense: it was cut off, changed on its way, or edited. \
      A copy in text mode and a paste that lost its last line are the usual causes.

      Take it from its source again, and compare sizes.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/cut.pem, key: certs/paris.key }", "cut.pem lost its last lines"),
    good: ExamplePlan.soundCertificate)

  public static let swappedFiles = CatalogueEntry(
    "C009", "Certificate and key are the wrong way round",
    explanation: """
      The file called the certificate holds a private key, and the file called the key holds a certificate.

      Exchange the two paths.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.key, key: certs/paris.pem }"),
    good: ExamplePlan.soundCertificate)

  public static let keyMissing = CatalogueEntry(
    "C010", "The private key is missing",
    explanation: """
      There is a certificate, but not the private key that belongs to it. A management server needs both: \
      it proves with the key that it is who the certificate says, and signs its policies with it \
      (`SEPM.md` §1.1).

      Export certificate and key together. On Windows that is 'Yes, export the private key'.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/no-key.key }",
      "no-key.key holds a certificate again"),
    good: ExamplePlan.soundCertificate)

  public static let severalKeys = CatalogueEntry(
    "C011", "There is more than one private key",
    explanation: """
      The file holds several private keys. Which of them a management server would take can not be told, \
      and the wizard does not ask.

      Keep one key with its certificate in a file of its own.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-keys.jks, password: { env: PARIS_P12_PASSWORD }", "two keys, 'old' and 'new'"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  public static let foreignKey = CatalogueEntry(
    "C012", "The key does not belong to the certificate",
    explanation: """
      The private key's public half is not the one in the certificate. Mostly the key of last year's \
      certificate lies beside this year's. The management server would not come up again after the \
      change.

      Find the key that was made with the request for this certificate. Where it is lost, have a new \
      certificate issued.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.pem, key: certs/other.key }"),
    good: ExamplePlan.soundCertificate)

  public static let encryptedKey = CatalogueEntry(
    "C013", "The private key is encrypted",
    explanation: """
      SEPM's wizard takes a separate key file only unencrypted, and answers 'Invalid private key file' to \
      any other (`SEPM.md` §1.5).

      Decrypt it with 'openssl pkey -in FILE -out NEW' and guard the result, or put certificate and key \
      into a PKCS#12 file with a password, which the wizard takes.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/encrypted.key }", "with a passphrase"),
    good: ExamplePlan.soundCertificate)

  public static let wrongPassword = CatalogueEntry(
    "C014", "The password does not open the file",
    explanation: """
      The reference to the password gives one ('--live' followed it), and the file does not open with it. \
      The wizard would say 'Invalid keystore file'.

      Correct the secret where it is kept, or the reference. Blanks and line ends inside the secret \
      count; a line end at its end does not.
      """,
    bad: ExamplePlan.withPassword("env: OTHER_PASSWORD"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  public static let missingPassword = CatalogueEntry(
    "C015", "The file needs a password and the plan names none",
    explanation: """
      A PKCS#12 file or a keystore is protected by a password, and the plan does not say where it is to be \
      had. Neither the checks nor the operator at the wizard could open the file.

      Add 'password: { env: NAME }', '{ file: PATH }' or '{ command: [PROGRAM] }' to the certificate.
      """,
    bad: ExamplePlan.certificate("pkcs12: certs/paris.p12"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  public static let otherKeyPassword = CatalogueEntry(
    "C016", "The key has another password than its keystore",
    explanation: """
      In a JKS keystore every key has a password of its own. SEPM asks for one password only and uses it for \
      both; a key with another one can not be read (`SEPM.md` §1.5), and the management server does not \
      come up.

      Give the key the store's password: 'keytool -keypasswd -alias NAME -keystore FILE'.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-passwords.jks, password: { env: PARIS_P12_PASSWORD }",
      "the key has a password of its own"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  public static let unsupportedProtection = CatalogueEntry(
    "C017", "The file is not protected as it should be",
    explanation: """
      The file is encrypted or sealed with an algorithm that Waltz does not know, with more work than anybody \
      asks for on purpose, with an empty password, or not at all. Java, which reads it on the management \
      server, may not know it either, and whoever finds a file that nothing protects has the key. How \
      much it weighs depends on which of these it is.

      Make the file anew with 'openssl pkcs12 -export' or keytool, their defaults and a password.
      """,
    bad: ExamplePlan.certificate(
      "pkcs12: certs/camellia.p12, password: { env: PARIS_P12_PASSWORD }",
      "encrypted with Camellia"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  public static let oddCertificate = CatalogueEntry(
    "C018", "The certificate breaks rules of its format",
    severity: .note,
    explanation: """
      The certificate can be read, but a part of it is not as RFC 5280 wants it. Some programs refuse such \
      certificates and some do not, so that the console may work while clients turn away.

      Have it issued again by an authority that follows the rules.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/odd.pem, key: certs/odd.key }", "negative serial number"),
    good: ExamplePlan.soundCertificate)
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
