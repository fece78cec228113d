import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import RotationGraph
import Testing

@Suite("A run as plain lines")
struct RunLineTests {
  /// The lines of the last events of a story, as a log shows them.
  private func lines(_ story: RunStory, last count: Int, layout: TextLayout = TextLayout())
    -> [String]
  {
    let line = RunLine(run: RunStory.id, state: story.state, layout: layout)
    return story.events.suffix(count).flatMap { line.lines(of: $0, in: story.state) }
  }

  @Test("A step says that it started and is done, with its evidence, in columns")
  func steps() throws {
    var story = RunStory()
    try story.start(seed: nil)
    try story.carryOut(
      0,
      [
        .init("version", .string("14.3.9816")), .init("agents", .integer(4_200)),
        .init("lastSuccess", .integer(1_767_571_200_000)),
      ])
    try story.carryOut(2)
    #expect(
      lines(story, last: 5) == [
        "2026-01-05 08:00:00Z  emea-2026-1                            started     plan emea-2026 by ann, sha256:3f2a",
        "2026-01-05 08:00:00Z  check-server/paris/sepm-par-01         started",
        "2026-01-05 08:00:12Z  check-server/paris/sepm-par-01         done        version 14.3.9816; agents 4,200; last success 2026-01-05 00:00:00Z",
        "2026-01-05 08:00:12Z  break-replication/berlin+paris         started",
        "2026-01-05 08:00:24Z  break-replication/berlin+paris         done",
      ])
  }

  @Test("A gate lists what to do and the command that closes it")
  func gate() throws {
    let story = try RunStory.midway()
    #expect(
      lines(story, last: 1) == [
        "2026-01-08 08:01:00Z  update-certificate/berlin/sepm-ber-01  gate        a person must act:",
        "                      1. Open Admin, Servers, sepm-ber-01 in the console of berlin.",
        "                      2. Choose Manage Server Certificate and update it from berlin.p12.",
        "                      waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT",
      ])
    #expect(
      lines(story, last: 1, layout: TextLayout(unicode: false)).last?.hasSuffix("--note TEXT")
        == true)
  }

  @Test("On a terminal a line goes on between two words, and a command stays whole")
  func wrapped() throws {
    let story = try RunStory.midway()
    let line = RunLine(
      run: RunStory.id, state: story.state, layout: TextLayout(width: 66), wraps: true)
    #expect(
      story.events.suffix(1).flatMap { line.lines(of: $0, in: story.state) } == [
        "2026-01-08 08:01:00Z  update-certificate/berlin/sepm-ber-01  gate",
        "                      a person must act:",
        "                      1. Open Admin, Servers, sepm-ber-01 in the",
        "                      console of berlin.",
        "                      2. Choose Manage Server Certificate and",
        "                      update it from berlin.p12.",
        "                      waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT",
      ])
  }

  @Test("A poll says the share against the frozen denominator, and who is missing")
  func polls() throws {
    var story = try RunStory.midway()
    // 200 clients went away without an explanation: they still count.
    try story.count(5, 3_920, of: 4_000)
    #expect(
      lines(story, last: 1) == [
        "2026-01-08 08:01:00Z  await-verification-disabled/paris      waiting     93.3% of 4,200 (98% wanted), 80 pending online, 30 stale"
      ])
    try story.add(.waitSampled(step: 5, sample: .inconclusive(reason: "503 from the API.")))
    #expect(lines(story, last: 1)[0].hasSuffix("waiting     not counted: 503 from the API."))
    // Berlin's update, before which clients are counted once more.
    try story.count(10, 890, of: 900)
    #expect(
      lines(story, last: 1)[0].contains("checked     98.8% of 900, enough, 10 pending online"))
  }

  @Test("A failure says what is wrong, what helps, and when it is tried again or how")
  func failures() throws {
    let story = try RunStory.failed()
    #expect(
      lines(story, last: 4) == [
        "2026-01-08 08:01:48Z  restart-services/berlin/sepm-ber-01    timed out   semsrv did not answer within 15m.",
        "                      attempt 2 at 2026-01-08 08:02:48Z",
        "2026-01-08 08:02:48Z  restart-services/berlin/sepm-ber-01    started     attempt 2",
        "2026-01-08 08:02:48Z  restart-services/berlin/sepm-ber-01    failed      semwebsrv is in state STOP_PENDING on sepm-ber-01.",
        "                      help: Kill its process on the server and start the service by hand.",
        "                      waltz retry emea-2026-1 restart-services/berlin/sepm-ber-01 --note TEXT",
        "2026-01-08 08:02:48Z  emea-2026-1                            failed      2 sites, 2 servers, 5,100 clients, 1 gate closed by people, verification still off at berlin, replication still broken at berlin+paris",
      ])
  }

  @Test("A step in doubt says both ways out; one that changes nothing does not")
  func doubt() throws {
    var story = RunStory()
    try story.start()
    try story.add(.stepStarted(step: 0, attempt: 1))
    try story.add(.stepInterrupted(step: 0, attempt: 1, finding: .unknown("no answer")))
    #expect(lines(story, last: 1).count == 1)
    try story.add(.stepStarted(step: 2, attempt: 1))
    try story.add(.stepInterrupted(step: 2, attempt: 1, finding: .unknown("The API is down.")))
    #expect(
      lines(story, last: 1).dropFirst().map { $0.drop { $0 == " " } } == [
        "waltz resolve emea-2026-1 break-replication/berlin+paris --done --note TEXT",
        "waltz resolve emea-2026-1 break-replication/berlin+paris --not-done --note TEXT",
      ])
  }

  @Test("Every member of the requests' vocabulary has a line of words")
  func people() throws {
    var story = try RunStory.midway()
    let word = OperatorWord(by: "ann", note: "enough")
    for (kind, text) in [
      (RunEvent.Kind.stepSkipped(step: 5, word: word), "skipped     by ann: enough"),
      (.stepReset(step: 8, word: word), "sent back   by ann: enough"),
      (.runPaused(OperatorWord(by: "ben", note: nil)), "paused      by ben"),
      (.runResumed(by: "ben"), "resumed     by ben"),
      (.runWaiting(.inDoubt), "rests       in doubt"),
      (
        .requestRefused(
          request: OperatorRequest(id: 1, verb: .skip, step: "no/such", word: word),
          reason: "The run has no step `no/such`."),
        "refused     skip of no/such by ann: The run has no step `no/such`."
      ),
    ] {
      try story.add(kind)
      #expect(lines(story, last: 1)[0].hasSuffix(text))
    }
  }
}
