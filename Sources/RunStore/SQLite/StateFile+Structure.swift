internal import GRDB

extension StateFile {
  /// What is wrong with the file as a whole, whichever run is meant; nil where nothing is.
  ///
  /// - Throws: ``StateError`` where it could not be read
  func checkStructure() throws -> Alteration? {
    do {
      // What takes long on a large file is no part of a transaction, which a commit would have to wait for.
      let stray = try unlocked { database in
        try Self.check("integrity_check(1)", in: database, path: path)
        return try Row.fetchOne(database, sql: "PRAGMA foreign_key_check").map { row in
          try row.optional(0) ?? "a table"
        }
      }
      if let stray { return alteration("A row of `\(stray)` belongs to no run.") }
      return try read { database in
        try alteredSchema(in: database) ?? lostRow(in: database) ?? strayRow(in: database)
          ?? impossibleRow(in: database)
      }
    } catch let error as StateError where error.kind == .corrupt || error.kind == .notADatabase {
      return Alteration(kind: .file, sequence: nil, message: error.message)
    }
  }

  /// Lets SQLite check the file.
  ///
  /// - Throws: ``StateError``: of kind ``StateError/Kind/device`` where the disk did not give what is in the file,
  ///   of kind ``StateError/Kind/corrupt`` where what is in it is wrong
  static func check(_ pragma: String, in database: Database, path: String) throws {
    let answer = try String.fetchOne(database, sql: "PRAGMA \(pragma)") ?? "no answer"
    if answer != "ok" { throw error(ofCheck: answer, path: path) }
  }

  /// What a failure of SQLite means. It calls a page that the disk did not give a malformed image: whether the file is
  /// one, another look tells.
  static func failure(_ error: DatabaseError, path: String) -> StateError {
    guard error.resultCode == .SQLITE_CORRUPT else { return StateError(error, path: path) }
    do {
      var configuration = configuration(patience: patience)
      configuration.readonly = true
      let queue = try connect(path, configuration)
      defer { try? queue.close() }
      try queue.inDatabase { try check("integrity_check(1)", in: $0, path: path) }
      return .unread(path, "a part of it did not come from the disk")
    } catch let found as StateError {
      return found
    } catch let again {
      return StateError(again as? DatabaseError ?? error, path: path)
    }
  }

  /// What SQLite found. A page that could not be read is said as text, too: `Tree 5 page 7: unable to get the page.
  /// error code=266`.
  static func error(ofCheck answer: String, path: String) -> StateError {
    let code = answer.split(separator: "error code=").dropFirst().first.flatMap {
      CInt($0.prefix { $0.isNumber }).map(ResultCode.init(rawValue:))
    }
    guard let code, code != .SQLITE_IOERR_SHORT_READ,
      [.SQLITE_IOERR, .SQLITE_NOMEM].contains(code.primaryResultCode)
    else { return StateError(.corrupt, StateError.corruption(path, answer)) }
    // Before it stands in which database.
    return .unread(path, String(answer.split(separator: "\n").last ?? "no answer"))
  }

  private func alteration(_ message: String) -> Alteration {
    Alteration(kind: .file, sequence: nil, message: "\(path): \(message)")
  }

  /// Tables, views and triggers other than those that Waltz makes could change what an append writes.
  private func alteredSchema(in database: Database) throws -> Alteration? {
    guard formatVersion <= StateFormat.version else { return nil }
    let (found, made) = (
      try StateFormat.schema(of: database), try StateFormat.schema(ofVersion: formatVersion)
    )
    guard
      let name = Set(found.keys).union(made.keys).sorted().first(where: { found[$0] != made[$0] })
    else { return nil }
    return alteration("Its \(name) is not the one of a state file of format \(formatVersion).")
  }

  /// A run whose rows in other tables are gone.
  private func lostRow(in database: Database) throws -> Alteration? {
    for table in ["heads", "documents", "leases"] {
      let run = try String.fetchOne(
        database,
        sql: "SELECT id FROM runs WHERE NOT EXISTS (SELECT 1 FROM \(table) WHERE run = number)")
      if let run { return alteration("The row of run \(run) in `\(table)` is missing.") }
    }
    return nil
  }

  /// A row of a table that does not refer to runs by a key, and belongs to none.
  private func strayRow(in database: Database) throws -> Alteration? {
    let numbers = try Int64.fetchAll(database, sql: "SELECT number FROM runs ORDER BY number")
    // From one run's last possible event to the next run's first, nothing may stand: not a walk over the events.
    var low = Int64.min
    for number in numbers + [Int64.max] {
      let high = number == .max ? .max : StateFormat.key(run: number, sequence: 0)
      let stray = try Int64.fetchOne(
        database, sql: "SELECT id FROM events WHERE id BETWEEN ? AND ? LIMIT 1",
        arguments: [low, high])
      if let stray {
        return alteration(
          "There is an event \(stray & 0xFFFF_FFFF) of run number \(stray >> 32), which no run has."
        )
      }
      guard number < .max else { break }
      low = StateFormat.key(run: number, sequence: StateFormat.maximumSequence) + 1
    }
    if formatVersion >= StateFormat.attachments {
      let stray = try String.fetchOne(
        database,
        sql: "SELECT digest FROM attachments WHERE run NOT IN (SELECT number FROM runs)")
      if let stray { return alteration("The attachment \(stray) belongs to no run.") }
    }
    return nil
  }

  /// A value that no column of its kind has, in rows that are no part of any run's chain.
  private func impossibleRow(in database: Database) throws -> Alteration? {
    let numbers = try Int64.fetchAll(database, sql: "SELECT number FROM runs ORDER BY number")
    for number in numbers {
      _ = try LeaseTerm.row(
        of: number, hasUptime: formatVersion >= StateFormat.uptimes, in: database)
      _ = try requests(of: number, in: database)
    }
    if formatVersion < StateFormat.worlds,
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM documents WHERE flags IS NOT '[]')") ?? false
    {
      return alteration("A run has flags, which no run of format 1 has.")
    }
    // A site that an unfinished run does not hold could be rotated twice at once.
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT site, id FROM run_sites JOIN runs ON number = run_sites.run
        JOIN heads ON heads.run = number
        WHERE held <> (coalesce(last_type, '') NOT IN ('run-succeeded', 'run-aborted'))
        """)
    guard let row else { return nil }
    return alteration(
      "Whether run \(try row.required(1) as String) holds site \(try row.required(0) as String) contradicts "
        + "its last event.")
  }
}
