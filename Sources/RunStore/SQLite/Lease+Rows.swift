internal import GRDB
internal import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Lease {
  /// Takes the lease of a run within the caller's transaction.
  static func take(
    run: String, number: Int64, holder: LeaseHolder, _ commands: StateCommands,
    in database: Database
  ) throws -> Lease {
    let now = holder.now()
    var epoch = 1
    if let (term, isFree) = try term(number: number, in: database) {
      if !isFree, let reason = refusal(of: term, holder: holder, now: now, run: run, commands) {
        throw JournalError(.held, reason)
      }
      epoch = term.epoch + 1
    }
    let token = HashChain.nonce()
    let identity = holder.identity
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO leases (run, epoch, token, host, boot, pid, process_start, user,
          acquired, renewed, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, epoch, Data(token), identity.host, identity.bootID, identity.pid,
      identity.startTime, identity.user, now.milliseconds, now.milliseconds,
      now.milliseconds + term,
    ])
    return Lease(run: run, epoch: epoch, number: number, token: token, holder: holder)
  }

  /// What stands in the file, and whether it was given back; nil where nobody ever held it.
  static func term(
    number: Int64, in database: Database
  ) throws -> (term: LeaseTerm, isFree: Bool)? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT host, boot, pid, process_start, user, epoch, acquired, renewed, expires, token IS NULL
        FROM leases WHERE run = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
    return (try LeaseTerm(row: row, from: 0), try row.required(9))
  }
}

extension LeaseTerm {
  init(row: Row, from start: Int) throws {
    try self.init(
      identity: ProcessIdentity(
        host: row.required(start), bootID: row.required(start + 1), pid: row.required(start + 2),
        startTime: row.required(start + 3), user: row.required(start + 4)),
      epoch: row.required(start + 5),
      acquiredAt: Instant(milliseconds: row.required(start + 6)),
      renewedAt: Instant(milliseconds: row.required(start + 7)),
      expiresAt: Instant(milliseconds: row.required(start + 8)))
  }
}
