import RotationEngine
import Testing

@testable import RunStore

@Suite("Every store: what was told to whom")
struct LedgerTests {
  let world = TestWorld()
  let start = Instant(milliseconds: 1_750_000_000_000)

  private func claim(
    _ name: String, _ store: any Store, after: Duration = .zero
  ) async throws -> LedgerClaim {
    try await store.claimLedger(
      of: "ops", by: name, at: start + after, until: start + after + .seconds(60))
  }

  @Test(
    "A ledger is one claimant's, until it is given back or its time is over",
    arguments: StoreKind.all)
  func claims(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (one, two) = (opened.store, opened.other)
    #expect(try await one.ledger(of: "ops") == nil)
    #expect(try await claim("a", one) == .claimed(nil))
    #expect(try await claim("b", two, after: .seconds(59)) == .held)
    #expect(try await one.keepLedger([1], of: "ops", by: "a", until: start + .seconds(60)))
    #expect(try await two.ledger(of: "ops") == [1])
    // Another destination's is another's.
    #expect(
      try await two.claimLedger(of: "mail", by: "b", at: start, until: start + .seconds(60))
        == .claimed(nil))
    // The claimant stood still for too long: what it says then counts no more.
    #expect(try await claim("b", two, after: .seconds(60)) == .claimed([1]))
    #expect(try await !one.keepLedger([2], of: "ops", by: "a", until: nil))
    #expect(try await two.keepLedger([3], of: "ops", by: "b", until: nil))
    #expect(try await claim("a", one, after: .seconds(61)) == .claimed([3]))
  }
}
