extension SourceProblem {
  /// What is wrong, in one full sentence that can stand alone.
  public var summary: String {
    switch self {
    case .empty: "The file is empty."
    case .tooLarge(let limit):
      "The file is larger than \(limit / 1_024) KiB, which no certificate with its key is."
    case .notAContainer(let content): "The file is not a certificate container: \(content.looks)."
    case .otherForm(let declared, let actual):
      "The file should be \(declared.name), but its content is \(actual.name)."
    case .truncated(let form, let expected?, let actual):
      "The \(form.name) file is cut off: only \(actual) of \(expected) bytes are there."
    case .truncated(let form, nil, let actual):
      "The \(form.name) file is cut off: it ends after \(actual) bytes in the middle of an entry."
    case .trailingBytes(let form, let count):
      "Something follows the end of the \(form.name) file: \(bytes(count)) that do not belong to "
        + "it."
    case .damaged(let form, let detail): "The \(form.name) file is damaged: \(detail)."
    case .damagedBase64(let label, let line):
      "The base64 of the block `\(label)` is damaged in line \(line)."
    case .unfinishedBlock(let label, let line):
      "The block `\(label)` that begins in line \(line) has no end: the file is cut off, or a line "
        + "is missing."
    case .tooManyEntries(let limit): "The file holds more than \(limit) certificates and keys."
    default: protectionSummary ?? contentSummary ?? chainSummary ?? suitabilitySummary ?? ""
    }
  }

  private var protectionSummary: String? {
    switch self {
    case .passwordMissing(let form): "The \(form.name) file needs a password, and none was given."
    case .passwordWrong(let form, let wasEmpty):
      wasEmpty
        ? "An empty password does not open the \(form.name) file."
        : "The password does not open the \(form.name) file."
    case .passwordEmpty(let form): "The \(form.name) file opens with an empty password."
    case .keyPasswordDiffers(let alias):
      "The password opens the container, but not the key\(named(alias)) in it: the two have different "
        + "passwords."
    case .storePasswordDiffers(let alias):
      "The password opens the key\(named(alias)), but not the keystore: the two have different passwords, "
        + "or the file was altered."
    case .keyEncrypted(let algorithm):
      "The private key is encrypted\(algorithm.map { " (\($0))" } ?? "")."
    case .unsupportedAlgorithm(let name, let protects):
      "The \(protects) \(protects == "certificates" ? "are" : "is") protected by \(name), which Waltz cannot read."
    case .unavailableAlgorithm(let name, let protects):
      "The \(protects) \(protects == "certificates" ? "are" : "is") protected by \(name), which this machine's "
        + "OpenSSL cannot read: its legacy provider is not installed."
    case .tooManyIterations(let count, let limit):
      count == Int.max
        ? "The file wants its password hashed without end; the limit is \(limit) times."
        : "The file wants its password hashed \(count) times; the limit is \(limit)."
    case .noIntegrity: "The PKCS#12 file has no checksum: nobody would notice that it was altered."
    default: nil
    }
  }

  private var contentSummary: String? {
    switch self {
    case .certificateMissing: "The file holds no certificate."
    case .keyMissing: "The file holds a certificate, but no private key."
    case .keyEntryMissing(let form):
      "The \(form.name) file has only entries of trusted certificates, and none with a private key."
    case .filesSwapped: "The certificate's file holds the key, and the key's file the certificate."
    case .certificateUnreadable(let alias, let line, let detail):
      "The certificate\(named(alias))\(line.map { " in line \($0)" } ?? "") cannot be read: \(detail)."
    case .oddCertificate(let name, let detail): "The certificate '\(name)' is unusual: \(detail)"
    case .keyUnreadable(let alias, let detail):
      "The private key\(named(alias)) cannot be read: \(detail)."
    case .severalKeys(let aliases):
      "There are several private keys\(aliases.isEmpty ? "" : ": " + aliases.map { "'\($0)'" }.joined(separator: ", "))."
    case .keyMismatch(let key, let certificate):
      "The private key (\(key.name)) does not belong to the certificate '\(certificate)'."
    case .replyUnderOtherAlias(let name, let key, let reply):
      "The entry of the key\(named(key)) still has the self-signed certificate that was made with "
        + "the key. The one that the authority issued, '\(name)', is under another "
        + "alias\(named(reply)), where no server looks for it."
    default: nil
    }
  }

  private var chainSummary: String? {
    switch self {
    case .chainOutOfOrder(let names):
      "The certificates are not in the order of the chain, which is \(names.map { "'\($0)'" }.joined(separator: ", then "))."
    case .issuerMissing(let name, let issuer):
      "The issuer of '\(name)' is not in the file: '\(issuer)'."
    case .issuerOutsideChain(let name, let issuer, let key):
      "The issuer of '\(name)', '\(issuer)', is in the keystore, but not in the chain of the key's "
        + "entry\(named(key)), which is all that a server sends."
    case .foreignCertificate(let name): "The certificate '\(name)' is not part of the chain."
    case .duplicateCertificate(let name): "The certificate '\(name)' is there twice."
    case .signatureInvalid(let name, let issuer):
      name == issuer
        ? "The certificate '\(name)' names itself as its issuer, but did not sign itself."
        : "The certificate '\(name)' names '\(issuer)' as its issuer, but was not signed with that key."
    case .signatureNotChecked(let name, let algorithm):
      "The signature of '\(name)' could not be checked: \(algorithm)."
    case .tooManyIssuers(let name, let issuer, let tried):
      "Waltz could not find out whether '\(issuer)' signed '\(name)': more than \(tried) "
        + "certificates in the file have that name, and none of the first \(tried) signed it."
    case .issuerIsNoAuthority(let name, let issuer, let why):
      "The certificate '\(name)' was issued by '\(issuer)', which \(why.words)."
    default: nil
    }
  }

