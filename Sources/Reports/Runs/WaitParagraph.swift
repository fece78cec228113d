import PlanModel
import PlanText
import RotationEngine

/// A wait as `waltz status` tells it: the bar, the figures, the forecast.
enum WaitParagraph {
  static func add(_ wait: WaitOutlook, at now: Instant, to report: inout ReportText) {
    let layout = report.layout
    var title = StyledLine("  \(wait.id)", .title)
    title.add("  waiting for \(Wording.duration(now - wait.startedAt))", .faint)
    report.line(title)

    var bar = StyledLine("    ")
    if let share = wait.share {
      bar.add(ShareBar.text(share, columns: 24, layout), wait.missing == 0 ? .good : .waiting)
      bar.add("  ")
    }
    bar.add(wait.shareWords, .title)
    if wait.share != nil { bar.add("  \(wait.figureWords) adopted") }
    report.line(bar)

    if let count = wait.count {
      var parts: [String] = []
      if wait.missing > 0 {
        parts.append("\(Wording.number(wait.missing)) more needed for \(wait.policy.adopted.value)")
      }
      parts.append("\(Wording.number(count.pendingOnline)) pending online")
      parts.append("\(Wording.number(count.pendingOffline)) pending offline")
      for (number, name) in [
        (count.stale, "stale"), (count.excluded, "excluded"), (count.joined, "joined"),
        (count.removed, "removed"),
      ] where number > 0 {
        parts.append("\(Wording.number(number)) \(name)")
      }
      if let trend = wait.trendWords { parts.append(trend) }
      report.prose(parts.joined(separator: ", "), indent: 4, label: "clients   ")
      for cohort in wait.cohortsBehind {
        report.prose(cohort.words, indent: 4, label: "cohort    ")
      }
    }
    if let reason = wait.inconclusiveReason {
      report.prose(
        "The last poll could not count: \(reason)", indent: 4, label: "poll      ", .trouble)
    }
    let policy = wait.policy
    report.prose(
      "\(policy.adopted.value) for \(policy.holdFor.value.planNotation), at least "
        + "\(policy.minimum.value.planNotation), by \(Wording.minute(wait.deadline)) "
        + "(\(wait.deadlineWords(at: now)), then \(policy.onDeadline.value.rawValue))",
      indent: 4, label: "wanted    ")
    if wait.isHeld {
      report.prose(
        "The deadline has passed; the wait goes on counting and holds until an operator decides.",
        indent: 4,
        label: "forecast  ", .person)
    }
    report.prose(
      wait.forecastSentence(at: now), indent: 4, label: wait.isHeld ? "          " : "forecast  ")
    if let stuck = wait.stuck {
      report.prose(
        "\(Wording.count(stuck, "client")) made contact again and again since the change and did not adopt it. That "
          + "does not pass by itself: look whether their groups download policies, and at their connection.",
        indent: 4, label: "stuck     ", .trouble)
    }
  }
}
