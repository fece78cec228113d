import RotationEngine

/// The right to write to one run until it is given back, lost or expired.
package struct Lease: Sendable {
  /// The run's id.
  package let run: String

  /// Counts the holders.
  package let epoch: Int

  /// What is left of it.
  package let watch: LeaseWatch

  /// The store's own key of the run.
  let number: Int64
  let token: [UInt8]
  let holder: LeaseHolder

  /// How long a lease holds after it was taken or renewed, unless an effect wants more.
  package static let term: Duration = .seconds(60)

  /// How old a lease may be before it is renewed.
  static let renewal: Duration = .seconds(20)

  /// How far the clocks of two machines may lie apart before a lease is taken for impossible.
  static let clockDifference: Duration = .seconds(300)
}

extension Lease {
  /// Why a lease cannot be taken; nil where it can.
  static func refusal(
    of term: LeaseTerm, holder: LeaseHolder, at moment: LeaseMoment, run: String,
    _ commands: StateCommands
  ) -> JournalError? {
    let commands = commands.of(run)
    let held = "Run \(run) has been held by \(term.holderName) since \(term.acquiredAt)."
    let ends = "The hold lasts until \(term.expiresAt) unless it is renewed."
    let look = "Look at the run with `\(commands.status)`"
    switch term.sight(from: holder, moment) {
    case .isDead, .hasRunOut: return nil
    case .lives:
      return JournalError(
        .held,
        "\(held) \(ends) \(look), or stop that process (SIGTERM; it leaves the run ready to be resumed)."
      )
    case .isOutOfSight:
      return JournalError(
        .held,
        "\(held) \(ends) \(look). If that machine is gone, try again after \(term.expiresAt), or free the run "
          + "by hand: `\(commands.unlock)`.")
    case .isFromTheFuture:
      return JournalError(
        .impossibleLease,
        "\(held) That hold was renewed at \(term.renewedAt), but it is \(moment.time) here: the clock of one of "
          + "the two machines is or was wrong, so nobody can tell when the hold ends. Check the clock of this "
          + "machine first. If it is right, `\(commands.unlock)` shows what speaks for and against that "
          + "process being alive, and frees the run.")
    }
  }
}

extension JournalError {
  /// The lease went to another holder.
  static func leaseLost(
    _ run: String, to other: String, _ commands: StateCommands
  ) -> JournalError {
    JournalError(
      .leaseLost,
      "Run \(run) went on in another process: \(other), since this one did not renew its hold in time. "
        + "This process stops; `\(commands.of(run).status)` shows the run.")
  }
}
