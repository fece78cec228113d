import Estate
import Foundation
import PlanCompiler
import PlanModel
import RotationEngine
import RotationGraph
import Testing

@Suite("The estate's log in a file")
struct FileEstateLogTests {
  private static func text(_ lines: [[UInt8]]?) -> [String]? {
    lines.map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test("What is appended is there for the next executor, in a file of its owner only")
  func appends() async throws {
    let folder = try TemporaryFolder()
    do {
      let log = try await FileEstateLog.takeOver(folder.log)
      #expect(try log.lines() == [])
      try log.append(Array("one".utf8))
      try log.append(Array("two".utf8))
    }
    #expect(try folder.mode(of: folder.log) == 0o600)
    let again = try await FileEstateLog.takeOver(folder.log)
    #expect(Self.text(try again.lines()) == ["one", "two"])
    try again.append(Array("three".utf8))
    #expect(try folder.text(of: folder.log) == "one\ntwo\nthree\n")
  }

  @Test("The writer cuts a torn last line", arguments: ["", "one\n", "one\n\ntwo\n"])
  func writerCuts(whole: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(whole + "{\"at\":\"20", to: folder.log)
    let log = try await FileEstateLog.takeOver(folder.log)
    #expect(try folder.text(of: folder.log) == whole)
    try log.append(Array("next".utf8))
    #expect(try folder.text(of: folder.log) == whole + "next\n")
  }

  @Test("An executor that lost the log writes and cuts nothing that the next one has")
  func fenced() async throws {
    let folder = try TemporaryFolder()
    let first = try await FileEstateLog.takeOver(folder.log)
    try first.append(Array("one".utf8))
    let second = try await FileEstateLog.takeOver(folder.log)
    try second.append(Array("two".utf8))
    try first.append(Array("late".utf8))
    try second.append(Array("three".utf8))
    #expect(try folder.text(of: folder.log) == "one\ntwo\nthree\n")
    let third = try await FileEstateLog.takeOver(folder.log)
    #expect(Self.text(try third.lines()) == ["one", "two", "three"])
    #expect(try folder.names() == [String(folder.log.dropFirst(folder.path.count + 1))])
  }

  @Test("Whose run it is not does not take the log over")
  func unconfirmed() async throws {
    let folder = try TemporaryFolder()
    let log = try await FileEstateLog.takeOver(folder.log)
    await #expect(throws: JournalError.self) {
      try await FileEstateLog.takeOver(folder.log) { throw JournalError.stoodStill("test") }
    }
    try log.append(Array("one".utf8))
    #expect(try folder.text(of: folder.log) == "one\n")
  }

  @Test("The reader passes over a torn last line and leaves it where it is")
  func readerIgnores() throws {
    let folder = try TemporaryFolder()
    let text = "one\ntwo\n{\"at\":\"20"
    try folder.write(text, to: folder.log)
    #expect(Self.text(try FileEstateLog.lines(ofFileAt: folder.log)) == ["one", "two"])
    #expect(try folder.text(of: folder.log) == text)
  }

  @Test("The reader makes no file")
  func readerMakesNothing() throws {
    let folder = try TemporaryFolder()
    #expect(try FileEstateLog.lines(ofFileAt: folder.log) == nil)
    #expect(try FileEstateLog.lines(ofFileAt: folder.path + "/none/run.log") == nil)
    #expect(try folder.names() == [])
  }

