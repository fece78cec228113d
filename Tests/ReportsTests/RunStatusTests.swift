import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("The status of a run")
struct RunStatusTests {
  @Test("It says where a run stands, why, since when, and who must do what")
  func midway() throws {
    let story = try RunStory.midway()
    let text = RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now + .hours(4))
    #expect(
      text == """
        Run emea-2026-1 · waiting for an operator
        A person must act at `update-certificate/berlin/sepm-ber-01`.

        plan        emea-2026, sha256:3f2a
        started     2026-01-05 08:00Z by ann, simulated with seed 0
        last event  2026-01-08 08:01Z, 3d after the start
        now         2026-01-08 12:01Z, under way for 3d 4h
        unchanged   since 2026-01-08 08:01Z, for 4h
        next        count for await-verification-disabled/paris, due (2026-01-08 08:16Z)

        Gates: a person must act
          update-certificate/berlin/sepm-ber-01  open for 4h
            1. Open Admin, Servers, sepm-ber-01 in the console of berlin.
            2. Choose Manage Server Certificate and update it from berlin.p12.
            waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT
            waltz reject emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT

        Waits
          await-verification-disabled/paris  waiting for 3d 4h
            ██████████████████████░░  92.8%  3,900 of 4,200 adopted
            clients   216 more needed for 98%, 100 pending online, 200 pending offline, 30 stale, +17/h
            wanted    98% for 1h, at least 1d, by 2026-01-19 08:01Z (deadline in 10d 20h, then hold)
            forecast  At the present pace it passes no earlier than 2026-01-08 21:58Z, in 9h 57m; the last
                      clients are always slower.

        Open now
          Clients of paris do not check signatures, for 3d 4h.
          Clients of berlin do not check signatures, for 3d 4h.
          Replication berlin+paris is broken, for 3d 4h.

        Steps: 6 of 16 done
          SITE         DONE  UNDER WAY  WAITING  TROUBLE  PENDING
          paris           2                   1                 4
          berlin          3                   1                 3
          replication     1                                     1

          paris, not done
            await-verification-disabled/paris     waiting for clients
            update-certificate/paris/sepm-par-01  not started
            restart-services/paris/sepm-par-01    not started
            verify-certificate/paris/sepm-par-01  not started
            enable-verification/paris             not started

          berlin, not done
            update-certificate/berlin/sepm-ber-01  waiting for an operator
            restart-services/berlin/sepm-ber-01    not started
            verify-certificate/berlin/sepm-ber-01  not started
            enable-verification/berlin             not started

          replication, not done
            restore-replication/berlin+paris  not started

        What to do
          Do in the console what the open gates say, then approve each.
            waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT

        """)
  }

  @Test("Stragglers stand below their wait")
  func stragglers() throws {
    let story = try RunStory.midway()
    let stragglers = [
      Straggler(
        name: "LAPTOP-17", group: "My Company\\Sales", lastSeen: story.now + .hours(-50), .offline,
        reason: "It has been offline."),
      Straggler(
        name: "LAPTOP-18", group: "My Company\\Sales", lastSeen: nil, .offline, reason: "Offline."),
      Straggler(
        name: "LAPTOP-16", group: "My Company\\Sales", lastSeen: story.now + .hours(-4), .offline,
        reason: "It has been offline."),
      Straggler(
        name: "OLD-PC", group: "My Company", lastSeen: story.now, .oldAgent,
        reason: "Its agent has version 14.2.1."),
    ]
    let text = RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now,
      stragglers: [5: Stragglers(stragglers, limit: 3)])
    #expect(
      text.contains(
        """
            1 have an agent that is too old for the change: upgrade or exclude them.
            3 have not been in contact since the change.
            By group: My Company\\Sales 3, My Company 1.

            CLIENT     GROUP             LAST SEEN  WHY
            OLD-PC     My Company        0s ago     old agent
            LAPTOP-18  My Company\\Sales  never      offline
            LAPTOP-17  My Company\\Sales  2d 2h ago  offline

            These are 3 of 4: first those that will not adopt by themselves, then who is away the longest.
            To name all:
              waltz status emea-2026-1 --stragglers --all

        """), "\(text)")
  }

  @Test("A wait past its deadline says that it is held and how to go on")
  func held() throws {
    let story = try RunStory.midway()
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now + .days(12))
    #expect(text.contains("deadline 1d ago, then hold"))
    #expect(text.contains("waltz status emea-2026-1 --stragglers"))
    // The engine refuses the skip of a wait without the acceptance.
    #expect(
      text.contains(
        "waltz skip emea-2026-1 await-verification-disabled/paris --accept-orphans --note TEXT"))
  }

  @Test(
    "A failure is the headline though a wait goes on, and nobody is told that nobody has to act")
  func failureBesideAWait() throws {
    var story = try RunStory.midway()
    try story.add(
      .gateApproved(step: 10, attempt: 1, word: OperatorWord(by: "ben", note: nil)))
    try story.add(
      .stepFailed(
        step: 10, attempt: 1, failure: StepFailure(.failed, "The old certificate is served."),
        retryAt: nil))
    try story.add(.runWaiting(.clients))
    #expect(RunStanding(story.state, at: story.now) == .waitingForOperator)
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(text.contains("A step failed: update-certificate/berlin/sepm-ber-01."))
    #expect(text.contains("The old certificate is served."))
    #expect(!text.contains("Nobody has to act"))
  }

  @Test("What is tried again shows why it failed, and when it fails for long a person is asked")
  func keepsFailing() throws {
    var story = try RunStory.midway()
    try story.add(.stepReset(step: 10, word: OperatorWord(by: "ben", note: nil)))
    for attempt in 2...6 {
      try story.add(.stepStarted(step: 10, attempt: attempt))
      try story.add(
        .stepFailed(
          step: 10, attempt: attempt, failure: StepFailure(.failed, "FAILED_CONNECT."),
          retryAt: story.now + .hours(1)))
      let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
      #expect(text.contains("FAILED_CONNECT."))
      #expect(text.contains("Find out why these keep failing") == (attempt == 6))
    }
  }

  @Test("What nobody can see is shown with the reason, and after hours a person is asked")
  func unanswered() throws {
    var story = try RunStory.midway()
    try story.add(.gateApproved(step: 10, attempt: 1, word: OperatorWord(by: "ben", note: nil)))
    let silence = Finding.inconclusive("Nothing listens there.")
    try story.add(.stepInterrupted(step: 10, attempt: 1, finding: silence))
    let early = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(early.contains("no answer for") && early.contains("Nothing listens there."))
    #expect(!early.contains("Find out why Waltz has no answer"))
    let later = story.now + .hours(5)
    #expect(RunStanding(story.state, at: later) == .waitingForOperator)
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: later)
    #expect(text.contains("Nobody could see in 5h whether"))
    #expect(text.contains("Find out why Waltz has no answer"))
    let json = RunStatusJSON.text(run: RunStory.id, state: story.state, now: later)
    let states = try JSONValue(parsing: Array(json.utf8))["stepStates"]?.array ?? []
    #expect(states[10]["unansweredReason"]?.string == "Nothing listens there.")
    #expect(states[9]["unansweredReason"] == nil)
  }

  @Test("What failed is counted by failures: an attempt that a crash cut off did not fail")
  func failuresAreCounted() throws {
    var story = RunStory()
    try story.start()
    for attempt in 1...7 {
      try story.add(.stepStarted(step: 0, attempt: attempt))
      if attempt % 2 == 0 {
        try story.add(
          .stepInterrupted(step: 0, attempt: attempt, finding: .notDone("It changes nothing.")))
      } else {
        try story.add(
          .stepFailed(
            step: 0, attempt: attempt, failure: StepFailure(.failed, "No route."),
            retryAt: story.now + .hours(1)))
      }
    }
    try story.add(.runWaiting(.retry))
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(text.contains("failed 4 times and is tried again: No route."), "\(text)")
  }

  @Test("A run that rests for a person says so, even where nothing tells what for")
  func nothingTells() throws {
    var story = RunStory()
    try story.start()
    try story.add(.runWaiting(.operator))
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(text.contains("An operator must decide."))
  }

  @Test("What a run stands at follows from its events")
  func standings() throws {
    var story = RunStory()
    #expect(RunStanding(story.state, at: story.now) == .running)
    try story.start()
    try story.add(.stepStarted(step: 5, attempt: 1))
    #expect(RunStanding(story.state, at: story.now) == .waitingForClients)
    try story.add(.stepStarted(step: 0, attempt: 1))
    #expect(RunStanding(story.state, at: story.now) == .running)
    try story.add(.gateOpened(step: 0, attempt: 1, gate: Gate(instructions: [])))
    #expect(RunStanding(story.state, at: story.now) == .waitingForOperator)
    try story.add(.stepStarted(step: 2, attempt: 1))
    try story.add(.stepInterrupted(step: 2, attempt: 1, finding: .unknown("?")))
    #expect(RunStanding(story.state, at: story.now) == .inDoubt)
    try story.add(.runPaused(OperatorWord(by: "ann", note: nil)))
    #expect(RunStanding(story.state, at: story.now) == .paused)
    try story.add(.runResumed(by: "ann"))
    try story.add(.runWaiting(.stopped))
    #expect(RunStanding(story.state, at: story.now) == .stopped)
    try story.add(.runAborted(story.state.figures(at: story.now, truth: nil)))
    #expect(RunStanding(story.state, at: story.now) == .aborted)
  }

  @Test("JSON has the same for programs")
  func json() throws {
    let story = try RunStory.failed()
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8)
    #expect(json["formatVersion"] == .string("1.0"))
    #expect(json["run"] == .string("emea-2026-1"))
    #expect(json["plan"] == .string("emea-2026"))
    #expect(json["digest"] == .string("sha256:3f2a"))
    #expect(json["status"] == .string("failed"))
    #expect(json["startedAt"] == .string("2026-01-05T08:00:00.000Z"))
    #expect(json["updatedAt"] == .string("2026-01-08T08:02:48.000Z"))
    #expect(json["steps"]?["done"] == .integer(12))
    #expect(json["steps"]?["failed"] == .integer(1))
    let failed = try #require(json["failed"]?.array?.first)
    #expect(failed["step"] == .string("restart-services/berlin/sepm-ber-01"))
    #expect(failed["attempt"] == .integer(2))
    #expect(
      failed["help"] == .string("Kill its process on the server and start the service by hand."))
    let off = try #require(json["exposure"]?["verificationOff"]?.array)
    #expect(off.map { $0["site"]?.string } == ["berlin"])
    #expect(json["figures"]?["orphans"] == .null)
    #expect(json["figures"]?["gates"] == .integer(1))
    #expect(json["figures"]?["verificationOff"]?.array?.count == 2)
    let states = try #require(json["stepStates"]?.array)
    #expect(
      states[5]
        == .object([
          .init("id", .string("await-verification-disabled/paris")),
          .init("state", .string("skipped")), .init("attempt", .integer(1)),
          .init("startedAt", .string("2026-01-05T08:01:00.000Z")),
          .init("endedAt", .string("2026-01-08T08:01:00.000Z")), .init("lastFailure", .null),
        ]))
    #expect(
      states[11]["lastFailure"] == .string("semwebsrv is in state STOP_PENDING on sepm-ber-01."))
  }

  @Test("A wait in JSON has figures, trend and forecast")
  func waitJSON() throws {
    let story = try RunStory.midway()
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8)
    let wait = try #require(json["waiting"]?.array?.first)
    #expect(wait["shareMillionths"] == .integer(928_571))
    #expect(wait["missing"] == .integer(216))
    #expect(wait["trendClientsPerDay"] == .integer(400))
    // 216 clients at 400 a day, and an hour to hold.
    #expect(wait["forecast"] == .string("not-before"))
    #expect(wait["forecastAt"] == .string("2026-01-08T21:58:36.000Z"))
    #expect(wait["deadline"] == .string("2026-01-19T08:01:00.000Z"))
    #expect(wait["stragglers"] == .null)
  }
}
