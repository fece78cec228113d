extension SourceProblem {
  /// The way out, in full sentences.
  public var help: String {
    switch self {
    case .empty: "Export the certificate again and check the size of the file."
    case .tooLarge: "Name a file that holds the certificate of one server."
    case .notAContainer(let content): content.wayOut
    case .otherForm(let declared, let actual): Self.renaming(declared, actual)
    case .truncated, .unfinishedBlock:
      "Copy or export the file again and compare its size with the original."
    case .trailingBytes:
      "Export the file again. Waltz ignores what follows the end, but not every program does."
    case .damaged, .damagedBase64:
      "Copy or export the file again; a transfer as text damages binary files."
    case .tooManyEntries:
      "Export the one certificate of the server with its chain into a file of its own."
    case .passwordMissing:
      "Say where to find the password: `--password env:NAME` or `--password file:PATH`."
    case .passwordWrong:
      "Check the variable or file that the password is taken from: its name, and spaces or line "
        + "ends around the password. Try it by hand with `openssl pkcs12 -info` or `keytool "
        + "-list`."
    case .passwordEmpty:
      "Export it again with a password: anybody who has the file has the key."
    case .keyPasswordDiffers, .storePasswordDiffers:
      "SEPM asks for one password and needs both to be the same. Make them the same with "
        + "`keytool -keypasswd` or `keytool -storepasswd`, or export again with one password."
    case .keyEncrypted:
      "SEPM refuses encrypted key files. Decrypt it with `openssl pkey -in KEY -out KEY.plain` and protect "
        + "that file, or use a PKCS#12 file with a password."
    case .unsupportedAlgorithm:
      "Export it again with AES-256 (`openssl pkcs12 -export`, in Windows AES256-SHA256), or with "
        + "TripleDES-SHA1 for an old server."
    case .unavailableAlgorithm:
      "Install it (Debian 13: `apt-get install openssl-provider-legacy`), or export the file again with AES-256 "
        + "(`openssl pkcs12 -export`, in Windows AES256-SHA256)."
    case .tooManyIterations:
      "Waltz did not try. Export it again; OpenSSL itself uses 2048."
    case .noIntegrity: "Export it again without `-nomac`; some programs refuse such a file."
    case .certificateMissing: "Add the certificate, or name the file that holds it."
    case .keyMissing:
      "Export with the private key: in Windows choose \"Yes, export the private key\", with "
        + "OpenSSL add `-inkey`."
    case .keyEntryMissing:
      "Name the keystore in which the request was made: `keytool -list -keystore FILE` shows a "
        + "PrivateKeyEntry there. Import the authority's reply into it under the alias of that entry, "
        + "`keytool -importcert -alias ALIAS -file REPLY -keystore FILE`."
    case .replyUnderOtherAlias(_, let key, _):
      "Import the authority's reply under the alias of the key: `keytool -importcert -alias "
        + "\(argument(key)) -file REPLY -keystore FILE`."
    case .filesSwapped: "Exchange the two file names."
    case .certificateUnreadable: "Export it again; look at it with `openssl x509 -noout -text`."
    case .oddCertificate: "If clients or SEPM refuse the certificate, have it issued again."
    case .keyUnreadable: "Export the key again; look at it with `openssl pkey -noout -text`."
    case .severalKeys:
      "SEPM takes one key and does not ask which. Export the key that the server should have."
    case .keyMismatch:
      "Find the key with which the certificate was requested, or request a certificate for this "
        + "key."
    default: chainHelp ?? suitabilityHelp ?? ""
    }
  }

  private var chainHelp: String? {
    switch self {
    case .chainOutOfOrder:
      "Put the server's certificate first, and each issuer right after the certificate that it "
        + "issued."
    case .issuerMissing:
      "Add the certificates of the intermediate authorities. It can be left out only if this "
        + "issuer is a root that every client trusts; the file does not tell."
    case .issuerOutsideChain(_, _, let key):
      "Import the certificate once more under the alias of the key, with its issuers after it: "
        + "`cat CERTIFICATE ISSUER ROOT > REPLY`, then `keytool -importcert -alias "
        + "\(argument(key)) -file REPLY -keystore FILE`."
    case .foreignCertificate: "Remove it: some programs send it along and confuse clients."
    case .duplicateCertificate: "Remove one of the two."
    case .signatureInvalid:
      "Two authorities have the same name, often an old and a renewed one. Put in the one that "
        + "signed."
    case .signatureNotChecked: "Check it with `openssl verify`."
    case .tooManyIssuers:
      "Remove the issuers that did not sign it; `openssl verify` finds the one that did."
    case .issuerIsNoAuthority:
      "Clients refuse such a chain. Have the certificate issued by an authority that may issue "
        + "certificates."
    default: nil
    }
  }

  private var suitabilityHelp: String? {
    switch self {
    case .keyNotRSA: "Request a certificate for an RSA key of 2048 bits or more."
    case .keyTooShort: "Request a certificate for a key of 2048 bits or more."
    case .signatureNotRSA: "Have it issued by an authority with an RSA key."
    case .signatureBroken: "Have it issued again with SHA-256."
    case .expired: "Have it renewed before any server gets it."
    case .notYetValid:
      "Wait until then, or have it issued with an earlier start. Check the clock of this machine "
        + "too."
    case .notForServers: "Have it issued with the extended key usage serverAuth."
    case .issuerExpired, .issuerNotYetValid:
      "Replace it with the authority's current certificate."
    case .leafIsAuthority: "Use the certificate of the server, not that of the authority."
    case .authorityInPlace:
      "Name the file with the certificate of the server; the certificates of its authorities come "
        + "after it."
    case .noAlternativeNames: "Have it issued with the server's names as subjectAltName."
    case .unknownCriticalExtension:
      "Have it issued without the extension, or with one that is not critical."
    default: nil
    }
  }

  private static func renaming(_ declared: ContainerForm, _ actual: ContainerForm) -> String {
    switch (declared, actual) {
    case (.jks, .pkcs12):
      "keytool writes PKCS#12 since Java 9, whatever the file's name. Give it as `pkcs12`, or make a JKS "
        + "file with `keytool -importkeystore -deststoretype JKS`."
    case (_, .jks):
      "Give it as `jks`, or convert it with `keytool -importkeystore -deststoretype PKCS12`."
    case (.pem, .der), (.der, .pem):
      "Give it as `\(actual.rawValue)`, or convert it with `openssl x509 -inform \(actual.rawValue) "
        + "-outform \(declared.rawValue)` (a key with `openssl pkey`)."
    default: "Give it as `\(actual.rawValue)`, and rename it so that its ending says so."
    }
  }
}

