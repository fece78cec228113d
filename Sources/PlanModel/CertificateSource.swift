public import PlanText

/// A certificate with its key, where it is to be found and how it is opened
/// (`docs/SEPM.md`, "Certificate files").
public struct CertificateSource: Sendable, Equatable {
  /// The file or files, with paths relative to the plan's folder.
  public enum Container: Sendable, Equatable {
    case pkcs12(Located<String>)
    case jks(Located<String>)
    case pem(certificate: Located<String>, key: Located<String>)
    case der(certificate: Located<String>, key: Located<String>)
  }

  /// The name that servers refer to.
  public var name: Located<String>

  /// Where certificate and key are.
  public var container: Container

  /// How the container is opened; nil for containers without a password.
  public var password: Located<SecretReference>?

  /// The certificate that was reviewed; nil where the plan does not pin one.
  public var fingerprint: Located<Fingerprint>?

  /// A source.
  public init(
    name: Located<String>,
    container: Container,
    password: Located<SecretReference>? = nil,
    fingerprint: Located<Fingerprint>? = nil
  ) {
    self.name = name
    self.container = container
    self.password = password
    self.fingerprint = fingerprint
  }
}

/// Where a secret is to be had; the secret itself is never part of a plan, a graph or a journal.
public enum SecretReference: Sendable, Hashable {
  /// The value of an environment variable.
  case environment(String)

  /// The content of a file, without a final line end.
  case file(String)

  /// What a program prints, without a final line end; an argument vector, never a shell line.
  case command([String])
}
