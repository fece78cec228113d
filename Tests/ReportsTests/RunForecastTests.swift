import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Reports

@Suite("Forecasts in the status of a run")
struct RunForecastTests {
  private static func ends(_ story: RunStory) -> WaitForecast.Ends {
    WaitForecast.Ends(
      early: story.now + .hours(40), median: story.now + .hours(52), late: story.now + .hours(80),
      meetsDeadline: Share(millionths: 985_000), leavesBehind: 62,
      tomorrow: WaitForecast.Band(at: story.now + .hours(24), adopted: 3_950...4_000))
  }

  /// A run in the middle of its first wait, whose last count has a forecast.
  private func story(_ forecast: (RunStory) -> WaitForecast) throws -> RunStory {
    var story = try RunStory.midway()
    let wait = try #require(story.state.waits.keys.min())
    var count = try #require(story.state.waits[wait]?.lastCount)
    count.forecast = forecast(story)
    try story.add(.waitSampled(step: wait, sample: .counted(count)))
    return story
  }

  private func text(_ story: RunStory) -> String {
    RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now, layout: TextLayout(width: 400))
  }

  private func wait(_ story: RunStory) throws -> JSONValue {
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8)
    return try #require(json["waiting"]?.array?.first)
  }

  @Test("An interval, the deadline and who is left behind are told")
  func expected() throws {
    let story = try story {
      WaitForecast(notBefore: $0.now + .hours(1), historyHours: 336, ends: Self.ends($0))
    }
    let text = text(story)
    #expect(text.contains("in 2d 4h, in four of five cases between "), "\(text)")
    #expect(
      text.contains("Its deadline is met in 98.5% of the cases, and 62 clients will not have"))
    let wait = try wait(story)
    #expect(wait["forecast"] == .string("expected"))
    #expect(wait["forecastAt"] == .string((story.now + .hours(52)).description))
    #expect(wait["lastForecast"]?["ends"]?["leavesBehind"] == .integer(62))
    #expect(wait["lastForecast"]?["notTrustedSince"] == .null)
  }

  @Test("The end of the run is told with what it costs, everywhere alike")
  func end() throws {
    var story = try RunStory.midway()
    let wait = try #require(story.state.waits.keys.min())
    var count = try #require(story.state.waits[wait]?.lastCount)
    let seconds = RunForecast.Spread(low: 700_000, middle: 800_000, high: 900_000)
    count.runForecast = RunForecast(
      notBefore: story.now + .days(10),
      ends: RunForecast.Ends(
        early: story.now + .days(11), median: story.now + .days(12), late: story.now + .days(17),
        expiresFirst: Share(millionths: 25_000),
        leavesBehind: RunForecast.Spread(low: 20, middle: 40, high: 60),
        verificationOff: [.init(site: "paris", seconds: seconds)]),
      gateAnswers: 0, sitesLikeOthers: 1)
    try story.add(.waitSampled(step: wait, sample: .counted(count)))
    let text = text(story)
    for words in [
      "It ends about ", "in 12d, in four of five cases between ",
      "expires before it has the new one in 2.5% of the cases",
      "off at paris 9d 6h (8d 2h to 10d 10h)",
      "leave 40 clients behind (20 to 60)", "Assumed: people answer gates within two hours",
      "1 site without a week of history is taken to be like the others",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8)
    #expect(json["forecast"]?["ends"]?["q50"] == .string((story.now + .days(12)).description))
    #expect(json["forecast"]?["ends"]?["expiresFirstMillionths"] == .integer(25_000))
    let view = LiveView(run: RunStory.id, layout: TextLayout(width: 160), maximumLines: 40)
      .lines(story.state, now: story.now).joined(separator: "\n")
    #expect(view.contains("end: about "), "\(view)")
    let metrics = RunMetrics.text(
      [
        MeasuredRun(
          run: RunStory.id, state: story.state, world: "simulated", now: story.now)
      ], version: "1")
    for line in [
      "waltz_run_forecast_timestamp_seconds{run=\"\(RunStory.id)\",probability=\"0.5\"} ",
      "waltz_run_forecast_expires_first_ratio{run=\"\(RunStory.id)\"} 0.025",
      "waltz_run_forecast_left_behind_clients{run=\"\(RunStory.id)\",probability=\"0.9\"} 60",
      "waltz_run_forecast_verification_off_seconds{run=\"\(RunStory.id)\",site=\"paris\",probability=\"0.1\"} 700000",
    ] { #expect(metrics.contains(line), "\(line) in \(metrics)") }
  }

  @Test("Too little history is said, with the least that the plan guarantees")
  func littleHistory() throws {
    let story = try story {
      WaitForecast(notBefore: $0.now + .hours(90), historyHours: 70, ends: nil)
    }
    let text = text(story)
    #expect(text.contains("Too little history: contacts were watched for 2d 22h"), "\(text)")
    #expect(try wait(story)["forecast"] == .string("too-little-history"))
    #expect(
      try wait(story)["forecastAt"] == .string((story.now + .hours(90)).description))
  }

  @Test("A forecast is not trusted while clients stay away, and no date is told")
  func notTrusted() throws {
    let story = try story {
      WaitForecast(
        notBefore: $0.now + .hours(1), historyHours: 336, ends: Self.ends($0),
        absentSince: $0.now + .hours(-30))
    }
    let text = text(story)
    #expect(text.contains("Not trusted since "), "\(text)")
    #expect(!text.contains("in four of five cases"))
    let wait = try wait(story)
    #expect(wait["forecast"] == .string("not-trusted"))
    #expect(
      wait["lastForecast"]?["notTrustedSince"]
        == .string((story.now + .hours(-30)).description))
  }

  @Test("Clients that are stuck are told once they are more than a few")
  func stuck() throws {
    for (stuck, isTold) in [(3, false), (40, true)] {
      let story = try story {
        WaitForecast(
          notBefore: $0.now + .hours(1), historyHours: 336, ends: Self.ends($0), stuck: stuck)
      }
      #expect(text(story).contains("made contact again and again") == isTold)
    }
  }

  @Test("A wait that does not end says so")
  func endless() throws {
    let story = try story { story in
      WaitForecast(
        notBefore: story.now + .hours(1), historyHours: 336,
        ends: WaitForecast.Ends(
          early: nil, median: nil, late: nil, meetsDeadline: .percent(0), leavesBehind: nil,
          tomorrow: WaitForecast.Band(at: story.now, adopted: 0...1)))
    }
    #expect(text(story).contains("It does not pass by itself in the weeks to come"))
    #expect(try wait(story)["forecastAt"] == .null)
  }
}
