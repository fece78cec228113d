import CanonicalJSON
import Delivery
import NotificationFiles
import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
import RunStore
import TestSupport
import Testing

@Suite("A check of exposures", .timeLimit(.minutes(10)))
struct ExposureCheckTests {
  private static let settings = """
    apiVersion: waltz/v1
    kind: Notifications
    exposure: { url: { env: HOOK_URL } }
    destinations:
      none: { command: ["true"], worlds: [lab], digest: "off" }

    """

  /// What a receiver was told, without what pairs a start with its end: `start`, `success`.
  private func told(_ receiver: Receiver) -> [String] {
    receiver.requests.map { request in
      let path = request.path.split(separator: "?")[0]
      return path == "/hook" ? "success" : String(path.dropFirst("/hook/".count))
    }
  }

  /// The events that it was told of.
  private func events(_ receiver: Receiver) -> [String] {
    receiver.requests.map { String($0.body.prefix { $0 != ":" }) }
  }

  private func ledger(_ bureau: Bureau) async throws -> NewsLedger {
    let kept = try await bureau.store.ledger(of: "check/exposure")
    return try #require(kept.flatMap { NewsLedger($0) })
  }

  /// A receiver, a bureau, and a newsroom that has its ledgers.
  private func begin(
    _ settings: String = settings
  ) async throws -> (Receiver, Bureau, Newsroom) {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let room = try bureau.newsroom(settings)
    try await room.prepare()
    return (receiver, bureau, room)
  }

