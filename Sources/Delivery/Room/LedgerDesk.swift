import Notifications
import RotationEngine
import RunStore

/// A ledger that is claimed, while somebody tells what is due.
struct LedgerDesk {
  let store: any Store
  let destination: String
  let claimant: String
  var ledger: NewsLedger
  let claim: Duration
  let holder: LeaseHolder

  /// Writes down what came of a letter, before the next one is sent.
  ///
  /// - Parameters:
  ///   - outcome: What came of it.
  ///   - news: Its id.
  ///   - tell: Moves the ledger on, where the destination has it.
  /// - Returns: Whether to go on; false where somebody else has the ledger now.
  /// - Throws: `StateError`
  mutating func record(
    _ outcome: DeliveryOutcome, of news: String, tell: (inout NewsLedger) -> Void = { _ in }
  ) async throws -> Bool {
    let now = holder.now()
    if outcome.isDelivered { tell(&ledger) }
    ledger.record(outcome, of: news, at: now)
    return try await store.keepLedger(
      ledger.bytes, of: destination, by: claimant, until: now + claim)
  }

  /// Ends the claim.
  ///
  /// - Throws: `StateError`
  func giveBack() async throws {
    _ = try await store.keepLedger(ledger.bytes, of: destination, by: claimant, until: nil)
  }
}
