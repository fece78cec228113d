import SwiftASN1

/// The parts of a certificate that its issuer's signature is about.
struct SignedContent {
  let content: [UInt8]
  let signature: [UInt8]

  /// The bytes of salt in a PSS signature; 20 unless its parameters say otherwise (RFC 4055).
  let saltLength: Int

  init?(_ certificate: CertificateFacts) {
    guard let outer = try? parseASN1(certificate.der[...]).node.sequence("the certificate"),
      outer.count == 3, let bits = try? outer[2].bits("the signature")
    else { return nil }
    content = Array(outer[0].encodedBytes)
    signature = Array(bits)
    let parameters = try? AlgorithmIdentifier(outer[1], "the algorithm").parameters
    let salt = parameters?.children?.first { $0.isTagged(2) }?.children?.first
    saltLength = salt.flatMap { try? $0.count("the salt") } ?? 20
  }
}
