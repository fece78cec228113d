import PlanModel
import RotationEngine

/// What forecasts of waits say that somebody should know, once for as long as it is so.
struct ForecastTroubles: Sendable {
  /// A deadline is in doubt where it is met in fewer of all cases than the first, until it is in more than the second.
  private static let doubt = (begins: Share.percent(80), ends: Share.percent(90))

  private var doubtful: Set<Int> = []
  private var stuck: Set<Int> = []

  /// Takes the forecast of a count.
  ///
  /// - Parameters:
  ///   - count: The count.
  ///   - progress: What the counts of its wait have shown, this one among them.
  ///   - step: The wait.
  /// - Returns: What was not so before; nil for nothing. Of two things the second comes with the next forecast
  mutating func take(_ count: AdoptionCount, _ progress: WaitProgress?, of step: Int) -> NewsKind? {
    guard let forecast = count.forecast else { return nil }
    if forecast.stuck <= WaitForecast.toleratedStuck(of: count.counted) {
      stuck.remove(step)
    } else if stuck.insert(step).inserted {
      return .clientsStuck
    }
    // Where forecasts are not trusted they are no reason to call anybody.
    guard let ends = forecast.ends, progress?.distrustedSince == nil else { return nil }
    if ends.meetsDeadline > Self.doubt.ends {
      doubtful.remove(step)
    } else if ends.meetsDeadline < Self.doubt.begins, doubtful.insert(step).inserted {
      return .deadlineDoubtful
    }
    return nil
  }
}
