/// An event as a store keeps it: its canonical bytes, and the members that are looked up without
/// reading them.
package struct EncodedEvent: Sendable, Equatable {
  /// The position in the journal, from 1 and without gaps.
  package let sequence: Int

  /// When it became a fact, by the run's clock, in milliseconds since the epoch.
  package let at: Int64

  /// What happened: `step-started`.
  package let type: String

  /// The step's id; nil for events of the run.
  package let step: String?

  /// The attempt; nil where the event belongs to none.
  package let attempt: Int?

  /// The canonical JSON, with the members `seq`, `at`, `type`, `step` and `attempt` of
  /// `docs/EVENTS.md`: a check of the journal holds the columns against them.
  package let bytes: [UInt8]

  /// What the event refers to, on its way into a store; none where it was read back.
  package let attachments: [Attachment]

  /// An encoded event.
  package init(
    sequence: Int, at: Int64, type: String, step: String?, attempt: Int?, bytes: [UInt8],
    attachments: [Attachment] = []
  ) {
    self.sequence = sequence
    self.at = at
    self.type = type
    self.step = step
    self.attempt = attempt
    self.bytes = bytes
    self.attachments = attachments
  }

  /// The event as it is read back.
  package var withoutAttachments: EncodedEvent {
    EncodedEvent(
      sequence: sequence, at: at, type: type, step: step, attempt: attempt, bytes: bytes)
  }
}
