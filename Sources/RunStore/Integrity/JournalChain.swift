package import RotationEngine

/// The chain of hashes over what somebody reads of a run's journal, for who has to know how far what they read goes.
package struct JournalChain: Sendable, Equatable {
  private var chain: HashChain

  /// The chain of a run before its first event.
  package init(of record: RunRecord) {
    chain = HashChain(header: record.header)
  }

  /// A chain that goes on from a hash in hexadecimal; nil where it is none.
  package init?(head: String) {
    let digits = head.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 64, head.utf8.count == 64 else { return nil }
    chain = HashChain(
      hash: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }

  /// Takes in the next event.
  package mutating func append(_ event: EncodedEvent) { chain.append(event.bytes) }

  /// The hash of the last event, or of the run's facts before the first, in hexadecimal.
  package var head: String { HashChain.hexadecimal(chain.hash) }
}
