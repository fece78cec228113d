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
    let resumed = try await desk.onState("resume")
    #expect(resumed.status == 3)
    #expect(resumed.errors.contains("waltz verify"))
  }

  @Test("An old state file that is put back is not gone on with until it is adopted")
  func putBack() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let head = try #require(
      try await desk.onState("verify").output.split(separator: " ").last?.dropLast(2))
    #expect(try await desk.shell("cp -p state/state.db backup.db").status == 0)
    _ = try await desk.onState("approve", Desk.run, Desk.backUp)
    _ = try await desk.onState("resume", "--until", "waiting")
    let later = try #require(
      try await desk.onState("verify").output.split(separator: " ").last?.dropLast(2))
    let expected = try await desk.onState("verify", "--expect", String(head))
    #expect(expected.status == 0 && expected.output.contains("is that of event"))

    #expect(try await desk.shell("cp -p backup.db state/state.db").status == 0)
    let forgotten = try await desk.onState("verify", "--expect", String(later))
    #expect(forgotten.status == 1 && forgotten.output.contains("nowhere in it"))
    for command in [
      ["resume"], ["pause", Desk.run], ["run", Repository.quickstart, "--simulate"],
    ] {
      let refused = try await desk.waltz(command + ["--state", desk.state])
      #expect(refused.status == 3, "\(command): \(refused.errors)")
      #expect(refused.errors.contains("was put back to an older copy"), "\(refused.errors)")
      #expect(refused.errors.contains("`waltz adopt --state "), "\(refused.errors)")
    }
    let status = try await desk.onState("status")
    #expect(status.status == 0 && status.errors.contains("was put back to an older copy"))

    let adopted = try await desk.onState("adopt", "--note", "the disk broke")
    #expect(adopted.status == 0 && adopted.output.contains("events here, and had"), "\(adopted)")
    #expect(try await desk.onState("adopt").status == 2)
    _ = try await desk.onState("resume", "--until", "waiting")
    let events = try await desk.events()
    let adoption = events.first { $0["type"]?.string == "run-adopted" }
    #expect(adoption?["note"]?.string?.hasSuffix(": the disk broke") == true)
    // What was approved and done before is found, and nobody is asked again.
    #expect(events.types(of: Desk.backUp).contains("step-succeeded"))
    #expect(!events.contains { $0["type"]?.string == "gate-approved" })
    #expect(try await desk.onState("status").errors.isEmpty)
  }

  @Test("status --format json has the documented members")
  func statusMembers() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let status = try await desk.status()
    let members = [
      "formatVersion", "run", "plan", "digest", "status", "reason", "startedBy", "seed",
      "startedAt", "updatedAt", "now", "lastSequence", "steps", "waiting", "gates", "inDoubt",
      "failed", "next", "exposure", "recorded", "figures", "stepStates",
    ]
    for member in members { #expect(status[member] != nil, "\(member)") }
    #expect(status["formatVersion"]?.string == "1.0")
    #expect(status["run"]?.string == Desk.run)
    let gate = try #require(status["gates"]?.array?.first)
    #expect(gate["step"]?.string == Desk.backUp)
    #expect(gate["instructions"]?.array?.isEmpty == false)
    let counts = try #require(status["steps"])
    #expect(counts["total"]?.integer == 17)
    #expect(counts["gateOpen"]?.integer == 1)
    #expect(status["stepStates"]?.array?.count == 17)
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
