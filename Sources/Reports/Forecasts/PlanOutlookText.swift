import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz plan forecast --live` for people.
package enum PlanOutlookText {
  /// The table.
  package static func text(of outlook: PlanOutlook, layout: TextLayout) -> String {
    var report = ReportText(layout)
    guard let plan = outlook.columns.first else { return report.text }
    let clients = outlook.sites.reduce(0) { $0 + $1.clients }
    report.prose(
      "\(plan.graph.plan.name.value), if it began at \(Wording.minute(outlook.at)), by "
        + "\(Wording.count(clients, "client")) of \(Wording.count(outlook.sites.count, "site")). In brackets what one of "
        + "ten cases stays below and what one of ten exceeds.", indent: 0)
    ForecastTable.add(
      ForecastTable.titles(outlook.columns.count), outlook.columns.map(\.whatIf), rows(outlook),
      to: &report)
    report.blank()
    for sentence in assumptions(outlook) { report.prose(sentence, indent: 2) }
    return report.text
  }

  private static func rows(_ outlook: PlanOutlook) -> [[TextTable.Cell]] {
    let forecasts = outlook.columns.map(\.forecast)
    func row(_ title: String, _ words: (RunForecast) -> String?) -> [TextTable.Cell] {
      [TextTable.Cell(title)] + forecasts.map { TextTable.Cell(words($0) ?? "-") }
    }
    var rows = [
      row("ends, in the middle") { $0.ends?.median.map(Wording.minute) },
      row("in four of five cases") { forecast in
        forecast.ends.map {
          "\($0.early.map(Wording.day) ?? "-") to \($0.late.map(Wording.day) ?? "later")"
        }
      },
      row("no earlier than") { Wording.minute($0.notBefore) },
      row("takes") { forecast in
        forecast.ends?.median.map { Wording.duration($0 - outlook.at) }
      },
      row("clients left behind") { $0.ends.map { number($0.leavesBehind) } },
    ]
    for site in outlook.columns.first?.graph.plan.sites.map(\.name.value) ?? [] {
      func exposure(_ forecast: RunForecast) -> RunForecast.Exposure? {
        forecast.ends?.verificationOff.first { $0.site == site }
      }
      guard forecasts.contains(where: { exposure($0) != nil }) else { continue }
      rows.append(row("verification off, \(site)") { exposure($0).map { time($0.seconds) } })
    }
    return rows
  }

  private static func number(_ spread: RunForecast.Spread) -> String {
    "\(Wording.number(spread.middle)) (\(Wording.number(spread.low)) to \(Wording.number(spread.high)))"
  }

  private static func time(_ spread: RunForecast.Spread) -> String {
    func words(_ seconds: Int) -> String { Wording.duration(.seconds(seconds)) }
    return "\(words(spread.middle)) (\(words(spread.low)) to \(words(spread.high)))"
  }

  /// What it rests on, a sentence each.
  private static func assumptions(_ outlook: PlanOutlook) -> [String] {
    var sentences: [String] = []
    let watched = outlook.sites.filter { $0.hours != nil }.map {
      "\($0.name) for \(Wording.duration(.hours($0.hours ?? 0)))"
    }
    let looked = outlook.sites.filter { $0.hours == nil }.map(\.name)
    if !watched.isEmpty {
      sentences.append("Contacts were watched at \(Wording.list(watched, atMost: 8)).")
    }
    if !looked.isEmpty {
      sentences.append(
        "Assumed of \(Wording.list(looked, atMost: 8)): who was seen in the last three days comes in the next three, at any "
          + "hour alike. `waltz observe` for a week tells more; without it a look after a weekend makes waits too long."
      )
    }
    let others = outlook.columns.first?.forecast.sitesLikeOthers ?? 0
    if others > 0 {
      sentences.append(
        "\(Wording.count(others, "site")) without clients that could be looked at \(others == 1 ? "is" : "are") taken to be "
          + "like the others.")
    }
    sentences.append("Assumed: people answer gates within two hours, in working hours.")
    return sentences
  }
}
