package import RotationEngine
internal import Synchronization

extension MemoryStore {
  package func ledger(of destination: String) -> [UInt8]? {
    contents.withLock { $0.ledgers[destination]?.bytes }
  }

  package func claimLedger(
    of destination: String, by claimant: String, at now: Instant, until end: Instant
  ) -> LedgerClaim {
    contents.withLock { contents in
      var ledger = contents.ledgers[destination] ?? Ledger()
      let isOthers = ledger.claimant.map { $0 != claimant } ?? false
      if isOthers, let end = ledger.claimedUntil, end > now { return .held }
      (ledger.claimant, ledger.claimedUntil) = (claimant, end)
      contents.ledgers[destination] = ledger
      return .claimed(ledger.bytes)
    }
  }

  package func keepLedger(
    _ bytes: [UInt8], of destination: String, by claimant: String, until end: Instant?
  ) -> Bool {
    contents.withLock { contents in
      guard contents.ledgers[destination]?.claimant == claimant else { return false }
      contents.ledgers[destination] = Ledger(
        bytes: bytes, claimant: end == nil ? nil : claimant, claimedUntil: end)
      return true
    }
  }
}
