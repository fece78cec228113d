internal import RotationEngine

/// Why a state directory cannot be used, or not like this.
package struct StateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds; the message says which file or run, and what to do next.
  package enum Kind: Sendable, Equatable, CaseIterable {
    /// There is no state here.
    case missing
    /// The operating system refuses access.
    case permissionDenied
    /// The directory or a file in it is a link, or others may have changed it.
    case untrusted
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
    /// It was put back to an older copy of itself.
    case setBack
    /// The disk or the file system reports an error.
    case device
    /// No run has this id.
    case noSuchRun
    /// Several runs could be meant.
    case ambiguousRun
    /// The run has ended.
    case ended
    /// The run's mailbox has no such request.
    case noSuchRequest
    /// The request was taken up or withdrawn before.
    case requestClosed
    /// The run is not held under that lease.
    case noSuchLease
    /// Another run holds a site, and somebody works on it.
    case siteHeld
    /// Another run holds a site, and nobody works on it.
    case siteClaimed
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
  static func unknown(_ run: String, _ commands: StateCommands) -> StateError {
    StateError(.noSuchRun, "There is no run \(run) here. `\(commands.runs)` lists them.")
  }

  /// Throws where a run with this last event takes nothing more.
  static func refuseEnded(
    _ run: String, _ lastType: String?, _ commands: StateCommands
  ) throws(StateError) {
    switch RunEntry.standing(lastType) {
    case .unfinished, .failed: return
    case .succeeded: throw StateError(.ended, "Run \(run) has succeeded; nothing is left to do.")
    case .aborted:
      throw StateError(
        .ended,
        "Run \(run) was aborted and cannot go on. Start a new one with `\(commands.start)`.")
    }
  }

  /// What cannot be unlocked because it is not held, or not as it was.
  static func noSuchLease(
    _ epoch: Int, of run: String, _ term: LeaseTerm?, _ commands: StateCommands
  ) -> StateError {
    let commands = commands.of(run)
    guard let term else {
      return StateError(
        .noSuchLease, "Nobody holds run \(run), so it needs no unlocking: `\(commands.resume)`.")
    }
    return StateError(
      .noSuchLease,
      "Run \(run) is not held under epoch \(epoch) any more: \(term.holderName) took it at \(term.acquiredAt), "
        + "under epoch \(term.epoch). Look again: `\(commands.unlock)`.")
  }

  /// What cannot be taken back because it is not there.
  static func noSuchRequest(_ id: Int64, of run: String, _ commands: StateCommands) -> StateError {
    StateError(
      .noSuchRequest,
      "Run \(run) has no request \(id). `\(commands.of(run).status)` shows what waits.")
  }

  /// What cannot be taken back because it was answered.
  static func requestAnswered(
    _ id: Int64, of run: String, _ commands: StateCommands
  ) -> StateError {
    StateError(
      .requestClosed,
      "Request \(id) was taken up before and cannot be withdrawn any more. What became of it stands in "
        + "`\(commands.of(run).events)`.")
  }

  /// What cannot be taken back because an executor acts on it.
  static func requestTaken(
    _ id: Int64, by name: String, of run: String, _ commands: StateCommands
  ) -> StateError {
    StateError(
      .requestClosed,
      "Request \(id) cannot be withdrawn any more: \(name) is acting on it now. "
        + "`\(commands.of(run).status)` shows what comes of it.")
  }

  /// What was taken back before.
  static func requestWithdrawn(_ id: Int64, by name: String, at instant: Instant) -> StateError {
    StateError(
      .requestClosed, "Request \(id) was withdrawn already, by \(name) at \(instant).")
  }

  /// Another run has a site that a new one needs.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - other: The run that has it.
  ///   - lastType: The type of that run's last event.
  ///   - name: Who is at work on that run; nil where nobody is.
  ///   - commands: The commands that reach the runs.
  /// - Returns: The error.
  static func siteHeld(
    _ site: String, by other: String, lastType: String?, executor name: String?,
    _ commands: StateCommands
  ) -> StateError {
    let commands = commands.of(other)
    if let name {
      return StateError(
        .siteHeld,
        "Site \(site) belongs to run \(other), and \(name) is working on it now. This plan can be run when "
          + "that run has ended: `\(commands.status)` shows how far it is.")
    }
    let standing =
      RunEntry.standing(lastType) == .failed
      ? "which failed and can be tried again" : "which is not finished"
    return StateError(
      .siteClaimed,
      "Site \(site) belongs to run \(other), \(standing); nobody is working on it now. Go on with it: "
        + "`\(commands.resume)`. Or give it up, which frees its sites: `\(commands.abort)`, and then "
        + "`\(commands.resume)` to have that done.")
  }
}
