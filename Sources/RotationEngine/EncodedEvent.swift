/// An event as a store keeps it: its canonical bytes, and the members that are looked up without
/// reading them.
public struct EncodedEvent: Sendable, Equatable {
  /// The position in the journal, from 1 and without gaps.
  public let sequence: Int

  /// When it became a fact, by the run's clock, in milliseconds since the epoch.
  public let at: Int64

  /// What happened: `step-started`.
  public let type: String

  /// The step's id; nil for events of the run.
  public let step: String?

  /// The attempt; nil where the event belongs to none.
  public let attempt: Int?

  /// The canonical JSON, with the members `seq`, `at`, `type`, `step` and `attempt` of
  /// `docs/EVENTS.md`: a check of the journal holds the columns against them.
  public let bytes: [UInt8]

  /// An encoded event.
  public init(
    sequence: Int, at: Int64, type: String, step: String?, attempt: Int?, bytes: [UInt8]
  ) {
    self.sequence = sequence
    self.at = at
    self.type = type
    self.step = step
    self.attempt = attempt
    self.bytes = bytes
  }
}
