import Cryptography

/// All that a check or a person wants to know of one certificate.
///
/// It is read piece by piece: a piece that makes no sense is missing here and named in ``oddities``, and
/// the rest is there all the same, since certificates in the field break rules that libraries insist on.
public struct CertificateFacts: Sendable, Hashable {
  /// The certificate as it was read.
  public let der: [UInt8]

  /// SHA-256 of ``der``.
  public let fingerprint: [UInt8]

  /// The version: 3 where there are extensions, 1 for some old roots.
  public let version: Int

  /// The subject as RFC 4514 writes it; empty where there is none.
  public let subject: String

  /// The issuer as RFC 4514 writes it.
  public let issuer: String

  /// The DER bytes of the subject, which is what a chain is made by.
  public let subjectDER: [UInt8]

  /// The DER bytes of the issuer.
  public let issuerDER: [UInt8]

  /// The serial number in lower case hexadecimal digits, two for each byte.
  public let serial: String

  /// The first second of validity, in seconds since 1970 in UTC; nil where the time makes no sense.
  public let notBefore: Int64?

  /// The last second of validity, in seconds since 1970 in UTC; nil where the time makes no sense.
  public let notAfter: Int64?

  /// The kind of its key.
  public let key: KeyKind

  /// The subject public key info in DER.
  public let publicKeyInfo: [UInt8]

  /// The key itself, without its algorithm: what a private key is compared with.
  public let publicKeyBits: [UInt8]

  /// How its issuer signed it.
  public let signature: SignatureKind

  /// The subject alternative names in their order.
  public let alternativeNames: [AlternativeName]

  /// The last common name of the subject; nil where there is none.
  public let commonName: String?

  /// Nil where the certificate says nothing of it.
  public let basicConstraints: BasicConstraints?

  /// The key usages by their names in RFC 5280 (`digitalSignature`); nil where the extension is absent.
  public let keyUsages: [String]?

  /// The extended key usages; nil where the extension is absent.
  public let extendedKeyUsages: [ExtendedKeyUsage]?

  /// The subject key identifier.
  public let subjectKeyIdentifier: [UInt8]?

  /// The key identifier of the issuer.
  public let authorityKeyIdentifier: [UInt8]?

  /// The critical extensions that programs do not know, dotted: who verifies the certificate must refuse it.
  public let unknownCriticalExtensions: [String]

  /// What is odd about the certificate, one sentence each; empty as a rule.
  public let oddities: [String]

  /// Whether it may sign certificates, and how many may follow.
  public struct BasicConstraints: Sendable, Hashable {
    public let isAuthority: Bool
    /// How many authorities may come below it; nil for any number.
    public let pathLength: Int?
  }

  /// One extended key usage.
  public struct ExtendedKeyUsage: Sendable, Hashable {
    /// Dotted.
    public let objectIdentifier: String
    /// `serverAuth` and the like; nil for one that is not known here.
    public let name: String?

    /// The name, or the object identifier.
    public var text: String { name ?? objectIdentifier }
  }

  /// Whether it names itself as its issuer.
  public var isSelfIssued: Bool { subjectDER == issuerDER }

  /// Whether it may be used by a server: it says so, allows anything, or says nothing of usages.
  public var allowsServerAuthentication: Bool {
    guard let extendedKeyUsages else { return true }
    return extendedKeyUsages.contains {
      $0.objectIdentifier == "1.3.6.1.5.5.7.3.1" || $0.objectIdentifier == "2.5.29.37.0"
    }
  }

  /// `sha256:` and 64 hexadecimal digits, as a plan pins it.
  public var fingerprintText: String { "sha256:" + Hexadecimal.text(of: fingerprint) }

  /// The common name, else the first alternative name, else the subject: what to call it in a sentence.
  public var shortName: String {
    if let commonName, !commonName.isEmpty { return commonName }
    if let first = alternativeNames.first { return first.text }
    return subject.isEmpty ? "serial \(serial)" : subject
  }
}
