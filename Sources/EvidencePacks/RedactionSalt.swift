internal import CanonicalJSON
internal import Cryptography

/// What makes pseudonyms of names, and digests of what was redacted, that nobody can try names against: it follows from the
/// run's lineage, 128 bits that stand in its state directory and its full pack alone.
struct RedactionSalt {
  private let bytes: [UInt8]

  /// The salt of a run.
  init(lineage: String) {
    bytes = HashFunction.sha256.hash(of: Array("waltz redaction of names\0\(lineage)".utf8))
  }

  /// The salted digest of bytes.
  func digest(of content: [UInt8]) -> [UInt8] {
    let inner = HashFunction.sha256.hash(of: bytes + content)
    return HashFunction.sha256.hash(of: bytes + inner)
  }

  /// `client-03af77c1e9`.
  func pseudonym(_ name: String, _ kind: String) -> String {
    "\(kind)-" + Hexadecimal.text(of: digest(of: Array("\(kind)\0\(name)".utf8))).prefix(10)
  }

  /// What stands for the lineage.
  var publicLineage: String {
    String(Hexadecimal.text(of: digest(of: Array("lineage".utf8))).prefix(32))
  }
}
