import PlanModel
import PlanText
package import RotationEngine

/// Leaves out the polls of waits that show a person nothing new.
///
/// A wait polls every quarter of an hour for weeks. A poll is news when it is the first of its wait, the
/// share moved by five points or more since the last one shown, a day went by, the thresholds were reached
/// or lost, or the count became inconclusive or conclusive again. Output for machines is never thinned.
package struct WaitThinning: Sendable {
  private struct Shown {
    let at: Instant
    let share: Share
    let holds: Bool
    let isConclusive: Bool
  }

  private var shown: [Int: Shown] = [:]

  /// Nothing was shown yet.
  package init() {}

  /// Whether to show an event; `state` holds the event already. Events that are no polls always are.
  package mutating func isNews(_ event: RunEvent, in state: RunState) -> Bool {
    switch event.kind {
    case .stepStarted(let step, _):
      shown[step] = nil
      return true
    case .waitSampled(let step, _, let sample):
      return isNews(sample, of: step, at: event.at, in: state)
    default:
      return true
    }
  }

  private mutating func isNews(
    _ sample: WaitSample, of step: Int, at instant: Instant, in state: RunState
  ) -> Bool {
    let last = shown[step]
    let now: Shown
    switch sample {
    case .inconclusive:
      now = Shown(
        at: instant, share: last?.share ?? Share(millionths: 0), holds: last?.holds ?? false,
        isConclusive: false)
    case .counted(let count):
      let figures = SampleFigures(count, of: step, in: state)
      now = Shown(at: instant, share: figures.share, holds: figures.holds, isConclusive: true)
    }
    guard let last else {
      shown[step] = now
      return true
    }
    let moved = abs(now.share.millionths - last.share.millionths) >= 50_000
    let isNews =
      moved || now.holds != last.holds || now.isConclusive != last.isConclusive
      || now.at - last.at >= .days(1)
    if isNews { shown[step] = now }
    return isNews
  }
}
