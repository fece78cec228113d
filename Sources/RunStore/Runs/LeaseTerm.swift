package import RotationEngine

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

  /// The same by the uptime of the holder's machine; nil in a file of an older format.
  package let expiresAtUptime: Duration?

  /// A term.
  package init(
    identity: ProcessIdentity, epoch: Int, acquiredAt: Instant, renewedAt: Instant,
    expiresAt: Instant, expiresAtUptime: Duration? = nil
  ) {
    self.identity = identity
    self.epoch = epoch
    self.acquiredAt = acquiredAt
    self.renewedAt = renewedAt
    self.expiresAt = expiresAt
    self.expiresAtUptime = expiresAtUptime
  }

  /// `anna on bastion-1, process 4711`.
  package var holderName: String { "\(identity.user) on \(identity.host), process \(identity.pid)" }
}

extension RunEntry {
  /// Who works on the run, as far as `holder` can tell. Nobody is missed at a run that has ended: its executor may have
  /// gone right after the last event.
  package func executor(
    seenBy holder: LeaseHolder, hasEnded: Bool
  ) -> RunSurroundings.Executor {
    guard let lease else { return .none }
    if lease.isAtWork(seenBy: holder) { return .atWork }
    if hasEnded { return .none }
    // A clock that was wrong then may name a time that has not come.
    return .gone(
      name: lease.holderName, since: lease.renewedAt,
      lasting: max(.zero, holder.now() - lease.renewedAt))
  }
}

/// What can be told from here about the holder of a lease.
package enum LeaseSight: Sendable, Equatable {
  /// Its process runs on this machine, where this process can see it.
  case lives

  /// Its process ran on this machine, and does not any more.
  case isDead

  /// It cannot be seen from here, and its time is not over.
  case isOutOfSight

  /// Its time is over; whether it lives is not known.
  case hasRunOut

  /// It was renewed at a time that has not come yet: one of the two machines has, or had, a wrong clock, and nothing
  /// can be said about when it ends.
  case isFromTheFuture

  /// Whether a process may be at work under the lease.
  var isAtWork: Bool { self == .lives || self == .isOutOfSight }
}

extension LeaseTerm {
  /// What can be told about its holder from where `holder` is.
  package func sight(from holder: LeaseHolder) -> LeaseSight {
    sight(from: holder, holder.moment())
  }

  func sight(from holder: LeaseHolder, _ moment: LeaseMoment) -> LeaseSight {
    let hasRunOut = hasRunOut(for: holder.identity, at: moment)
    if identity.isNeighbour(of: holder.identity) {
      guard holder.isAlive(identity) else { return .isDead }
      return hasRunOut ? .hasRunOut : .lives
    }
    if hasRunOut { return .hasRunOut }
    return isOfBoot(of: holder.identity) || renewedAt <= moment.time + Lease.clockDifference
      ? .isOutOfSight : .isFromTheFuture
  }

  /// Where the machine has not been restarted since, its uptime decides, which nobody can set.
  private func hasRunOut(for identity: ProcessIdentity, at moment: LeaseMoment) -> Bool {
    if let expiresAtUptime, isOfBoot(of: identity) { return expiresAtUptime <= moment.uptime }
    return expiresAt <= moment.time
  }

  private func isOfBoot(of other: ProcessIdentity) -> Bool {
    expiresAtUptime != nil && !identity.machineBoot.isEmpty
      && identity.machineBoot == other.machineBoot
  }

  /// Whether somebody is at work under it, as far as it can be told from here: a process that lives, or one that
  /// cannot be seen and whose time is not over.
  package func isAtWork(seenBy holder: LeaseHolder) -> Bool {
    // A process that lives and stood still for longer than its lease may go on if nobody takes the run.
    identity.isNeighbour(of: holder.identity)
      ? holder.isAlive(identity) : sight(from: holder).isAtWork
  }

  /// Who is at work; nil where nobody is any more.
  func executor(seenBy holder: LeaseHolder) -> String? {
    isAtWork(seenBy: holder) ? holderName : nil
  }
}
