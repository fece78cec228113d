internal import GRDB
internal import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Lease {
  /// Takes the lease of a run within the caller's transaction.
  /// It is counted from `moment`, when the transaction began or earlier.
  static func take(
    run: String, number: Int64, holder: LeaseHolder, at moment: LeaseMoment,
    _ commands: StateCommands, in database: Database
  ) throws -> Lease {
    var epoch = 1
    if let (term, isFree) = try LeaseTerm.row(of: number, hasUptime: true, in: database) {
      if !isFree,
        let refusal = refusal(of: term, holder: holder, at: moment, run: run, commands)
      {
        throw refusal
      }
      epoch = term.epoch + 1
    }
    let token = HashChain.nonce()
    let identity = holder.identity
    let watch = LeaseWatch(holder, takenAt: moment)
    let end = watch.end(ofRenewalAt: moment)
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO leases (run, epoch, token, host, boot, pid, process_start, user,
          acquired, renewed, expires, expires_uptime) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, epoch, Data(token), identity.host, identity.bootID, identity.pid,
      identity.startTime, identity.user, moment.time.milliseconds, moment.time.milliseconds,
      end.time.milliseconds, end.storedUptime,
    ])
    return Lease(
      run: run, epoch: epoch, watch: watch, number: number, token: token, holder: holder)
  }
}

extension LeaseTerm {
  /// The columns that ``init(row:from:)`` reads.
  static func columns(hasUptime: Bool) -> String {
    """
    leases.host, leases.boot, leases.pid, leases.process_start, leases.user, leases.epoch,
      leases.acquired, leases.renewed, leases.expires, \(hasUptime ? "leases.expires_uptime" : "NULL")
    """
  }

  /// What stands in the file, and whether it was given back; nil where nobody ever held it.
  static func row(
    of number: Int64, hasUptime: Bool, in database: Database
  ) throws -> (term: LeaseTerm, isFree: Bool)? {
    let statement = try database.cachedStatement(
      sql: "SELECT \(columns(hasUptime: hasUptime)), token IS NULL FROM leases WHERE run = ?")
    guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
    return (try LeaseTerm(row: row, from: 0), try row.required(10))
  }

  init(row: Row, from start: Int) throws {
    try self.init(
      identity: ProcessIdentity(
        host: row.required(start), bootID: row.required(start + 1),
        pid: Int32(row.required(start + 2, in: 1...Int(Int32.max))),
        startTime: row.required(start + 3), user: row.required(start + 4)),
      epoch: row.required(start + 5, in: 1...StateFormat.mostHolders),
      acquiredAt: row.instant(start + 6), renewedAt: row.instant(start + 7),
      expiresAt: row.instant(start + 8),
      expiresAtUptime: (row.optional(start + 9) as Int64?).map { (_: Int64) in
        .milliseconds(try row.required(start + 9, in: 0...StateFormat.longestUptime))
      })
  }
}
