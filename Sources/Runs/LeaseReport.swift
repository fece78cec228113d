import RotationEngine
package import RunStore

/// Who holds a run, and what speaks for and against the holder being alive: what an operator reads before they take
/// the run from it.
package struct LeaseReport: Sendable {
  /// The run's id.
  package let run: String

  /// The hold.
  package let term: LeaseTerm

  /// What can be told about its holder from here.
  package let sight: LeaseSight

  private let here: ProcessIdentity
  private let now: Instant
  private let commands: RunCommands

  init(_ term: LeaseTerm, of run: String, seenBy holder: LeaseHolder, _ commands: RunCommands) {
    self.run = run
    self.term = term
    sight = term.sight(from: holder)
    here = holder.identity
    now = holder.now()
    self.commands = commands
  }

  /// The report, a line each.
  package var lines: [String] {
    let identity = term.identity
    var lines = [
      "Run \(run) is held by \(term.holderName), under epoch \(term.epoch).",
      "  taken    \(term.acquiredAt)",
      "  renewed  \(term.renewedAt)",
      "  ends     \(term.expiresAt), unless it is renewed",
      "  now      \(now) by the clock of this machine, \(here.host)",
      "",
    ]
    switch sight {
    case .lives:
      lines.append(
        "It lives: process \(identity.pid) runs on this machine, and started when the holder did. Stop it instead "
          + "(`kill \(identity.pid)`); it then leaves the run ready to be resumed.")
    case .hasRunOut where identity.isNeighbour(of: here):
      lines.append(
        "Process \(identity.pid) runs on this machine but did not renew its hold, which has ended: it stands "
          + "still. Nothing needs unlocking: `\(commands.resume)` takes the run.")
    case .isDead:
      lines.append(
        "It is gone: process \(identity.pid) ran on this machine and does not any more. Nothing needs unlocking: "
          + "`\(commands.resume)` takes the run.")
    case .hasRunOut:
      lines.append(
        "The hold has ended without being renewed. Nothing needs unlocking: `\(commands.resume)` takes the run."
      )
    case .isOutOfSight:
      lines.append(
        "It may live: the hold has not ended, and a process renews it every 20 seconds while it works."
      )
    case .isFromTheFuture:
      lines.append(
        "Its times say nothing: the hold was renewed at a time that has not come yet, so the clock of one of the "
          + "two machines is or was wrong. Check this machine's clock first.")
    }
    if !identity.isNeighbour(of: here) {
      lines.append(
        identity.host == here.host
          ? "It ran on a machine of this name, in another container or before this machine was restarted, so it "
            + "cannot be seen from here. After a restart it is gone."
          : "It ran on \(identity.host), which cannot be seen from here. Look there for process \(identity.pid)."
      )
    }
    if sight == .lives || sight == .isOutOfSight || sight == .isFromTheFuture {
      lines += [
        "",
        "If the process lives, two of them would act on the same servers. Make sure that it does not run, then:",
        "  \(commands.unlock(epoch: term.epoch))",
      ]
    }
    return lines
  }
}

extension RunDesk {
  /// Who holds a run; nil where nobody does.
  ///
  /// - Parameter name: The run; see `Store.resolve`.
  /// - Returns: The report.
  /// - Throws: `StateError`
  package func leaseReport(of name: String) async throws -> LeaseReport? {
    let id = try await store.resolve(name)
    return try await store.entry(of: id).lease.map {
      LeaseReport($0, of: id, seenBy: holder, store.commands.of(id))
    }
  }

  /// Takes a run from an executor that an operator believes to be gone.
  ///
  /// - Parameters:
  ///   - name: The run; see `Store.resolve`.
  ///   - epoch: The epoch of the lease that the operator looked at.
  ///   - note: Why.
  /// - Returns: The run's id.
  /// - Throws: `StateError`
  package func unlock(_ name: String, epoch: Int, note: String?) async throws -> String {
    let id = try await store.resolve(name)
    let held = try await store.entry(of: id).lease
    let from = held.map { "taken from \($0.holderName)" }
    let word = OperatorWord(
      by: user, note: [from, note].compactMap(\.self).joined(separator: ": "))
    try await store.unlock(id, epoch: epoch, word: word, at: holder.now())
    return id
  }
}