/// An alias as a shell takes it; a word to put it in place of where there is none.
private func argument(_ alias: String) -> String {
  if alias.isEmpty { return "ALIAS" }
  let isPlain = alias.utf8.allSatisfy {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
      || $0 == UInt8(ascii: ".")
      || $0 == UInt8(ascii: "_")
  }
  return isPlain && !alias.hasPrefix("-") ? alias : "'\(alias.replacing("'", with: "'\\''"))'"
}

extension ForeignContent {
  /// What to do instead.
  fileprivate var wayOut: String {
    switch self {
    case .html: "Download the file again, logged in where that is needed."
    case .gitLFSPointer: "Fetch it with `git lfs pull`; in a CI job, check out with LFS."
    case .gitCrypt: "Unlock the repository with `git-crypt unlock`."
    case .age: "Decrypt it first with `age --decrypt`."
    case .sops: "Decrypt it first with `sops --decrypt`."
    case .ansibleVault: "Decrypt it first with `ansible-vault decrypt`."
    case .pgp: "Decrypt it first with `gpg --decrypt`."
    case .zip: "Unpack the archive and name the file in it."
    case .bareBase64:
      "Put `-----BEGIN CERTIFICATE-----` before it and `-----END CERTIFICATE-----` after it, if it is one."
    case .utf16: "Save it as ASCII or UTF-8; in PowerShell with `Set-Content -Encoding ascii`."
    case .pkcs7:
      "Extract the certificates with `openssl pkcs7 -print_certs`; the key has to come from "
        + "elsewhere."
    case .certificateRequest: "Have the request signed, and name the certificate that comes back."
    case .revocationList, .publicKey, .parameters: "Name the file that holds the certificate."
    case .sshPrivateKey: "Convert a copy of the key with `ssh-keygen -p -m PKCS8 -f COPY`."
    case .sshPublicKey, .puttyKey: "SSH keys are not certificates. Name the server's certificate."
    case .jceks, .bks:
      "Convert it with `keytool -importkeystore -srcstoretype \(self == .bks ? "BKS" : "JCEKS") -deststoretype PKCS12`."
    case .xml, .json, .yaml, .text, .binary: "Name a PEM, DER, PKCS#12 or JKS file."
    }
  }
}
