package import RotationEngine

/// Who takes a lease, and what it needs to know of the world.
package struct LeaseHolder: Sendable {
  /// The process.
  package let identity: ProcessIdentity

  /// Whether another process of the same boot lives.
  package let isAlive: @Sendable (ProcessIdentity) -> Bool

  /// Real time; never the run's clock, which may be simulated.
  package let now: @Sendable () -> Instant

  /// A holder.
  package init(
    identity: ProcessIdentity,
    isAlive: @escaping @Sendable (ProcessIdentity) -> Bool = ProcessIdentity.isAlive,
    now: @escaping @Sendable () -> Instant
  ) {
    self.identity = identity
    self.isAlive = isAlive
    self.now = now
  }
}

/// The right to write to a run, as it stands in the file.
package struct LeaseTerm: Sendable, Equatable {
  /// The process.
  package let identity: ProcessIdentity

  /// Counts the holders; a writer with an older epoch is refused.
  package let epoch: Int

  /// When it was taken.
  package let acquiredAt: Instant

  /// When it was last renewed.
  package let renewedAt: Instant

  /// When another may take it.
  package let expiresAt: Instant

  /// `anna on bastion-1, process 4711`.
  package var holderName: String { "\(identity.user) on \(identity.host), process \(identity.pid)" }

  /// Whether its process is still at work, as far as it can be told from here: whether it lives, where that can
  /// be seen, else whether the lease has not run out.
  package func isAtWork(seenBy holder: LeaseHolder) -> Bool {
    identity.bootID == holder.identity.bootID
      ? holder.isAlive(identity) : expiresAt > holder.now()
  }

  /// Who is at work; nil where nobody is any more.
  func executor(seenBy holder: LeaseHolder) -> String? {
    isAtWork(seenBy: holder) ? holderName : nil
  }
}

/// The right to write to one run until it is given back, lost or expired.
package struct Lease: Sendable {
  /// The run's id.
  package let run: String

  /// Counts the holders.
  package let epoch: Int

  /// The store's own key of the run.
  let number: Int64
  let token: [UInt8]
  let holder: LeaseHolder

  /// How long a lease holds after it was taken or renewed, in milliseconds.
  package static let term: Int64 = 60_000

  /// How old a lease may be before it is renewed, in milliseconds.
  static let renewal: Int64 = 20_000
}

extension Lease {
  /// Why a lease cannot be taken; nil where it can.
  static func refusal(
    of term: LeaseTerm, holder: LeaseHolder, now: Instant, run: String, _ commands: StateCommands
  ) -> String? {
    guard term.expiresAt > now else { return nil }
    let isNeighbour =
      term.identity.host == holder.identity.host && term.identity.bootID == holder.identity.bootID
    if isNeighbour, !holder.isAlive(term.identity) { return nil }
    let look = "Look at the run with `\(commands.of(run).status)`"
    let advice =
      isNeighbour
      ? "\(look), or stop that process (SIGTERM; it leaves the run ready to be resumed)."
      : "\(look). If that machine is gone, try again after \(term.expiresAt)."
    return
      "Run \(run) has been held by \(term.holderName) since \(term.acquiredAt). The hold lasts "
      + "until \(term.expiresAt) unless it is renewed. \(advice)"
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
