package import PlanText

/// When many people are away together, and by whose clocks days begin (`docs/PROCEDURE.md`, "Forecasts"). No step depends
/// on it: forecasts do.
public struct PlanCalendar: Sendable, Equatable {
  /// Days on which a part of the people is away.
  package struct Absence: Sendable, Equatable {
    /// The first day and the last one, both included.
    package var from: Located<CivilDate>
    package var to: Located<CivilDate>

    /// Which part of the clients stays away.
    package var share: Located<Share>

    /// Days.
    package init(from: Located<CivilDate>, to: Located<CivilDate>, share: Located<Share>) {
      self.from = from
      self.to = to
      self.share = share
    }

    /// How many days it lasts; none or fewer where it ends before it begins.
    package var days: Int { to.value.daysSinceEpoch - from.value.daysSinceEpoch + 1 }
  }

  /// The clocks of the sites.
  package var timeZone: Located<PlanTimeZone>

  /// In the order of the plan.
  package var absences: [Absence]

  /// A calendar.
  package init(timeZone: Located<PlanTimeZone>, absences: [Absence] = []) {
    self.timeZone = timeZone
    self.absences = absences
  }

  /// An absence in seconds since 1970: the first, and the first behind it.
  package func seconds(of absence: Absence) -> Range<Int64> {
    let zone = timeZone.value
    let begin = zone.begin(of: absence.from.value)
    return begin..<max(zone.end(of: absence.to.value), begin)
  }
}
