internal import GRDB
internal import PrivateFiles
package import RotationEngine
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The SQLite file of a state directory: all its runs with their journals, leases and mailboxes.
///
/// Several processes may have it open. None holds a lock between calls, so that a status or an
/// approval never waits for a run, nor a run for them, longer than for one transaction.
package final class StateFile: Sendable {
  /// For what a state file is opened.
  package enum Access: Sendable {
    /// To look; the file is not changed, except that an unfinished change of a crash is undone.
    case reading

    /// To write to runs that are there.
    case writing

    /// To write, making the directory and the file where they are missing.
    case creating
  }

  /// The name of the file in its directory.
  package static let name = "state.db"

  /// The state directory.
  package let directory: String

  /// The file.
  package let path: String

  /// The format version of the file.
  package let formatVersion: Int

  /// Whether it is the file that was last written to; any other is only read.
  package let standing: StateStanding

  /// The commands that reach its runs.
  package let commands: StateCommands

  let access: Access

  /// What is remembered of the file outside of it.
  let memory: HeadMemory

  let queue: DatabaseQueue

  /// How many requests this connection posted: SQLite's data version counts only those of others.
  let ownPosts = Atomic<Int>(0)

  /// Opens the state file of a directory.
  ///
  /// - Parameters:
  ///   - directory: the state directory, `.waltz` as a rule
  ///   - access: for what
  ///   - isToBeAdopted: says that it is opened in order to be adopted: any other copy is only read
  ///   - memoryFolder: a folder of the user's, outside of the state directory, in which is remembered how far the
  ///     journals were; nil where there is none
  ///   - commands: the commands that reach its runs
  /// - Throws: ``StateError``
  package convenience init(
    directory: String, access: Access, isToBeAdopted: Bool = false, memoryFolder: String? = nil,
    commands: StateCommands = StateCommands()
  ) throws {
    try self.init(
      directory: directory, access: access, isToBeAdopted: isToBeAdopted,
      memoryFolder: memoryFolder, commands: commands, patience: Self.patience)
  }

  /// `patience` is how often a locked file is tried again, in pauses of 1 to 10 ms.
  init(
    directory: String, access: Access, isToBeAdopted: Bool = false, memoryFolder: String? = nil,
    commands: StateCommands = StateCommands(), patience: Int
  ) throws {
    self.directory = directory
    self.commands = commands
    self.access = access
    let path = directory + "/" + Self.name
    self.path = path
    let located = try Self.locate(path, directory: directory, access: access, commands)
    let configuration = Self.configuration(patience: patience)
    do {
      try Self.identify(path, configuration: configuration)
      queue = try Self.connect(path, configuration)
      // It was opened by its path: is it still the file that was looked at?
      guard try StateDirectory.find(Self.name, in: directory, for: access) == located else {
        throw StateError(
          .untrusted,
          "\(path) was exchanged while Waltz opened it. Find out by whom, then try again.")
      }
      let found = try queue.inDatabase { try Self.version($0, path: path) }
      if access == .reading {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
      } else {
        guard found <= StateFormat.version else { throw Self.newer(found, path: path, commands) }
        StateDirectory.protect(path)
      }
      try Self.examine(queue, path: path, writes: access != .reading)
      (standing, memory) = try Self.examineIdentity(
        queue, path: path, memoryFolders: [directory, memoryFolder].compactMap(\.self))
      if access != .reading, !isToBeAdopted,
        let refusal = StateError.refusal(of: standing, path: path, commands)
      {
        throw refusal
      }
      if access != .reading, found < StateFormat.version {
        try queue.inDatabase { database in
          try database.inTransaction(.immediate) {
            // Another process may have been quicker.
            let version = try Self.version(database, path: path)
            guard
              try StateFormat.schema(of: database) == StateFormat.schema(ofVersion: version)
            else {
              throw StateError(
                .corrupt,
                StateError.corruption(path, "its tables are not those of format \(version)"))
            }
            try StateFormat.migrate(database, from: version)
            return .commit
          }
        }
      }
      formatVersion = access == .reading ? found : StateFormat.version
    } catch let error as DatabaseError {
      throw Self.failure(error, path: path)
    } catch let error as StateError {
      throw error
    } catch PrivateFileTrouble.untrusted(let message) {
      throw StateError(.untrusted, message)
    } catch {
      throw StateError(.corrupt, StateError.corruption(path, "\(error)"))
    }
  }

  /// Closes the connection; further calls fail.
  package func close() { try? queue.close() }

  /// Runs statements that see one state of the file.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do {
      return try queue.inDatabase { database in
        var result: Result?
        try database.inTransaction(.deferred) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw StateError(.defect, "A read of \(path) gave nothing.") }
        return result
      }
    } catch {
      throw explained(error)
    }
  }

  /// Runs statements in one transaction that waits for other writers first.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    guard access != .reading else {
      throw StateError(.readOnly, "\(path) was opened only for reading.")
    }
    do {
      return try queue.inDatabase { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw StateError(.defect, "A write to \(path) gave nothing.") }
        return result
      }
    } catch {
      throw explained(error)
    }
  }

  /// Runs statements without a transaction around them.
  func unlocked<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do {
      return try queue.inDatabase(body)
    } catch {
      throw explained(error)
    }
  }

  /// An error as the user can use it; those that are so already stay.
  private func explained(_ error: any Error) -> any Error {
    if error is StateError || error is JournalError { return error }
    guard let error = error as? DatabaseError else {
      return StateError(.corrupt, StateError.corruption(path, "\(error)"))
    }
    if formatVersion > StateFormat.version, error.resultCode == .SQLITE_ERROR {
      return Self.newer(formatVersion, path: path, commands)
    }
    return Self.failure(error, path: path)
  }
}