  @Test("It is told when verification goes off at the first site, and when it is on at the last")
  func severalSites() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris", "berlin")
    try await bureau.start(emea)
    try await room.round()
    #expect(told(receiver) == [])
    for _ in 1...2 {
      try await bureau.open(0, emea)
      try await room.round()
      #expect(told(receiver).suffix(1) == ["start"])
      try await bureau.open(1, emea)
      try await bureau.close(0, emea)
      try await room.round()
      #expect(told(receiver).suffix(1) == ["start"])
      try await bureau.close(1, emea)
      for _ in 1...2 { try await room.round() }
      #expect(told(receiver).suffix(2) == ["start", "success"])
    }
    #expect(events(receiver) == [2, 9, 10, 17].map { "emea-2/\($0)" })
    let pairs = receiver.requests.compactMap { $0.path.split(separator: "?rid=").last }
    #expect(pairs[0] == pairs[1] && pairs[1] != pairs[2] && pairs[2] == pairs[3])
    #expect(receiver.requests[1].body.contains("on at berlin"))
  }

  @Test("It is one check for all runs, and a run that goes on alone does not end it")
  func severalRuns() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris")
    let apac = try await bureau.journal(of: "apac", "tokyo")
    try await bureau.start(emea)
    try await bureau.start(apac)
    try await bureau.open(0, emea)
    bureau.wait(.hours(1))
    try await bureau.open(0, apac)
    // An executor looks at its own run; what happens in others counts all the same.
    try await room.round(of: apac.run)
    try await bureau.close(0, emea)
    try await room.round(of: apac.run)
    #expect(told(receiver) == ["start"] && events(receiver) == ["emea-2/2"])
    let standing = try await room.exposureStanding()
    #expect(
      try JSONValue(parsing: DestinationsTable.json([], exposure: standing).utf8)["checks"]?
        .array?.first?["open"]?.array?.compactMap { $0["site"]?.string } == ["tokyo"])
    try await bureau.close(0, apac)
    try await room.round(of: apac.run)
    #expect(told(receiver) == ["start", "success"])
  }

  @Test("One that fails is called again after 5 s, 5 min, 30 min, with the same, and in order")
  func failing() async throws {
    let (receiver, bureau, room) = try await begin()
    receiver.answer { _, number in .status(number < 4 ? 503 : 200) }
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    try await bureau.close(0, emea)
    for pause: Duration in [.seconds(5), .minutes(5), .minutes(30)] {
      let report = try await room.round()
      #expect(report.failures == ["the check of exposures": "It answers 503."])
      bureau.wait(pause + .seconds(-1))
      try await room.round()
      bureau.wait(.seconds(1))
    }
    #expect(told(receiver) == ["start", "start", "start"])
    #expect(
      try await room.exposureStanding().map { DestinationsTable.json([], exposure: $0) }?
        .contains("\"waiting\": 2") == true)
    let report = try await room.round()
    #expect(report.isClean && report.delivered == 2)
    #expect(told(receiver) == ["start", "start", "start", "start", "success"])
    #expect(Set(receiver.requests.prefix(4).map(\.path)).count == 1)
    #expect(Set(receiver.requests.prefix(4).map(\.body)).count == 1)
  }

  @Test("Another process goes on where one ended, or was killed before it wrote down what it told")
  func restarted() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    let before = try await bureau.store.ledger(of: "check/exposure")
    try await bureau.open(0, emea)
    try await room.round()
    try await bureau.newsroom(Self.settings).round()
    #expect(told(receiver) == ["start"])
    // What stood in the store when it was killed.
    try await bureau.kill(holding: try #require(before), of: "check/exposure")
    let next = try bureau.newsroom(Self.settings)
    #expect(try await next.round().held == ["the check of exposures"])
    try await bureau.close(0, emea)
    bureau.wait(.seconds(120))
    try await next.round()
    #expect(told(receiver) == ["start", "start", "success"])
    #expect(Set(receiver.requests.prefix(2).map(\.path)).count == 1)
    #expect(Set(receiver.requests.prefix(2).map(\.body)).count == 1)
  }

  @Test("What an aborted run leaves open is never told as a success, until the site is closed")
  func aborted() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris", "berlin")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    try await bureau.open(1, emea)
    try await bureau.close(1, emea)
    try await bureau.abort(emea)
    for _ in 1...3 {
      try await room.round()
      bureau.wait(.days(10))
    }
    #expect(told(receiver) == ["start"])
    let standing = try await room.exposureStanding()
    let text = DestinationsTable.text(
      [], exposure: standing, now: bureau.now, layout: TextLayout(width: 120))
    #expect(text.contains("Verification is off at paris (left by emea-2)."))
    // It may have been ended by hand at the service, so another exposure begins anew, and does not end the old one.
    let apac = try await bureau.journal(of: "apac", "tokyo")
    try await bureau.start(apac)
    try await bureau.open(0, apac)
    try await room.round()
    try await bureau.close(0, apac)
    try await room.round()
    #expect(told(receiver) == ["start", "start"])
    // Another run over the same site does.
    let again = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(again)
    try await bureau.open(0, again)
    try await bureau.close(0, again)
    try await room.round()
    #expect(told(receiver) == ["start", "start", "start", "success"])
    #expect(try await ledger(bureau).positions.values.allSatisfy { $0.told.isEmpty })
  }

  @Test("An operator closes what an aborted run left open, and nothing else")
  func closedByHand() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris", "berlin")
    let apac = try await bureau.journal(of: "apac", "tokyo")
    try await bureau.start(emea)
    try await bureau.start(apac)
    try await bureau.open(0, emea)
    try await bureau.open(1, emea)
    try await bureau.open(0, apac)
    try await bureau.abort(emea)
    try await room.round()
    let check = NewsSettings.Check(url: Located(.environment("HOOK_URL")), worlds: ["real"])
    #expect(try await room.close("rome", check) == .notLeft(run: nil))
    #expect(try await room.close("tokyo", check) == .notLeft(run: "apac-1"))
    #expect(try await room.close("paris", check) == .noted(stillOpen: ["berlin", "tokyo"]))
    #expect(try await room.close("paris", check) == .notLeft(run: nil))
    try await bureau.close(0, apac)
    try await room.round()
    #expect(told(receiver) == ["start"])
    receiver.answer { _, number in .status(number == 2 ? 500 : 200) }
    #expect(try await room.close("berlin", check) == .failed("It answers 500."))
    #expect(try await room.close("berlin", check) == .told)
    try await room.round()
    #expect(told(receiver) == ["start", "success", "success"])
    #expect(receiver.requests[2].body.hasPrefix("closed/berlin/"))
  }

  @Test("A failed run still holds its sites, and ends the exposure when it is taken up again")
  func failedRun() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    let figures = RunFigures(
      sites: 1, servers: 1, clients: nil, orphans: nil, latentOrphans: nil, gates: 0,
      verificationOff: [], replicationBroken: [])
    try await emea.record([.runFailed(figures)], at: bureau.now)
    try await room.round()
    let apac = try await bureau.journal(of: "apac", "tokyo")
    try await bureau.start(apac)
    try await bureau.open(0, apac)
    try await bureau.close(0, apac)
    try await room.round()
    #expect(told(receiver) == ["start"])
    try await emea.record([.runResumed(by: "ann")], at: bureau.now)
    try await bureau.close(0, emea)
    try await room.round()
    #expect(told(receiver) == ["start", "success"])
  }

  @Test("A person who did not switch it off after all has ended it; one who skips the end has not")
  func rejected() async throws {
    let (receiver, bureau, room) = try await begin()
    let emea = try await bureau.journal(of: "emea", "paris", "berlin")
    try await bureau.start(emea)
    try await emea.record(
      [
        .stepStarted(step: 0, attempt: 1),
        .gateOpened(step: 0, attempt: 1, gate: Gate(instructions: ["Switch it off."])),
      ], at: bureau.now)
    try await room.round()
    #expect(told(receiver) == ["start"])
    try await emea.record(
      [
        .stepFailed(
          step: 0, attempt: 1, failure: StepFailure(.rejected, "Not today."), retryAt: nil)
      ], at: bureau.now)
    try await room.round()
    #expect(told(receiver) == ["start", "success"])
    try await bureau.open(1, emea)
    try await emea.record(
      [.stepSkipped(step: 3, word: OperatorWord(by: "ben", note: "later"))], at: bureau.now)
    try await room.round()
    #expect(told(receiver) == ["start", "success", "start"])
  }

  @Test("One that comes into the settings is told what is open then, and of nothing that was")
  func configuredLate() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url)
    let emea = try await bureau.journal(of: "emea", "paris", "berlin")
    let old = try await bureau.journal(of: "old", "rome")
    try await bureau.start(old)
    try await bureau.open(0, old)
    try await bureau.abort(old)
    try await bureau.start(emea)
    try await bureau.open(1, emea)
    try await bureau.close(1, emea)
    try await bureau.open(0, emea)
    try await bureau.newsroom(Self.settings).round()
    #expect(told(receiver) == ["start"] && events(receiver) == ["emea-2/6"])
    try await bureau.close(0, emea)
    try await bureau.newsroom(Self.settings).round()
    #expect(told(receiver) == ["start", "success"])
  }

  @Test("Runs in other worlds count only where they are named, and not for the real site")
  func worlds() async throws {
    let (receiver, bureau, room) = try await begin(
      Self.settings.replacing(
        "exposure: { url: { env: HOOK_URL } }",
        with: "exposure: { url: { env: HOOK_URL }, worlds: [real, lab] }"))
    let real = try await bureau.journal(of: "emea", "paris")
    let lab = try await bureau.journal(of: "emea", "paris", world: .lab(folder: "/lab"))
    let simulated = try await bureau.journal(
      of: "emea", "paris", world: .simulated(Simulation(seed: 0, scenario: nil)))
    for journal in [real, lab, simulated] { try await bureau.start(journal) }
    try await bureau.open(0, simulated)
    try await room.round()
    #expect(told(receiver) == [])
    try await bureau.open(0, real)
    try await bureau.open(0, lab)
    try await bureau.close(0, lab)
    try await room.round()
    #expect(told(receiver) == ["start"])
    try await bureau.close(0, real)
    try await room.round()
    #expect(told(receiver) == ["start", "success"])
  }

  @Test("A test changes nothing at it, and wakes one that answered 410; nothing was lost")
  func gone() async throws {
    let (receiver, bureau, room) = try await begin()
    receiver.answer { _, _ in .status(410) }
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    try await room.round()
    bureau.wait(.days(2))
    try await bureau.close(0, emea)
    try await room.round()
    #expect(told(receiver) == ["start"])
    receiver.answer { _, _ in .status(200) }
    let settings = try #require(
      NewsSettingsReading(
        SourceText(name: "x", text: Self.settings), id: SourceID(index: 0)
      ).settings)
    let check = try #require(settings.exposure)
    #expect(try await room.test(check, isOfExposures: true).isDelivered)
    try await room.round()
    #expect(told(receiver) == ["start", "log", "start", "success"])
  }

  @Test("A run that nobody can read keeps no other one from being told")
  func unreadable() async throws {
    let (receiver, bureau, room) = try await begin()
    let broken = try await WrittenJournal(
      of: "old", WrittenJournal.exposing("old", ["rome"]), in: bureau.store, bureau.holder,
      isReadable: false)
    try await bureau.start(broken)
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    let report = try await room.round()
    #expect(report.failures["the check of exposures"]?.contains("old-1 cannot be read") == true)
    #expect(told(receiver) == ["start"])
  }

  @Test("With a check for each site, each is told of its own alone")
  func perSite() async throws {
    let receiver = try await Receiver()
    let bureau = try await Bureau(url: receiver.url + "/w-{site}?create=1")
    let room = try bureau.newsroom(
      Self.settings.replacing("HOOK_URL } }", with: "HOOK_URL }, per: site, worlds: [real, lab] }"))
    try await room.prepare()
    let emea = try await bureau.journal(of: "emea", "Paris", "berlin.mitte")
    let lab = try await bureau.journal(of: "emea", "Paris", world: .lab(folder: "/lab"))
    try await bureau.start(emea)
    try await bureau.start(lab)
    try await bureau.open(0, emea)
    try await bureau.open(1, emea)
    try await bureau.close(0, emea)
    try await bureau.open(0, lab)
    try await room.round()
    let paths = receiver.requests.map { String($0.path.prefix { $0 != "&" }) }
    #expect(
      paths == [
        "/hook/w-paris/start?create=1", "/hook/w-berlin-mitte/start?create=1",
        "/hook/w-paris?create=1", "/hook/w-lab-paris/start?create=1",
      ])
    #expect(receiver.requests[2].body.hasSuffix("verification is on at Paris again."))
    let pairs = receiver.requests.compactMap { $0.path.split(separator: "rid=").last }
    #expect(pairs[0] == pairs[2] && Set(pairs).count == 3)
    // A run that is aborted leaves berlin open, and nothing of another site ends that.
    try await bureau.abort(emea)
    try await bureau.close(0, lab)
    try await room.round()
    #expect(receiver.requests.suffix(1).map(\.path)[0].hasPrefix("/hook/w-lab-paris?"))
    let check = NewsSettings.Check(
      url: Located(.environment("HOOK_URL")), worlds: ["real"], isPerSite: true)
    #expect(try await room.test(check, of: "berlin.mitte", isOfExposures: true).isDelivered)
    #expect(receiver.requests.suffix(1).map(\.path)[0] == "/hook/w-berlin-mitte/log?create=1")
    #expect(try await room.close("berlin.mitte", check) == .told)
    #expect(receiver.requests.suffix(1).map(\.path)[0].hasPrefix("/hook/w-berlin-mitte?"))
  }

  @Test("A URL with a place for the site, and a check without, or the other way round, is said")
  func misplaced() async throws {
    let (receiver, bureau, _) = try await begin()
    let room = try bureau.newsroom(
      Self.settings.replacing("HOOK_URL } }", with: "HOOK_URL }, per: site }"))
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    let report = try await room.round()
    #expect(report.failures["the check of exposures"]?.contains("no {site}") == true)
    #expect(receiver.requests.isEmpty)
  }

  @Test("Its URL is in nothing that is kept or said")
  func secret() async throws {
    let receiver = try await Receiver()
    receiver.answer { _, _ in .hangUp }
    let bureau = try await Bureau(url: receiver.url + "/geheim?key=geheim")
    let room = try bureau.newsroom(Self.settings)
    try await room.prepare()
    let emea = try await bureau.journal(of: "emea", "paris")
    try await bureau.start(emea)
    try await bureau.open(0, emea)
    let report = try await room.round()
    #expect(receiver.requests[0].path.hasPrefix("/hook/geheim/start?key=geheim&rid="))
    #expect(report.failures.count == 1 && !"\(report)".contains("geheim"))
    #expect(!"\(report)".contains("\(receiver.port)"))
    let kept = try await bureau.store.ledger(of: "check/exposure")
    #expect(!String(decoding: try #require(kept), as: UTF8.self).contains("geheim"))
  }

  @Test("Calls are put below the path of a URL, before what it asks for")
  func addresses() {
    let start = CheckCall(.start, pair: CheckCall.pair(of: "emea-1/2"), body: "")
    #expect(CheckCall(.start, body: "").address(below: "https://a/b") == "https://a/b/start")
    #expect(CheckCall(.failure, body: "").address(below: "https://a/b/") == "https://a/b/fail")
    #expect(CheckCall(.success, body: "").address(below: "https://a/b/") == "https://a/b/")
    #expect(
      start.address(below: "https://a/b?create=1")
        == "https://a/b/start?create=1&rid=\(CheckCall.pair(of: "emea-1/2"))")
    let digits = CheckCall.pair(of: "emea-1/2").split(separator: "-")
    #expect(digits.map(\.count) == [8, 4, 4, 4, 12] && digits[2].first == "8")
    #expect(CheckCall.pair(of: "emea-1/2") != CheckCall.pair(of: "emea-1/3"))
  }
}
