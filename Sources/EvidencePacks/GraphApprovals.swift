internal import CanonicalJSON

/// The signatures over the graph that the first event of a run names, by the SHA-256 of their files in hexadecimal.
package struct GraphApprovals: Sendable, Equatable {
  /// What these signatures are for.
  package static let namespace = "waltz-graph"

  /// The list of those who may sign, as it was when the run was started.
  let allowedSigners: String

  /// The signatures, at least one.
  package let signatures: [String]

  /// What the event `run-started` says; nil where no signatures were demanded.
  init?(_ event: [UInt8]) {
    guard let value = try? JSONValue(parsing: event), value["type"]?.string == "run-started",
      let provenance = value["provenance"], provenance["namespace"]?.string == Self.namespace,
      let allowed = Self.digest(provenance["allowedSigners"])
    else { return nil }
    allowedSigners = allowed
    signatures = (provenance["signatures"]?.array ?? []).compactMap(Self.digest)
    if signatures.isEmpty { return nil }
  }

  /// The digits alone: they stand in commands.
  private static func digest(_ value: JSONValue?) -> String? {
    guard let text = value?["attachment"]?.string, text.hasPrefix("sha256:") else { return nil }
    let digits = text.utf8.dropFirst(7)
    let isDigest =
      digits.count == 64
      && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isDigest ? String(decoding: digits, as: UTF8.self) : nil
  }
}
