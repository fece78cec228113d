internal import GRDB
internal import RotationEngine

/// Which run may touch which site. Each site belongs to one unfinished run at most, and simulated runs
/// live in a world of their own.
enum SiteClaims {
  /// Takes the sites of a new run.
  static func take(
    _ sites: [String], run: Int64, simulated: Bool, holder: LeaseHolder, _ commands: StateCommands,
    in database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO run_sites (run, site, simulated, held) VALUES (?, ?, ?, 0)")
    for site in sites { try statement.execute(arguments: [run, site, simulated]) }
    let conflict = try database.cachedStatement(
      sql: """
        SELECT mine.site, runs.id, heads.last_type, other.run
        FROM run_sites AS mine
        JOIN run_sites AS other ON other.site = mine.site AND other.simulated = mine.simulated
          AND other.held = 1 AND other.run <> mine.run
        JOIN runs ON runs.number = other.run
        JOIN heads ON heads.run = other.run
        WHERE mine.run = ? ORDER BY mine.site LIMIT 1
        """)
    if let row = try Row.fetchOne(conflict, arguments: [run]) {
      let lease = try LeaseTerm.row(of: row.required(3), hasUptime: true, in: database)
      let executor = lease.flatMap { $0.isFree ? nil : $0.term.executor(seenBy: holder) }
      throw try StateError.siteHeld(
        row.required(0), by: row.required(1), lastType: row.optional(2), executor: executor,
        commands)
    }
    try database.cachedStatement(sql: "UPDATE run_sites SET held = 1 WHERE run = ?")
      .execute(arguments: [run])
  }

  /// Frees the sites of a run.
  static func free(run: Int64, in database: Database) throws {
    try database.cachedStatement(sql: "UPDATE run_sites SET held = 0 WHERE run = ?")
      .execute(arguments: [run])
  }
}
