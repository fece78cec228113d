internal import GRDB
package import RotationEngine
internal import Synchronization

extension StateFile {
  /// Puts an operator's request into a run's mailbox, from any process and while the run goes on.
  ///
  /// - Returns: the request's id
  /// - Throws: ``StateError``
  @discardableResult
  package func post(
    _ verb: OperatorRequest.Verb, step: String?, word: OperatorWord, to run: String, at now: Instant
  ) throws -> Int64 {
    let id = try write { database in
      let (number, lastType) = try head(of: run, in: database)
      try StateError.refuseEnded(run, lastType, commands)
      return try insert(verb, step: step, word: word, to: number, at: now, in: database)
    }
    ownPosts.add(1, ordering: .sequentiallyConsistent)
    return id
  }

  /// Puts a request into the mailbox within the caller's transaction.
  func insert(
    _ verb: OperatorRequest.Verb, step: String? = nil, word: OperatorWord, to number: Int64,
    at now: Instant, in database: Database
  ) throws -> Int64 {
    try database.cachedStatement(
      sql: """
        INSERT INTO requests (run, verb, step, note, by, posted, accepts_orphans)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, verb.rawValue, step, word.note, word.by, now.milliseconds, word.acceptsOrphans,
    ])
    return database.lastInsertedRowID
  }

  /// The requests that nothing has answered and nobody withdrew, oldest first.
  package func pendingRequests(of run: String) throws -> [PostedRequest] {
    try read { database in
      try requests(of: try head(of: run, in: database).number, in: database)
    }
  }

  /// Takes a request back that no executor has taken up.
  ///
  /// - Throws: ``StateError``
  @discardableResult
  package func withdraw(
    _ request: Int64, from run: String, by holder: LeaseHolder
  ) throws -> PostedRequest {
    let moment = holder.moment()
    let waiting = try write { database in
      let number = try head(of: run, in: database).number
      let waiting = try requests(of: number, in: database).first { $0.request.id == request }
      guard let waiting else { throw try closed(request, of: run, number, in: database) }
      if waiting.isTaken,
        let (term, _) = try LeaseTerm.row(of: number, hasUptime: true, in: database)
      {
        guard Lease.refusal(of: term, holder: holder, at: moment, run: run, commands) == nil else {
          throw StateError.requestTaken(request, by: term.holderName, of: run, commands)
        }
        try database.execute(
          sql: "UPDATE leases SET token = NULL WHERE run = ?", arguments: [number])
      }
      try database.execute(
        sql: "UPDATE requests SET withdrawn = ?, withdrawn_by = ? WHERE id = ?",
        arguments: [moment.time.milliseconds, holder.identity.user, request])
      return waiting
    }
    ownPosts.add(1, ordering: .sequentiallyConsistent)
    return waiting
  }

  /// Why a request does not wait.
  private func closed(
    _ request: Int64, of run: String, _ number: Int64, in database: Database
  ) throws -> StateError {
    let row = try Row.fetchOne(
      database, sql: "SELECT withdrawn, withdrawn_by FROM requests WHERE run = ? AND id = ?",
      arguments: [number, request])
    guard let row else { return .noSuchRequest(request, of: run, commands) }
    guard try row.optional(0) as Int64? != nil else {
      return .requestAnswered(request, of: run, commands)
    }
    return .requestWithdrawn(request, by: try row.required(1), at: try row.instant(0))
  }

  func requests(of number: Int64, in database: Database) throws -> [PostedRequest] {
    let hasAcceptance = formatVersion >= StateFormat.acceptances
    let hasWithdrawals = formatVersion >= StateFormat.withdrawals
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, verb, step, by, note, posted, \(hasAcceptance ? "accepts_orphans" : "0"),
          \(hasWithdrawals ? "coalesce(taken = epoch AND token IS NOT NULL, 0)" : "0")
        FROM requests LEFT JOIN leases ON leases.run = requests.run
        WHERE requests.run = ? AND answered IS NULL \(hasWithdrawals ? "AND withdrawn IS NULL" : "")
        ORDER BY id
        """)
    return try Row.fetchAll(statement, arguments: [number]).map { row in
      let name: String = try row.required(1)
      guard let verb = OperatorRequest.Verb(rawValue: name) else {
        throw StateError(
          .newerFormat,
          "The mailbox holds the request \(name), which this version of Waltz does not know. "
            + "Resume with the version that posted it.")
      }
      return PostedRequest(
        OperatorRequest(
          id: try row.required(0), verb: verb, step: try row.optional(2),
          word: OperatorWord(
            by: try row.required(3), note: try row.optional(4),
            acceptsOrphans: try row.required(6))),
        postedAt: try row.instant(5), isTaken: try row.required(7))
    }
  }
}
