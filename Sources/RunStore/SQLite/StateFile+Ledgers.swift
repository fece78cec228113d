internal import GRDB
package import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension StateFile {
  /// What was told to a destination so far.
  ///
  /// - Throws: ``StateError``
  package func ledger(of destination: String) throws -> [UInt8]? {
    guard formatVersion >= StateFormat.ledgers else { return nil }
    return try unlocked { try ledger(of: destination, in: $0) }
  }

  private func ledger(of destination: String, in database: Database) throws -> [UInt8]? {
    let row = try Row.fetchOne(
      database, sql: "SELECT ledger FROM ledgers WHERE destination = ?", arguments: [destination])
    return try row.flatMap { (try $0.optional(0) as Data?).map { Array($0) } }
  }

  /// Takes a destination's ledger.
  ///
  /// - Throws: ``StateError``
  package func claimLedger(
    of destination: String, by claimant: String, at now: Instant, until end: Instant
  ) throws -> LedgerClaim {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO ledgers (destination, claimant, claimed_until) VALUES (?1, ?2, ?4)
          ON CONFLICT (destination) DO UPDATE SET claimant = ?2, claimed_until = ?4
          WHERE claimant IS NULL OR claimant = ?2 OR claimed_until <= ?3
          """,
        arguments: [destination, claimant, now.milliseconds, end.milliseconds])
      guard database.changesCount > 0 else { return .held }
      return .claimed(try ledger(of: destination, in: database))
    }
  }

  /// Keeps a ledger that was claimed.
  ///
  /// - Throws: ``StateError``
  package func keepLedger(
    _ ledger: [UInt8], of destination: String, by claimant: String, until end: Instant?
  ) throws -> Bool {
    try write { database in
      try database.execute(
        sql: """
          UPDATE ledgers SET ledger = ?3, claimant = ?4, claimed_until = ?5
          WHERE destination = ?1 AND claimant = ?2
          """,
        arguments: [
          destination, claimant, Data(ledger), end == nil ? nil : claimant, end?.milliseconds,
        ])
      return database.changesCount > 0
    }
  }
}
