internal import GRDB
package import RotationEngine

extension StateFile {
  /// How many events one transaction reads: between two no lock is held, so that a slow reader never
  /// holds up the executor.
  static let pageSize = 1_024

  /// At most `limit` events of a run from `sequence` on, in their order.
  ///
  /// - Throws: ``StateError``
  package func events(of run: String, from sequence: Int = 1, limit: Int = .max) throws
    -> [EncodedEvent]
  {
    let number = try read { try head(of: run, in: $0).number }
    var result: [EncodedEvent] = []
    var next = max(sequence, 1)
    while result.count < limit {
      let wanted = min(limit - result.count, Self.pageSize)
      let page = try page(run: number, from: next, limit: wanted, withHashes: false)
      result.append(contentsOf: page.lazy.map(\.event))
      guard page.count == wanted, let last = page.last else { break }
      next = last.event.sequence + 1
    }
    return result
  }

  /// The events from `sequence` on, at most `limit` of them; `withHashes` is for those who check.
  func page(
    run: Int64, from sequence: Int, limit: Int = pageSize, withHashes: Bool = true
  ) throws -> [StoredEvent] {
    // What is greater would be the key of another run.
    guard sequence <= StateFormat.maximumSequence else { return [] }
    return try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT id, at, type, step, attempt, bytes, hash FROM events
          WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?
          """)
      let rows = try Row.fetchCursor(
        statement,
        arguments: [
          StateFormat.key(run: run, sequence: sequence),
          StateFormat.key(run: run, sequence: StateFormat.maximumSequence), limit,
        ])
      var page: [StoredEvent] = []
      while let row = try rows.next() {
        let key = try row.number(0)
        let event = try EncodedEvent(
          sequence: Int(key & 0xFFFF_FFFF), at: row.number(1), type: row.text(2),
          step: row[3], attempt: row[4], bytes: row.bytes(5))
        page.append(StoredEvent(event: event, hash: withHashes ? try row.bytes(6) : []))
      }
      return page
    }
  }

  /// Where in a run's journal the chain has this hash.
  ///
  /// - Throws: ``StateError``
  package func position(ofHead head: String, in run: String) throws -> Int? {
    try read { database in
      let number = try self.head(of: run, in: database).number
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT 0 FROM heads WHERE run = ?1 AND lower(hex(start)) = ?2
          UNION ALL
          SELECT id & 0xFFFFFFFF FROM events WHERE id BETWEEN ?3 AND ?4 AND lower(hex(hash)) = ?2
          LIMIT 1
          """,
        arguments: [
          number, head.lowercased(), StateFormat.key(run: number, sequence: 1),
          StateFormat.key(run: number, sequence: StateFormat.maximumSequence),
        ])
      return try row?.required(0)
    }
  }

  /// The hash that a run's chain has at an event.
  ///
  /// - Throws: ``StateError``
  package func head(of run: String, at sequence: Int) throws -> String? {
    guard 0...StateFormat.maximumSequence ~= sequence else { return nil }
    return try read { database in
      let number = try self.head(of: run, in: database).number
      let row =
        try sequence == 0
        ? Row.fetchOne(database, sql: "SELECT start FROM heads WHERE run = ?", arguments: [number])
        : Row.fetchOne(
          database, sql: "SELECT hash FROM events WHERE id = ?",
          arguments: [StateFormat.key(run: number, sequence: sequence)])
      return try row.map { HashChain.hexadecimal(try $0.bytes(0)) }
    }
  }
}
