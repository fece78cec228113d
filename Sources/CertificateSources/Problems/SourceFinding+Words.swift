extension SourceFinding {
  /// What is wrong, in one full sentence that can stand alone; of a key's file that it holds no key.
  public var summary: String {
    guard part == .key, case .notAContainer(let content) = problem else { return problem.summary }
    return content == .publicKey
      ? "The file holds no private key: this is the public key."
      : "The file holds no private key: \(content.looks)."
  }

  /// The way out, in full sentences.
  public var help: String {
    guard part == .key else { return problem.help }
    switch problem {
    case .empty: return "Export the key again and check the size of the file."
    case .tooLarge, .tooManyEntries:
      return "Name a file that holds the private key and nothing else."
    case .notAContainer(let content): return content.wayToKey ?? problem.help
    default: return problem.help
    }
  }
}

extension ForeignContent {
  /// What to do where a key should be; nil where that is what is to be done with every file.
  fileprivate var wayToKey: String? {
    switch self {
    case .publicKey, .certificateRequest, .revocationList, .parameters, .pkcs7, .sshPublicKey,
      .puttyKey, .xml, .json, .yaml, .text, .binary:
      "Name the file with the private key."
    case .bareBase64:
      "Put `-----BEGIN PRIVATE KEY-----` before it and `-----END PRIVATE KEY-----` after it, if it is one."
    case .html, .zip, .utf16, .gitLFSPointer, .gitCrypt, .age, .sops, .ansibleVault, .pgp,
      .sshPrivateKey, .jceks, .bks:
      nil
    }
  }
}
