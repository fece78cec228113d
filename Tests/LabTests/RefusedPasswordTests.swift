import Drivers
import Lab
import PlanModel
import RotationEngine
import Testing

@Suite("A password that SEPM does not accept")
struct RefusedPasswordTests {
  private func message(_ answer: StepAnswer) -> String {
    if case .failed(let failure) = answer { failure.message } else { "\(answer)" }
  }

  @Test("Is sent once, whatever step asks, and once more where an operator has one begun again")
  func once() async throws {
    let own = try await LabDriver(password: "of-yesterday")
    let driver = own.driver
    let first = message(await driver.perform(try own.request(.checkServer)))
    #expect(first.contains("SEPM does not accept"))
    let second = message(await driver.perform(try own.request(.recordSettings)))
    #expect(second.contains("it was not sent again"))
    guard
      case .inconclusive(let count) = await driver.sample(
        try own.request(.awaitVerificationDisabled)),
      case .inconclusive(let look) = await driver.observe(try own.request(.switchClientsToHTTP))
    else {
      Issue.record("something was seen")
      return
    }
    #expect(count.contains("it was not sent again") && look.contains("it was not sent again"))
    #expect(try await own.lab.refusedLogOns() == 1)

    let retried = message(await driver.perform(try own.request(.checkServer, attempt: 2)))
    #expect(retried.contains("SEPM does not accept"))
    #expect(try await own.lab.refusedLogOns() == 2)
    own.changePassword(to: own.lab.lab.description.sites[0].password)
    guard case .succeeded = await driver.perform(try own.request(.recordSettings)) else {
      Issue.record("the right password was not sent")
      return
    }
    #expect(try await own.lab.refusedLogOns() == 2)
    try await own.stop()
  }
}
