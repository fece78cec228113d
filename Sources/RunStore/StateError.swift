/// Why a state directory cannot be used, or not like this.
package struct StateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds; the message says which file or run, and what to do next.
  package enum Kind: Sendable, Equatable, CaseIterable {
    /// There is no state here.
    case missing
    /// The operating system refuses access.
    case permissionDenied
    /// The file, its directory or its file system is read-only.
    case readOnly
    /// The disk is full.
    case diskFull
    /// The file is no SQLite database.
    case notADatabase
    /// An SQLite database of another program.
    case foreign
    /// The file is damaged.
    case corrupt
    /// A newer version of Waltz wrote it.
    case newerFormat
    /// Another program keeps it locked.
    case locked
    /// It is a copy of another state directory.
    case copied
    /// The disk or the file system reports an error.
    case device
    /// No run has this id.
    case noSuchRun
    /// Several runs could be meant.
    case ambiguousRun
    /// The run has ended.
    case ended
    /// Another run holds a site.
    case siteHeld
    /// There are more bytes than were asked for, or than are kept.
    case tooLarge
    /// The database does not accept what Waltz itself writes.
    case defect
  }

  /// The kind.
  package let kind: Kind

  /// What happened and what to do next.
  package let message: String

  /// An error.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

extension StateError {
  static func unknown(_ run: String) -> StateError {
    StateError(.noSuchRun, "There is no run \(run) here. `waltz runs` lists them.")
  }

  /// Throws where a run with this last event takes nothing more.
  static func refuseEnded(_ run: String, _ lastType: String?) throws(StateError) {
    switch RunEntry.standing(lastType) {
    case .unfinished, .failed: return
    case .succeeded: throw StateError(.ended, "Run \(run) has succeeded; nothing is left to do.")
    case .aborted:
      throw StateError(
        .ended, "Run \(run) was aborted and does not go on. Start a new one with `waltz run`.")
    }
  }

  /// Another run has a site that a new one needs.
  static func siteHeld(_ site: String, by other: String, lastType: String?) -> StateError {
    let standing =
      RunEntry.standing(lastType) == .failed
      ? "which failed and can be tried again" : "which is not finished"
    return StateError(
      .siteHeld,
      "Site \(site) belongs to run \(other), \(standing). Finish it with `waltz resume \(other)`, or give "
        + "it up with `waltz abort \(other)`, which frees its sites.")
  }
}
