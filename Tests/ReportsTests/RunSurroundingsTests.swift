import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import RotationGraph
import Testing

@Suite("Who works on a run, and what was asked of it")
struct RunSurroundingsTests {
  private static let seen = Instant(milliseconds: 1_800_000_000_000)

  private let gone = RunSurroundings(
    executor: .gone(name: "ann on bastion-1, process 4711", since: seen, lasting: .hours(3)))

  private static let gate = "update-certificate/berlin/sepm-ber-01"

  private func status(
    _ story: RunStory, _ surroundings: RunSurroundings, layout: TextLayout = TextLayout(width: 400)
  ) -> String {
    RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now, surroundings: surroundings,
      layout: layout)
  }

  private func json(_ story: RunStory, _ surroundings: RunSurroundings) throws -> JSONValue {
    try JSONValue(
      parsing: RunStatusJSON.text(
        run: RunStory.id, state: story.state, now: story.now, surroundings: surroundings
      ).utf8)
  }

  private func asked(
    _ verb: OperatorRequest.Verb, _ step: String? = gate, isTaken: Bool = false, id: Int64 = 7
  ) -> PostedRequest {
    PostedRequest(
      OperatorRequest(
        id: id, verb: verb, step: step, word: OperatorWord(by: "root", note: "CHG1")),
      postedAt: Self.seen, isTaken: isTaken)
  }

  /// A step is begun and the executor is killed.
  private func killed() throws -> RunStory {
    var story = RunStory()
    try story.start()
    try story.carryOut(0)
    try story.carryOut(1)
    try story.add(.stepStarted(step: 2, attempt: 1))
    return story
  }

  @Test("A run whose executor was killed in a step says so first, and how it is taken up")
  func unattended() throws {
    let story = try killed()
    let text = status(story, gone)
    #expect(text.hasPrefix("Run emea-2026-1 · nobody is working on it\n"))
    let sentence =
      "Nobody has been working on this run since 2027-01-15 08:00Z, for 3h. Begun, and may or may not have "
      + "happened: `break-replication/berlin+paris`."
    #expect(text.contains(sentence), "\(text)")
    #expect(text.contains("executor    ann on bastion-1, process 4711, went without a word"))
    #expect(text.contains("outcome not known"))
    #expect(text.contains("Under way when its executor went\n") && !text.contains("Under way\n"))
    #expect(text.contains("    waltz resume emea-2026-1\n"))
    let parsed = try json(story, gone)
    #expect(parsed["status"]?.string == "unattended")
    #expect(parsed["reason"]?.string == sentence)
    #expect(parsed["executor"]?["state"]?.string == "gone")
    #expect(parsed["executor"]?["name"]?.string == "ann on bastion-1, process 4711")
    #expect(parsed["executor"]?["lastSeenAt"]?.string == "2027-01-15T08:00:00.000Z")
    let listing = RunListing(run: RunStory.id, state: story.state, surroundings: gone)
    #expect(RunsTable.text([listing]).contains("nobody is working on it"))

    let attended = status(story, RunSurroundings())
    #expect(attended.hasPrefix("Run emea-2026-1 · running\n"))
    #expect(attended.contains("Under way"))
    #expect(try json(story, RunSurroundings())["executor"]?["state"]?.string == "at-work")
  }

  @Test("The same where the run was given back in the middle, or has not begun")
  func givenBack() throws {
    let nobody = RunSurroundings(executor: .none)
    #expect(
      status(try killed(), nobody).contains(
        "Nobody has been working on this run since its last event, 2026-01-05 08:00Z."))
    #expect(
      status(RunStory(), nobody).contains("Nobody has been working on this run. It has not begun."))
  }

  @Test(
    "What needs a person stands beside it, and a run that rests or has ended needs nobody at work")
  func others() throws {
    let open = status(try RunStory.midway(), gone)
    #expect(open.contains("for 3h. A person must act at `\(Self.gate)`."))
    var rests = try RunStory.midway()
    try rests.add(.runWaiting(.operator))
    #expect(
      status(rests, RunSurroundings(executor: .none))
        .hasPrefix("Run emea-2026-1 · waiting for an operator\n"))
    let ended = status(try RunStory.finished(), gone)
    #expect(ended.hasPrefix("Run emea-2026-1 · succeeded\n"))
    #expect(!ended.contains("executor "))
  }

  @Test("What was asked of a gate stands under it, and nobody is told to ask for it again")
  func gateAsked() throws {
    var story = try RunStory.midway()
    try story.add(.runWaiting(.operator))
    let nobody = RunSurroundings(executor: .none, requests: [asked(.approve)])
    let text = status(story, nobody)
    #expect(
      text.contains(
        """
            approved by root at 2027-01-15 08:00Z (CHG1), not taken up yet: nobody is working on the run.
            waltz withdraw emea-2026-1 7

        """), "\(text)")
    #expect(!text.contains("waltz approve") && !text.contains("waltz reject"))
    #expect(text.contains("What was requested is done as soon as the run is resumed:"))
    #expect(text.contains("    waltz resume emea-2026-1\n"))
    #expect(!text.contains("A person must act"))

    let parsed = try json(story, nobody)
    let gate = try #require(parsed["gates"]?.array?.first)
    #expect(gate["commands"]?.array == [])
    #expect(gate["requests"]?.array == [.integer(7)])
    #expect(
      parsed["requests"]?.array == [
        .object([
          .init("id", .integer(7)), .init("request", .string("approve")),
          .init("step", .string(Self.gate)), .init("by", .string("root")),
          .init("note", .string("CHG1")), .init("acceptsOrphans", .bool(false)),
          .init("postedAt", .string("2027-01-15T08:00:00.000Z")), .init("takenUp", .bool(false)),
          .init("commands", .array([.string("waltz withdraw emea-2026-1 7")])),
        ])
      ])
    // Without a request it is as before.
    #expect(status(story, RunSurroundings(executor: .none)).contains("waltz approve"))
  }

  @Test("What was asked of the run, or of a step with no trouble, has a part of its own")
  func runAsked() throws {
    let surroundings = RunSurroundings(
      executor: .none,
      requests: [asked(.abort, nil), asked(.retry, "check-server/paris/sepm-par-01", id: 8)])
    var story = try RunStory.midway()
    try story.add(.runWaiting(.operator))
    let text = status(story, surroundings)
    #expect(
      text.contains("Asked\n  abort\n    aborted by root at 2027-01-15 08:00Z (CHG1), not taken up")
    )
    #expect(text.contains("  retry check-server/paris/sepm-par-01\n    retried by root"))
    #expect(text.contains("waltz withdraw emea-2026-1 8"))
    #expect(text.contains("waltz approve"), "the gate is still open")
  }

  @Test("An executor at work acts on what was asked: what it took up cannot be taken back")
  func atWork() throws {
    let story = try RunStory.midway()
    let taken = RunSurroundings(requests: [asked(.abort, nil, isTaken: true)])
    let text = status(story, taken)
    #expect(text.contains("the executor acts on it now"))
    #expect(!text.contains("waltz withdraw"))
    #expect(!text.contains("is done as soon as the run is resumed"))
  }

  @Test("A run that answers no more shows no requests")
  func ended() throws {
    let surroundings = RunSurroundings(executor: .none, requests: [asked(.pause, nil)])
    let story = try RunStory.finished()
    #expect(!status(story, surroundings).contains("paused by"))
    #expect(try json(story, surroundings)["requests"]?.array == [])
    #expect(status(try RunStory.failed(), surroundings).contains("paused by root"))
  }

  @Test("Every printed command carries the state directory that was given")
  func state() throws {
    let commands = StateCommands(stateDirectory: "/srv/my runs")
    let stories = [
      try RunStory.midway(), try RunStory.failed(), try RunStory.finished(), try killed(),
    ]
    for story in stories {
      for executor in [RunSurroundings.Executor.atWork, .none] {
        let surroundings = RunSurroundings(
          executor: executor, requests: [asked(.skip, "restart-services/berlin/sepm-ber-01")],
          commands: commands)
        let texts = [
          status(story, surroundings),
          RunSummary.text(
            run: RunStory.id, state: story.state, now: story.now, commands: commands,
            layout: TextLayout(width: 400)),
          RunStatusJSON.text(
            run: RunStory.id, state: story.state, now: story.now, surroundings: surroundings),
          LiveView(run: RunStory.id, layout: TextLayout(width: 400), surroundings: surroundings)
            .lines(story.state, now: story.now).joined(separator: "\n"),
        ]
        for line in texts.joined(separator: "\n").split(separator: "\n")
        where line.contains("waltz ") {
          #expect(line.contains("--state '/srv/my runs'"), "\(line)")
        }
      }
    }
    let story = try RunStory.midway()
    let line = RunLine(run: RunStory.id, state: story.state, commands: commands)
    let lines: [[String]] = story.events.map { line.lines(of: $0, in: story.state) }
    let printed = lines.joined().filter { $0.contains("waltz ") }
    #expect(!printed.isEmpty && printed.allSatisfy { $0.contains("--state '/srv/my runs'") })
    #expect(
      RunsTable.text([], commands: commands).contains("waltz run PLAN --state '/srv/my runs'"))
  }
}
