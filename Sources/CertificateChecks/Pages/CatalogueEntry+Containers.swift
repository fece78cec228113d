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
      The file is there, but it is empty or what is in it is something else: a request for a \
      certificate, a public key, a key alone, a page that a download left, the pointer of Git \
      LFS, an encrypted file.

      SEPM's wizard would refuse it when the operator stands before the console and clients have \
      already been told not to verify. Every day until the right file is found, they go on \
      without authenticating the server.

      Look at it with `waltz certificate inspect FILE`, which says what it is and what to do: \
      have the request signed, fetch the file with `git lfs pull`, decrypt it. Then put the \
      certificate there in the form that the plan says.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/request.pem, key: certs/paris.key }",
      "request.pem is a certificate request"),
    good: ExamplePlan.soundCertificate)

  package static let otherForm = CatalogueEntry(
    "C007", "The file has another form than the plan says",
    explanation: """
      The plan calls the file PEM, DER, PKCS#12 or JKS, and it is another of these. The name's \
      ending proves nothing: keytool writes PKCS#12 since Java 9, whatever the file is called.

      SEPM's wizard goes by the type that is chosen in it and answers 'Invalid keystore file' or \
      'Invalid private key file'. The operator chooses what the plan says, and that at a time \
      when clients do not verify.

      Write the form that the file has ('pem', 'der', 'pkcs12' or 'jks'; `waltz certificate \
      inspect FILE` tells it), or convert it. `openssl x509 -inform DER -in FILE -out NEW` turns \
      a certificate in DER into PEM, `openssl pkey` a key, and `keytool -importkeystore \
      -srckeystore FILE -destkeystore NEW -deststoretype JKS` makes a JKS file of a PKCS#12 one.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/binary.pem, key: certs/paris.key }",
      "binary.pem is DER in spite of its name"),
    good: ExamplePlan.soundCertificate)

  package static let damagedFile = CatalogueEntry(
    "C008", "The file is damaged",
    explanation: """
      The file begins as it should and then makes no sense: it was cut off, changed on its way, \
      or edited. A copy in text mode and a paste that lost its last line are the usual causes. \
      That something follows the end of a file which is complete is a warning only.

      With a corrupt certificate clients cannot talk to their management server any more \
      (`docs/SEPM.md`, "Why clients are orphaned"). If the wizard notices the damage, the change \
      has to be put off while verification is off.

      Take the file from its source again and compare both with `sha256sum FILE`. `openssl x509 \
      -noout -text -in FILE` shows whether a certificate in PEM can be read, `openssl pkcs12 \
      -info -noout -in FILE` a PKCS#12 file.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/cut.pem, key: certs/paris.key }", "cut.pem lost its last lines"),
    good: ExamplePlan.soundCertificate)

  package static let swappedFiles = CatalogueEntry(
    "C009", "Certificate and key are the wrong way round",
    explanation: """
      The file called the certificate holds a private key, and the file called the key holds a \
      certificate.

      The wizard asks for each of the two by itself and answers 'Invalid private key file'. The \
      mix-up is worse than that: the certificate is public and is handed on freely, and here its \
      name stands on the key that signs the policies of every client.

      Exchange the two paths after 'certificate' and 'key'. `waltz certificate inspect \
      CERTIFICATE --key KEY` shows that they are right. If the key was handed on under the name \
      of the certificate, have a certificate issued for a new key.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.key, key: certs/paris.pem }"),
    good: ExamplePlan.soundCertificate)

  package static let keyMissing = CatalogueEntry(
    "C010", "The private key is missing",
    explanation: """
      There is a certificate, but not the private key that belongs to it: the file with both has \
      none, or what is in the key's own file is something else, mostly the public key or a \
      certificate.

      A management server needs both: it proves with the key that it is who the certificate \
      says, and signs the policies and install packages with it that its clients download \
      (`docs/SEPM.md`, "Why clients are orphaned"). The wizard takes no certificate without its \
      key, and the change would be off at the moment when all clients are ready for it.

      Export certificate and key together. On Windows that is 'Yes, export the private key', \
      with OpenSSL `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -out NEW`. In a keystore \
      `keytool -list -keystore FILE` has to show a PrivateKeyEntry.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/no-key.key }",
      "no-key.key holds a certificate again"),
    good: ExamplePlan.soundCertificate)

  package static let severalKeys = CatalogueEntry(
    "C011", "There is more than one private key",
    explanation: """
      The file holds several private keys. In a file with a password this shows with '--live' \
      only.

      Which of them a management server would take cannot be told, and the wizard does not ask. \
      If it takes the wrong one, clients were made ready for weeks for a certificate that the \
      server does not get.

      Keep one key with its certificate in a file of its own. `keytool -list -keystore FILE` \
      names the keys; `keytool -importkeystore -srckeystore FILE -srcalias NAME -destkeystore \
      NEW -deststoretype JKS` takes out one. From a PEM file delete the blocks of the other \
      keys.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-keys.jks, password: { env: PARIS_P12_PASSWORD }", "two keys, 'old' and 'new'"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let foreignKey = CatalogueEntry(
    "C012", "The key does not belong to the certificate",
    explanation: """
      The private key's public half is not the one in the certificate. Mostly the key of last \
      year's certificate lies beside this year's. In a file with a password this shows with \
      '--live' only.

      The management server would not come up again after the change. Its clients then have no \
      server and the API that counts them gives no answer, with verification off and replication \
      broken.

      Find the key that was made with the request for this certificate: `openssl x509 -noout \
      -pubkey -in CERTIFICATE` and `openssl pkey -pubout -in KEY` must print the same. Where it \
      is lost, have a new certificate issued.
      """,
    bad: ExamplePlan.certificate("pem: { certificate: certs/paris.pem, key: certs/other.key }"),
    good: ExamplePlan.soundCertificate)

  package static let encryptedKey = CatalogueEntry(
    "C013", "The private key is encrypted",
    explanation: """
      The plan names a file of its own for the private key, and the key in it is encrypted.

      SEPM's wizard takes a separate key file only unencrypted, and answers 'Invalid private key \
      file' to any other (`docs/SEPM.md`, "Certificate files"). A password in the plan does not \
      change that. The operator would meet it when all clients have been told not to verify.

      Decrypt it with `openssl pkey -in KEY -out NEW` and guard the result with `chmod 600 NEW`. \
      Or put both into a file that may have a password, `openssl pkcs12 -export -in CERTIFICATE \
      -inkey KEY -out NEW`, and write 'pkcs12' with 'password' in place of 'pem'.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/paris.pem, key: certs/encrypted.key }", "with a passphrase"),
    good: ExamplePlan.soundCertificate)

  package static let wrongPassword = CatalogueEntry(
    "C014", "The password does not open the file",
    explanation: """
      The reference to the password gives one ('--live' followed it), and the file does not open \
      with it.

      The wizard would say 'Invalid keystore file'. The operator then stands before a change for \
      which all clients have been made ready, and has to find out who knows the password, while \
      nobody verifies the server.

      Correct the secret where it is kept, or the reference. Blanks and line ends inside the \
      secret count; a line end at its end does not. Try it by hand with `openssl pkcs12 -info \
      -noout -in FILE` or `keytool -list -keystore FILE`, then with `waltz plan validate PLAN \
      --live`.
      """,
    bad: ExamplePlan.withPassword("env: OTHER_PASSWORD"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let missingPassword = CatalogueEntry(
    "C015", "The file needs a password and the plan names none",
    explanation: """
      A PKCS#12 file or a keystore is protected by a password, and the plan does not say where \
      it is to be had.

      Neither the checks nor the operator at the wizard could open the file. Whether its key \
      belongs to the certificate, and in PKCS#12 mostly what certificate it is at all, stays \
      unknown until then.

      Add 'password: { env: NAME }', '{ file: PATH }' or '{ command: [PROGRAM] }' to the \
      certificate, never the password itself. `waltz plan validate PLAN --live` follows the \
      reference and looks into the file.
      """,
    bad: ExamplePlan.certificate("pkcs12: certs/paris.p12"),
    good: ExamplePlan.withPassword("env: PARIS_P12_PASSWORD"))

  package static let otherKeyPassword = CatalogueEntry(
    "C016", "The key has another password than its keystore",
    explanation: """
      The password opens the keystore, but not the key in it, or the key but not the keystore. In a JKS keystore every key has a \
      password of its own. This shows with '--live' only.

      SEPM asks for one password only and uses it for both; a key with another one cannot be \
      read (`docs/SEPM.md`, "Certificate files"), and the management server does not come up. Its \
      clients find no server until the change is taken back.

      Give the key the store's password with `keytool -keypasswd -alias NAME -keystore FILE`; \
      `keytool -list -keystore FILE` prints the alias. Where that is not possible, export \
      certificate and key again with one password.
      """,
    bad: ExamplePlan.certificate(
      "jks: certs/two-passwords.jks, password: { env: PARIS_P12_PASSWORD }",
      "the key has a password of its own"),
    good: ExamplePlan.certificate("jks: certs/paris.jks, password: { env: PARIS_P12_PASSWORD }"))

  package static let unsupportedProtection = CatalogueEntry(
    "C017", "The file is not protected as it should be",
    explanation: """
      The file is encrypted or sealed with an algorithm that Waltz, or the OpenSSL of this \
      machine, does not know, or with more work than anybody asks for on purpose: these are \
      errors, since what is in it stays unknown. An empty password is a warning, a PKCS#12 file without a checksum a note.

      Java, which reads the file on the management server, may not know the algorithm either, \
      and that would show at the wizard. Whoever finds a file that nothing protects has the key \
      that signs the policies of every client, and without a checksum nobody notices that it was \
      altered.

      Make the file anew with `openssl pkcs12 -export -in CERTIFICATE -inkey KEY -out NEW` or \
      keytool, with their defaults and a password; in the export of Windows choose \
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
      The certificate can be read, but a part of it is not as RFC 5280 wants it, such as a \
      negative serial number, a damaged extension, or two signature algorithms that differ.

      Some programs refuse such certificates and some do not, so that the console may work while \
      clients turn away. That would show only when the certificate is in place and verification \
      is switched on again.

      Have it issued again by an authority that follows the rules; `openssl x509 -noout -text \
      -in FILE` shows the part. Where the same authority's certificates already work on a \
      management server, `# waltz:ignore C018 reason` on the line before says so.
      """,
    bad: ExamplePlan.certificate(
      "pem: { certificate: certs/odd.pem, key: certs/odd.key }", "negative serial number"),
    good: ExamplePlan.soundCertificate)
}
