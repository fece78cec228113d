import Estate
import RotationEngine
import Testing

@Suite("What a simulated rotation costs")
struct CostTests {
  @Test("Twice the clients make twice the contacts")
  func contactsGrowLinearly() async throws {
    let small = try await SimulatedRun(Plans.one(clients: 600), seed: 3)
    let large = try await SimulatedRun(Plans.one(clients: 1_200), seed: 3)
    #expect(small.end == .succeeded && large.end == .succeeded)
    let (one, two) = (
      small.driver.estate.processedContacts, large.driver.estate.processedContacts
    )
    // Every client is looked at, some of them several times.
    #expect(one > 600)
    let ratio = Double(two) / Double(one)
    #expect((1.8...2.2).contains(ratio), "\(one) contacts, then \(two)")
  }
}