  private var suitabilitySummary: String? {
    switch self {
    case .keyNotRSA(let name, let key):
      "The key of '\(name)' is \(key.name); SEPM accepts only RSA keys."
    case .keyTooShort(let name, let bits):
      "The key of '\(name)' has \(bits) bits; it needs at least 2048."
    case .signatureNotRSA(let name, let signature):
      "The certificate '\(name)' is signed with \(signature.name); SEPM accepts only RSA "
        + "signatures."
    case .signatureBroken(let name, let signature):
      "The certificate '\(name)' is signed with \(signature.name), which can be forged."
    case .expired(let name, let since, let now):
      "The certificate '\(name)' expired on \(UTCText.day(since)), \(ago(since, now))."
    case .issuerExpired(let name, let since, let now):
      "The issuer's certificate '\(name)' expired on \(UTCText.day(since)), \(ago(since, now))."
    case .notYetValid(let name, let from, let now):
      "The certificate '\(name)' is not valid before \(UTCText.instant(from)); now it is "
        + "\(UTCText.instant(now))."
    case .issuerNotYetValid(let name, let from, let now):
      "The issuer's certificate '\(name)' is not valid before \(UTCText.instant(from)); now it is "
        + "\(UTCText.instant(now))."
    case .notForServers(let name, let usages):
      "The certificate '\(name)' is not for servers: its extended usages are \(usages.joined(separator: ", "))."
    case .leafIsAuthority(let name):
      "The certificate '\(name)' may issue certificates itself; a server's certificate should not."
    case .authorityInPlace(let name):
      "The certificate '\(name)' is an authority's, and the private key does not belong to it."
    case .noAlternativeNames(let name):
      "The certificate '\(name)' has no subject alternative names, and modern clients look at "
        + "nothing else."
    case .unknownCriticalExtension(let name, let identifier):
      "The certificate '\(name)' has the critical extension \(identifier), which programs do not "
        + "know: they have to refuse the certificate."
    default: nil
    }
  }
}

extension IssuerRefusal {
  /// What is so of the issuer.
  fileprivate var words: String {
    switch self {
    case .notAnAuthority: "may not issue certificates"
    case .noConstraints:
      "does not say that it is an authority: it has no basic constraints"
    case .keyUsage: "may not sign certificates with its key: its key usage has no keyCertSign"
    case .pathLength(let limit, let actual):
      "allows \(limit == 0 ? "no authority" : limit == 1 ? "1 authority" : "\(limit) authorities") below "
        + "itself, and there \(actual == 1 ? "is 1" : "are \(actual)")"
    }
  }
}

private func named(_ alias: String?) -> String {
  alias.map { $0.isEmpty ? "" : " '\($0)'" } ?? ""
}

private func bytes(_ count: Int) -> String {
  count == 1 ? "1 byte" : "\(count) bytes"
}

private func ago(_ past: Int64, _ now: Int64) -> String {
  switch UTCText.days(from: past, to: now) {
  case ...0: "less than a day ago"
  case 1: "1 day ago"
  case let days: "\(days) days ago"
  }
}

extension ForeignContent {
  /// What it looks like, to stand after a colon.
  public var looks: String {
    switch self {
    case .html: "it looks like a web page, maybe the error page of a download"
    case .xml: "it looks like XML"
    case .json: "it looks like JSON"
    case .yaml: "it looks like YAML"
    case .text: "it is text without any PEM block"
    case .binary: "it is binary data of a kind that Waltz does not know"
    case .zip: "it is a ZIP archive"
    case .bareBase64: "it is base64 without the lines `-----BEGIN …-----` and `-----END …-----`"
    case .utf16: "it is text in UTF-16, as PowerShell writes it"
    case .gitLFSPointer: "it is a pointer of Git LFS; the file itself was not fetched"
    case .gitCrypt: "it is locked by git-crypt"
    case .age: "it is encrypted with age"
    case .sops: "it is encrypted with SOPS"
    case .ansibleVault: "it is encrypted with Ansible Vault"
    case .pgp: "it is a PGP message or key"
    case .pkcs7: "it is PKCS#7, a bundle of certificates without a key (.p7b)"
    case .certificateRequest: "it is a certificate signing request, not yet a certificate"
    case .revocationList: "it is a list of revoked certificates (CRL)"
    case .publicKey: "it is a public key without a certificate"
    case .sshPrivateKey: "it is a private key of OpenSSH"
    case .sshPublicKey: "it is a public key of SSH"
    case .puttyKey: "it is a key of PuTTY"
    case .parameters: "it holds parameters of an algorithm, but no key"
    case .jceks: "it is a keystore of the JCEKS kind, not JKS"
    case .bks: "it is a keystore of the BKS kind (Bouncy Castle)"
    }
  }
}
