package import RotationEngine

extension StateFile: Store {
  package var place: String { directory }

  package func journal(
    holding lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent
  ) throws -> any HeldJournal {
    try RunJournal(file: self, lease: lease, encode: encode)
  }
}
