/// The file of a source that something is about.
public enum SourcePart: Sendable, Hashable {
  /// The one file of a container, or the certificate's file of a pair.
  case certificate
  /// The key's file of a pair.
  case key
}

/// One file of a source: what it is, and how it is protected.
public struct ContainerReading: Sendable, Hashable {
  public let part: SourcePart
  public let kind: ContainerKind

  /// Each encryption in the container, in its order.
  public let encryptions: [Protection]

  /// What guards the container against changes; nil where nothing does.
  public let integrity: Protection?

  /// Whether everything in it could be looked at; false for a container whose password is missing or wrong.
  public let isOpen: Bool

  /// An algorithm that protects a part of a container.
  public struct Protection: Sendable, Hashable {
    /// What it protects: `certificates`, `key`, `container`.
    public let subject: String
    /// `AES-256-CBC, PBKDF2 with HMAC-SHA-256`, `PBE-SHA1-3DES`.
    public let algorithm: String
    /// How often the password is hashed; nil where the algorithm has no such number.
    public let iterations: Int?
    /// Whether it is known to be weak.
    public let isWeak: Bool
  }
}

/// A certificate of a source, with where it was found.
public struct CertificateEntry: Sendable, Hashable {
  public let facts: CertificateFacts
  public let part: SourcePart

  /// The name that the container gives it.
  public let alias: String?

  /// The line of its `BEGIN`, from 1; nil outside PEM.
  public let line: Int?

  /// The kind of its entry in a keystore; nil where the container has none.
  public let entry: KeystoreEntry?
}

/// Everything that was found in a source.
public struct SourceReport: Sendable {
  /// One, or for a pair the certificate's and the key's.
  public let containers: [ContainerReading]

  /// All certificates, in the order in which they were found.
  public let certificates: [CertificateEntry]

  /// All keys that could be read, in the order in which they were found.
  public let keys: [PrivateKeyFacts]

  /// The chain from the leaf upwards; nil where there is no certificate, or none that could be a server's.
  public let chain: CertificateChain?

  /// What is wrong, the cause before its consequences, which are left out.
  public let findings: [SourceFinding]

  /// The certificate that the server would present, or is meant to where a keystore has it in the wrong entry.
  public var leaf: CertificateFacts? { chain?.leaf }
}

/// A problem with the file it is in.
public struct SourceFinding: Sendable, Hashable {
  public let problem: SourceProblem
  public let part: SourcePart

  /// A finding.
  public init(problem: SourceProblem, part: SourcePart) {
    self.problem = problem
    self.part = part
  }
}
