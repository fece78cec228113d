import CanonicalJSON
import Estate
import Lab
import PlanModel
import RotationEngine
import Testing

/// What real estates have and the lab's does not by itself: a second domain, machines with two rows, an account that may not
/// change policies (`docs/SEPM.md`, "Suspending verification", "Computers" and "Logging on").
@Suite("Quirks of an estate")
struct EstateQuirkTests {
  /// The clients that a visited run has where a test says nothing else.
  private static let clients = 40

  private static let laptops = #"My Company\Laptops"#

  /// What the first wait of a run counted first.
  private static func count(_ run: VisitedRun) async throws -> [Int] {
    let wait = try #require(try await run.state().waits.values.first)
    let count = try #require(wait.lastCount)
    return [count.counted, count.stale, count.excluded, wait.denominator]
  }

  /// What a run without any quirk counts.
  private static func plainCount() async throws -> [Int] {
    let run = try await VisitedRun()
    try await run.goToWait()
    try await run.lab.stop()
    return try await count(run)
  }

  @Test("A call gets one domain, and each group and machine is in one")
  func domains() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func names(_ path: String, _ member: String) async throws -> Set<String> {
      let answer = try await lab.call("GET", path, token: token).json
      let list = answer["content"]?.array ?? answer.array ?? []
      return Set(list.compactMap { $0[member]?.string })
    }
    let groups = try await names("groups?pageSize=100", "fullPathName")
    let machines = try await names("computers?pageSize=1000", "computerName")
    #expect(try await names("domains", "name") == ["Default"])
    _ = try await lab.ask(
      .fault(LabFault(.secondDomain, target: "paris", group: Self.laptops)))
    #expect(try await names("domains", "name") == ["Default", "Branches"])
    let list = try await lab.call("GET", "domains", token: token).json.array ?? []
    let id = try #require(list.last?["id"]?.string)
    #expect(
      try await lab.call("GET", "domains/\(id)", token: token).json["name"]?.string == "Branches")
    #expect(
      try await names("groups?pageSize=100&domain=\(id)", "fullPathName") == [Self.laptops])
    #expect(
      try await names("groups?pageSize=100", "fullPathName") == groups.subtracting([Self.laptops]))
    let own = try await names("computers?pageSize=1000&domain=\(id)", "computerName")
    let others = try await names("computers?pageSize=1000", "computerName")
    #expect(!own.isEmpty && !others.isEmpty)
    #expect(own.isDisjoint(with: others) && own.union(others) == machines)
    let nobody = String(repeating: "0", count: 32)
    #expect(try await lab.call("GET", "groups?domain=\(nobody)", token: token).status == 410)
    // The other site has one domain.
    let other = try await lab.call("GET", "domains", at: 1, token: try await lab.logOn(1)).json
    #expect(other.array?.count == 1)
    try await lab.stop()
  }

  @Test("A second domain is recorded, switched, counted and put back like the first")
  func secondDomain() async throws {
    let run = try await VisitedRun()
    try await run.set(LabFault(.secondDomain, group: Self.laptops))
    try await run.goToWait()
    let switched = try run.deeds().filter { $0.verb == .setVerification }
    #expect(switched.count { $0.group == Self.laptops } == 2 && switched.count > 2, "\(switched)")
    #expect(try await Self.count(run) == Self.plainCount())
    let recorded = try #require(try await run.document()["recorded"]?.array?.first)
    let groups = (recorded["settings"]?.array ?? []).compactMap { $0["group"]?.string }
    #expect(groups.contains(Self.laptops) && groups.contains("My Company"), "\(recorded)")
    try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
    try await run.lab.stop()
  }

  @Test("A machine that was installed anew has two rows, and counts once, by the newer one")
  func duplicates() async throws {
    let run = try await VisitedRun()
    try await run.set(LabFault(.duplicates, number: 100))
    let token = try await run.lab.logOn()
    let rows =
      try await run.lab.call("GET", "computers?pageSize=1000&sort=COMPUTER_ID", token: token)
      .json["content"]?.array ?? []
    let ids = rows.compactMap { $0["uniqueId"]?.string }
    #expect(ids == ids.sorted() && Set(ids).count == 2 * Self.clients)
    let keys = Set(rows.compactMap { $0["hardwareKey"]?.string })
    #expect(keys.count == Self.clients)
    let key = try #require(keys.first)
    let one = try await run.lab.call("GET", "computers?hardware_key=\(key)", token: token).json
    #expect(one["totalElements"]?.integer == 2)

    try await run.goToWait()
    #expect(try await Self.count(run) == Self.plainCount())
    // The older rows never adopt, and hold nothing up.
    try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
    try await run.lab.stop()
  }

  @Test(
    "An account that may not change policies: the step becomes a gate that says why, and goes on when it is done"
  )
  func readOnly() async throws {
    let run = try await VisitedRun()
    try await run.set(LabFault(.readOnly))
    try await run.visit()
    try await run.expect(.recordSettings, .succeeded)
    try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
    try await run.visit()
    try await run.expect(.disableVerification, .gateOpen)
    let status = try await run.status()
    #expect(status.contains("the account has no right to do that"), "\(status)")
    #expect(status.contains("role of a system administrator"), "\(status)")
    #expect(try run.deeds().allSatisfy { $0.verb != .setVerification })
    // Said to be done without being it, the gate opens again; done at the console, it closes.
    try await run.ask(.approve, .disableVerification)
    try await run.visit(after: .minutes(10))
    try await run.expect(.disableVerification, .gateOpen)
    try await run.close(.disableVerification, on: VisitedRun.site)
    try await run.visit(after: .minutes(10))
    try await run.expect(.awaitVerificationDisabled, .waiting)
    try await run.lab.stop()
  }
}
