import CanonicalJSON
import Foundation
import TestSupport
import Testing

/// `docs/PROCEDURE.md`, "Settings that were changed before", from the outside: runs in one lab, as a user starts them.
@Suite("A run after one that was called off")
struct TakeOverTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private static func plan(_ more: String = "") -> String {
    """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: lyon }
    certificates:
      lyon-2026: { pem: { certificate: certs/berlin.pem, key: certs/berlin.key } }
    sites:
      lyon:
        clients: 40
        database: sql-server
        \(more)
        api:
          url: https://sepm-lyo-01.example.net:8446
          username: rotation
          password: { env: LYON_API_PASSWORD }
        servers:
          sepm-lyo-01: { address: sepm-lyo-01.example.net, certificate: lyon-2026 }
    waits:
      default: { adopted: 90%, minimum: 24h, deadline: 21d }
    """
  }

  private func run(_ plan: String = "plan.yaml", in state: String) async throws -> Desk.Outcome {
    try await desk.waltz(
      "run", plan, "--lab", "lab", "--until", "waiting", "--state", "\(desk.folder)/\(state)")
  }

  private func resume(in state: String) async throws -> Desk.Outcome {
    try await desk.waltz("resume", "--until", "waiting", "--state", "\(desk.folder)/\(state)")
  }

  /// What clients of each location are told, as it is in the lab.
  private func settings() async throws -> [String] {
    let truth = try await desk.waltz("lab", "truth", "--state", "lab").json()
    return (truth["sites"]?["lyon"]?["groups"]?.array ?? []).flatMap { group in
      (group["locations"]?.array ?? []).map { location in
        let flags = ["verifies", "usesHTTPS"].map { name in
          location[name] == .bool(true) ? "true" : "false"
        }
        return ([group["path"]?.string ?? "?", location["name"]?.string ?? "?"] + flags)
          .joined(separator: " ")
      }
    }
  }

  /// The codes of errors that a live check finds at the site.
  private func errors(_ plan: String) async throws -> [String] {
    let outcome = try await desk.waltz(
      "plan", "validate", plan, "--live", "--lab", "lab", "--format", "json")
    return (try outcome.json()["diagnostics"]?.array ?? []).filter {
      $0["severity"]?.string == "error"
    }.compactMap { $0["code"]?.string }.sorted()
  }

  @Test("It puts back what the first one recorded; without that record it does not begin")
  func takeOver() async throws {
    _ = try desk.write(Self.plan(), as: "plan.yaml")
    _ = try desk.write(
      Self.plan("recorded: { verification: on, serverLists: as-found }"), as: "meant.yaml")
    let lab = try await ServedLab(desk, "plan.yaml", speed: "600")
    let before = try await settings()
    #expect(before.contains { $0.contains("true") } && before.contains { $0.contains("false") })
    #expect(try await errors("plan.yaml") == [])

    // The first run disables verification, waits, and is called off.
    #expect(try await run(in: "first").status == 10)
    let state = "\(desk.folder)/first"
    #expect(try await desk.waltz("abort", "lyon-1", "--note", "x", "--state", state).status == 0)
    #expect(try await resume(in: "first").status == 17)
    let between = try await settings()
    #expect(!between.contains { $0.contains("true") }, "\(between)")

    // Nobody who does not know of it goes on from there, unless the plan says what is meant.
    #expect(try await errors("plan.yaml") == ["L019", "L020"])
    #expect(try await errors("meant.yaml") == [])
    let other = try await run(in: "second")
    #expect(other.status == 1)
    #expect(other.output.contains("(L019)") && other.output.contains("(L020)"), "\(other)")
    #expect(try await settings() == between)

    // The next run beside the record takes it over, and says so before all else.
    #expect(try await run(in: "first").status == 10)
    let events = try await desk.waltz("events", "lyon-2", "--state", state).output
    let line = try #require(
      events.split(separator: "\n").first {
        $0.contains(#""type":"step-succeeded","step":"record-settings/lyon""#)
      })
    let evidence = try #require(try JSONValue(parsing: Array(line.utf8))["evidence"])
    #expect(evidence.object?.first?.name == "takenOver")
    #expect(evidence["takenOver"]?["run"]?.string == "lyon-1")
    #expect(evidence["takenOver"]?["locations"]?.integer == Int64(before.count))
    #expect(evidence["verifying"]?.integer == Int64(before.count { $0.contains("true true") }))

    var status: Int32 = 10
    for _ in 0..<14 where status == 10 {
      _ = try await desk.waltz("lab", "time", "--advance", "4d", "--state", "lab")
      status = try await resume(in: "first").status
    }
    #expect(status == 0)
    #expect(try await settings() == before)
    #expect(await lab.interrupt() == 0)
  }
}
