import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

/// When a run will end, by its last forecast (`docs/PROCEDURE.md`, "Forecasts").
struct RunOutlook {
  let forecast: RunForecast

  /// The time of the count that had it.
  let madeAt: Instant

  /// Since when a wait under way does not go as forecasts have it; nil where all do.
  let distrustedSince: Instant?

  /// Nil for a run that has ended, and where nothing was forecast.
  init?(_ state: RunState) {
    guard !state.status.isEnded, let forecast = state.forecast, let madeAt = state.forecastAt
    else { return nil }
    self.forecast = forecast
    self.madeAt = madeAt
    distrustedSince = state.distrustedSince
  }

  /// When it ends, in a sentence or two.
  func sentence(at now: Instant) -> String {
    let least = "It ends no earlier than \(Wording.minute(forecast.notBefore))."
    if let distrustedSince {
      return "Not trusted since \(Wording.minute(distrustedSince)), as a wait under way. \(least)"
    }
    guard let ends = forecast.ends else {
      return "Too little history of its clients to say when it ends. \(least)"
    }
    return "\(ends.words(at: now)) Forecast \(Wording.duration(now - madeAt)) ago."
  }

  /// `end about 2026-02-10 14:00Z (02-08 to 02-14)`, in a line of a view.
  func shortWords(at now: Instant) -> String {
    guard distrustedSince == nil, let ends = forecast.ends, let median = ends.median else {
      return "no earlier than \(Wording.minute(forecast.notBefore))"
    }
    return "about \(Wording.minute(median)), in \(Wording.duration(median - now)) "
      + "(\(ends.early.map { Wording.duration($0 - now) } ?? "now") to "
      + "\(ends.late.map { Wording.duration($0 - now) } ?? "longer than is looked"))"
  }

  /// What it costs and what it rests on, a sentence each.
  var details: [String] {
    guard distrustedSince == nil, let ends = forecast.ends else { return [] }
    var sentences: [String] = []
    if let chance = ends.expiresFirst {
      sentences.append(
        chance.millionths == 0
          ? "No old certificate expires before its server has the new one, in all cases."
          : "The old certificate of a server expires before it has the new one in "
            + "\(Wording.percent(chance)) of the cases.")
    }
    if !ends.verificationOff.isEmpty {
      let sites = ends.verificationOff.map { exposure in
        let (low, high) = (exposure.seconds.low, exposure.seconds.high)
        return "\(exposure.site) \(Self.duration(exposure.seconds.middle))"
          + (low == high ? "" : " (\(Self.duration(low)) to \(Self.duration(high)))")
      }
      sentences.append(
        "Verification will have been off at \(Wording.list(sites, atMost: 6)).")
    }
    let left = ends.leavesBehind
    sentences.append(
      "Its waits leave \(Wording.count(left.middle, "client")) behind"
        + (left.low == left.high
          ? "." : " (\(Wording.number(left.low)) to \(Wording.number(left.high)))."))
    sentences.append(
      forecast.gateAnswers > 0
        ? "People are taken to answer gates as in \(Wording.count(forecast.gateAnswers, "gate")) of this run."
        : "Assumed: people answer gates within two hours, in working hours.")
    if forecast.sitesLikeOthers > 0 {
      sentences.append(
        "\(Wording.count(forecast.sitesLikeOthers, "site")) without a week of history "
          + (forecast.sitesLikeOthers == 1 ? "is" : "are") + " taken to be like the others.")
    }
    return sentences
  }

  /// The member `forecast` of a status; null where there is none.
  static func write(_ state: RunState, to writer: inout JSONWriter) {
    writer.key("forecast")
    guard let outlook = RunOutlook(state) else { return writer.null() }
    writer.object { writer in
      writer.member("madeAt", outlook.madeAt.description)
      writer.member("notTrustedSince", orNull: outlook.distrustedSince?.description)
      outlook.forecast.write(&writer)
    }
  }

  private static func duration(_ seconds: Int) -> String { Wording.duration(.seconds(seconds)) }
}

extension RunForecast.Ends {
  /// `It ends about …, in …, in four of five cases between … and ….`
  func words(at now: Instant) -> String {
    guard let median else {
      return "In most cases it does not come to its end by itself in the weeks to come."
    }
    return
      "It ends about \(Wording.minute(median)), in \(Wording.duration(median - now)), in four of five cases "
      + "between \(early.map(Wording.minute) ?? "now") and \(late.map(Wording.minute) ?? "never")."
  }
}
