import CanonicalJSON
import Delivery
import NotificationFiles
import Notifications
import PlanModel
import PlanText
import RotationEngine
import RunStore
import Secrets
import TestSupport
import Testing

@Suite("News to a receiver that is no good", .timeLimit(.minutes(10)))
struct BadReceiverTests {
  private func ledger(_ bureau: Bureau) async throws -> NewsLedger {
    let kept = try await bureau.store.ledger(of: "ops")
    return try #require(kept.flatMap { NewsLedger($0) })
  }

  @Test("What happened before a destination was there is no news; what happens since is told once")
  func once() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    try await bureau.openGate()
    let room = try bureau.newsroom(Bureau.hook)
    #expect(try await room.round().delivered == 0)
    try await bureau.closeGate()
    try await bureau.fail(1)
    for _ in 1...3 { try await room.round() }
    #expect(receiver.ids == ["emea-1/7"])
    let event = try JSONValue(parsing: try #require(receiver.requests.first).body.utf8)
    #expect(event["type"] == .string("waltz.step-failed.v1"))
    #expect(event["id"] == .string("emea-1/7"))
    #expect(event["subject"] == .string("disable-verification/paris"))
    let data = try #require(event["data"])
    let head = try await bureau.store.head(of: "emea-1", at: 7)
    let hash = try #require(head)
    #expect(data["head"] == .string(String(hash.prefix(16))))
    #expect(data["sequence"] == .integer(7))
    // Another process knows what was told.
    try await bureau.newsroom(Bureau.hook).round()
    #expect(receiver.ids.count == 1)
  }

  @Test("The signature is that of Standard Webhooks")
  func signature() async throws {
    // From the specification's own example.
    let body = Array(#"{"test": 2432232314}"#.utf8)
    let headers = try WebhookSignature.headers(
      for: body, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330,
      secret: Secret(Array("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8)))
    #expect(headers.last?.1 == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test("A receiver that fails is tried again after 5 s, 5 min, 30 min, in order, with the same id")
  func failing() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    receiver.answer { _, number in .status(number < 4 ? 503 : 200) }
    try await bureau.openGate()
    try await bureau.closeGate()
    try await bureau.fail(1)
    for pause: Duration in [.seconds(5), .minutes(5), .minutes(30)] {
      let report = try await room.round()
      #expect(report.failures == ["ops": "It answers 503."])
      bureau.wait(pause + .seconds(-1))
      try await room.round()
      bureau.wait(.seconds(1))
    }
    #expect(receiver.ids == ["emea-1/3", "emea-1/3", "emea-1/3"])
    let report = try await room.round()
    #expect(report.isClean && report.delivered == 2)
    #expect(receiver.ids.suffix(2) == ["emea-1/3", "emea-1/7"])
    // The bodies of the attempts are the same, so that a receiver may compare them.
    #expect(Set(receiver.requests.prefix(4).map(\.body)).count == 1)
    #expect(try await ledger(bureau).failures == 0)
  }

  @Test("Retry-After is kept, a redirect is not followed")
  func retryAfter() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    receiver.answer { _, number in
      switch number {
      case 1: .status(429, [("Retry-After", "600")])
      case 2: .status(307, [("Location", "/elsewhere")])
      default: .status(200)
      }
    }
    try await bureau.openGate()
    try await room.round()
    bureau.wait(.minutes(9))
    try await room.round()
    #expect(receiver.ids.count == 1)
    bureau.wait(.minutes(1))
    let report = try await room.round()
    #expect(report.failures["ops"]?.contains("307") == true)
    #expect(receiver.requests.allSatisfy { $0.path == "/hook" })
    bureau.wait(.minutes(5))
    #expect(try await room.round().delivered == 1)
    #expect(Set(receiver.ids) == ["emea-1/3"])
  }

  @Test("A Retry-After that is a time is kept, too, and one that makes no sense is none")
  func retryAfterTime() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    receiver.answer { _, number in
      switch number {
      // The beginning is 08:00.
      case 1: .status(503, [("Retry-After", "Mon, 05 Jan 2026 09:00:00 GMT")])
      case 2: .status(503, [("Retry-After", "Mon, 05 Foo 2026 23:00:00 GMT")])
      default: .status(200)
      }
    }
    try await bureau.openGate()
    try await room.round()
    bureau.wait(.minutes(59))
    try await room.round()
    #expect(receiver.ids.count == 1)
    bureau.wait(.minutes(1))
    try await room.round()
    #expect(receiver.ids.count == 2)
    bureau.wait(.minutes(5))
    #expect(try await room.round().delivered == 1)
  }

  @Test("One that answers 410 is left alone, until a test reaches it; nothing is lost")
  func gone() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    receiver.answer { _, _ in .status(410) }
    try await bureau.openGate()
    try await room.round()
    bureau.wait(.days(30))
    try await bureau.closeGate()
    try await bureau.fail(1)
    try await room.round()
    #expect(receiver.ids == ["emea-1/3"])
    #expect(try await ledger(bureau).disabledAt != nil)
    receiver.answer { _, _ in .status(200) }
    let settings = try #require(
      NewsSettingsReading(
        SourceText(name: "x", text: Bureau.hook), id: SourceID(index: 0)
      ).settings)
    #expect(try await room.test(settings.destinations[0]).isDelivered)
    try await room.round()
    #expect(receiver.ids.filter { !$0.hasPrefix("test/") }.suffix(2) == ["emea-1/3", "emea-1/7"])
  }

