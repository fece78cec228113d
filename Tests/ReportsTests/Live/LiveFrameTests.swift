import Foundation
import PlanModel
import RotationEngine
import TestSupport
import Testing

@testable import Reports

@Suite("The frames of a live view")
struct LiveFrameTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Formats/Frames")

  private static let sizes = [60, 80, 160].flatMap { columns in
    [12, 24, 50].map { (columns: columns, lines: $0) }
  }

  private func model(_ story: RunStory, after wait: Duration = .hours(4)) -> LiveModel {
    LiveModel(
      run: RunStory.id, state: story.state, now: story.now + wait,
      surroundings: RunSurroundings(
        executor: .gone(
          name: "ann on bastion-1, process 4711", since: story.now, lasting: .seconds(14_400))),
      events: story.events)
  }

  /// Set `WALTZ_WRITE_GOLDEN` to write the files anew; then read what changed.
  @Test("A run in the middle has the frames that are on record", arguments: sizes)
  func golden(columns: Int, lines: Int) throws {
    var model = model(try RunStory.midway())
    let frame = model.frame(TextLayout(width: columns), height: lines)
    let text = frame.map { $0 + "\n" }.joined()
    let file = Self.folder.appending(path: "\(columns)x\(lines).txt")
    if ProcessInfo.processInfo.environment["WALTZ_WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "\(file.lastPathComponent) was written anew; run again without WALTZ_WRITE_GOLDEN.")
      return
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(
    "No frame is larger than its terminal, and none is without what matters", arguments: 0..<60)
  func properties(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: Int.random(in: 1...80, using: &random))
    var model = model(story, after: .hours(random.pick([0, 30, 900])))
    for _ in 0..<25 {
      let columns = Int.random(in: 40...170, using: &random)
      let lines = Int.random(in: 1...60, using: &random)
      let layout = TextLayout(width: columns, unicode: random.chance(50))
      for key in random.pick([
        [LiveKey.down], [.enter], [.back], [.character("w")], [.character("e")],
        [.character("/"), .character("a")],
        [.character("!")], [.character("g")], [.character("s")], [.character("?")], [.pageDown],
        [.end], [.home],
        [.erase, .enter],
      ]) { _ = model.take(key) }
      let frame = model.frame(layout, height: lines)
      #expect(frame.count <= lines)
      for line in frame { #expect(textWidth(line) <= columns, "\(line)") }
      let overview = model.lastFrame(layout, height: lines)
      #expect(overview.count <= lines)
      guard columns >= 60, lines >= 12 else { continue }
      #expect(overview[0].contains(RunStory.id))
      // Of everything that is open something is seen.
      for (words, _) in model.overview.openExposures {
        #expect(overview.contains { $0.contains(words) })
      }
      if let gate = model.overview.gates.first, model.overview.lineStops.isEmpty {
        #expect(overview.contains { $0.contains("gate ") && $0.contains(gate.id.prefix(8)) })
      }
    }
  }

  @Test("A command is whole, over as many lines as it needs, and a shell takes it so")
  func commands() throws {
    var model = model(try RunStory.midway())
    let frame = model.frame(TextLayout(width: 60), height: 24)
    let start = try #require(frame.firstIndex { $0.contains("waltz approve") })
    let joined = frame[start...(start + 1)].map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      joined == [
        "waltz approve emea-2026-1 \\", "update-certificate/berlin/sepm-ber-01 --note TEXT",
      ])
  }

  @Test("A view of a run that nobody carries out says so, and old figures show their age")
  func ages() throws {
    let story = try RunStory.midway()
    let frame = model(story).lastFrame(TextLayout(width: 120), height: 30)
    #expect(frame.contains { $0.contains("executor gone since") && $0.contains("bastion-1") })
    #expect(frame.contains { $0.contains("counted 4h ago") })
    var alive = model(story)
    alive.surroundings = RunSurroundings(
      holder: RunSurroundings.Holder(name: "ann on bastion-1", renewedAt: story.now))
    #expect(
      alive.lastFrame(TextLayout(width: 120), height: 30)
        .contains("executor ann on bastion-1, alive"))
  }

  @Test("Keys lead through the pages and back, and none asks for more than to look")
  func pages() throws {
    var model = model(try RunStory.midway())
    func first() -> String { model.frame(TextLayout(width: 100), height: 30)[1] }
    for (key, title) in [
      ("w", "Waits"), ("g", "Gates"), ("e", "Events"), ("!", "What needs a person"), ("?", "Keys"),
    ] {
      #expect(model.take(.character(Character(key))) == nil)
      #expect(first().hasPrefix(title))
      #expect(model.take(.back) == nil)
      #expect(first().contains("of 16 steps"))
    }
    _ = model.take(.down)
    _ = model.take(.enter)
    #expect(first().hasPrefix("update-certificate/berlin/sepm-ber-01"))
    _ = model.take(.back)
    _ = model.take(.character("/"))
    for character in "gate" { _ = model.take(.character(character)) }
    #expect(model.take(.character("q")) == nil)
    _ = model.take(.erase)
    let found = model.frame(TextLayout(width: 100), height: 30)
    #expect(found[1].hasPrefix("Events  with gate"))
    #expect(found[2..<28].allSatisfy { $0.isEmpty || $0.lowercased().contains("gate") })
    _ = model.take(.enter)
    #expect(model.take(.character("q")) == .leave)
  }

  @Test("A curve has its time from the begin to the deadline, and its height from none to all")
  func curve() throws {
    let story = try RunStory.midway()
    let overview = model(story).overview
    let wait = try #require(overview.waits.first)
    for (unicode, levels) in [(true, "▁▂▃▄▅▆▇█"), (false, "_.:-=+*#")] {
      let layout = TextLayout(width: 100, unicode: unicode)
      let line = AdoptionSparkline.line(wait, columns: 42, at: overview.now, layout)
      #expect(line.width == 42)
      let text = line.whole(layout)
      let past = text.prefix { levels.contains($0) }
      #expect(past.first == levels.first && past.count < 42 && past.count > 1)
      let heights = past.compactMap { levels.firstIndex(of: $0) }
      #expect(heights == heights.sorted())
    }
  }
}
