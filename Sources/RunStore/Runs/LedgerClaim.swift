/// What came of claiming a ledger.
package enum LedgerClaim: Sendable, Equatable {
  /// It is the claimant's, with what is in it; nil where nothing was kept yet.
  case claimed([UInt8]?)

  /// Somebody else has it until then at the latest.
  case held
}
