import RotationEngine
import Testing

@testable import RunStore

/// An implementation of the store, as the suites of this folder take it: they are what every one is held to.
struct StoreKind: Sendable, CustomTestStringConvertible {
  /// One store, as two processes have it open.
  struct Opened {
    let store: any Store
    let other: any Store
    /// What must live as long as the two.
    fileprivate let place: AnyObject?

    /// Ends the use of both; the place is there until then.
    func end() { withExtendedLifetime(place) {} }
  }

  let testDescription: String

  /// Makes an empty store.
  let open: @Sendable () throws -> Opened

  static let all = [
    StoreKind(testDescription: "SQLite") {
      let directory = try TemporaryDirectory()
      return Opened(
        store: try StateFile(directory: directory.state, access: .creating),
        other: try StateFile(directory: directory.state, access: .writing), place: directory)
    },
    StoreKind(testDescription: "memory") {
      let store = MemoryStore()
      return Opened(store: store, other: store, place: nil)
    },
  ]
}

extension Store {
  /// A new run's journal.
  func begin(_ new: NewRun = newRun(), holder: LeaseHolder) async throws -> any HeldJournal {
    try await journal(holding: try await createRun(new, holder: holder), encode: encode)
  }

  /// The journal of a run that goes on.
  func goOn(_ run: String, holder: LeaseHolder) async throws -> any HeldJournal {
    try await journal(holding: try await acquireLease(of: run, holder: holder), encode: encode)
  }

  /// All events of a run.
  func allEvents(of run: String) async throws -> [EncodedEvent] {
    try await events(of: run, from: 1, limit: .max)
  }
}

extension HeldJournal {
  /// Appends so many plain events in one transaction.
  func append(plain count: Int) async throws {
    let first = self.count + 1
    try await append((first..<(first + count)).map { encoded($0) }, answering: [])
  }

  /// Appends the event with which a run ends.
  func end(_ type: String) async throws {
    try await append(
      [encoded(count + 1, type: type, step: nil, attempt: nil)], answering: [])
  }
}

/// The error of the store that `body` throws.
func stateError(of body: () async throws -> Void) async -> StateError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? StateError
  }
}

/// The error of the journal that `body` throws.
func journalError(of body: () async throws -> Void) async -> JournalError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? JournalError
  }
}
