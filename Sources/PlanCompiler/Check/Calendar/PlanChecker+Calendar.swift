public import PlanModel
public import PlanText

extension PlanChecker {
  /// Absences that end before they begin, share a day, or say nothing.
  mutating func checkCalendar() {
    guard let calendar = plan.calendar else { return }
    for absence in calendar.absences { checkAbsence(absence) }
    checkOverlaps(calendar.absences.filter { $0.days > 0 })
  }

  private mutating func checkAbsence(_ absence: PlanCalendar.Absence) {
    let share = absence.share
    if share.value.millionths < 1 || share.value > .percent(100) {
      report(
        .absenceShareOutOfRange, at: share.span,
        "\(share.value) of the clients cannot be away: "
          + (share.value.millionths < 1
            ? "that is nobody." : "there are no more than all of them."),
        help: "Write a share above 0% and up to 100%.")
    }
    if absence.days < 1 {
      report(
        .absenceBackwards, at: absence.to.span,
        "The absence ends on \(absence.to.value), before it begins on \(absence.from.value).",
        help:
          "Write the last day on which people are away; over the end of a year it is in the next one.",
        related: [.init("It begins here.", at: absence.from.span)])
    } else if absence.days > CatalogueEntry.longestAbsence {
      report(
        .absenceTooLong, at: absence.to.span,
        "The absence lasts \(absence.days) days, from \(absence.from.value) to \(absence.to.value).",
        help: "Look at the years; who is away for months counts as stale and needs no entry here.",
        related: [.init("It begins here.", at: absence.from.span)])
    }
  }

  /// Neighbours in the order of time are all that need to be looked at.
  private mutating func checkOverlaps(_ absences: [PlanCalendar.Absence]) {
    let sorted = absences.enumerated().sorted {
      ($0.element.from.value, $0.offset) < ($1.element.from.value, $1.offset)
    }.map(\.element)
    guard var latest = sorted.first else { return }
    for absence in sorted.dropFirst() {
      if absence.from.value <= latest.to.value {
        let last = min(absence.to.value, latest.to.value)
        report(
          .absencesOverlap, at: absence.from.span,
          "Two absences share "
            + (absence.from.value == last
              ? "\(last)" : "the days from \(absence.from.value) to \(last)")
            + ": \(latest.share.value) and \(absence.share.value) of the clients.",
          help: "Write one absence for each stretch of days, with the share that is away then.",
          related: [.init("The other one.", at: latest.from.span)])
      }
      if absence.to.value > latest.to.value { latest = absence }
    }
  }
}

/// What of a plan's calendar is over before its rotation could begin.
///
/// - Parameters:
///   - plan: The plan
///   - start: When the rotation would start, in seconds since 1970
/// - Returns: A finding for each
public func checkCalendar(of plan: RotationPlan, start: Int64) -> [Diagnostic] {
  guard let calendar = plan.calendar else { return [] }
  return calendar.absences.filter {
    $0.days > 0 && calendar.seconds(of: $0).upperBound <= start
  }.map {
    Diagnostic(
      .absenceOver, at: $0.from.span,
      "The absence from \($0.from.value) to \($0.to.value) is over: no forecast looks back at it.",
      help: "Write the days of the next one, or remove it.")
  }
}
