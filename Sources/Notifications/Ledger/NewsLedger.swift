package import RotationEngine

/// What was told to one destination, and what came of it: the cursor that a destination has in each journal.
///
/// Two positions in a journal, since what puts clients at risk goes out in quiet hours and everything else waits: each
/// lane keeps its order, and an event is in one of them only.
package struct NewsLedger: Sendable, Equatable {
  /// How far a destination is in one journal.
  package struct Position: Sendable, Equatable {
    /// Up to this event all that breaks through quiet hours was told.
    package var urgent = 0

    /// Up to this event all else was told.
    package var ordinary = 0

    /// What the clock made news and was told, by ``News/key``; in the ledger of a check what is open (``ExposureRound``).
    package var told: Set<String> = []

    /// Up to where nothing is left to tell.
    package var settled: Int { min(urgent, ordinary) }

    /// Nothing is left to tell up to this event.
    package mutating func settle(through sequence: Int) {
      urgent = max(urgent, sequence)
      ordinary = max(ordinary, sequence)
    }

    package init() {}

    package init(at sequence: Int) { (urgent, ordinary) = (sequence, sequence) }
  }

  /// One attempt at telling something.
  package struct Attempt: Sendable, Equatable {
    /// In real time.
    package let at: Instant

    /// The id of what was told.
    package let news: String

    package let isDelivered: Bool

    /// What came of it, in words.
    package let outcome: String

    package init(at: Instant, news: String, isDelivered: Bool, outcome: String) {
      self.at = at
      self.news = news
      self.isDelivered = isDelivered
      self.outcome = outcome
    }
  }

  /// How many attempts are kept.
  static let mostAttempts = 50

  /// By run.
  package var positions: [String: Position] = [:]

  /// Attempts in a row that came to nothing.
  package private(set) var failures = 0

  /// Before this nothing is tried again.
  package private(set) var nextTry: Instant?

  /// Since when nothing is told, because the destination said that it is gone.
  package private(set) var disabledAt: Instant?

  /// The day of the last digest, where the reader is, in days since 1970-01-01.
  package var lastDigest: Int64?

  /// The last attempts, oldest first.
  package private(set) var attempts: [Attempt] = []

  /// An empty ledger.
  package init() {}

  init(
    positions: [String: Position], failures: Int, nextTry: Instant?, disabledAt: Instant?,
    lastDigest: Int64?, attempts: [Attempt]
  ) {
    self.positions = positions
    self.failures = failures
    self.nextTry = nextTry
    self.disabledAt = disabledAt
    self.lastDigest = lastDigest
    self.attempts = attempts
  }

  /// The last attempt that came to something.
  package var lastDelivery: Attempt? { attempts.last { $0.isDelivered } }

  /// Whether something may be told at an instant.
  package func isOpen(at now: Instant) -> Bool {
    disabledAt == nil && nextTry.map { $0 <= now } ?? true
  }

  /// Takes note of what came of telling something.
  package mutating func record(_ outcome: DeliveryOutcome, of news: String, at now: Instant) {
    attempts.append(
      Attempt(
        at: now, news: news, isDelivered: outcome.isDelivered, outcome: outcome.words))
    attempts.removeFirst(max(0, attempts.count - Self.mostAttempts))
    switch outcome {
    case .delivered:
      failures = 0
      nextTry = nil
      disabledAt = nil
    case .failed(_, let retryAfter):
      nextTry = now + max(Self.pause(afterFailures: failures), retryAfter ?? .zero)
      failures += 1
    case .gone:
      failures += 1
      disabledAt = disabledAt ?? now
    }
  }

  /// How long to wait after so many failures before the one that just was: as Standard Webhooks has it, and then once
  /// a day, for as long as it takes.
  static func pause(afterFailures failures: Int) -> Duration {
    let pauses: [Int64] = [
      5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]
    return .seconds(pauses[min(max(failures, 0), pauses.count - 1)])
  }
}

/// What came of telling something to a destination.
package enum DeliveryOutcome: Sendable, Equatable {
  /// It has it.
  case delivered(String)

  /// It does not, or nobody knows; it is told again, and not before the time that it asks for.
  case failed(String, retryAfter: Duration? = nil)

  /// It is gone for good, and says so.
  case gone(String)

  package var isDelivered: Bool { if case .delivered = self { true } else { false } }

  /// What came of it, as a sentence. No secret is in it.
  package var words: String {
    switch self {
    case .delivered(let words), .failed(let words, _), .gone(let words): words
    }
  }
}
