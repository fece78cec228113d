/// The four forms that a plan can name.
public enum ContainerForm: String, Sendable, Hashable, CaseIterable {
  case pem
  case der
  case pkcs12
  case jks

  /// `PEM`, `DER`, `PKCS#12`, `JKS`.
  public var name: String {
    switch self {
    case .pem: "PEM"
    case .der: "DER"
    case .pkcs12: "PKCS#12"
    case .jks: "JKS"
    }
  }
}

/// What a file is, told by its content alone.
public enum ContainerKind: Sendable, Hashable {
  /// One of the forms that certificates are taken from.
  case container(ContainerForm)

  /// Something else.
  case foreign(ForeignContent)

  /// Nothing.
  case empty
}

/// What a file that is no container looks like.
public enum ForeignContent: String, Sendable, Hashable, CaseIterable {
  case html, xml, json, yaml, text, binary, zip
  /// Base64 without the lines that make it PEM.
  case bareBase64
  /// Text in UTF-16, as PowerShell's `>` writes it.
  case utf16
  case gitLFSPointer, gitCrypt, age, sops, ansibleVault, pgp
  case pkcs7, certificateRequest, revocationList, publicKey
  case sshPrivateKey, sshPublicKey, puttyKey, parameters
  case jceks, bks
}

extension ContainerKind {
  /// `PEM`, `PKCS#12`, `empty`, or what it looks like.
  public var name: String {
    switch self {
    case .container(let form): form.name
    case .foreign(let content): "not a container: \(content.looks)"
    case .empty: "empty"
    }
  }

  /// A word for programs: `pkcs12`, `html`, `empty`.
  public var identifier: String {
    switch self {
    case .container(let form): form.rawValue
    case .foreign(let content): content.rawValue
    case .empty: "empty"
    }
  }
}
