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
      try StateError.refuseEnded(run, lastType)
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
    ownPosts.add(1, ordering: .sequentiallyConsistent)
    return id
  }

  /// The requests that nothing has answered, oldest first.
  package func pendingRequests(of run: String) throws -> [OperatorRequest] {
    try read { database in
      try requests(of: try head(of: run, in: database).number, in: database)
    }
  }

  func requests(of number: Int64, in database: Database) throws -> [OperatorRequest] {
    let hasAcceptance = formatVersion >= StateFormat.acceptances
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, verb, step, by, note, \(hasAcceptance ? "accepts_orphans" : "0")
        FROM requests WHERE run = ? AND answered IS NULL ORDER BY id
        """)
    return try Row.fetchAll(statement, arguments: [number]).map { row in
      let name: String = try row.required(1)
      guard let verb = OperatorRequest.Verb(rawValue: name) else {
        throw StateError(
          .newerFormat,
          "The mailbox holds the request \(name), which this version of Waltz does not know. "
            + "Resume with the version that posted it.")
      }
      return try OperatorRequest(
        id: row.required(0), verb: verb, step: row.optional(2),
        word: OperatorWord(
          by: row.required(3), note: row.optional(4), acceptsOrphans: row.required(5)))
    }
  }
}
