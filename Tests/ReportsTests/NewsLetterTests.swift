import CanonicalJSON
import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
import Testing

@Suite("News in words")
struct NewsLetterTests {
  /// The story as a reader of its journal tells it, with what there was to tell.
  private func told(_ story: RunStory) throws -> (reader: NewsReader, letters: [NewsLetter]) {
    var reader = NewsReader(run: RunStory.id, graph: story.state.graph)
    var letters: [NewsLetter] = []
    for event in story.events {
      guard let news = try reader.take(event) else { continue }
      letters.append(
        NewsLetter(
          news, reader.state, at: event.at, world: "real", surroundings: RunSurroundings(),
          head: "1a2b3c4d5e6f78901a2b3c4d5e6f7890"))
    }
    return (reader, letters)
  }

  @Test("A run that is told whole has each of its news once, with ids of the journal")
  func story() throws {
    let (reader, letters) = try told(try RunStory.finished(orphans: 2, latent: 0))
    #expect(
      letters.map(\.kind) == [
        "run-started", "wait-passed", "gate-opened", "wait-passed", "run-succeeded",
      ])
    #expect(Set(letters.map(\.id)).count == letters.count)
    #expect(letters.allSatisfy { $0.id == "\(RunStory.id)/\($0.sequence ?? 0)" })
    #expect(letters.last?.title == "emea-2026-1: done, with 2 orphans")
    #expect(
      reader.standing(
        at: reader.state.lastAt.map { $0 + .days(90) } ?? RunStory.beginning,
        budgets: (.zero, .zero), executor: .none
      ).isEmpty)
  }

  @Test("Clients that are stuck and a deadline in doubt are told once, until they are no more")
  func forecasts() throws {
    var story = RunStory()
    try story.start()
    for step in 0...3 { try story.carryOut(step) }
    try story.add(.stepStarted(step: 5, attempt: 1))
    for (met, stuck) in [
      (100, 0), (79, 0), (60, 30), (85, 30), (70, 30), (95, 3), (79, 22), (79, 22),
    ] {
      story.wait(.hours(6))
      var count = AdoptionCount(
        counted: 4_200, adopted: 3_000, pendingOnline: 1_000, pendingOffline: 200, stale: 0,
        excluded: 0)
      count.forecast = WaitForecast(
        notBefore: story.now, historyHours: 400,
        ends: .init(
          early: story.now + .days(1), median: story.now + .days(2), late: story.now + .days(3),
          meetsDeadline: .percent(met), leavesBehind: 10,
          tomorrow: .init(at: story.now + .days(9), adopted: 0...1)),
        stuck: stuck)
      try story.add(.waitSampled(step: 5, sample: .counted(count)))
    }
    let letters = try told(story).letters.dropFirst()
    #expect(
      letters.map(\.kind) == [
        "deadline-doubtful", "clients-stuck", "clients-stuck", "deadline-doubtful",
      ])
    let doubt = try #require(letters.first)
    #expect(doubt.title == "emea-2026-1: await-verification-disabled/paris may miss its deadline")
    #expect(doubt.lines.contains("Bring the missing clients back while there is time."))
    #expect(doubt.commands.contains { $0.contains("--stragglers") })
  }

  @Test("A gate says what to do, why it matters, what to type, and the head of the journal")
  func gate() throws {
    let (_, letters) = try told(try RunStory.midway())
    let letter = try #require(letters.last)
    #expect(
      String(decoding: letter.mail(from: "waltz@example.net", to: ["a@example.net"]), as: UTF8.self)
        == """
        From: Waltz <waltz@example.net>
        To: a@example.net
        Subject: emea-2026-1: a person must act at update-certificate/berlin/sepm-ber-01
        Message-ID: <emea-2026-1.\(letter.sequence ?? 0)@example.net>
        In-Reply-To: <emea-2026-1@example.net>
        References: <emea-2026-1@example.net>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        emea-2026-1: a person must act at update-certificate/berlin/sepm-ber-01

        1. Open Admin, Servers, sepm-ber-01 in the console of berlin.

        2. Choose Manage Server Certificate and update it from berlin.p12.

        The run is waiting for an operator: A person must act at `update-certificat=
        e/berlin/sepm-ber-01`.

        Open now: Clients of paris do not check signatures, for 3d. Clients of berl=
        in do not check signatures, for 3d. Replication berlin+paris is broken, for=
         3d.

        The rotation goes on when you say that it is done and a probe confirms it:

            waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note =
        TEXT
            waltz reject emea-2026-1 update-certificate/berlin/sepm-ber-01 --note T=
        EXT

        Head of the journal: \(letter.sequence ?? 0) 1a2b3c4d5e6f7890

        """)
  }

  @Test("Each way of telling it is what its reader takes, and small enough for a webhook")
  func formats() throws {
    var letters = try told(try RunStory.failed()).letters
    letters.append(.test(to: "ops", at: RunStory.beginning))
    for letter in letters {
      for bytes in [letter.cloudEvent, letter.slackMessage, letter.teamsMessage] {
        #expect(bytes.count < 20_000)
        _ = try JSONValue(parsing: bytes)
      }
      let event = try JSONValue(parsing: letter.cloudEvent)
      #expect(event["specversion"] == .string("1.0") && event["id"] == .string(letter.id))
      #expect(event["type"] == .string("waltz.\(letter.kind).v1"))
    }
  }

  @Test("Nothing that a server or a plan says forges a header, a mention or a line")
  func forged() throws {
    var story = try RunStory.midway()
    try story.add(.stepStarted(step: 7, attempt: 1))
    let message =
      "no\r\nBcc: everybody@example.net\r\n\r\n<!channel> \u{202E}"
      + String(repeating: "ä", count: 9_000)
    try story.add(
      .stepFailed(
        step: 7, attempt: 1, failure: StepFailure(.failed, message), retryAt: nil))
    let letter = try #require(try told(story).letters.last)
    let mail = String(
      decoding: letter.mail(from: "waltz@example.net", to: ["a@example.net"]), as: UTF8.self)
    #expect(!mail.contains("\nBcc:") && !mail.contains("\r"))
    #expect(mail.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
    #expect(!String(decoding: letter.slackMessage, as: UTF8.self).contains("<!channel>"))
    #expect(letter.cloudEvent.count < 20_000)
  }

  @Test(
    "The digest says where it stands, what changed since yesterday, and what is expected of whom")
  func digest() throws {
    let story = try RunStory.midway()
    let reader = try told(story).reader
    let now = story.now + .hours(4)
    let letter = NewsLetter.digest(
      of: "2026-01-08",
      [
        DigestedRun(
          reader, world: "real", now: now, surroundings: RunSurroundings(),
          head: "1a2b3c4d5e6f7890ffff")
      ], at: now
    ) { _ in true }
    #expect(letter.id == "digest/2026-01-08")
    #expect(
      letter.title
        == "2026-01-08: emea-2026-1: waiting for an operator, a person is needed")
    #expect(
      letter.lines == [
        "emea-2026-1: waiting for an operator. A person must act at "
          + "`update-certificate/berlin/sepm-ber-01`.",
        "6 of 16 steps are done, 1 since yesterday: await-verification-disabled/berlin.",
        "await-verification-disabled/paris: It is at 92.8%: 3,900 of 4,200 clients; the plan wants 98%, "
          + "deadline in 10d 20h. +400 clients since yesterday. At the present pace it passes no earlier than "
          + "2026-01-08 21:58Z, in 9h 57m; the last clients are always slower.",
        "Open: Clients of paris do not check signatures, for 3d 4h. Clients of berlin do not check signatures, "
          + "for 3d 4h. Replication berlin+paris is broken, for 3d 4h.",
        "Since yesterday: wait-passed await-verification-disabled/berlin (2026-01-08 08:01Z) and gate-opened "
          + "update-certificate/berlin/sepm-ber-01 (2026-01-08 08:01Z).",
        "Expected of an operator: act at update-certificate/berlin/sepm-ber-01, for 4h, then approve it.",
        "Head of the journal: \(reader.state.lastSequence) 1a2b3c4d5e6f7890",
      ])
  }
}