extension StateFile {
  /// About ten seconds.
  static let patience = 1_000

  /// One connection of the kind that `docs/JOURNAL.md` reasons about.
  static func configuration(patience: Int) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    // Short and even pauses: SQLite's own handler backs off to 100 ms, and would leave a poster no chance
    // against an executor that commits without pause.
    configuration.busyMode = .callback { tries in
      usleep(UInt32(min(tries + 1, 10)) * 1_000)
      return tries < patience
    }
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA synchronous = EXTRA;
          PRAGMA fullfsync = ON;
          """)
    }
    return configuration
  }

  /// The one way to a connection: SQLite would take a path that begins with `file:` for a URI.
  static func connect(
    _ path: String, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    try DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
  }

  /// Finds the file, or makes it.
  private static func locate(
    _ path: String, directory: String, access: Access, _ commands: StateCommands
  ) throws -> PrivateFolder.FileNumber? {
    if let found = try StateDirectory.find(name, in: directory, for: access) {
      if let facts = StateDirectory.facts(of: path) {
        guard facts.isFile else {
          throw StateError(.notADatabase, "\(path) is not a file. Choose another --state.")
        }
        guard facts.size > 0 else {
          throw StateError(
            .notADatabase,
            "\(path) is empty, and Waltz never leaves an empty file. Restore it from a backup, or "
              + "remove it to start without runs.")
        }
      }
      return found
    }
    guard access == .creating else {
      throw StateError(
        .missing,
        "There are no runs in \(directory): it has no \(name). Start one with `\(commands.start)`, or "
          + "name the right directory with --state.")
    }
    try create(path, directory: directory)
    return try StateDirectory.find(name, in: directory, for: access)
  }

  /// Looks at the header without changing the file, so that a foreign one stays as it is.
  private static func identify(_ path: String, configuration: Configuration) throws {
    var configuration = configuration
    configuration.readonly = true
    do {
      let probe = try connect(path, configuration)
      defer { try? probe.close() }
      _ = try probe.inDatabase { try version($0, path: path) }
    } catch let error as DatabaseError
      where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
    {
      // A crash left an unfinished change; the next connection undoes it and looks again.
      return
    }
  }

  /// The format version of a state file.
  private static func version(_ database: Database, path: String) throws -> Int {
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    guard application == StateFormat.applicationID else {
      throw StateError(
        .foreign,
        "\(path) is an SQLite database of another program (application id \(application)), not a Waltz "
          + "state file. It was left as it is; choose another directory with --state.")
    }
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version > 0 else {
      throw StateError(
        .corrupt,
        StateError.corruption(path, "its header gives the format \(version), which none has"))
    }
    return version
  }

  static func newer(
    _ version: Int, path: String, _ commands: StateCommands
  ) -> StateError {
    StateError(
      .newerFormat,
      "\(path) has format \(version), and this version of Waltz writes format \(StateFormat.version). "
        + "It may be looked at with `\(commands.status)`, but to change it use the newer Waltz that "
        + "wrote it."
    )
  }

  /// Above this size only the small tables are checked at opening; `verify` reads everything.
  private static let checkedSize: Int64 = 8 << 20

  private static func examine(
    _ queue: DatabaseQueue, path: String, writes: Bool
  ) throws {
    try queue.inDatabase { database in
      let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      let size = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
      let parts = pages * size <= checkedSize ? ["1"] : ["heads", "leases", "run_sites", "state"]
      for part in parts {
        try check("quick_check(\(part))", in: database, path: path)
      }
      if writes {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
        guard mode == "delete" else {
          throw StateError(
            .locked,
            "\(path) is in journal mode \(mode ?? "unknown") because another program has it open. "
              + "Close that program and try again.")
        }
      }
    }
  }

  private static func examineIdentity(
    _ queue: DatabaseQueue, path: String, memoryFolders: [String]
  ) throws -> (StateStanding, HeadMemory) {
    try queue.inDatabase { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT inode, lineage FROM state"),
        let inode = StateDirectory.inode(of: path)
      else {
        throw StateError(
          .corrupt, StateError.corruption(path, "it does not say which file it is"))
      }
      let memory = HeadMemory(
        lineage: HashChain.hexadecimal(try row.bytes(1)),
        folders: memoryFolders.map { "\($0)/\(HeadMemory.folderName)" })
      let isCopy = try row.required(0) != inode
      return (try StateStanding.standing(of: database, isCopy: isCopy, memory), memory)
    }
  }

  /// Makes the file complete under another name first, so that a crash leaves a whole file or none.
  private static func create(_ path: String, directory: String) throws {
    try StateDirectory.make(directory)
    _ = try StateDirectory.find(name, in: directory, for: .creating)
    try StateDirectory.exclusively(in: directory) {
      guard StateDirectory.facts(of: path) == nil else { return }
      let draft = path + ".new"
      StateDirectory.remove(draft)
      StateDirectory.remove(draft + "-journal")
      try StateDirectory.makeFile(draft)
      do {
        let queue = try connect(draft, configuration(patience: patience))
        defer { try? queue.close() }
        try queue.inDatabase { database in
          try database.inTransaction(.immediate) {
            try database.execute(sql: "PRAGMA application_id = \(StateFormat.applicationID)")
            try StateFormat.migrate(database, from: 0)
            try database.execute(
              sql: "INSERT INTO state (only, lineage, inode) VALUES (1, ?, ?)",
              arguments: [Data(HashChain.nonce()), StateDirectory.inode(of: draft)])
            return .commit
          }
        }
      } catch let error as DatabaseError {
        throw StateError(error, path: draft)
      }
      try StateDirectory.move(draft, to: path)
      try StateDirectory.synchronize(directory)
    }
  }
}
