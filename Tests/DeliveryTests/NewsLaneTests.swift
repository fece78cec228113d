import Delivery
import Notifications
import PlanModel
import PlanText
import RotationEngine
import TestSupport
import Testing

@Suite("When news is told", .timeLimit(.minutes(10)))
struct NewsLaneTests {
  /// The beginning is a Monday, 08:00 in UTC.
  private func hook(_ more: String) -> String { Bureau.hook + more }

  @Test("Quiet hours hold what can wait, in order, and nothing that puts clients at risk")
  func quiet() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(hook("quiet: { from: \"20:00\", to: \"07:00\" }\n"))
    try await room.prepare()
    bureau.wait(.hours(14))
    try await bureau.openGate()
    try await bureau.closeGate()
    // In doubt: nobody knows whether verification is off.
    try await bureau.record(
      .stepStarted(step: 1, attempt: 1),
      .stepInterrupted(step: 1, attempt: 1, finding: .unknown("Nobody answers.")))
    try await room.round()
    try await room.round()
    #expect(receiver.ids == ["emea-1/7"] || receiver.ids.isEmpty)
    let urgent = receiver.ids
    bureau.wait(.hours(8) + .minutes(59))
    try await room.round()
    #expect(receiver.ids == urgent)
    bureau.wait(.minutes(1))
    try await room.round()
    try await room.round()
    #expect(receiver.ids.filter { $0 == "emea-1/3" }.count == 1)
    #expect(Set(receiver.ids).count == receiver.ids.count)
  }

  @Test(
    "What stands is told again after four hours and then daily, with its age, each under its own id"
  )
  func reminders() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    try await bureau.openGate()
    for _ in 0..<(4 * 52) {
      try await room.round()
      bureau.wait(.minutes(15))
    }
    #expect(
      receiver.ids == [
        "emea-1/3", "emea-1/3/reminder-1", "emea-1/3/reminder-2", "emea-1/3/reminder-3",
      ])
    #expect(receiver.requests[1].body.contains("for 4h"))
    try await bureau.closeGate()
    bureau.wait(.days(3))
    try await room.round()
    #expect(receiver.ids.count == 4)
  }

  @Test("An open change is news when its budget is used up, whatever the hour")
  func budget() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(
      hook(
        """
        quiet: { from: "00:00", to: "23:59" }
        budgets: { verificationOff: 2d }

        """))
    try await room.prepare()
    try await bureau.openGate()
    try await bureau.closeGate()
    try await bureau.record(
      .stepStarted(step: 1, attempt: 1),
      .stepSucceeded(step: 1, attempt: 1, evidence: Evidence()))
    bureau.wait(.days(2))
    try await room.round()
    #expect(receiver.ids == [])
    bureau.wait(.seconds(1))
    try await room.round()
    try await room.round()
    #expect(receiver.ids == ["emea-1/6/over-budget"])
  }

  @Test("The digest comes once a day, at the first moment after its time, with what changed")
  func digest() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(
      """
      apiVersion: waltz/v1
      kind: Notifications
      timeZone: Europe/Berlin
      digest: "09:30"
      destinations:
        team:
          webhook: { url: { env: HOOK_URL } }
          classes: { gate-opened: digest }

      """)
    // 09:00 in Berlin.
    try await room.prepare()
    try await bureau.openGate()
    try await room.round()
    #expect(receiver.ids == [])
    bureau.wait(.minutes(30))
    for _ in 1...4 {
      try await room.round()
      bureau.wait(.hours(1))
    }
    #expect(receiver.ids == ["digest/2026-01-05"])
    let body = try #require(receiver.requests.first).body
    #expect(body.contains("0 of 4 steps are done"))
    #expect(body.contains("gate-opened back-up-server/paris/one"))
    #expect(body.contains("Expected of an operator"))
    bureau.wait(.hours(24))
    try await room.round()
    #expect(receiver.ids == ["digest/2026-01-05", "digest/2026-01-06"])
  }

  @Test("Other worlds are told of only where they are named")
  func worlds() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(
      Bureau.hook.replacing("digest: \"off\"", with: "digest: \"off\"\n    worlds: [lab]"))
    try await room.prepare()
    try await bureau.openGate()
    try await room.round()
    #expect(receiver.ids == [])
  }
}
