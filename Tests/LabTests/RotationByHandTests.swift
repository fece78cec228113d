import CanonicalJSON
import Estate
import Lab
import PlanModel
import RotationEngine
import Testing

@Suite("A rotation by hand in a lab")
struct RotationByHandTests {
  private static let groups = [
    "My Company", #"My Company\Kiosks"#, #"My Company\Laptops"#, #"My Company\Servers"#,
  ]

  /// Patches verification in every location of these groups.
  private static func patch(
    _ lab: RunningLab, _ isOn: Bool, in groups: [String] = groups
  ) async throws {
    let token = try await lab.logOn()
    for path in groups {
      let id = try await lab.group(path, token: token).id
      let locations = try await lab.call("GET", "groups/\(id)/locations", token: token).json
      for location in locations.array ?? [] {
        let name = location.string?.split(separator: "/").last ?? ""
        let answer = try await lab.call(
          "PATCH", "groups/\(id)/locations/\(name)/settings", token: token,
          body: verificationPatch(isOn))
        #expect(answer.status == 200)
      }
    }
  }

  /// Puts the new certificate into both servers of Paris and restarts their services.
  private static func swap(_ lab: RunningLab) async throws {
    for server in ["paris/par-01", "paris/par-02"] {
      #expect(try await lab.act(.updateCertificate, on: server).status == 0)
      async let restarted = lab.act(.restartServices, on: server)
      try await Task.sleep(for: .milliseconds(50))
      for _ in 0..<4 { try await lab.advance(by: .minutes(4)) }
      #expect(try await restarted.status == 0)
    }
  }

  private static func orphans(_ lab: RunningLab) async throws -> Int64 {
    let truth = try await lab.ask(.truth).result
    return (truth["orphans"]?.integer ?? -1) + (truth["latentOrphans"]?.integer ?? -1)
  }

  @Test("Nobody is lost where every location stops verifying, and clients adopt by contacts alone")
  func success() async throws {
    let lab = try await RunningLab()
    _ = try await lab.act(.breakReplication, on: "berlin+paris")
    _ = try await lab.act(.switchClientsToHTTP, on: "paris")
    let token = try await lab.logOn()
    let (id, location) = try await lab.group(#"My Company\Servers"#, token: token)
    let before = try await lab.call("GET", "groups/\(id)", token: token).json
    try await Self.patch(lab, false)
    let after = try await lab.call("GET", "groups/\(id)", token: token).json
    #expect(after["policyDate"]?.integer ?? 0 > before["policyDate"]?.integer ?? 0)
    let settings = try await lab.call(
      "GET", "groups/\(id)/locations/\(location)/settings", token: token
    ).json["configuration"]
    #expect(
      settings?["general_settings"]?["security_settings"]?["secure_communications"]?.bool == false)
    #expect(
      settings?["communication_settings"]?["sem_server"]?["name"]?.string
        == "Copy of Default Management Server List")
    // Nobody has it yet: reading the API makes no client adopt.
    let marker = try #require(after["policySerialNumber"]?.string)
    func adopted() async throws -> Int {
      let token = try await lab.logOn()
      let rows = try await lab.call("GET", "computers?pageSize=1000", token: token).json
      return rows["content"]?.array?.count {
        $0["lastSiteName"]?.string == "paris" && $0["profileSerialNo"]?.string == marker
      } ?? 0
    }
    #expect(try await adopted() == 0)
    try await lab.advance(by: .days(8))
    #expect(try await adopted() > 3)
    try await Self.swap(lab)
    try await lab.advance(by: .days(8))
    let enabled = try await lab.act(.enableVerification, on: "paris")
    #expect(enabled.status == 0)
    // Of several operations each says what it changed.
    #expect(enabled.result["changed"]?.array?.compactMap(\.string).sorted() == Self.groups)
    try await lab.advance(by: .days(8))
    #expect(try await Self.orphans(lab) == 0)
    // The group that never verified does not begin to.
    let now = try await lab.logOn()
    let (never, place) = try await lab.group(#"My Company\Lab"#, token: now)
    let own = try await lab.call("GET", "groups/\(never)/locations/\(place)/settings", token: now)
    #expect(own.body.contains(#""secure_communications":false"#))
    try await lab.stop()
  }

  @Test("A group that was forgotten is lost, and so is everybody where nobody waited")
  func mistakes() async throws {
    let lab = try await RunningLab()
    _ = try await lab.act(.breakReplication, on: "berlin+paris")
    try await Self.patch(lab, false, in: Array(Self.groups.dropLast()))
    _ = try await lab.act(.switchClientsToHTTP, on: "paris")
    try await lab.advance(by: .days(8))
    try await Self.swap(lab)
    let lost = try await Self.orphans(lab)
    #expect(lost > 0 && lost < 20)
    try await lab.stop()

    let hasty = try await RunningLab()
    try await Self.patch(hasty, false)
    try await Self.swap(hasty)
    #expect(try await Self.orphans(hasty) > 20)
    try await hasty.stop()
  }

  @Test("A location that inherits cannot be patched, and a patch needs a configuration")
  func refusals() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    let (id, location) = try await lab.group(#"My Company\Desktops"#, token: token)
    let path = "groups/\(id)/locations/\(location)/settings"
    let answer = try await lab.call("PATCH", path, token: token, body: verificationPatch(false))
    #expect(answer.status == 400)
    for body in ["", "[]", #"{"general_settings":{}}"#] {
      #expect(try await lab.call("PATCH", path, token: token, body: body).status == 400)
    }
    #expect(try await lab.ask(.log).result["entries"] == .array([]))
    try await lab.stop()
  }

  @Test(
    "Replication is broken on each side by itself, comes back, and replicates at once where it is asked to"
  )
  func replication() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func status() async throws -> JSONValue {
      let token = try await lab.logOn()
      return try await lab.call("GET", "replication/status", token: token)
        .json["replicationStatus"]?["replicationPartnerStatusList"]?.array?.first ?? .null
    }
    #expect(try await status()["status_code"]?.string == "SUCCEEDED")
    let refused = try await lab.call(
      "POST", "replication/replicatenow?partnerSiteName=berlin&content=true&logs=false",
      token: token)
    #expect(refused.status == 400 && refused.json["errorMessage"]?.string == "invalid option")
    let taken = try await lab.call(
      "POST", "replication/replicatenow?partnerSiteName=berlin", token: token)
    #expect(taken.json["code"]?.integer == 0)
    #expect(try await status()["status_code"]?.string == "CONNECTING")
    try await lab.advance(by: .minutes(6))
    let now = try lab.lab.world.now().milliseconds
    #expect(try await status()["lastSuccessfulRunTime"]?.integer ?? 0 > now - 600_000)
    let one = OperatorAction(.breakReplication, on: "berlin+paris", side: "berlin")
    #expect(try await lab.ask(.act(one, key: nil)).status == 0)
    try await lab.advance(by: .hours(2))
    #expect(try await status()["status_code"]?.string == "FAILED_CONNECT")
    let other = OperatorAction(.breakReplication, on: "berlin+paris", side: "paris")
    #expect(try await lab.ask(.act(other, key: nil)).status == 0)
    #expect(try await status() == .null)
    #expect(
      try await lab.call("GET", "replication/is_replicated", token: lab.logOn()).body == "false")
    #expect(try await lab.act(.restoreReplication, on: "berlin+paris").status == 0)
    #expect(try await status()["lastSuccessfulRunTime"]?.integer == 0)
    try await lab.advance(by: .hours(4))
    #expect(try await status()["lastSuccessfulRunTime"]?.integer ?? 0 > 0)
    try await lab.stop()
  }
}
