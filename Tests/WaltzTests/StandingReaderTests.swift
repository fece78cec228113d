import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("A reader that stands still", .timeLimit(.minutes(10)))
struct StandingReaderTests {
  /// Where output goes that a test wants to see stand still.
  enum Place: CaseIterable {
    case eventsInPipe
    case eventsInNonBlockingPipe
    case progressInPipe
    case progressOnTerminal
    case resultInPipe
  }

  /// A run that stands at a gate which nobody closes, and whose reader stands still from the start.
  private func running(_ desk: Desk, _ place: Place) async throws -> (Beside, StandingReader) {
    let scenario = try desk.write(Scenarios.nobody(), as: "nobody.yaml")
    let arguments = [
      "run", Repository.oneServer, "--simulate", "--scenario", scenario, "--state", desk.state,
    ]
    let (run, reader): (Beside, StandingReader)
    switch place {
    case .eventsInPipe, .eventsInNonBlockingPipe:
      reader = try StandingReader(fullPipe: place == .eventsInPipe)
      run = try Beside(desk, arguments + ["--format", "json"], output: reader.stream)
    case .progressInPipe:
      reader = try StandingReader()
      run = try Beside(desk, arguments, errors: reader.stream)
    case .resultInPipe:
      reader = try StandingReader()
      run = try Beside(desk, arguments, output: reader.stream)
    case .progressOnTerminal:
      reader = try StandingReader(stoppedTerminal: ())
      run = try Beside(desk, arguments, errors: reader.stream)
    }
    // The run goes on to its gate, whoever reads.
    try await until { try await desk.onState("status").output.contains("approve") }
    return (run, reader)
  }

  private func until(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(50)) }
  }

  @Test("Two signals end the process with the run's status", arguments: Place.allCases)
  func twice(_ place: Place) async throws {
    let desk = try Desk()
    let (run, reader) = try await running(desk, place)
    run.send(SIGTERM)
    run.send(SIGTERM)
    try await Task.sleep(for: .milliseconds(200))
    // The two may have become one.
    if run.isGoing { run.send(SIGINT) }
    #expect(await run.status() == 12)
    try await desk.expectIntact()
    withExtendedLifetime(reader) {}
  }

  @Test(
    "One signal ends the stay and gives the lease back; the reader then gets the rest",
    arguments: Place.allCases)
  func once(_ place: Place) async throws {
    let desk = try Desk()
    let (run, reader) = try await running(desk, place)
    run.send(SIGTERM)
    // Another executor can take the run up while the first one still waits for its reader.
    try await until { try await desk.visit().status == 11 }
    #expect(run.isGoing)
    let text = try await reader.readOn()
    #expect(await run.status() == 12)
    switch place {
    case .eventsInPipe, .eventsInNonBlockingPipe:
      let lines = text.drop { $0 == "." }.split(separator: "\n")
      let first = try await desk.events().prefix(lines.count)
      #expect(!lines.isEmpty)
      #expect(try lines.map { try JSONValue(parsing: Array($0.utf8)) } == Array(first))
    case .progressInPipe, .progressOnTerminal:
      #expect(text.contains("gate"), "\(text)")
      #expect(text.contains("waltz: stopping"), "\(text)")
    case .resultInPipe:
      #expect(text.contains("Run one-server-1: stopped"), "\(text)")
    }
  }

  @Test("Events that nobody read are read again from the store, each once, in constant memory")
  func events() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let plan = try desk.write(
      text.replacing(
        "default: { adopted: 90% }", with: "default: { adopted: 90%, every: 5m, minimum: 10d }"),
      as: "plan.yaml")
    let reader = try StandingReader()
    let run = try Beside(
      desk, ["run", plan, "--simulate", "--format", "json", "--state", desk.state],
      output: reader.stream)
    try await until { try await desk.onState("runs").output.contains("succeeded") }
    #expect(run.isGoing)
    let shown = try await reader.readOn().drop { $0 == "." }
    #expect(await run.status() == 0)
    let all = try await desk.onState("events").output
    #expect(all.utf8.count > 1 << 20, "the backlog holds all of it: \(all.utf8.count) bytes")
    #expect(shown == all)
  }

  @Test("Nothing spins, and SIGTERM ends whatever waits for a reader")
  func processorTime() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    for isBlocking in [true, false] {
      for command in [["events", "--state", desk.state], ["explain", "--all"]] {
        let reader = try StandingReader(fullPipe: isBlocking)
        let waiting = try Beside(desk, command, output: reader.stream)
        try await Task.sleep(for: .seconds(1))
        let before = waiting.processorTime
        try await Task.sleep(for: .seconds(1))
        #expect(waiting.isGoing)
        if let before, let after = waiting.processorTime {
          #expect(after - before < 0.3, "\(command): \(after - before) s in one second")
        }
        waiting.send(SIGTERM)
        #expect(await waiting.status() == 128 + SIGTERM)
        withExtendedLifetime(reader) {}
      }
    }
  }
}
