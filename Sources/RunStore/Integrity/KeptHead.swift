/// What somebody kept of a journal, to hold it against the journal later: a hash of its chain, and where it stood if that
/// was kept, too.
package struct KeptHead: Sendable, Equatable {
  /// How many digits of a hash are enough where its place is known.
  package static let shortest = 16

  /// The event; nil where only the hash was kept.
  package let sequence: Int?

  /// The hash in lower case, whole or, with a place, its first ``shortest`` digits at least.
  package let hash: String

  /// Reads `SEQ:HASH` or `HASH`; nil where it is neither.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let hash = parts.last?.lowercased(), (1...2).contains(parts.count),
      hash.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.hash = hash
    guard parts.count == 2 else {
      guard hash.utf8.count == 64 else { return nil }
      sequence = nil
      return
    }
    guard let sequence = Int(parts[0]), sequence >= 0, parts[0].utf8.allSatisfy({ $0 != 0x2B }),
      (Self.shortest...64).contains(hash.utf8.count)
    else { return nil }
    self.sequence = sequence
  }
}

extension KeptHead {
  /// Whether it is of this event: `SEQ:HASH`.
  package func matches(_ head: String) -> Bool {
    guard let whole = KeptHead(head), let place = whole.sequence else { return false }
    return whole.hash.hasPrefix(hash) && (sequence ?? place) == place
  }
}

extension Store {
  /// Where a run's journal has what was kept; nil where it never had it.
  ///
  /// - Throws: ``StateError``
  package func position(of kept: KeptHead, in run: String) async throws -> Int? {
    guard let sequence = kept.sequence else {
      return try await position(ofHead: kept.hash, in: run)
    }
    guard let hash = try await head(of: run, at: sequence), hash.hasPrefix(kept.hash) else {
      return nil
    }
    return sequence
  }
}
