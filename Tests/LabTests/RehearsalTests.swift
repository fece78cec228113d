import Foundation
import TestSupport
import Testing

@Suite("A rehearsal")
struct RehearsalTests {
  /// What the test reads of the end of a rehearsal.
  private struct End: Decodable {
    struct Kill: Decodable { let step: String, moment: String }
    struct Deed: Decodable { let step: String, did: String }
    let status: String
    let certificatesChanged: Bool
    let kills: [Kill]
    let people: [Deed]
    let objections: [String]
  }

  private struct Event: Decodable { let type: String, step: String? }

  /// Rehearses the rotation of one server; with programs for what is left to people, so that nobody has office hours.
  private static func rehearse(
    in folder: TestFolder, _ options: [String]
  ) async throws -> (status: Int32, end: End) {
    let rehearsal = try await folder.run(
      Program.path,
      [
        "rehearse", Repository.oneServer, "--folder", folder.path + "/rehearsal", "--speed",
        "40000", "--automate", "--format", "json",
      ] + options)
    let end = try JSONDecoder().decode(End.self, from: Data(rehearsal.output.utf8))
    return (rehearsal.status, end)
  }

  /// The steps of a run in the order in which they were begun first.
  private static func order(of run: String, in state: String, _ folder: TestFolder) async throws
    -> [String]
  {
    let events = try await folder.run(Program.path, ["events", run, "--state", state])
    #expect(events.status == 0, "\(events.errors)")
    var order: [String] = []
    for line in events.output.split(separator: "\n") {
      let event = try JSONDecoder().decode(Event.self, from: Data(line.utf8))
      guard event.type == "step-started", let step = event.step, !order.contains(step) else {
        continue
      }
      order.append(step)
    }
    return order
  }

  @Test("Killed before and after effects, it ends well, in the order of the simulation")
  func killed() async throws {
    let folder = try TestFolder()
    let (status, end) = try await Self.rehearse(in: folder, ["--kill-every", "5"])
    #expect(status == 0)
    #expect(end.objections == [])
    #expect(
      Set(end.kills.map { "\($0.moment) \($0.step)" }) == [
        "before-effect switch-clients-to-http/lyon", "after-effect switch-clients-to-http/lyon",
        "begun verify-certificate/lyon/sepm-lyo-01", "ended verify-certificate/lyon/sepm-lyo-01",
        "before-effect switch-clients-to-https/lyon", "after-effect switch-clients-to-https/lyon",
      ])

    let simulation = try await folder.run(
      Program.path,
      ["run", Repository.oneServer, "--simulate", "--state", folder.path + "/simulated"])
    #expect(simulation.status == 0, "\(simulation.errors)")
    let simulated = try await Self.order(of: "one-server-1", in: "simulated", folder)
    #expect(simulated.count == 17)
    #expect(
      try await Self.order(of: "one-server-1", in: "rehearsal/state", folder) == simulated)
  }

  @Test("Stops before any certificate is changed where a group goes on verifying")
  func ignored() async throws {
    let folder = try TestFolder()
    let (status, end) = try await Self.rehearse(
      in: folder,
      ["--kill", "0", "--scenario", Repository.root + "/plans/scenarios/ignored-change.yaml"])
    #expect(status == 1)
    #expect(end.status == "failed")
    #expect(!end.certificatesChanged)
    #expect(end.people.contains { $0.step == "disable-verification/lyon" && $0.did == "retried" })
    let log = try folder.text(of: "rehearsal/lab/world/lab.log")
    #expect(!log.contains(#""verb":"update-certificate""#))
  }
}
