package import CanonicalJSON
internal import Cryptography

/// Bytes that an event refers to and that are too large, or too detailed, to stand in it: recorded settings, the
/// clients of a wait, what a program printed. A store keeps them with the event.
///
/// The event names them by a member `attachment` anywhere in its evidence; ``reference`` is an object with that
/// member. The event's place in the chain of hashes so covers the bytes as well.
package struct Attachment: Sendable, Equatable {
  /// The most bytes that one may have.
  package static let maximumSize = 64 << 20

  /// `sha256:` and the SHA-256 of the bytes in lower case hexadecimal.
  package let digest: String

  /// The bytes.
  package let bytes: [UInt8]

  /// An attachment; a store refuses one whose digest is not that of its bytes.
  package init(digest: String, bytes: [UInt8]) {
    self.digest = digest
    self.bytes = bytes
  }

  /// An attachment of these bytes, under their digest.
  package init(_ bytes: [UInt8]) {
    self.init(digest: Self.digest(of: bytes), bytes: bytes)
  }

  /// `sha256:` and the SHA-256 of the bytes in lower case hexadecimal.
  package static func digest(of bytes: [UInt8]) -> String { HashFunction.digest(of: bytes) }

  /// What stands in the event for it.
  package var reference: JSONValue { .object([.init("attachment", .string(digest))]) }
}

extension RunEvent.Kind {
  /// The bytes to be kept with the event.
  var attachments: [Attachment] {
    switch self {
    case .runStarted(let start): start.provenance?.attachments ?? []
    case .stepSucceeded(_, _, let evidence), .stepInterrupted(_, _, .done(let evidence)):
      evidence.attachments
    case .stepFailed(_, _, let failure, _):
      failure.evidence.attachments
    case .waitSampled(_, _, .counted(let count)):
      count.evidence.attachments
    default: []
    }
  }
}
