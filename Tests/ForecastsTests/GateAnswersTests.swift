import PlanModel
import RotationEngine
import Testing

@testable import Forecasts

@Suite("How long people take for gates")
struct GateAnswersTests {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  private func closing(_ answers: GateAnswers, _ opened: String) throws -> [Instant] {
    var draws = RandomDraws(seed: 1)
    let opened = try instant(opened).milliseconds
    return (0..<50).map { _ in
      Instant(milliseconds: answers.closing(openSince: opened, now: opened, &draws))
    }
  }

  @Test("Where nothing is known, within two hours of working time")
  func assumed() throws {
    let answers = GateAnswers([], ForecastCalendar())
    #expect(answers.count == 0)
    for closed in try closing(answers, "2026-01-05T10:00:00Z") {
      #expect(
        try closed > instant("2026-01-05T10:19:00Z") && closed <= instant("2026-01-05T12:00:00Z"))
    }
    // A Friday evening.
    for closed in try closing(answers, "2026-01-09T19:30:00Z") {
      #expect(
        try closed > instant("2026-01-12T08:19:00Z") && closed <= instant("2026-01-12T10:00:00Z"))
    }
  }

  @Test("Five answers of the run itself are what it takes, nights left out where they were")
  func own() throws {
    let day = try (5...9).map {
      try instant("2026-01-0\($0)T09:00:00Z")..<instant("2026-01-0\($0)T13:00:00Z")
    }
    let answers = GateAnswers(day, ForecastCalendar())
    #expect(answers.count == 5)
    for closed in try closing(answers, "2026-01-09T19:30:00Z") {
      #expect(
        try closed >= instant("2026-01-12T11:00:00Z") && closed <= instant("2026-01-12T13:00:00Z"))
    }
    let night = try (5...9).map {
      try instant("2026-01-0\($0)T21:00:00Z")..<instant("2026-01-0\($0)T22:00:00Z")
    }
    for closed in try closing(GateAnswers(night, ForecastCalendar()), "2026-01-10T21:00:00Z") {
      #expect(try closed <= instant("2026-01-10T22:15:00Z"))
    }
  }

  @Test("A gate that is open for long is answered later than now")
  func open() throws {
    let answers = GateAnswers([], ForecastCalendar())
    var draws = RandomDraws(seed: 2)
    let (opened, now) = (try instant("2026-01-05T08:00:00Z"), try instant("2026-01-08T10:00:00Z"))
    for _ in 0..<50 {
      #expect(
        answers.closing(openSince: opened.milliseconds, now: now.milliseconds, &draws)
          > now.milliseconds)
    }
  }
}
