import Drivers
import Lab
import PlanModel
import RotationEngine
import TestSupport
import Testing

/// No secret is anywhere but where it is meant to be (`docs/ARCHITECTURE.md`, "Across the code").
@Suite("No secret of a rotation shows anywhere")
struct RotationCanaryTests {
  @Test("Neither in what goes well, nor in what fails, nor of programs that print all they know")
  func rotation() async throws {
    let rotation = try await CanaryRotation()
    try await rotation.telling {
      let begun = try await rotation.onState(
        "run", "canary.yaml", "--lab", "lab", "--until", "waiting", "--format", "json")
      // The command that fails.
      #expect(begun.status == 1, "\(begun)")
      #expect(try await rotation.phase(of: "switch-clients-to-http/paris") == "failed")
      try await rotation.onState("status")
      try await rotation.onState("retry", CanaryRotation.run, "switch-clients-to-http/paris")
      let waiting = try await rotation.visit()
      #expect(waiting.status == 10, "\(waiting)")

      // A password that is refused is a secret too: perhaps it is right elsewhere.
      let password = try rotation.password()
      rotation.canaries.plant("the refused password", "canary-refused-51d0")
      try rotation.changePassword(to: "canary-refused-51d0")
      try await rotation.visit(after: 1)
      let status = try await rotation.onState("status", "--lang", "de")
      #expect(status.output.contains("does not accept"), "\(status)")
      try rotation.changePassword(to: password)
      // Services come up after minutes of the lab's time.
      _ = try await rotation.lab.ask(.time(speed: 600, advanceMilliseconds: nil))
      try await rotation.set(LabFault(.serverError, times: 3))
      try await rotation.visit(after: 1)
      try await rotation.set(LabFault(.tokenLoss, times: 1))
      for _ in 0..<12
      where try await rotation.phase(of: "confirm-settings/paris") != "succeeded" {
        try await rotation.visit(after: 2)
      }
      #expect(try await rotation.phase(of: "confirm-settings/paris") == "succeeded")
    }
    try await rotation.tellAll()
    try rotation.expectNoneInFiles()
    try rotation.expectNoneInState()
    #expect(rotation.canaries.names.contains { $0.hasPrefix("token") })
    try await rotation.lab.stop()
  }

  @Test("Nor in what a debugger shows of the values that carry a rotation out")
  func values() async throws {
    let own = try await LabDriver()
    let canaries = Canaries(["the password": own.lab.lab.description.sites[0].password])
    let answer = await own.driver.perform(try own.request(.recordSettings))
    guard case .succeeded = answer else {
      Issue.record("\(answer)")
      return
    }
    let tokens = try own.lab.tokens() + own.lab.tokens(refreshing: true)
    for token in tokens { canaries.plant("a token", token) }
    #expect(tokens.count == 2)
    let wrong = try await LabDriver(password: "canary-wrong-77ab")
    canaries.plant("a wrong password", "canary-wrong-77ab")
    let failure = await wrong.driver.perform(try wrong.request(.checkServer))
    let values: [Any] = [
      own.driver, own.surroundings, own.graph, try own.request(.checkServer), answer, failure,
      wrong.driver, wrong.surroundings,
    ]
    for value in values { #expect(canaries.shown(by: value).isEmpty, "\(type(of: value))") }
    // That they would be found.
    #expect(canaries.shown(by: ["x": Array("canary-wrong-77ab".utf8)]) == ["a wrong password"])
    try await own.stop()
    try await wrong.stop()
  }
}
