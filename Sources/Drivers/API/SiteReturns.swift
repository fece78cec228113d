import Forecasts
import PlanModel
import RotationEngine

/// The absences and returns at one site, as a run knows them: what its journal holds, and what was watched besides.
struct SiteReturns: Sendable {
  /// The pause between two forecasts of a wait.
  static let pause: Duration = .hours(6)

  /// All that are known.
  private(set) var known: ReturnHours

  /// Those that the journal holds, or will with the count that they were handed out for.
  private var recorded: ReturnHours

  /// What a journal holds, and what was kept beside it.
  init(recorded: ReturnHours, kept: ReturnHours) {
    self.recorded = recorded
    known = recorded
    known.merge(kept)
  }

  /// Takes in hours that were watched as a whole.
  mutating func take(_ watched: ReturnHours) {
    known.merge(watched)
    known = known.latest
  }

  /// What a forecast rests on and the journal does not hold yet, to be kept with its count.
  mutating func unrecorded() -> Evidence {
    let new = known.without(recorded)
    recorded.merge(new)
    return new.evidence
  }
}

extension WaitForecast {
  /// The same by a clock that is so many milliseconds behind.
  func behind(_ skew: Int64) -> WaitForecast {
    func shifted(_ instant: Instant) -> Instant {
      Instant(milliseconds: instant.milliseconds - skew)
    }
    return WaitForecast(
      notBefore: shifted(notBefore), historyHours: historyHours,
      ends: ends.map {
        Ends(
          early: $0.early.map(shifted), median: $0.median.map(shifted), late: $0.late.map(shifted),
          meetsDeadline: $0.meetsDeadline, leavesBehind: $0.leavesBehind,
          tomorrow: Band(at: shifted($0.tomorrow.at), adopted: $0.tomorrow.adopted))
      }, absentSince: absentSince.map(shifted), stuck: stuck)
  }
}
