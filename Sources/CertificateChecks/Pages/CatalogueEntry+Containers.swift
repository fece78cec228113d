package import PlanText

extension CatalogueEntry {
  /// The pages about what is in a file.
  static let containerPages: [CatalogueEntry] = [
    foreignFile, otherForm, damagedFile, swappedFiles, keyMissing, severalKeys, foreignKey,
    encryptedKey, wrongPassword, missingPassword, otherKeyPassword, unsupportedProtection,
    oddCertificate,
  ]

  package static let foreignFile = CatalogueEntry(
    "C006", "The file holds no certificate",
    explanation: """
      The file is there, but it is empty or holds something else: a certificate request, a public \
      key, a private key alone, the error page of a download, a Git LFS pointer, an encrypted \
      file.

      SEPM's wizard would refuse it when the operator is at the console and clients have already \
      been told not to verify. Until the right file is found, they go on without authenticating \
      the server.

      `waltz certificate inspect FILE` says what it is and what to do: have the request signed, \
      fetch the file with `git lfs pull`, decrypt it. Then put the certificate there in the form \
      that the plan names.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/request.pem, key: certs/paris.key }",
      "request.pem is a certificate request"),
    good: ExamplePlan.soundCertificate)

  package static let otherForm = CatalogueEntry(
    "C007", "The file is not in the form that the plan names",
    explanation: """
      The plan calls the file PEM, DER, PKCS#12 or JKS, but it is another of these. The file's \
      ending proves nothing: since Java 9 keytool writes PKCS#12, whatever the file is called.

      SEPM's wizard goes by the type that is chosen in it and answers 'Invalid keystore file' or \
      'Invalid private key file'. The operator chooses what the plan names, at a time when clients \
      do not verify.

      Write the form that the file has ('pem', 'der', 'pkcs12' or 'jks'; `waltz certificate \
      inspect FILE` shows it), or convert the file. `openssl x509 -inform DER -in FILE -out NEW` \
      turns a certificate in DER into PEM, `openssl pkey` a key, and `keytool -importkeystore \
      -srckeystore FILE -destkeystore NEW -deststoretype JKS` turns a PKCS#12 file into a JKS one.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/binary.pem, key: certs/paris.key }",
      "binary.pem is DER in spite of its name"),
    good: ExamplePlan.soundCertificate)

  package static let damagedFile = CatalogueEntry(
    "C008", "The file is damaged",
    explanation: """
      The file begins as it should and then makes no sense: it was cut off, changed in transit, or \
      edited. The usual causes are a copy in text mode and a paste that lost its last line. If the \
      file is complete and something follows its end, this is only a warning.

      With a corrupt certificate clients cannot talk to their management server any more \
      (`docs/SEPM.md`, "Why clients are orphaned"). If the wizard notices the damage, the change \
      has to be postponed while verification is off.

      Copy the file from its source again and compare both with `sha256sum FILE`. `openssl x509 \
      -noout -text -in FILE` shows whether a certificate in PEM can be read, `openssl pkcs12 -info \
      -noout -in FILE` a PKCS#12 file.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/cut.pem, key: certs/paris.key }", "cut.pem lost its last lines"),
    good: ExamplePlan.soundCertificate)

  package static let swappedFiles = CatalogueEntry(
    "C009", "Certificate and key are the wrong way round",
    explanation: """
      The file called the certificate holds a private key, and the file called the key holds a \
      certificate.

      The wizard asks for each of the two separately and answers 'Invalid private key file'. But \
      there is a worse risk: a certificate is public and is passed on freely, and here its name is \
      on the key that signs the policies of every client.

      Swap the two paths after 'certificate' and 'key'. `waltz certificate inspect CERTIFICATE \
      --key KEY` shows whether they are right. If the key was passed on under the name of the \
      certificate, have a certificate issued for a new key.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.key, key: certs/paris.pem }"),
    good: ExamplePlan.soundCertificate)

  package static let keyMissing = CatalogueEntry(
    "C010", "The private key is missing",
    explanation: """
      There is a certificate, but not its private key: the file that should hold both has no key, \
      or the key's own file holds something else, usually the public key or a certificate.

      A management server needs both: with the key it proves its identity, and signs the policies \
      and install packages that its clients download (`docs/SEPM.md`, "Why clients are orphaned"). \
      The wizard does not accept a certificate without its key, so the change would fail just when \
      all clients are ready for it.

      Export certificate and key together. On Windows choose 'Yes, export the private key'; with \
      OpenSSL run `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -out NEW`. For a keystore, \
      `keytool -list -keystore FILE` must show a PrivateKeyEntry.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/no-key.key }",
      "no-key.key holds a certificate again"),
    good: ExamplePlan.soundCertificate)

  package static let severalKeys = CatalogueEntry(
    "C011", "There is more than one private key",
    explanation: """
      The file holds several private keys. If it has a password, only '--live' shows this.

      Nobody can tell which of them a management server would take, and the wizard does not ask. \
      If it takes the wrong one, clients were prepared for weeks for a certificate that the server \
      does not get.

      Keep one key with its certificate in a file of its own. `keytool -list -keystore FILE` names \
      the keys; `keytool -importkeystore -srckeystore FILE -srcalias NAME -destkeystore NEW \
      -deststoretype JKS` extracts one of them. In a PEM file, delete the blocks of the other \
      keys.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-keys.jks, password: { env: PARIS_P12_PASSWORD }", "two keys, 'old' and 'new'"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let foreignKey = CatalogueEntry(
    "C012", "The key does not belong to the certificate",
    explanation: """
      The private key does not match the public key in the certificate. Usually the key of last \
      year's certificate is beside this year's certificate. If the file has a password, only \
      '--live' shows this.

      The management server would not start again after the change. Its clients would have no \
      server and the API that counts them would give no answer, with verification off and \
      replication broken.

      Find the key that was made with the request for this certificate: `openssl x509 -noout \
      -pubkey -in CERTIFICATE` and `openssl pkey -pubout -in KEY` must print the same. If it is \
      lost, have a new certificate issued.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.pem, key: certs/other.key }"),
    good: ExamplePlan.soundCertificate)

  package static let encryptedKey = CatalogueEntry(
    "C013", "The private key is encrypted",
    explanation: """
      The plan names a separate file for the private key, and the key in it is encrypted.

      SEPM's wizard accepts a separate key file only if it is not encrypted, and answers 'Invalid \
      private key file' otherwise (`docs/SEPM.md`, "Certificate files"). A password in the plan \
      does not change that. The operator would find out when all clients have been told not to \
      verify.

      Decrypt it with `openssl pkey -in KEY -out NEW` and guard the result with `chmod 600 NEW`. \
      Or put both into a file that may have a password, `openssl pkcs12 -export -in CERTIFICATE \
      -inkey KEY -out NEW`, and write 'pkcs12' with 'password' instead of 'pem'.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/encrypted.key }", "with a passphrase"),
    good: ExamplePlan.soundCertificate)

  package static let wrongPassword = CatalogueEntry(
    "C014", "The password does not open the file",
    explanation: """
      '--live' followed the reference to the password, and the file does not open with what it \
      gave.

      The wizard would say 'Invalid keystore file'. All clients would be ready for the change, \
      none of them verifying the server, while the operator tries to find out who knows the \
      password.

      Correct the secret where it is kept, or the reference. Spaces and line ends inside the \
      secret count; one line end at its end does not. Try it by hand with `openssl pkcs12 -info \
      -noout -in FILE` or `keytool -list -keystore FILE`, then with `waltz plan validate PLAN \
      --live`.
      """,
    bad: ExamplePlan.withPassword("env: OTHER_PASSWORD"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let missingPassword = CatalogueEntry(
    "C015", "The file needs a password and the plan names none",
    explanation: """
      A PKCS#12 file or a keystore is protected by a password, and the plan does not say where to \
      find it.

      Neither the checks nor the operator at the wizard can open the file. Until then nobody knows \
      whether its key belongs to the certificate, or, for most PKCS#12 files, which certificate it \
      holds.

      Add 'password: { env: NAME }', '{ file: PATH }' or '{ command: [PROGRAM] }' to the \
      certificate, never the password itself. `waltz plan validate PLAN --live` follows the \
      reference and checks the file.
      """,
    bad: ExamplePlan.certificate("pkcs12: certs/paris.p12"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let otherKeyPassword = CatalogueEntry(
    "C016", "The key has another password than its keystore",
    explanation: """
      The password opens the keystore but not the key in it, or the key but not the keystore. In a \
      JKS keystore every key has its own password. Only '--live' shows this.

      SEPM asks for only one password and uses it for both. It cannot read a key that has another \
      one (`docs/SEPM.md`, "Certificate files"), so the management server does not start. Its \
      clients find no server until the change is undone.

      Give the key the store's password with `keytool -keypasswd -alias NAME -keystore FILE`; \
      `keytool -list -keystore FILE` prints the alias. If that is not possible, export certificate \
      and key again with one password.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-passwords.jks, password: { env: PARIS_P12_PASSWORD }",
      "the key has a password of its own"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let unsupportedProtection = CatalogueEntry(
    "C017", "The file is not protected as it should be",
    explanation: """
      The file is encrypted or sealed with an algorithm that Waltz, or the OpenSSL of this \
      machine, does not know, or with far more iterations than anybody would choose. These are \
      errors, because the content stays unknown. An empty password is a warning, and a PKCS#12 \
      file without a checksum is a note.

      Java, which reads the file on the management server, may not know the algorithm either, and \
      that would show only at the wizard. Anybody who finds an unprotected file has the key that \
      signs the policies of every client. Without a checksum nobody notices that the file was \
      altered.

      Create the file again with `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -out NEW` or \
      keytool, with their defaults and a password; when exporting from Windows choose \
      AES256-SHA256. `waltz certificate inspect NEW` shows how a file is protected.
      """,
    bad: ExamplePlan.certificate(
      "pkcs12: certs/camellia.p12, password: { env: PARIS_P12_PASSWORD }",
      "encrypted with Camellia"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let oddCertificate = CatalogueEntry(
    "C018", "The certificate breaks rules of its format",
    severity: .note,
    explanation: """
      The certificate can be read, but something in it breaks RFC 5280, such as a negative serial \
      number, a damaged extension, or two signature algorithms that differ.

      Some programs refuse such certificates and some do not, so the console may work while \
      clients refuse the server. That would show only when the certificate is in place and \
      verification is on again.

      Have it issued again by an authority that follows the rules; `openssl x509 -noout -text -in \
      FILE` shows the part. If the same authority's certificates already work on a management \
      server, write `# waltz:ignore C018 reason` on the line before.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/odd.pem, key: certs/odd.key }", "negative serial number"),
    good: ExamplePlan.soundCertificate)
}
