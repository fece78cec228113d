package import Notifications
package import Reports
import RotationEngine
import RunStore

extension Newsroom {
  /// Sends a test to a destination. Where it arrives, what waits is tried again at once.
  ///
  /// - Throws: `StateError`
  package func test(_ destination: NewsSettings.Destination) async throws -> DeliveryOutcome {
    try await prepare()
    let now = holder.now()
    let letter = NewsLetter.test(to: destination.name, at: now)
    let outcome = await courier.deliver(letter, to: destination)
    try await note(outcome, of: letter.id, ledger: destination.name, at: now)
    return outcome
  }

  /// What was told to each destination, and how much waits; nothing is sent or written.
  ///
  /// - Throws: `StateError`, `RunError`
  package func standings() async throws -> [DestinationsTable.Row] {
    var rows: [DestinationsTable.Row] = []
    for destination in settings.destinations {
      guard let ledger = try await store.ledger(of: destination.name).flatMap({ NewsLedger($0) })
      else {
        rows.append(.init(name: destination.name, ledger: NewsLedger(), waiting: 0))
        continue
      }
      rows.append(
        .init(
          name: destination.name, ledger: ledger,
          waiting: try await waiting(for: destination, ledger)))
    }
    return rows
  }
}
