import Cryptography
import SwiftASN1

extension CertificateFacts {
  /// Reads a certificate piece by piece.
  ///
  /// What must be there: the outer structure, the names and the key. All else may be missing or odd.
  init(reading bytes: ArraySlice<UInt8>) throws(MalformedASN1) {
    let (root, isDER) = try parseASN1(bytes)
    var oddities: [String] = []
    if !isDER { oddities.append("It is written in BER, not in DER: some programs refuse it.") }
    let outer = try root.sequence("the certificate")
    guard outer.count == 3 else {
      throw MalformedASN1("it does not have the three parts of a certificate")
    }
    var fields = try outer[0].sequence("its content")[...]
    var version = 1
    if let first = fields.first, first.isTagged(0) {
      let number = try? first.explicit(0, "its version").count("its version")
      if let number, number < 3 {
        version = number + 1
      } else {
        oddities.append("Its version makes no sense.")
        version = 3
      }
      fields.removeFirst()
    }
    self.version = version
    guard fields.count >= 6 else { throw MalformedASN1("its content is not complete") }
    let start = fields.startIndex

    let number = try fields[start].integerBytes("its serial number")
    if number.first ?? 0 >= 0x80 { oddities.append("Its serial number is negative.") }
    if number.count > 20 { oddities.append("Its serial number is longer than 20 bytes.") }
    serial = Hexadecimal.text(of: number)

    let algorithm = try AlgorithmIdentifier(outer[1], "its signature algorithm")
    signature = SignatureKind(algorithm)
    if fields[start + 1].encodedBytes != outer[1].encodedBytes {
      oddities.append("It names two different signature algorithms.")
    }

    let issuerName = try DistinguishedNameText(fields[start + 2])
    issuer = issuerName.text
    issuerDER = Array(fields[start + 2].encodedBytes)
    let times = try fields[start + 3].sequence("its validity")
    notBefore = times.first.flatMap(CertificateTime.seconds)
    notAfter = times.count == 2 ? CertificateTime.seconds(of: times[1]) : nil
    if notBefore == nil || notAfter == nil { oddities.append("Its validity makes no sense.") }
    let subjectName = try DistinguishedNameText(fields[start + 4])
    subject = subjectName.text
    subjectDER = Array(fields[start + 4].encodedBytes)
    commonName = subjectName.commonName

    let info = try PublicKeyInfo(fields[start + 5])
    key = info.kind
    publicKeyInfo = info.der
    publicKeyBits = info.bits

    let extensions =
      fields.dropFirst(6).first { $0.isTagged(3) }
      .map { node in node.children?.first.map(CertificateExtensions.init) ?? CertificateExtensions()
      }
      ?? CertificateExtensions()
    alternativeNames = extensions.alternativeNames
    basicConstraints = extensions.basicConstraints
    keyUsages = extensions.keyUsages
    extendedKeyUsages = extensions.extendedKeyUsages
    subjectKeyIdentifier = extensions.subjectKeyIdentifier
    authorityKeyIdentifier = extensions.authorityKeyIdentifier
    unknownCriticalExtensions = extensions.unknownCritical
    self.oddities = oddities + extensions.oddities

    der = Array(bytes)
    fingerprint = HashFunction.sha256.hash(of: bytes)
  }
}