  @Test("The reader needs no right to write")
  func readerOfReadOnlyFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("one\n", to: folder.log)
    try folder.setMode(0o400, of: folder.log)
    try folder.setMode(0o500, of: folder.path)
    defer { try? folder.setMode(0o700, of: folder.path) }
    #expect(Self.text(try FileEstateLog.lines(ofFileAt: folder.log)) == ["one"])
  }

  @Test("A log that cannot be opened says which file, why, and what to do")
  func errorsNameTheFile() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.log, withIntermediateDirectories: false)
    let error = await #expect(throws: EstateLogError.self) {
      try await FileEstateLog.takeOver(folder.log)
    }
    let message = try #require(error?.message)
    #expect(message.contains(folder.path))
    #expect(message.contains("cannot be read: Is a directory."))
    #expect(message.contains("run the command again"))
  }

  @Test("A link in the place of the log is neither read nor cut, and nothing is made behind it")
  func links() async throws {
    let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
    try outside.write("precious, and no line end", to: outside.log)
    for target in [outside.log, outside.path + "/new", "/dev/zero"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.log, withDestinationPath: target)
      await Self.expectRefusal("`\(folder.log)` is a link", of: folder.log)
      try FileManager.default.removeItem(atPath: folder.log)
    }
    let link = folder.path + "/estates"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: outside.path)
    await Self.expectRefusal("`\(link)` is a link", of: link + "/run.log")
    #expect(try outside.text(of: outside.log) == "precious, and no line end")
    #expect(try outside.names() == ["run.log"])
  }

  @Test("A pipe in the place of the log is not waited for")
  func pipes() async throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.log, 0o600) == 0)
    await Self.expectRefusal("`\(folder.log)` is a pipe", of: folder.log)
  }

  @Test("A log or a folder that others can write to is named, with the command that mends it")
  func modes() async throws {
    let folder = try TemporaryFolder()
    try folder.write("one\n", to: folder.log)
    try folder.setMode(0o666, of: folder.log)
    await Self.expectRefusal("`chmod go-rwx \(folder.log)`", of: folder.log)
    try folder.setMode(0o600, of: folder.log)
    try folder.setMode(0o777, of: folder.path)
    await Self.expectRefusal("`chmod 700 \(folder.path)`", of: folder.log)
  }

  /// Expects that neither writer nor reader opens a log.
  private static func expectRefusal(_ words: String, of path: String) async {
    let reading = #expect(throws: EstateLogError.self) {
      try FileEstateLog.lines(ofFileAt: path)
    }
    let writing = await #expect(throws: EstateLogError.self) {
      try await FileEstateLog.takeOver(path)
    }
    for error in [reading, writing] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "opened")")
    }
  }

  @Test("A log of another seed, scenario or graph is refused, with the way out")
  func otherWorlds() async throws {
    let folder = try TemporaryFolder()
    let graph = lower(Plans.one())
    func refusal(
      _ seed: Int64 = 1, _ scenario: Scenario = Scenario(), _ digest: String = "a"
    ) async throws -> EstateLogError? {
      let log = try await FileEstateLog.takeOver(folder.log)
      do {
        _ = try SimulatedDriver(
          graph: graph, digest: digest, scenario: scenario, seed: seed, log: log,
          permit: .unlimited, clock: { VirtualClock(start: $0) })
        return nil
      } catch {
        return error as? EstateLogError
      }
    }
    for _ in 0..<2 { #expect(try await refusal() == nil) }
    let before = try folder.text(of: folder.log)
    for (what, error) in [
      ("the seed 1, not 2", try await refusal(2)),
      ("the scenario", try await refusal(1, Scenarios.flaky)),
      ("the graph a, not b", try await refusal(1, Scenario(), "b")),
    ] {
      let message = try #require(error?.message)
      #expect(message.contains("was written for \(what)"))
      #expect(message.contains("or start a new run"))
    }
    #expect(try folder.text(of: folder.log) == before)
  }

  @Test("A damaged line is refused by its number, and a foreign file as a whole")
  func damage() throws {
    let header = EstateLogHeader(seed: 1, scenario: "s", graph: "g")
    let entry = EstateEntry(
      at: Instant(milliseconds: 0), step: "x", attempt: 1, effect: .backUpServer, target: "a/b")
    let lines = [header.line, entry.line, Array("{}".utf8), entry.line]
    let damaged = #expect(throws: EstateLogError.self) {
      try EstateHistory(lines: lines, of: header)
    }
    #expect(damaged?.message.hasPrefix("Line 3 of the estate's log is damaged.") == true)
    let foreign = #expect(throws: EstateLogError.self) {
      try EstateHistory(lines: [Array("hello".utf8)], of: header)
    }
    #expect(foreign?.message.contains("does not begin with a header") == true)
    #expect(try EstateHistory(lines: [header.line, entry.line], of: header).entries == [entry])
    #expect(try !EstateHistory(lines: [], of: header).isBegun)
  }

  @Test("A log without entries is lost as soon as a step succeeded that leaves one")
  func lostLog() throws {
    let header = EstateLogHeader(seed: 1, scenario: "s", graph: "g")
    let entry = EstateEntry(
      at: Instant(milliseconds: 0), step: "x", attempt: 1, effect: .backUpServer, target: "a/b")
    for lines in [[], [header.line]] as [[[UInt8]]] {
      let history = try EstateHistory(lines: lines, of: header)
      // The executor may have died before its first effect.
      #expect(!history.isLost(after: []))
      #expect(!history.isLost(after: [.checkCertificate, .checkServer, .verifyCertificate]))
      #expect(!history.isLost(after: [.awaitVerificationDisabled, .verifyReplication]))
      #expect(history.isLost(after: [.checkServer, .backUpServer]))
      #expect(history.isLost(after: [.recordSettings]))
    }
    let history = try EstateHistory(lines: [header.line, entry.line], of: header)
    #expect(!history.isLost(after: [.backUpServer, .updateCertificate]))
  }

  @Test("Every action that succeeds by changing the estate is taken to leave an entry")
  func entriesOfARun() async throws {
    let run = try await SimulatedRun(Plans.two(), seed: 1)
    let logged = Set(run.driver.entries.map(\.effect))
    let header = EstateLogHeader(seed: 1, scenario: "s", graph: "g")
    let empty = try EstateHistory(lines: [header.line], of: header)
    for action in Set(run.state.graph.steps.map(\.action)) {
      #expect(empty.isLost(after: [action]) == logged.contains(action), "\(action)")
    }
  }

  @Test("Who only looks names the same stragglers as the executor")
  func view() async throws {
    let log = InMemoryEstateLog()
    let run = try await SimulatedRun(Plans.one(), seed: 4, log: log)
    let graph = run.state.graph
    let step = try #require(graph.steps.firstIndex { $0.action == .awaitVerificationDisabled })
    let change = try #require(run.driver.entries.last { $0.effect == .disableVerification })
    let header = EstateLogHeader(seed: 4, scenario: Scenario().digest, graph: "test")
    let through = try #require(run.driver.entries.firstIndex(of: change))
    let lines = Array(try log.lines().prefix(through + 2))
    let instant = change.at + .hours(5)
    let view = EstateView(
      graph: graph, scenario: Scenario(), seed: 4,
      history: try EstateHistory(lines: lines, of: header), at: instant)
    let driver = try SimulatedDriver(
      graph: graph, digest: "test", scenario: Scenario(), seed: 4,
      log: InMemoryEstateLog(lines: lines), permit: .unlimited,
      clock: { _ in VirtualClock(start: instant) })
    let request = StepRequest(
      run: "test", graph: graph, step: step, attempt: 1, startedAt: change.at)
    let expected = await driver.stragglers(request, limit: 20)
    #expect(expected.named.count == 20)
    #expect(view.stragglers(of: step, since: change.at, limit: 20) == expected)
    #expect(view.now == instant)
    let fresh = EstateView(
      graph: graph, scenario: Scenario(), seed: 4,
      history: try EstateHistory(lines: [], of: header), at: instant)
    #expect(fresh.stragglers(of: step, since: change.at, limit: 20) == Stragglers())
  }
}
