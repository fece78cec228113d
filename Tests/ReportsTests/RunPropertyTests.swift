import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import TestSupport
import Testing

@Suite("Reports of random runs")
struct RunPropertyTests {
  @Test("No frame of a live view is wider or higher than it may be", arguments: 0..<40)
  func liveViewFits(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: Int.random(in: 1...250, using: &random))
    for width in [40, 200] + (0..<12).map({ _ in Int.random(in: 40...200, using: &random) }) {
      let height = Int.random(in: 8...40, using: &random)
      let layout = TextLayout(width: width, unicode: random.chance(50))
      let lines = LiveView(run: RunStory.id, layout: layout, maximumLines: height)
        .lines(story.state, now: story.now + .hours(random.pick([0, 1, 2_000])))
      #expect(lines.count <= height, "seed \(seed), width \(width)")
      for line in lines {
        #expect(Self.columns(line) <= width, "seed \(seed): \(line)")
        #expect(!line.contains { $0.isNewline }, "seed \(seed): \(line)")
      }
    }
  }

  @Test("Colours change nothing but colours", arguments: 0..<20)
  func coloursAreOnlyColours(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: 60)
    let now = story.now + .hours(1)
    func reports(_ color: Bool) -> [String] {
      let layout = TextLayout(width: 72, color: color)
      return LiveView(run: RunStory.id, layout: layout).lines(story.state, now: now) + [
        RunStatusText.text(run: RunStory.id, state: story.state, now: now, layout: layout),
        RunSummary.text(run: RunStory.id, state: story.state, now: now, layout: layout),
      ]
    }
    let plain = reports(false)
    #expect(!plain.contains { $0.contains("\u{1B}") }, "seed \(seed): an escape came through")
    #expect(reports(true).map(Self.uncoloured) == plain, "seed \(seed)")
  }

  @Test("Every prefix of a journal has every report", arguments: 0..<12)
  func reportsAreTotal(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: 80)
    var state = RunState(graph: story.state.graph)
    var thinning = WaitThinning()
    let line = RunLine(run: RunStory.id, state: state)
    let width = random.chance(50) ? 80 : 60
    let wrapped = RunLine(
      run: RunStory.id, state: state, layout: TextLayout(width: width), wraps: true)
    // A colon that would begin a command of a CI system at the begin of a line is shown as a code there.
    func words(_ lines: [String]) -> [Substring] {
      lines.flatMap { $0.replacing("<0x3A>", with: ":").split(separator: " ") }
    }
    for event in story.events {
      try state.apply(event)
      let isNews = thinning.isNews(event, in: state)
      if case .waitSampled = event.kind {} else { #expect(isNews, "seed \(seed)") }
      let lines = line.lines(of: event, in: state)
      #expect(lines.first?.hasPrefix("20") == true, "seed \(seed)")
      for line in lines { #expect(!line.contains { $0.isNewline }, "seed \(seed): \(line)") }
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("      ") }, "seed \(seed)")
      // On a terminal nothing is lost, and only what cannot be broken is wider: an event's head, a command, a long word.
      let rows = wrapped.lines(of: event, in: state)
      #expect(words(rows) == words(lines), "seed \(seed)")
      for row in rows.dropFirst() where Self.columns(row) > width {
        let rest = row.drop { $0 == " " }
        guard !rest.contains("<0x3A>") else { continue }
        #expect(rest.hasPrefix("waltz ") || !rest.contains(" "), "seed \(seed): \(row)")
      }

      let text = RunStatusText.text(run: RunStory.id, state: state, now: event.at)
      let summary = RunSummary.text(run: RunStory.id, state: state, now: event.at)
      let words = RunStanding(state, at: event.at).rawValue.split(separator: "-")[0]
      #expect(text.contains(words) && summary.contains(words), "seed \(seed)")
    }
  }

  @Test("The status in JSON is JSON, and agrees with the state", arguments: 0..<30)
  func statusIsJSON(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: Int.random(in: 1...150, using: &random))
    let state = story.state
    let waiting = state.steps.indices.filter { state.steps[$0].phase == .waiting }
    let straggler = Straggler(
      name: "pc", group: "My Company", lastSeen: nil, .offline, reason: "offline")
    let stragglers = Dictionary(uniqueKeysWithValues: waiting.map { ($0, Stragglers([straggler])) })
    let json = try JSONValue(
      parsing: RunStatusJSON.text(
        run: RunStory.id, state: state, now: story.now, stragglers: stragglers
      ).utf8)
    let states = try #require(json["stepStates"]?.array)
    #expect(states.count == state.steps.count, "seed \(seed)")
    #expect(json["status"]?.string == RunStanding(state, at: story.now).rawValue, "seed \(seed)")
    #expect(json["waiting"]?.array?.count == waiting.count, "seed \(seed)")
    #expect(
      json["waiting"]?.array?.allSatisfy { $0["stragglers"]?.array?.count == 1 } == true,
      "seed \(seed)")
    #expect(json["gates"]?.array?.count == state.counts.gateOpen, "seed \(seed)")
    #expect(json["failed"]?.array?.count == state.counts.failed, "seed \(seed)")
    #expect(json["inDoubt"]?.array?.count == state.counts.inDoubt, "seed \(seed)")
    for (name, count) in [("in-doubt", state.counts.inDoubt), ("waiting", state.counts.waiting)] {
      #expect(states.count { $0["state"]?.string == name } == count, "seed \(seed)")
    }
    let steps = try #require(json["steps"])
    #expect(steps["total"]?.integer.map { Int($0) } == state.steps.count, "seed \(seed)")
    #expect((json["figures"] == .null) == (state.figures == nil), "seed \(seed)")
  }

  @Test("Nothing that is said in a run forges a line of a report", arguments: HostileText.seeds(40))
  func nothingIsForged(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: 80)
    let (state, now) = (story.state, story.now + .hours(1))
    let layout = TextLayout(width: Int.random(in: 40...200, using: &random))
    let id = random.chance(50) ? RunStory.id : HostileText.text(&random)
    let requests = [
      PostedRequest(
        OperatorRequest(
          id: 1, verb: .skip, step: random.text(),
          word: OperatorWord(by: random.text(), note: random.text())), postedAt: now,
        isTaken: false)
    ]
    let gone = RunSurroundings.Executor.gone(
      name:
        random.text(), since: now, lasting: .seconds(5))
    let surroundings = RunSurroundings(
      executor: random.chance(50) ? gone : .none, requests: requests)
    let stragglers = Dictionary(
      uniqueKeysWithValues: state.steps.indices.map {
        let text = HostileText.text(&random)
        return (
          $0, Stragglers([Straggler(name: text, group: text, lastSeen: nil, .moved, reason: text)])
        )
      })
    let listing = RunListing(run: id, state: state, surroundings: surroundings)
    var printed = [
      RunStatusText.text(
        run: id, state: state, now: now, surroundings: surroundings, stragglers: stragglers,
        layout: layout),
      RunSummary.text(run: id, state: state, now: now, layout: layout),
      RunStatusJSON.text(
        run: id, state: state, now: now, surroundings: surroundings, stragglers: stragglers),
      RunsTable.text([listing], layout: layout), RunsTable.json([listing]),
      LiveView(run: id, layout: layout).lines(state, now: now).joined(separator: "\n"),
    ]
    let line = RunLine(run: id, state: state, layout: layout)
    let wrapped = RunLine(run: id, state: state, layout: layout, wraps: true)
    printed += [line, wrapped].flatMap { line in
      story.events.flatMap { line.lines(of: $0, in: state) }
    }
    for text in printed {
      #expect(HostileText.forgeries(in: text).isEmpty, "seed \(seed): \(text)")
    }
  }

  /// The columns of a line, counted apart from the code under test: ideographs and emoji take two.
  private static func columns(_ line: String) -> Int {
    line.reduce(0) { columns, character in
      let value = character.unicodeScalars.first?.value ?? 0
      return columns + ((0x2E80...0xFF60).contains(value) || value >= 0x1F300 ? 2 : 1)
    }
  }

  private static func uncoloured(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      result += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    return result + rest
  }
}
