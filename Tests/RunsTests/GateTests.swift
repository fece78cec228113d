import CanonicalJSON
import RotationEngine
import RotationGraph
import RunStore
import Testing

@testable import Runs

@Suite("Gates with nobody at the console")
struct GateTests {
  @Test("Approving every gate brings the run to a clean end")
  func approvals() async throws {
    let office = try Office()
    var outcome = try await office.simulate(
      Samples.unhurried(), scenario: Samples.nobody(), until: .waiting)
    var gates: [String] = []
    while outcome.end == .resting(.operator), gates.count < 10 {
      let gate = try #require(try await office.openGate())
      gates.append(gate)
      let posting = try await office.desk.post(
        .approve, step: gate, note: "done by hand", to: Samples.run)
      #expect(posting == Posting(run: Samples.run, isHeld: false))
      outcome = try await office.visit()
      var visits = 0
      while outcome.end == .resting(.clients), visits < 50 {
        outcome = try await office.visit()
        visits += 1
      }
    }
    #expect(outcome.end == .succeeded)
    let words = try await office.events().filter { $0["type"]?.string == "gate-approved" }
    #expect(
      words.allSatisfy { $0["by"]?.string == "tester" && $0["note"]?.string == "done by hand" })
    #expect(words.count == gates.count)
    #expect(outcome.state.figures?.orphans == 0)
    try await office.expectIntact()
  }

  @Test("A gate that was approved in vain stays open until the probe sees the change")
  func approvedInVain() async throws {
    let office = try Office()
    try await office.startAtGate("faults: { gate-not-done: { action: back-up-server } }")
    _ = try await office.desk.post(.approve, step: Samples.backUp, note: nil, to: Samples.run)
    #expect(try await office.visit().end == .resting(.operator))
    #expect(try await office.openGate() == Samples.backUp)
    let reason = try await office.now().gates.values.first?.reason
    #expect(reason?.contains("no backup") == true, "\(reason ?? "")")
    _ = try await office.desk.post(.approve, step: Samples.backUp, note: nil, to: Samples.run)
    #expect(try await office.visit().end == .resting(.operator))
    #expect(try await office.openGate() == Samples.switchToHTTP)
    #expect(
      try await office.events().types(of: Samples.backUp) == [
        "step-started", "gate-opened", "gate-approved", "gate-opened", "gate-approved",
        "step-succeeded",
      ])
  }

  @Test("A rejected gate fails the run, and retry opens it again")
  func rejected() async throws {
    let office = try Office()
    try await office.startAtGate()
    _ = try await office.desk.post(.reject, step: Samples.backUp, note: "no disk", to: Samples.run)
    #expect(try await office.visit().end == .failed)
    guard case .failed(let failure) = try await office.phase(of: Samples.backUp) else {
      Issue.record("The step did not fail.")
      return
    }
    #expect(failure.message.contains("no disk"), "\(failure.message)")
    #expect(try await office.phase(of: Samples.switchToHTTP) == .pending)
    _ = try await office.desk.post(.retry, step: Samples.backUp, note: nil, to: Samples.run)
    #expect(try await office.visit().end == .resting(.operator))
    #expect(try await office.openGate() == Samples.backUp)
  }

  @Test("What makes no sense as the run stands is refused with the way out")
  func refusals() async throws {
    let office = try Office()
    try await office.startAtGate()
    func refused(_ verb: OperatorRequest.Verb, _ step: String?) async -> String {
      let error = await refusal {
        _ = try await office.desk.post(verb, step: step, note: nil, to: Samples.run)
      }
      #expect(error?.kind == .refused, "\(verb)")
      return error?.message ?? ""
    }
    let wrong = await refused(.approve, "back-up-server/lyon/sepm-lyo-02")
    #expect(wrong.contains("Did you mean `\(Samples.backUp)`?"), "\(wrong)")
    #expect(await refused(.approve, Samples.switchToHTTP).contains("not started"))
    _ = await refused(.unpause, nil)
    _ = await refused(.resolveDone, Samples.backUp)
    _ = try await office.desk.post(.approve, step: Samples.backUp, note: nil, to: Samples.run)
    #expect(await refused(.approve, Samples.backUp).contains("already"))
    await #expect(throws: StateError.self) {
      try await office.desk.post(.approve, step: Samples.backUp, note: nil, to: "no-run")
    }
    #expect(try await office.openGate() == Samples.backUp)
  }

  @Test("Whoever posts is told whether an executor is at work")
  func held() async throws {
    let office = try Office()
    try await office.startAtGate()
    _ = try await office.desk.store.acquireLease(
      of: Samples.run, holder: Office.holder(user: "tester"))
    #expect(
      try await office.desk.post(.approve, step: Samples.backUp, note: nil, to: Samples.run).isHeld)
  }

  @Test("A run that has ended for good is not taken up again: its end is told")
  func ended() async throws {
    let office = try Office()
    #expect(try await office.simulate(Samples.oneServer()).end == .succeeded)
    for name in [nil, Samples.run] {
      guard case .ended(.succeeded, let archive) = try await office.desk.resume(name) else {
        Issue.record("The run was taken up.")
        return
      }
      #expect(archive.id == Samples.run && archive.state.figures?.orphans == 0)
    }
    #expect(try await office.desk.store.entry(of: Samples.run).lease == nil)
  }
}
