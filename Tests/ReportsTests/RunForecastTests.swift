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
