internal import GRDB

/// The format of the state file. `docs/JOURNAL.md` describes it column by column.
enum StateFormat {
  /// `Wltz`, in the header of every state file.
  static let applicationID: Int64 = 0x576C_747A

  /// The number of migrations that a file of this version of Waltz has seen.
  static var version: Int { migrations.count }

  /// Each takes a file from one format version to the next; released ones never change.
  static let migrations: [@Sendable (Database) throws -> Void] = [
    { try $0.execute(sql: schema1) },
    { try $0.execute(sql: schema2) },
    { try $0.execute(sql: schema3) },
    {
      // Who skips a step that protects clients says so in the request.
      try $0.execute(
        sql: "ALTER TABLE requests ADD COLUMN accepts_orphans INTEGER NOT NULL DEFAULT 0")
    },
    { try $0.execute(sql: schema5) },
    {
      // When a lease ends by the uptime of its holder's machine.
      try $0.execute(sql: "ALTER TABLE leases ADD COLUMN expires_uptime INTEGER")
    },
    { try $0.execute(sql: schema7) },
  ]

  /// The first format version in which a run says of which kind its world is.
  static let worlds = 2

  /// The first format version with attachments.
  static let attachments = 3

  /// The first format version whose requests say whether orphans are accepted.
  static let acceptances = 4

  /// The first format version whose requests can be withdrawn.
  static let withdrawals = 5

  /// The first format version whose leases end by a clock that nobody sets, too.
  static let uptimes = 6

  /// The first format version that remembers what was told to whom.
  static let ledgers = 7

  // The bytes that never change stand in tables of their own, so that an append touches small pages only:
  // the last leaf of `events` and the one page of `heads`.
  private static let schema1 = """
    CREATE TABLE state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      lineage BLOB NOT NULL,
      inode INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      lineage BLOB NOT NULL,
      plan TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      digest TEXT NOT NULL,
      tool TEXT NOT NULL,
      format INTEGER NOT NULL,
      created INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      UNIQUE (plan, ordinal)
    ) STRICT;
    CREATE TABLE documents (
      run INTEGER PRIMARY KEY REFERENCES runs,
      graph BLOB NOT NULL,
      plan_text BLOB NOT NULL,
      plan_path TEXT NOT NULL,
      seed INTEGER,
      scenario BLOB,
      flags TEXT
    ) STRICT;
    CREATE TABLE heads (
      run INTEGER PRIMARY KEY REFERENCES runs,
      start BLOB NOT NULL,
      count INTEGER NOT NULL,
      hash BLOB NOT NULL,
      last_type TEXT,
      last_at INTEGER
    ) STRICT;
    CREATE TABLE events (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      type TEXT NOT NULL,
      step TEXT,
      attempt INTEGER,
      bytes BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    CREATE TABLE leases (
      run INTEGER PRIMARY KEY REFERENCES runs,
      epoch INTEGER NOT NULL,
      token BLOB,
      host TEXT NOT NULL,
      boot TEXT NOT NULL,
      pid INTEGER NOT NULL,
      process_start INTEGER NOT NULL,
      user TEXT NOT NULL,
      acquired INTEGER NOT NULL,
      renewed INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE run_sites (
      run INTEGER NOT NULL REFERENCES runs,
      site TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      held INTEGER NOT NULL,
      PRIMARY KEY (run, site)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX one_run_a_site ON run_sites (simulated, site) WHERE held = 1;
    CREATE TABLE requests (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES runs,
      verb TEXT NOT NULL,
      step TEXT,
      note TEXT,
      by TEXT NOT NULL,
      posted INTEGER NOT NULL,
      answered INTEGER
    ) STRICT;
    CREATE INDEX unanswered ON requests (run, id) WHERE answered IS NULL;
    CREATE VIEW journal AS
      SELECT runs.id AS run, events.id & 0xFFFFFFFF AS sequence,
        strftime('%Y-%m-%dT%H:%M:%fZ', events.at / 1000.0, 'unixepoch') AS at,
        type, step, attempt, CAST(bytes AS TEXT) AS event, lower(hex(hash)) AS hash
      FROM events JOIN runs ON runs.number = events.id >> 32;
    """

  // `flags` was an empty list for every simulated run.
  private static let schema2 = """
    ALTER TABLE runs ADD COLUMN world TEXT NOT NULL DEFAULT 'real';
    UPDATE runs SET world = 'simulated' WHERE simulated;
    ALTER TABLE documents DROP COLUMN flags;
    """

  private static let schema3 = """
    CREATE TABLE attachments (
      run INTEGER NOT NULL REFERENCES runs,
      digest TEXT NOT NULL,
      event INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (run, digest)
    ) STRICT;
    """

  // Under which lease a request was taken up, and who took it back.
  private static let schema5 = """
    ALTER TABLE requests ADD COLUMN taken INTEGER;
    ALTER TABLE requests ADD COLUMN withdrawn INTEGER;
    ALTER TABLE requests ADD COLUMN withdrawn_by TEXT;
    """

  // What was told to whom: how far in the journals, what by the clock, and what came of it.
  private static let schema7 = """
    CREATE TABLE ledgers (
      destination TEXT PRIMARY KEY,
      ledger BLOB,
      claimant TEXT,
      claimed_until INTEGER
    ) STRICT;
    """

  /// The key of an event: the run's number in the upper half, the sequence in the lower.
  static func key(run: Int64, sequence: Int) -> Int64 { run << 32 | Int64(sequence) }

  /// The greatest sequence that the key has room for.
  static let maximumSequence = 0xFFFF_FFFF

  /// What a file of a format is made of: the statement of each table, index, view and trigger, without spaces.
  static func schema(ofVersion version: Int) throws -> [String: String] {
    try DatabaseQueue().inDatabase { database in
      for migration in migrations.prefix(version) { try migration(database) }
      return try schema(of: database)
    }
  }

  /// What a file is made of, but for what SQLite keeps for itself.
  static func schema(of database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT type || ' `' || name || '`', coalesce(sql, '') FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """)
    var schema: [String: String] = [:]
    for row in rows {
      let text: String = try row.required(1)
      schema[try row.required(0)] = String(text.filter { !$0.isWhitespace })
    }
    return schema
  }

  /// How many runs a file may have: the key of an event has room for more.
  static let mostRuns = Int(Int32.max)

  /// How many executors may have held a run.
  static let mostHolders = Int(Int32.max)

  /// How long a machine may have been up, in milliseconds: 68 years.
  static let longestUptime = Int(Int32.max) * 1_000

  /// Brings an open database from the version it has to this one; the caller holds a transaction.
  static func migrate(_ database: Database, from version: Int) throws {
    guard (0..<migrations.count).contains(version) else { return }
    for migration in migrations[version...] { try migration(database) }
    try database.execute(sql: "PRAGMA user_version = \(migrations.count)")
  }
}
