import PlanModel
import PlanText
import RotationGraph

/// Why a step needs a person, whatever else goes on in its run.
package enum Attention: String, Sendable, CaseIterable {
  /// Whether its effect happened cannot be told.
  case inDoubt = "in-doubt"

  /// It failed, and is not tried again by itself.
  case failed

  /// Its gate is open.
  case gate

  /// Its deadline is over, and it holds; of a certificate update that waits for clients right before it,
  /// as much time as that wait's deadline has passed.
  case pastDeadline = "past-deadline"

  /// It is tried again, and has failed ``keepsFailingAfter`` times in a row.
  case keepsFailing = "keeps-failing"

  /// It could begin, and the line is stopped.
  case lineStopped = "line-stopped"

  /// Nobody could count its clients for as long as ``uncountedAfter``.
  case uncounted

  /// Whether its effect is there could not be seen for as long as ``unansweredAfter``.
  case unanswered

  /// After so many failures in a row a step is no passing trouble: with the standard pauses that is half
  /// an hour, longer than a SEPM takes to restart.
  package static let keepsFailingAfter = 5

  /// After so long without a count a wait is no passing trouble: a night's maintenance is shorter.
  package static let uncountedAfter: Duration = .seconds(86_400)

  /// After so long without an answer to one look somebody waits in vain: a SEPM restarts in minutes.
  package static let unansweredAfter: Duration = .seconds(4 * 3_600)
}

extension RunState {
  /// Why a step needs a person at `instant`; nil where it does not.
  package func attention(of step: Int, at instant: Instant) -> Attention? {
    if isHeldByLine(step) { return .lineStopped }
    switch steps[step].phase {
    case .inDoubt: return .inDoubt
    case .failed: return .failed
    case .gateOpen: return .gate
    case .retrying where steps[step].failuresInARow >= Attention.keepsFailingAfter:
      return .keepsFailing
    case .running, .gateApproved, .retrying:
      if let look = unanswered[step], instant - look.since >= Attention.unansweredAfter {
        return .unanswered
      }
      return attention(ofHeld: step, at: instant)
    case .waiting:
      guard let policy = policy(of: step), let progress = waits[step] else { return nil }
      if progress.verdict(at: instant, policy: policy) == .held { return .pastDeadline }
      return progress.isUncounted(at: instant) ? .uncounted : nil
    case .pending: return attention(ofHeld: step, at: instant)
    case .succeeded, .skipped: return nil
    }
  }

  /// Why a certificate update that a count holds back needs a person; nil where it does not.
  private func attention(ofHeld step: Int, at instant: Instant) -> Attention? {
    guard let count = holdingCount(of: step), let wait = guardingWait(of: step),
      let policy = policy(of: wait)
    else { return nil }
    if instant >= count.since + policy.deadline.value { return .pastDeadline }
    guard let since = count.uncountedSince, instant - since >= Attention.uncountedAfter else {
      return nil
    }
    return .uncounted
  }

  /// Whether any step needs a person at `instant`. Costs no look at every step unless one is between two
  /// attempts.
  package func needsPerson(at instant: Instant) -> Bool {
    if counts.inDoubt + counts.failed + counts.gateOpen > 0 || isLineStopped { return true }
    if waits.keys.contains(where: { attention(of: $0, at: instant) != nil }) { return true }
    if heldUpdates.contains(where: { attention(of: $0, at: instant) != nil }) { return true }
    if unanswered.keys.contains(where: { attention(of: $0, at: instant) != nil }) { return true }
    return counts.retrying > 0
      && steps.indices.contains { attention(of: $0, at: instant) == .keepsFailing }
  }
}

extension WaitProgress {
  /// Whether the polls have been inconclusive for as long as ``Attention/uncountedAfter``.
  fileprivate func isUncounted(at instant: Instant) -> Bool {
    inconclusiveReason != nil
      && instant - (lastCountedAt ?? startedAt) >= Attention.uncountedAfter
  }
}
