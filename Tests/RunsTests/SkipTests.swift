import CanonicalJSON
import RotationEngine
import Testing

@testable import Runs

@Suite("Skipping what protects clients")
struct SkipTests {
  private static let wait = "await-verification-disabled/lyon"

  @Test("Verification stays on only by the word of who accepts orphans")
  func verification() async throws {
    let office = try Office()
    try await office.startAtGate()
    try await office.approve(Samples.backUp)
    try await office.skip(Samples.switchToHTTP, acceptingOrphans: true)
    _ = try await office.desk.post(.pause, step: nil, note: nil, to: Samples.run)
    #expect(try await office.visit().end == .resting(.paused))
    try await expectAcceptance(
      office, "disable-verification/lyon", of: "lyon (the plan expects 40)")
  }

  @Test("A wait is cut short only by the word of who accepts orphans")
  func waiting() async throws {
    let office = try Office()
    try await office.startAtGate()
    for gate in [Samples.backUp, Samples.switchToHTTP] { try await office.approve(gate) }
    try await expectAcceptance(office, Self.wait, of: "lyon (the plan expects 40)")
    #expect(try await office.openGate() == "update-certificate/lyon/sepm-lyo-01")
  }

  @Test("Replication goes on only by the word of who accepts orphans")
  func replication() async throws {
    let office = try Office()
    _ = try await office.simulate(
      Samples.text("plans/quickstart.yaml"), scenario: Samples.nobody(), until: .waiting)
    while let gate = try await office.openGate(), gate.hasPrefix("back-up-server/") {
      try await office.approve(gate)
    }
    let step = try #require(try await office.openGate())
    #expect(step == "break-replication/berlin+paris")
    try await expectAcceptance(
      office, step, of: "paris (the plan expects 4200) and berlin (the plan expects 900)")
  }

  @Test("What protects nobody is skipped with a reason alone")
  func harmless() async throws {
    let office = try Office()
    try await office.startAtGate()
    try await office.skip(Samples.backUp, acceptingOrphans: false) { danger in
      Issue.record("\(danger.words)")
    }
    #expect(try await office.visit().end == .resting(.operator))
    let event = try await office.events().first { $0["type"]?.string == "step-skipped" }
    #expect(event?["note"]?.string == "we know better")
    #expect(event?["acceptsOrphans"] == nil)
  }

  /// Refused without the acceptance, and nothing is changed; with it taken, after the consequence was said,
  /// and recorded with who and why.
  private func expectAcceptance(
    _ office: Office, _ step: String, of clients: String
  ) async throws {
    let before = try await office.phase(of: step)
    let refused = await refusal { try await office.skip(step, acceptingOrphans: false) }
    #expect(refused?.kind == .refused)
    #expect(refused?.message.contains("protects the clients of \(clients)") == true)
    #expect(refused?.message.contains("--accept-orphans") == true)
    _ = try await office.visit()
    #expect(try await office.phase(of: step) == before)

    var warnings: [String] = []
    try await office.skip(step, acceptingOrphans: true) { warnings.append($0.words) }
    #expect(warnings.count == 1 && warnings[0].contains("protects the clients of \(clients)"))
    _ = try await office.visit()
    #expect(try await office.phase(of: step) == .skipped)
    let event = try await office.events().first {
      $0["type"]?.string == "step-skipped" && $0["step"]?.string == step
    }
    #expect(event?["by"]?.string == "tester")
    #expect(event?["note"]?.string == "we know better")
    #expect(event?["acceptsOrphans"]?.bool == true)
    try await office.expectIntact()
  }
}

extension Office {
  /// Says that a gate's action is done, and goes on.
  fileprivate func approve(_ gate: String) async throws {
    let run = try await desk.archive(of: nil).id
    _ = try await desk.post(.approve, step: gate, note: nil, to: run)
    _ = try await visit()
  }

  fileprivate func skip(
    _ step: String, acceptingOrphans: Bool, warn: (SkipDanger) -> Void = { _ in }
  ) async throws {
    let run = try await desk.archive(of: nil).id
    _ = try await desk.post(
      .skip, step: step, note: "we know better", acceptsOrphans: acceptingOrphans, to: run,
      warn: warn)
  }
}
