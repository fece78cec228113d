import PlanModel
import PlanText
import RotationEngine
import RotationGraph

// What was forecast of the run, and what came.
extension RunReportDocument {
  var predictions: Section? {
    let told = report.predictions.filter { $0.forecast.ends?.median != nil }
    guard let first = told.first, let ends = first.forecast.ends else { return nil }
    let places = Set((0..<4).map { told.count * $0 / 4 } + [told.count - 1])
    let came = hasEnded ? Wording.minute(overview.until) : "not over"
    let rows = told.indices.filter { places.contains($0) }.map { index -> [Cell] in
      let ends = told[index].forecast.ends
      return [
        .words(Wording.minute(told[index].at)), .words(ends?.median.map(Wording.minute) ?? ""),
        .words(
          "\(ends?.early.map(Wording.minute) ?? "now") to \(ends?.late.map(Wording.minute) ?? "later")"
        ),
        hit(ends),
      ]
    }
    var parts: [Part] = [
      .paragraph("\(words: summary(first, ends))"),
      .table(
        Table(
          caption: "The end as it was forecast; it came: \(words: came)",
          columns: ["Said on", "In the middle", "In four of five cases", "What came"], rows: rows)),
    ]
    let exposures = ends.verificationOff.map { predicted -> [Cell] in
      let real = report.exposures.first {
        $0.opening == .verificationOff && $0.name == predicted.site
      }
      let spread = predicted.seconds
      return [
        "\(predicted.site)", .words(Self.length(spread.middle)),
        .words("\(Self.length(spread.low)) to \(Self.length(spread.high))"),
        .words(real.map { Self.length($0.seconds) + ($0.isOpen ? ", open" : "") } ?? "not off"),
      ]
    }
    if !exposures.isEmpty {
      parts.append(
        .table(
          Table(
            caption: "For how long verification would be off, as the first forecast had it",
            columns: ["Site", "In the middle", "In four of five cases", "What came"],
            rows: exposures)))
    }
    return Section(id: "predictions", title: "Forecast and outcome", parts: parts)
  }

  private func summary(_ first: RunReport.EndPrediction, _ ends: RunForecast.Ends) -> String {
    let said = "On \(Wording.day(first.at)) the end was forecast for \(words(ends))."
    guard hasEnded, let median = ends.median else { return said }
    let late = overview.until - median
    let off = Wording.duration(late.magnitude)
    return said
      + " It came at \(Wording.minute(overview.until)), \(off) \(late < .zero ? "before" : "after")."
  }

  private func words(_ ends: RunForecast.Ends) -> String {
    "\(ends.median.map(Wording.minute) ?? "never"), in four of five cases between "
      + "\(ends.early.map(Wording.minute) ?? "now") and \(ends.late.map(Wording.minute) ?? "never")"
  }

  /// Whether the interval held what came; nothing before the end.
  private func hit(_ ends: RunForecast.Ends?) -> Cell {
    guard hasEnded, let ends else { return "" }
    if let early = ends.early, overview.until < early { return Cell("earlier") }
    if let late = ends.late, overview.until > late { return Cell("later", .attention) }
    return Cell("within", .good)
  }
}
