import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("The status of a run whose line is stopped")
struct RunLineStopTests {
  /// The first site was swapped and misses clients, while the second could be swapped.
  private static func story() throws -> RunStory {
    var story = RunStory()
    try story.start()
    for step in [0, 1, 2, 3, 4] { try story.carryOut(step) }
    try story.add(.stepStarted(step: 5, attempt: 1))
    try story.count(5, 100, of: 100)
    try story.carryOut(6)
    let fall = ContactFall(
      group: nil, from: story.now, until: story.now + .hours(4), expected: 1_200, seen: 88)
    try story.add(.lineStopped(step: 5, fall: fall))
    return story
  }

  @Test("It says what is missing, what is held and how it is released")
  func text() throws {
    let story = try Self.story()
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(text.contains("Run emea-2026-1 · waiting for an operator"))
    #expect(text.contains("The line is stopped: contacts fell"))
    #expect(
      text.contains("about 22\nclients an hour made contact at paris, where 300 were expected.\n"))
    #expect(text.contains("  held  update-certificate/berlin/sepm-ber-01\n"))
    #expect(text.contains("waltz unpause emea-2026-1 --note TEXT"))
    let live = LiveView(run: RunStory.id, layout: .init()).lines(story.state, now: story.now)
    #expect(live.contains { $0.contains("line stopped") })
  }

  @Test("JSON has the same for programs, and nothing once it was released")
  func json() throws {
    var story = try Self.story()
    func status() throws -> JSONValue {
      try JSONValue(
        parsing: Array(
          RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8))
    }
    let stopped = try status()
    let stop = try #require(stopped["lineStops"]?.array?.first)
    #expect(stop["site"]?.string == "paris")
    #expect(stop["group"] == .null)
    #expect(stop["expected"]?.integer == 1_200)
    #expect(stop["seen"]?.integer == 88)
    #expect(stopped["status"]?.string == "waiting-for-operator")
    #expect(
      stopped["heldByLine"]?.array?.compactMap(\.string)
        == ["update-certificate/berlin/sepm-ber-01"])
    try story.add(.lineReleased(OperatorWord(by: "ann", note: "a holiday")))
    #expect(try status()["lineStops"]?.array?.isEmpty == true)
    #expect(try status()["heldByLine"]?.array?.isEmpty == true)
  }
}
