import CertificateSources
import Cryptography
import RotationEngine

/// A certificate with its key, as they are written to files.
struct MintedCertificate: Sendable {
  let der: [UInt8]

  /// PKCS #8, not encrypted.
  let key: SecretBytes
}

/// What a certificate is for.
struct CertificateSubject: Sendable {
  let name: String

  /// The names and addresses (IPv4) that it is good for.
  let hosts: [String]
  let serial: UInt32
  let notBefore: Instant
  let notAfter: Instant
}

/// Makes the certificates of a lab: RSA with 2048 bits and SHA-256, as SEPM wants them
/// (`docs/SEPM.md`, "Certificate files"), all signed by one authority.
struct CertificateMint: ~Copyable {
  /// The authority's own certificate.
  let authority: MintedCertificate

  private let key: SigningKey
  private let name: [UInt8]
  private let keyIdentifier: [UInt8]

  /// A new authority.
  ///
  /// - Throws: ``CryptographyError``
  init(_ subject: CertificateSubject) throws(CryptographyError) {
    let key = try SigningKey(rsaBits: 2_048)
    let publicKey = try key.publicKey()
    let privateKey = try key.privateKey()
    let name = Self.name(subject.name)
    let keyIdentifier = HashFunction.sha1.hash(of: publicKey)
    let extensions = Self.extensions(
      authority: keyIdentifier, own: keyIdentifier,
      [
        // CA, which signs certificates.
        Self.criticalExtension([0x55, 0x1D, 0x13], DERWriting.sequence([0x01, 0x01, 0xFF])),
        Self.criticalExtension([0x55, 0x1D, 0x0F], [0x03, 0x02, 0x01, 0x06]),
      ])
    let content = Self.content(subject, issuer: name, publicKey, extensions)
    let signature = try key.signature(of: content)
    authority = MintedCertificate(
      der: Self.signed(content, signature), key: Self.privateKeyInfo(privateKey))
    self.name = name
    self.keyIdentifier = keyIdentifier
    self.key = key
  }

  /// A certificate of a server, with a key of its own.
  ///
  /// - Throws: ``CryptographyError``
  func certificate(
    _ subject: CertificateSubject, key own: borrowing SigningKey
  ) throws(CryptographyError) -> MintedCertificate {
    let publicKey = try own.publicKey()
    let extensions = Self.extensions(
      authority: keyIdentifier, own: HashFunction.sha1.hash(of: publicKey),
      [
        Self.criticalExtension([0x55, 0x1D, 0x13], DERWriting.sequence()),
        Self.criticalExtension([0x55, 0x1D, 0x0F], [0x03, 0x02, 0x05, 0xA0]),
        // A server on the web: 1.3.6.1.5.5.7.3.1.
        Self.plainExtension(
          [0x55, 0x1D, 0x25],
          DERWriting.sequence(
            DERWriting.element(0x06, [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01]))),
        Self.plainExtension([0x55, 0x1D, 0x11], Self.hosts(subject.hosts)),
      ])
    let content = Self.content(subject, issuer: name, publicKey, extensions)
    return MintedCertificate(
      der: Self.signed(content, try key.signature(of: content)),
      key: Self.privateKeyInfo(try own.privateKey()))
  }

  /// `sha256WithRSAEncryption`.
  private static let signatureAlgorithm = DERWriting.sequence(
    DERWriting.element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]), [0x05, 0x00])

  /// `rsaEncryption`.
  private static let keyAlgorithm = DERWriting.sequence(
    DERWriting.element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]), [0x05, 0x00])

  private static func content(
    _ subject: CertificateSubject, issuer: [UInt8], _ publicKey: [UInt8], _ extensions: [UInt8]
  ) -> [UInt8] {
    let serial = withUnsafeBytes(of: subject.serial.bigEndian) { [0x4C] + $0 }
    return DERWriting.sequence(
      // Version 3.
      [0xA0, 0x03, 0x02, 0x01, 0x02],
      DERWriting.element(0x02, serial), signatureAlgorithm, issuer,
      DERWriting.sequence(time(subject.notBefore), time(subject.notAfter)), name(subject.name),
      DERWriting.sequence(keyAlgorithm, DERWriting.element(0x03, [0x00] + publicKey)), extensions)
  }

  private static func signed(_ content: [UInt8], _ signature: [UInt8]) -> [UInt8] {
    DERWriting.sequence(
      content, signatureAlgorithm, DERWriting.element(0x03, [0x00] + signature))
  }

  /// PKCS #8 around an RSA key.
  private static func privateKeyInfo(_ key: SecretBytes) -> SecretBytes {
    SecretBytes(
      DERWriting.sequence([0x02, 0x01, 0x00], keyAlgorithm, DERWriting.element(0x04, key)))
  }

  /// O=Waltz lab, CN=`common`.
  private static func name(_ common: String) -> [UInt8] {
    func part(_ type: UInt8, _ text: String) -> [UInt8] {
      DERWriting.element(
        0x31,
        DERWriting.sequence(
          DERWriting.element(0x06, [0x55, 0x04, type]),
          DERWriting.element(0x0C, Array(text.utf8.prefix(64)))))
    }
    return DERWriting.sequence(part(0x0A, "Waltz lab"), part(0x03, common))
  }

  /// UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5).
  private static func time(_ instant: Instant) -> [UInt8] {
    let digits = instant.description.prefix(19).utf8.filter {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    let zulu = [UInt8(ascii: "Z")]
    return digits.lexicographicallyPrecedes("20500101000000".utf8)
      ? DERWriting.element(0x17, digits.dropFirst(2) + zulu)
      : DERWriting.element(0x18, digits + zulu)
  }

  private static func extensions(
    authority: [UInt8], own: [UInt8], _ others: [[UInt8]]
  ) -> [UInt8] {
    let all =
      others + [
        plainExtension([0x55, 0x1D, 0x0E], DERWriting.element(0x04, own)),
        plainExtension(
          [0x55, 0x1D, 0x23], DERWriting.sequence(DERWriting.element(0x80, authority))),
      ]
    return DERWriting.element(0xA3, DERWriting.element(0x30, all.joined().map { $0 }))
  }

  private static func plainExtension(_ id: [UInt8], _ value: [UInt8]) -> [UInt8] {
    DERWriting.sequence(DERWriting.element(0x06, id), DERWriting.element(0x04, value))
  }

  private static func criticalExtension(_ id: [UInt8], _ value: [UInt8]) -> [UInt8] {
    DERWriting.sequence(
      DERWriting.element(0x06, id), [0x01, 0x01, 0xFF], DERWriting.element(0x04, value))
  }

  private static func hosts(_ hosts: [String]) -> [UInt8] {
    let names = hosts.map { host in
      let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
      let address = numbers.compactMap { $0 }
      return numbers.count == 4 && address.count == 4
        ? DERWriting.element(0x87, address) : DERWriting.element(0x82, Array(host.utf8))
    }
    return DERWriting.element(0x30, names.joined().map { $0 })
  }
}
