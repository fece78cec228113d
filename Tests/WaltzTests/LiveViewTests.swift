import Foundation
import Reports
import RotationEngine
import RunStore
import Runs
import TestSupport
import Testing

@Suite("The live view on a terminal", .enabled(if: TmuxPane.isThere), .timeLimit(.minutes(15)))
struct LiveViewTests {
  /// A run that rests at a gate, and the frames that a view of it has.
  private func restingRun() async throws -> (desk: Desk, frame: (Int, Int) -> [String]) {
    let desk = try Desk()
    let start = try await desk.startAtGate()
    try #require(start.status == 11)
    let file = try StateFile(
      directory: desk.state, access: .reading, commands: StateCommands(stateDirectory: desk.state))
    let holder = LeaseHolder(
      identity: .current(user: "tester"), uptime: { .zero }, now: { Instant(milliseconds: 0) })
    let watch = try await RunWatch(
      nil, at: RunDesk(file, holder: holder, worldFolder: desk.state))
    let archive = watch.sight.archive
    let model = LiveModel(
      run: archive.id, state: archive.state, now: archive.time(now: Instant(milliseconds: 0)),
      surroundings: watch.sight.surroundings,
      events: try await watch.lastEvents(LiveModel.eventCount))
    return (
      desk,
      { columns, lines in
        var model = model
        return TmuxPane.trimmed(model.frame(TextLayout(width: columns), height: lines))
      }
    )
  }

  @Test("Every size has its frame, whole, also where the size changes meanwhile")
  func resizing() async throws {
    let (desk, frame) = try await restingRun()
    let pane = try await TmuxPane(desk, columns: 80, lines: 24, "$WALTZ status --watch; sleep 900")
    for (columns, lines) in [
      (80, 24), (160, 50), (60, 12), (59, 11), (80, 50), (160, 12), (60, 24),
    ] {
      try await pane.resize(columns: columns, lines: lines)
      let wanted = frame(columns, lines)
      #expect(try await pane.lines { $0 == wanted } == wanted, "\(columns) columns, \(lines) lines")
    }
    #expect(try await pane.mode() == "1 0")
  }

  @Test("Keys turn pages, and leaving gives the terminal back with the last frame on it")
  func leaving() async throws {
    let (desk, frame) = try await restingRun()
    let pane = try await TmuxPane(
      desk, columns: 100, lines: 40,
      "stty -a >before; $WALTZ status --watch; echo status $?; stty -a >after; sleep 900")
    try await pane.press("g")
    var seen = try await pane.lines { $0.count > 1 && $0[1].hasPrefix("Gates") }
    #expect(seen.contains { $0.contains("waltz reject") })
    try await pane.press("?")
    seen = try await pane.lines { $0.count > 1 && $0[1].hasPrefix("Keys") }
    #expect(seen.contains { $0.contains("No key changes anything") })
    try await pane.press("Escape")
    let wanted = frame(100, 40)
    #expect(try await pane.lines { $0 == wanted } == wanted)
    try await pane.press("q")
    seen = try await pane.lines { $0.contains("status 0") }
    // The first line may have gone up already.
    #expect(seen.contains("status 0") && seen.contains(wanted[1]))
    #expect(try await pane.mode() == "0 1")
    for _ in 0..<600 where (try? desk.place.text(of: "after")) == nil {
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(try desk.place.text(of: "after") == desk.place.text(of: "before"))
  }

  @Test("A signal gives the terminal back", arguments: ["TERM", "INT", "HUP", "QUIT"])
  func signals(_ signal: String) async throws {
    let (desk, frame) = try await restingRun()
    let pane = try await TmuxPane(
      desk, columns: 80, lines: 24,
      "sh -c 'echo $$ >pid; exec $WALTZ status --watch'; echo over; stty -a >after; sleep 900")
    let wanted = frame(80, 24)
    #expect(try await pane.lines { $0 == wanted } == wanted)
    _ = try await desk.shell("kill -\(signal) $(cat pid)")
    let seen = try await pane.lines { $0.contains("over") }
    #expect(seen.contains("over") && seen.contains { $0.contains("of 17 steps") })
    #expect(try await pane.mode() == "0 1")
  }

  @Test("A run that goes on has whole frames, and leaves its last one and the summary")
  func underWay() async throws {
    let desk = try Desk()
    let pane = try await TmuxPane(
      desk, columns: 100, lines: 30,
      "$WALTZ run '\(Repository.oneServer)' --simulate; echo status $?; sleep 900")
    var sizes = [(100, 30), (60, 12), (160, 50), (80, 24)]
    var seen: [String] = []
    for _ in 0..<3_000 {
      if let (columns, lines) = sizes.popLast() {
        try await pane.resize(columns: columns, lines: lines)
      }
      seen = try await pane.lines()
      if seen.contains("status 0") { break }
      if try await pane.mode() == "1 0" {
        #expect(seen.filter { $0.hasPrefix("one-server-1  ") }.count <= 1, "\(seen)")
        #expect(seen.filter { $0.contains(" of 17 steps") }.count <= 1, "\(seen)")
      }
    }
    #expect(seen.contains("status 0"))
    // The end of the summary: a terminal of twelve lines has no room for more.
    #expect(seen.contains { $0.contains("waltz verify") })
    #expect(try await pane.mode() == "0 1")
    try await desk.expectIntact()
  }

  @Test(
    "Where nothing is to be drawn, lines are added and nothing else",
    arguments: ["TERM=dumb", "ACCESSIBLE=1", "WALTZ_X=plain"])
  func lines(_ variable: String) async throws {
    let (desk, _) = try await restingRun()
    let plain = variable.hasSuffix("plain") ? "--plain" : ""
    let pane = try await TmuxPane(
      desk, columns: 300, lines: 12,
      "env \(variable) $WALTZ status --watch \(plain) --exit-on operator; echo status $?; sleep 900"
    )
    let told = try await pane.lines { $0.contains { $0.hasPrefix("status ") } }
    #expect(told.count == 2 && told.last == "status 11", "\(told)")
    #expect(told[0].contains("one-server-1  waiting for an operator, "))
    #expect(told[0].contains("waltz approve one-server-1") && told[0].allSatisfy(\.isASCII))
    #expect(try await pane.mode() == "0 1")
  }
}
