import Cryptography

extension ForeignContent {
  /// What bytes look like that are no container: by the marks that tools leave at the start.
  init(recognising bytes: ArraySlice<UInt8>) {
    if let found = Self.marks.first(where: { bytes.starts(with: $0.mark) }) {
      self = found.content
      return
    }
    let head = bytes.prefix(4_096)
    guard !head.contains(0),
      String(validating: head.dropLast(min(3, max(head.count - 4_000, 0))), as: UTF8.self) != nil
    else {
      self = .binary
      return
    }
    self.init(recognisingText: String(decoding: bytes.prefix(65_536), as: UTF8.self))
  }

  private init(recognisingText text: String) {
    let lines = text.split(whereSeparator: \.isNewline).lazy
      .map { $0.drop(while: \.isWhitespace) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    let first = (lines.first ?? "").lowercased()
    if text.contains("ENC[AES256_GCM") {
      self = .sops
    } else if first.hasPrefix("<!doctype html") || first.hasPrefix("<html") {
      self = .html
    } else if first.hasPrefix("<") {
      self = .xml
    } else if first.hasPrefix("{") || first.hasPrefix("[") {
      self = .json
    } else if first.hasPrefix("miig") || first.hasPrefix("mii"),
      lines.allSatisfy({ $0.utf8.allSatisfy { Base64.isDigit($0) || $0 == 0x3D || $0 == 0x20 } })
    {
      self = .bareBase64
    } else if ["ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-"].contains(
      where: first.hasPrefix)
    {
      self = .sshPublicKey
    } else if first == "---" || isYAMLEntry(first) {
      self = .yaml
    } else {
      self = .text
    }
  }

  private static let marks: [(mark: [UInt8], content: ForeignContent)] = [
    (Array("version https://git-lfs.github.com/spec/".utf8), .gitLFSPointer),
    (Array("\u{0}GITCRYPT\u{0}".utf8), .gitCrypt),
    (Array("age-encryption.org/".utf8), .age),
    (Array("$ANSIBLE_VAULT;".utf8), .ansibleVault),
    (Array("PuTTY-User-Key-File-".utf8), .puttyKey),
    ([0x50, 0x4B, 0x03, 0x04], .zip),
    ([0xCE, 0xCE, 0xCE, 0xCE], .jceks),
    // A version, then a salt of 20 bytes.
    ([0, 0, 0, 1, 0, 0, 0, 0x14], .bks),
    ([0, 0, 0, 2, 0, 0, 0, 0x14], .bks),
    ([0xFF, 0xFE], .utf16),
    ([0xFE, 0xFF], .utf16),
  ]

  /// What a PEM block holds that no source can use; nil for a block that some source can.
  init?(label: String) {
    switch label {
    case "PKCS7", "CMS": self = .pkcs7
    case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": self = .certificateRequest
    case "X509 CRL": self = .revocationList
    case "PUBLIC KEY", "RSA PUBLIC KEY": self = .publicKey
    case "OPENSSH PRIVATE KEY": self = .sshPrivateKey
    case "SSH2 PUBLIC KEY": self = .sshPublicKey
    case "AGE ENCRYPTED FILE": self = .age
    case let label where label.hasPrefix("PGP "): self = .pgp
    case "EC PARAMETERS", "DH PARAMETERS", "X9.42 DH PARAMETERS", "DSA PARAMETERS":
      self = .parameters
    default: return nil
    }
  }
}

/// Whether the line starts with a word and a colon.
private func isYAMLEntry(_ line: String) -> Bool {
  guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return false }
  let next = line.index(after: colon)
  return (next == line.endIndex || line[next] == " ")
    && line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "-_.\"'".contains($0) }
}
