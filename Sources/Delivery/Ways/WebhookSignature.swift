import Cryptography
package import Secrets

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The headers of Standard Webhooks, by which a receiver knows who sent a body, and that it was not sent before.
package enum WebhookSignature {
  /// The headers.
  ///
  /// - Parameters:
  ///   - body: What is sent.
  ///   - id: The message's id: the same for each attempt.
  ///   - seconds: When this attempt is made, since 1970.
  ///   - secret: `whsec_` and base64, or any text; nil for no signature. Several with blanks between them sign all
  ///     alike, while a receiver changes from one to the next.
  /// - Returns: Names and values.
  /// - Throws: `CryptographyError`
  package static func headers(
    for body: [UInt8], id: String, at seconds: Int64, secret: Secret?
  ) throws -> [(String, String)] {
    var headers = [("webhook-id", id), ("webhook-timestamp", String(seconds))]
    guard let secret else { return headers }
    let content = Array("\(id).\(seconds).".utf8) + body
    let signatures = try secret.reveal { bytes in
      try bytes.split(separator: UInt8(ascii: " ")).map { word in
        let code = try MessageAuthentication.code(
          of: content, key: SecretBytes(key(of: Array(word))), .sha256)
        return "v1," + Data(code).base64EncodedString()
      }
    }
    headers.append(("webhook-signature", signatures.joined(separator: " ")))
    return headers
  }

  private static func key(of word: [UInt8]) -> [UInt8] {
    let prefix = Array("whsec_".utf8)
    guard word.starts(with: prefix),
      let key = Data(base64Encoded: Data(word.dropFirst(prefix.count)))
    else { return word }
    return Array(key)
  }
}
