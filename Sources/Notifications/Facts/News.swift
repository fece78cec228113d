package import RotationEngine

/// Something that there is to tell of a run, from its journal and the time.
package struct News: Sendable, Equatable {
  /// The run's id.
  package let run: String

  /// The event that it is about.
  package let sequence: Int

  /// What tells it apart from other news of the same event: `deadline-near`, `reminder-2`; nil for the event itself.
  package let mark: String?

  /// What it is.
  package let kind: NewsKind

  /// Since when it is so, by the run's clock.
  package let since: Instant

  /// Its step, if it is about one.
  package let step: Int?

  /// What of the plan it is about, where it is no step: a site, a partnership.
  package let subject: String?

  /// For how long it has been so, where it is told again or is about the time that passed.
  package let age: Duration?

  /// Which reminder it is; 0 where it is told for the first time.
  package let reminder: Int

  init(
    run: String, sequence: Int, mark: String? = nil, kind: NewsKind, since: Instant,
    step: Int? = nil, subject: String? = nil, age: Duration? = nil, reminder: Int = 0
  ) {
    self.run = run
    self.sequence = sequence
    self.mark = mark
    self.kind = kind
    self.since = since
    self.step = step
    self.subject = subject
    self.age = age
    self.reminder = reminder
  }

  /// The same for each attempt at telling it, to whomever: `emea-2026-1/412`, `emea-2026-1/412/reminder-1`.
  package var id: String { "\(run)/\(key)" }

  /// The id within its run.
  package var key: String { mark.map { "\(sequence)/\($0)" } ?? String(sequence) }

  /// Whether quiet hours do not hold it.
  package var breaksThrough: Bool { kind.isUrgent && reminder == 0 }
}
