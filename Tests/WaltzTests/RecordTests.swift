import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("What is recorded")
struct RecordTests {
  @Test("verify finds one altered byte of one event")
  func alteredByte() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    try await desk.expectIntact()
    let gates = try await desk.events().filter { $0["type"]?.string == "gate-approved" }
    let first = try #require(gates.first?["seq"]?.integer)
    let path = desk.state + "/state.db"
    var bytes = try Data(contentsOf: URL(filePath: path))
    let place = try #require(
      bytes.firstRange(of: Data(#""type":"gate-approved","step":"back-up-server"#.utf8)))
    bytes[place.lowerBound + 9] ^= 0x20
    try bytes.write(to: URL(filePath: path))
    let verified = try await desk.onState("verify")
    #expect(verified.status == 1, "\(verified.errors)")
    #expect(verified.output.contains(Desk.run))
    #expect(verified.output.contains("Event \(first) "), "\(verified.output)")
    // What is altered is not gone on with as if nothing had happened.
    let status = try await desk.onState("status")
    #expect(status.status == 3)
    #expect(status.errors.contains("waltz verify"))
  }

  @Test("status --format json has the documented members")
  func statusMembers() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let status = try await desk.status()
    let members = [
      "formatVersion", "run", "plan", "digest", "status", "reason", "startedBy", "seed",
      "startedAt", "updatedAt", "now", "lastSequence", "steps", "waiting", "gates", "inDoubt",
      "failed", "next", "exposure", "figures", "stepStates",
    ]
    for member in members { #expect(status[member] != nil, "\(member)") }
    #expect(status["formatVersion"]?.string == "1.0")
    #expect(status["run"]?.string == Desk.run)
    let gate = try #require(status["gates"]?.array?.first)
    #expect(gate["step"]?.string == Desk.backUp)
    #expect(gate["instructions"]?.array?.isEmpty == false)
    let counts = try #require(status["steps"])
    #expect(counts["total"]?.integer == 16)
    #expect(counts["gateOpen"]?.integer == 1)
    #expect(status["stepStates"]?.array?.count == 16)
  }

  @Test("runs lists the newest first")
  func list() async throws {
    let desk = try Desk()
    for _ in 0..<2 { #expect(try await desk.simulate(Repository.oneServer).status == 0) }
    let listed = try await desk.onState("runs", "--format", "json")
    let runs = try #require(try listed.json()["runs"]?.array)
    #expect(runs.compactMap { $0["run"]?.string } == ["one-server-2", "one-server-1"])
    let text = try await desk.onState("runs")
    #expect(text.output.contains("one-server-2"))
    // By a beginning that two have.
    #expect(try await desk.onState("status", "one-server").status == 2)
  }

  @Test("The state is its owner's alone")
  func rights() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    func mode(_ path: String) throws -> Int {
      let facts = try FileManager.default.attributesOfItem(atPath: path)
      return (facts[.posixPermissions] as? Int ?? 0) & 0o777
    }
    #expect(try mode(desk.state) == 0o700)
    #expect(try mode(desk.state + "/state.db") == 0o600)
    #expect(try mode(desk.state + "/estates") == 0o700)
    #expect(try mode("\(desk.state)/estates/\(Desk.run).log") == 0o600)
  }
}
