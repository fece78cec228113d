internal import GRDB
public import RotationEngine

extension StateFile {
  /// How many events one transaction reads: between two no lock is held, so that a slow reader never
  /// holds up the executor.
  private static let pageSize = 1_024

  /// Hands over the events of a run in their order, from `sequence` on, those included that are appended
  /// meanwhile, until there are none or `body` returns false.
  ///
  /// - Throws: ``StateError``, and what `body` throws
  public func forEachEvent(
    of run: String, from sequence: Int = 1, _ body: (EncodedEvent) throws -> Bool
  ) throws {
    let number = try read { try head(of: run, in: $0).number }
    var next = max(sequence, 1)
    while true {
      let page = try page(run: number, from: next, withHashes: false)
      for stored in page {
        guard try body(stored.event) else { return }
      }
      guard page.count == Self.pageSize, let last = page.last else { return }
      next = last.event.sequence + 1
    }
  }

  /// At most `limit` events of a run from `sequence` on, in their order.
  ///
  /// - Throws: ``StateError``
  public func events(of run: String, from sequence: Int = 1, limit: Int = .max) throws
    -> [EncodedEvent]
  {
    var result: [EncodedEvent] = []
    guard limit > 0 else { return result }
    try forEachEvent(of: run, from: sequence) { event in
      result.append(event)
      return result.count < limit
    }
    return result
  }

  /// An event and the hash beside it.
  struct StoredEvent {
    let event: EncodedEvent
    let hash: [UInt8]
  }

  /// The events from `sequence` on, at most ``pageSize`` of them; `withHashes` is for those who check.
  func page(run: Int64, from sequence: Int, withHashes: Bool = true) throws -> [StoredEvent] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT id, at, type, step, attempt, bytes, hash FROM events
          WHERE id BETWEEN ? AND ? ORDER BY id LIMIT \(Self.pageSize)
          """)
      let rows = try Row.fetchCursor(
        statement,
        arguments: [
          StateFormat.key(run: run, sequence: sequence),
          StateFormat.key(run: run, sequence: StateFormat.maximumSequence),
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
}
