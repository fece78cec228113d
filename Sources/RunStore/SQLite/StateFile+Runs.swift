internal import GRDB
package import RotationEngine
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension StateFile {
  /// Makes a run with the next number of its plan, takes its sites and its first lease, all or nothing.
  ///
  /// - Throws: ``StateError``, with ``StateError/Kind/siteHeld`` where another run has one of the sites
  package func createRun(_ new: NewRun, holder: LeaseHolder) throws -> Lease {
    let contents = new.sortingSites()
    let lineage = HashChain.nonce()
    let moment = holder.moment()
    let (lease, start) = try write { database in
      let ordinal = try nextOrdinal(of: contents.plan, in: database)
      let record = RunRecord(
        id: "\(contents.plan)-\(ordinal)", contents: contents, formatVersion: StateFormat.version,
        createdAt: moment.time, lineage: HashChain.hexadecimal(lineage))
      try database.execute(
        sql: """
          INSERT INTO runs (id, lineage, plan, ordinal, digest, tool, format, created, created_by,
            simulated, world) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.id, Data(lineage), contents.plan, ordinal, contents.digest, contents.toolVersion,
          StateFormat.version, moment.time.milliseconds, contents.createdBy, !contents.world.isReal,
          contents.world.kind,
        ])
      let number = database.lastInsertedRowID
      try insertDocuments(of: contents, run: number, in: database)
      let start = HashChain(header: record.header).hash
      try database.execute(
        sql: "INSERT INTO heads (run, start, count, hash) VALUES (?1, ?2, 0, ?2)",
        arguments: [number, Data(start)])
      try SiteClaims.take(
        contents.sites, run: number, simulated: !contents.world.isReal, holder: holder, commands,
        in: database)
      let lease = try Lease.take(
        run: record.id, number: number, holder: holder, at: moment, commands, in: database)
      return (lease, start)
    }
    memory.remember(
      HeadMemory.Head(count: 0, hash: HashChain.hexadecimal(start)), of: lease.number)
    return lease
  }

  /// The number of a plan's next run; there must be one, and one for the run in the file.
  private func nextOrdinal(of plan: String, in database: Database) throws -> Int {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT coalesce(max(ordinal), 0), (SELECT coalesce(max(number), 0) FROM runs) FROM runs
        WHERE plan = ?
        """, arguments: [plan])
    guard let row else { return 1 }
    _ = try row.required(1, in: 0...StateFormat.mostRuns - 1)
    return try row.required(0, in: 0...StateFormat.mostRuns - 1) + 1
  }

  private func insertDocuments(of contents: NewRun, run: Int64, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO documents (run, graph, plan_text, plan_path, seed, scenario)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run, Data(contents.graph), Data(contents.planText), contents.planPath,
        contents.world.seed, contents.world.document.map { Data($0) },
      ])
  }

  /// Takes the lease of a run that has not ended.
  ///
  /// - Throws: ``JournalError`` of kind `held` with the holder's name; ``StateError``
  package func acquireLease(of run: String, holder: LeaseHolder) throws -> Lease {
    let moment = holder.moment()
    return try write { database in
      let (number, lastType) = try head(of: run, in: database)
      try StateError.refuseEnded(run, lastType, commands)
      return try Lease.take(
        run: run, number: number, holder: holder, at: moment, commands, in: database)
    }
  }

  /// Takes a run from an executor that an operator believes to be gone.
  ///
  /// - Throws: ``StateError``
  package func unlock(_ run: String, epoch: Int, word: OperatorWord, at now: Instant) throws {
    try write { database in
      let (number, lastType) = try head(of: run, in: database)
      try StateError.refuseEnded(run, lastType, commands)
      let row = try LeaseTerm.row(of: number, hasUptime: true, in: database)
      guard let (term, isFree) = row, !isFree, term.epoch == epoch else {
        throw StateError.noSuchLease(
          epoch, of: run, row.flatMap { $0.isFree ? nil : $0.term }, commands)
      }
      try database.execute(
        sql: "UPDATE leases SET token = NULL WHERE run = ?", arguments: [number])
      _ = try insert(.unlock, word: word, to: number, at: now, in: database)
    }
    ownPosts.add(1, ordering: .sequentiallyConsistent)
  }

  /// The run with this id, whole.
  package func run(_ id: String) throws -> RunRecord {
    try read { try record(of: id, in: $0) }
  }

  /// All runs, the newest first.
  package func runs() throws -> [RunEntry] {
    try read { database in
      try Row.fetchAll(database, sql: entrySQL + " ORDER BY runs.number DESC")
        .map(entry)
    }
  }

  /// What a list shows of this run.
  package func entry(of id: String) throws -> RunEntry {
    try read { database in
      guard
        let row = try Row.fetchOne(
          database, sql: entrySQL + " WHERE runs.id = ?", arguments: [id])
      else { throw StateError.unknown(id, commands) }
      return try entry(row)
    }
  }

  private func entry(_ row: Row) throws -> RunEntry {
    // The count, which each row of `heads` has.
    if row.hasNull(atIndex: 5) { throw lostRow(of: try row.required(0), in: "heads") }
    return try RunEntry(row: row)
  }

  /// A run of which a part is gone.
  private func lostRow(of run: String, in table: String) -> StateError {
    StateError(
      .corrupt,
      StateError.corruption(path, "the row of run \(run) in `\(table)` is missing"))
  }

  private var entrySQL: String {
    """
    SELECT runs.id, runs.plan, runs.digest, runs.created, \(worldSQL),
      heads.count, heads.hash, heads.last_type, heads.last_at, leases.token IS NOT NULL,
      \(LeaseTerm.columns(hasUptime: formatVersion >= StateFormat.uptimes))
    FROM runs LEFT JOIN heads ON heads.run = runs.number
      LEFT JOIN leases ON leases.run = runs.number
    """
  }

  /// The kind of a run's world. A file of an older format is read as it stands.
  var worldSQL: String {
    formatVersion < StateFormat.worlds ? "iif(runs.simulated, 'simulated', 'real')" : "runs.world"
  }

  /// The run's number and the type of its last event.
  func head(of run: String, in database: Database) throws -> (number: Int64, lastType: String?) {
    let statement = try database.cachedStatement(
      sql: "SELECT number, last_type, count FROM runs LEFT JOIN heads ON run = number WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [run]) else {
      throw StateError.unknown(run, commands)
    }
    if row.hasNull(atIndex: 2) { throw lostRow(of: run, in: "heads") }
    return (Int64(try row.required(0, in: 1...StateFormat.mostRuns)), try row.optional(1))
  }

  func record(of id: String, in database: Database) throws -> RunRecord {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT number, lineage, plan, digest, tool, format, created, created_by, \(worldSQL),
            graph, plan_text, plan_path, seed, scenario
          FROM runs LEFT JOIN documents ON run = number WHERE id = ?
          """, arguments: [id])
    else { throw StateError.unknown(id, commands) }
    if row.hasNull(atIndex: 9) { throw lostRow(of: id, in: "documents") }
    let sites = try String.fetchAll(
      database, sql: "SELECT site FROM run_sites WHERE run = ? ORDER BY site",
      arguments: [try row.required(0) as Int64])
    let world = RecordedWorld(
      kind: try row.required(8), seed: try row.optional(12),
      document: (try row.optional(13) as Data?).map { Array($0) })
    return try RunRecord(
      id: id,
      contents: NewRun(
        plan: row.required(2), digest: row.required(3), graph: row.bytes(9),
        planText: row.bytes(10), planPath: row.required(11), toolVersion: row.required(4),
        createdBy: row.required(7), sites: sites, world: world),
      formatVersion: row.required(5),
      createdAt: row.instant(6),
      lineage: HashChain.hexadecimal(row.bytes(1)))
  }
}

extension RunEntry {
  init(row: Row) throws {
    try self.init(
      id: row.required(0), plan: row.required(1), digest: row.required(2),
      createdAt: row.instant(3), world: row.required(4),
      eventCount: row.required(5, in: 0...StateFormat.maximumSequence),
      headHash: HashChain.hexadecimal(row.bytes(6)), lastType: row.optional(7),
      lastAt: row.optional(8).map { (_: Int64) in try row.instant(8) },
      lease: row.required(9) ? LeaseTerm(row: row, from: 10) : nil)
  }
}
