import CanonicalJSON
import RotationEngine
import RotationGraph
import TestSupport
import Testing

@testable import Reports

@Suite("The fold of a journal that was kept")
struct RunKeptFoldTests {
  private func kept(_ state: RunState) throws -> RunState {
    let codec = FoldCodec(EventCodec(run: "emea-1", graph: state.graph), graph: state.graph)
    var writer = JSONWriter()
    codec.write(state, to: &writer)
    return try codec.state(try JSONValue(parsing: writer.bytes))
  }

  @Test("What is read back is the fold, to the last member", arguments: 0..<120)
  func roundTrip(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let story = try RunStory.random(&random, length: Int.random(in: 1...90, using: &random))
    let state = try kept(story.state)
    #expect(Anatomy.of(state) == Anatomy.of(story.state))
    let now = (state.lastAt ?? Instant(milliseconds: 0)) + .seconds(7_200)
    #expect(
      RunStatusText.text(run: "emea-1", state: state, now: now)
        == RunStatusText.text(run: "emea-1", state: story.state, now: now))
    #expect(
      RunStatusJSON.text(run: "emea-1", state: state, now: now)
        == RunStatusJSON.text(run: "emea-1", state: story.state, now: now))
  }

  @Test("It goes on as the fold does", arguments: 0..<40)
  func goesOn(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let story = try RunStory.random(&random, length: 80)
    let cut = Int.random(in: 0..<story.events.count, using: &random)
    var state = RunState(graph: story.state.graph)
    for event in story.events[..<cut] { try state.apply(event) }
    state = try kept(state)
    for event in story.events[cut...] { try state.apply(event) }
    #expect(Anatomy.of(state) == Anatomy.of(story.state))
  }

  @Test("A gist says of a run what the run says of itself", arguments: 0..<60)
  func gist(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let state = try RunStory.random(&random, length: 60).state
    let codec = FoldCodec(EventCodec(run: "emea-1", graph: state.graph), graph: state.graph)
    let gist = RunGist(state, at: state.lastAt ?? Instant(milliseconds: 0))
    var writer = JSONWriter()
    codec.write(gist, to: &writer)
    #expect(try FoldCodec.gist(try JSONValue(parsing: writer.bytes)) == gist)
    for executor in [RunSurroundings.Executor.atWork, .none] {
      #expect(
        RunStanding(gist, executor: executor)
          == RunStanding(state, at: state.lastAt ?? Instant(milliseconds: 0), executor: executor))
    }
  }

  @Test("A fold of another graph, or with a member of another kind, is none")
  func strange() throws {
    var random = SplitMix64(seed: 3)
    let state = try RunStory.random(&random, length: 60).state
    let codec = FoldCodec(EventCodec(run: "emea-1", graph: state.graph), graph: state.graph)
    var writer = JSONWriter()
    codec.write(state, to: &writer)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    for (old, new) in [
      ("\"step\":", "\"step\":9999"), ("\"phase\":\"", "\"phase\":\"x"),
      ("\"sequence\":", "\"sequence\":null,\"x\":"), ("\"steps\":", "\"none\":"),
    ] {
      let changed = text.replacing(old, with: new)
      try #require(changed != text)
      #expect(throws: (any Error).self) {
        try codec.state(try JSONValue(parsing: Array(changed.utf8)))
      }
    }
  }
}

/// Everything that a value is made of, as text: a member that nobody thought of is in it.
private enum Anatomy {
  /// What does not belong to a fold, or follows from it and is nobody's but a scheduler's.
  private static let left: Set<String> = ["graph", "newlyReady", "verificationWaits"]

  static func of(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    let children = mirror.children.filter { !left.contains($0.label ?? "") }
    if children.isEmpty { return "\(value)" }
    let parts = children.map { "\($0.label ?? "")=\(of($0.value))" }
    let isOrdered = mirror.displayStyle != .dictionary && mirror.displayStyle != .set
    return "(\((isOrdered ? parts : parts.sorted()).joined(separator: ", ")))"
  }
}
