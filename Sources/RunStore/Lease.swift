internal import GRDB
public import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Who takes a lease, and what it needs to know of the world.
public struct LeaseHolder: Sendable {
  /// The process.
  public let identity: ProcessIdentity

  /// Whether another process of the same boot lives.
  public let isAlive: @Sendable (ProcessIdentity) -> Bool

  /// Real time; never the run's clock, which may be simulated.
  public let now: @Sendable () -> Instant

  /// A holder.
  public init(
    identity: ProcessIdentity,
    isAlive: @escaping @Sendable (ProcessIdentity) -> Bool = ProcessIdentity.isAlive,
    now: @escaping @Sendable () -> Instant
  ) {
    self.identity = identity
    self.isAlive = isAlive
    self.now = now
  }
}

/// The right to write to a run, as it stands in the file.
public struct LeaseTerm: Sendable, Equatable {
  /// The process.
  public let identity: ProcessIdentity

  /// Counts the holders; a writer with an older epoch is refused.
  public let epoch: Int

  /// When it was taken.
  public let acquiredAt: Instant

  /// When it was last renewed.
  public let renewedAt: Instant

  /// When another may take it.
  public let expiresAt: Instant

  /// `anna on bastion-1, process 4711`.
  public var holderName: String { "\(identity.user) on \(identity.host), process \(identity.pid)" }
}

/// The right to write to one run until it is given back, lost or expired.
public struct Lease: Sendable {
  /// The run's id.
  public let run: String

  /// Counts the holders.
  public let epoch: Int

  let number: Int64
  let token: [UInt8]
  let holder: LeaseHolder

  /// How long a lease holds after it was taken or renewed, in milliseconds.
  public static let term: Int64 = 60_000

  /// How old a lease may be before it is renewed, in milliseconds.
  static let renewal: Int64 = 20_000
}

extension Lease {
  /// Takes the lease of a run within the caller's transaction.
  static func take(
    run: String, number: Int64, holder: LeaseHolder, in database: Database
  ) throws -> Lease {
    let now = holder.now()
    var epoch = 1
    if let (term, isFree) = try term(number: number, in: database) {
      if !isFree, let reason = refusal(of: term, holder: holder, now: now, run: run) {
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

  /// Why a lease can not be taken; nil where it can.
  private static func refusal(
    of term: LeaseTerm, holder: LeaseHolder, now: Instant, run: String
  ) -> String? {
    guard term.expiresAt > now else { return nil }
    let isNeighbour =
      term.identity.host == holder.identity.host && term.identity.bootID == holder.identity.bootID
    if isNeighbour, !holder.isAlive(term.identity) { return nil }
    let advice =
      isNeighbour
      ? "Look at the run with `waltz status \(run)`, or stop that process (SIGTERM; it leaves the run "
        + "ready to be resumed)."
      : "Look at the run with `waltz status \(run)`. If that machine is gone, try again after "
        + "\(term.expiresAt)."
    return
      "Run \(run) is held by \(term.holderName), since \(term.acquiredAt); the hold lasts until "
      + "\(term.expiresAt) unless it is renewed. \(advice)"
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