  @Test("One that takes everything and says nothing is given up in time, and holds up no other")
  func stalling() async throws {
    let (silent, good) = (try await Receiver(), try await Receiver())
    silent.answer { _, _ in .silence }
    let bureau = try await Bureau(url: silent.url, secret: good.url)
    let room = try bureau.newsroom(
      """
      apiVersion: waltz/v1
      kind: Notifications
      destinations:
        ops: { webhook: { url: { env: HOOK_URL } }, digest: "off" }
        other: { webhook: { url: { env: HOOK_SECRET } }, digest: "off" }

      """, patience: .seconds(1))
    try await room.prepare()
    try await bureau.openGate()
    let report = try await room.round()
    #expect(report.failures == ["ops": "There was no answer within 1 s."])
    #expect(good.ids == ["emea-1/3"])
    #expect(good.requests.first?.headers["webhook-signature"] == nil)
  }

  @Test(
    "A process that is killed between a letter and its ledger has it told again, under the same id")
  func killedInBetween() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(Bureau.hook)
    try await room.prepare()
    let kept = try await bureau.store.ledger(of: "ops")
    let before = try #require(kept)
    try await bureau.openGate()
    try await room.round()
    // What stood in the store when it was killed.
    try await bureau.kill(holding: before, of: "ops")
    let next = try bureau.newsroom(Bureau.hook)
    #expect(try await next.round().held == ["ops"])
    #expect(receiver.ids == ["emea-1/3"])
    bureau.wait(.seconds(120))
    try await next.round()
    #expect(receiver.ids == ["emea-1/3", "emea-1/3"])
    #expect(Set(receiver.requests.map(\.body)).count == 1)
  }

  @Test("Two that tell at once tell everything, and nothing twice")
  func together() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let rooms = [try bureau.newsroom(Bureau.hook), try bureau.newsroom(Bureau.hook)]
    try await rooms[0].prepare()
    try await bureau.openGate()
    for attempt in 1...10 {
      try await bureau.record(
        .gateApproved(step: 0, attempt: attempt, word: OperatorWord(by: "ben", note: nil)),
        .gateOpened(
          step: 0, attempt: attempt, gate: Gate(instructions: ["Again."], reason: "Not done.")))
    }
    await withThrowingTaskGroup(of: Void.self) { group in
      for room in rooms {
        group.addTask { _ = try await room.round() }
      }
    }
    try await rooms[0].round()
    #expect(receiver.ids == [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].map { "emea-1/\($0)" })
  }
}
