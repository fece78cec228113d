internal import GRDB
internal import PlanText

extension StateError {
  /// What SQLite's result code means to the person whose file it is.
  init(_ error: DatabaseError, path: String) {
    let code = error.extendedResultCode
    let reason = error.message ?? "no further details"
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        .diskFull,
        "The disk is full: \(path) could not grow. Nothing of the last change was recorded. Free some "
          + "space, then resume.")
    case .SQLITE_READONLY where code == .SQLITE_READONLY_DBMOVED:
      self.init(
        .device,
        "\(path) was moved or deleted while Waltz had it open. Put it back in its place, then "
          + "resume."
      )
    case .SQLITE_READONLY where code == .SQLITE_READONLY_ROLLBACK:
      self.init(
        .readOnly,
        "\(path) holds a change that a crash left unfinished, and Waltz cannot restore it because "
          + "it may not write here. Run Waltz as the user that owns the file, on a writable disk.")
    case .SQLITE_READONLY:
      self.init(
        .readOnly,
        "\(path) cannot be written: the file, its directory or its file system is read-only. Make it "
          + "writable for this user, or choose another directory with --state.")
    case .SQLITE_CANTOPEN:
      self.init(
        .permissionDenied,
        "\(path) or the journal beside it cannot be opened (\(reason)). Check that the directory "
          + "exists and that this user may read and write in it.")
    case .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.permissionDenied, "\(path): access is denied (\(reason)).")
    case .SQLITE_NOTADB:
      self.init(
        .notADatabase,
        "\(path) is not a Waltz state file: it is not an SQLite database, or its first page is "
          + "destroyed. Restore it from a backup, or choose another directory with --state.")
    case .SQLITE_CORRUPT:
      self.init(.corrupt, StateError.corruption(path, reason))
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
      self = .locked(path, by: LockHolder(ofFileAt: path))
    case .SQLITE_IOERR where code == .SQLITE_IOERR_READ || code == StateError.failedRead:
      self = .unread(path, reason)
    case .SQLITE_IOERR, .SQLITE_NOLFS, .SQLITE_NOMEM:
      self.init(
        .device,
        "The system reports an error for \(path): \(reason) (SQLite code \(code.rawValue)). "
          + "Nothing more is written, because a repeated write could hide the loss. Check the disk "
          + "and its quota, then resume.")
    default:
      self.init(
        .defect, "\(path): SQLite refuses a statement: \(reason) (code \(code.rawValue)).")
    }
  }

  /// SQLITE_IOERR_CORRUPTFS: what a read ends with that the system answers with EIO.
  private static let failedRead = ResultCode(rawValue: 10 | 33 << 8)

  /// A file that another process does not let go.
  static func locked(_ path: String, by holder: LockHolder?) -> StateError {
    guard let holder else {
      return StateError(
        .locked,
        "Another program keeps \(path) locked. Find it with `fuser \(shellWord(path))`, or try again when it "
          + "is done.")
    }
    let advice =
      holder.isStopped
      ? "It is stopped: `kill -CONT \(holder.pid)` lets it go on, `kill -KILL \(holder.pid)` ends it. What it was "
        + "writing is then whole or undone."
      : "`ps -p \(holder.pid)` shows what it is. Try again when it is done."
    return StateError(.locked, "Process \(holder.pid) keeps \(path) locked. \(advice)")
  }

  /// A read that failed says nothing about what is in the file.
  static func unread(_ path: String, _ reason: String) -> StateError {
    StateError(
      .device,
      "\(path) could not be read: \(reason). Nothing is known to be wrong with it. Check the disk, then try "
        + "again.")
  }

  static func corruption(_ path: String, _ reason: String) -> String {
    "\(path) is damaged: \(reason). Nothing was changed. Restore it from a backup. `sqlite3 "
      + "\(path) .recover` saves what can still be read."
  }
}
