import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What was recorded of the settings of sites before the first change, in a few lines a site: places of one value stand
/// together.
enum RecordedParagraph {
  /// As many places of one value are named.
  private static let named = 6

  /// Adds it where it was read.
  static func add(_ overview: RunOverview, to report: inout ReportText) {
    guard !overview.recorded.isEmpty else { return }
    report.heading("Recorded before the first change")
    for (site, settings) in overview.recorded.sorted(by: { $0.key < $1.key }) {
      report.line(StyledLine("  \(overview.state.graph.plan.sites[site].name.value)"))
      for (value, places) in grouped(settings) {
        let more = places.count - named
        report.prose(
          "\(value): \(places.prefix(named).joined(separator: ", "))"
            + (more > 0 ? " and \(Wording.number(more)) more." : "."), indent: 4)
      }
    }
  }

  /// The places of each value, in the order in which they were recorded.
  private static func grouped(
    _ settings: [GuideRecord.Setting]
  ) -> [(value: String, places: [String])] {
    var result: [(value: String, places: [String])] = []
    var positions: [String: Int] = [:]
    for setting in settings {
      let verification = setting.verifies.map { $0 ? "verifies" : "does not verify" }
      let value =
        "\(setting.list ?? "a list that nobody could see"), \(verification ?? "not known whether it verifies")"
      let place = "\(setting.group) ▸ \(setting.location)"
      if let position = positions[value] {
        result[position].places.append(place)
      } else {
        positions[value] = result.count
        result.append((value, [place]))
      }
    }
    return result
  }
}
