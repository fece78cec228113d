import CanonicalJSON
import Estate
import Lab
import PlanModel
import RotationEngine
import TestSupport
import Testing

@Suite("Faults of a lab")
struct FaultTests {
  @Test("After fifty requests a minute the server answers 429 and says until when")
  func throttle() async throws {
    let lab = try await RunningLab()
    for _ in 0..<50 { #expect(try await lab.call("GET", "version").status == 200) }
    let answer = try await lab.call("GET", "version")
    #expect(answer.status == 429 && answer.json["errorCode"]?.string == "429")
    #expect(answer.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0)
    // Each server counts by itself.
    #expect(try await lab.call("GET", "version", server: 1).status == 200)
    try await lab.advance(by: .minutes(1))
    #expect(try await lab.call("GET", "version").status == 200)
    try await lab.stop()
  }

  @Test("Storms, errors, closed connections and missing rights hit what they are about")
  func answers() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func get(_ path: String = "domains") async throws -> RunningLab.Answer {
      try await lab.call("GET", path, token: token)
    }
    _ = try await lab.ask(.fault(LabFault(.throttle, target: "paris/par-01", times: 2)))
    #expect(try await get().status == 429)
    #expect(try await get().headers["retry-after"] == nil)
    #expect(try await get().status == 200)
    _ = try await lab.ask(.fault(LabFault(.throttle, detail: "computers", times: 1, number: 7)))
    #expect(try await get().status == 200)
    #expect(try await get("computers").headers["retry-after"] == "7")
    _ = try await lab.ask(.fault(LabFault(.serverError, every: 3)))
    let statuses = [try await get().status, try await get().status, try await get().status]
    #expect(statuses == [200, 200, 500])
    _ = try await lab.ask(.fault(LabFault(.serverError, isOn: false)))
    _ = try await lab.ask(.fault(LabFault(.reset, times: 1)))
    #expect(try await get().status == 0)
    _ = try await lab.ask(.fault(LabFault(.noRights, detail: "domains", times: 1)))
    #expect(try await get().json["errorCode"]?.string == "401")
    // Who lacks every right can log on all the same.
    _ = try await lab.ask(.fault(LabFault(.noRights)))
    let another = try await lab.logOn()
    #expect(try await lab.call("GET", "sessions/currentuser", token: another).status == 200)
    #expect(try await get().status == 401)
    _ = try await lab.ask(.fault(LabFault(.noRights, isOn: false)))
    _ = try await lab.ask(.fault(LabFault(.statusArray)))
    #expect(try await get("replication/status").json["replicationStatus"]?.array?.count == 1)
    #expect(try await get().status == 200)
    _ = try await lab.ask(.fault(LabFault(.tokenLoss, target: "paris")))
    #expect(try await get().status == 401)
    try await lab.stop()
  }

  @Test("Settings can be missing, and a patch can be ignored although it answers 200")
  func settings() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    let (id, location) = try await lab.group(#"My Company\Kiosks"#, token: token)
    let path = "groups/\(id)/locations/\(location)/settings"
    _ = try await lab.ask(.fault(LabFault(.settingsMissing, target: "paris")))
    let missing = try await lab.call("GET", path, token: token)
    #expect(missing.status == 404 && missing.json["errorCode"]?.string == "404")
    #expect(
      try await lab.call("PATCH", path, token: token, body: verificationPatch(false)).status == 404)
    _ = try await lab.ask(.fault(LabFault(.settingsMissing, isOn: false)))
    _ = try await lab.ask(
      .fault(LabFault(.ignorePatch, group: #"My Company\Kiosks"#, times: 1)))
    for isDone in [false, true] {
      let answer = try await lab.call(
        "PATCH", path, token: token, body: verificationPatch(false))
      #expect(answer.status == 200 && answer.body.isEmpty)
      let settings = try await lab.call("GET", path, token: token)
      #expect(settings.body.contains(#""secure_communications":\#(!isDone)"#))
    }
    try await lab.stop()
  }

  @Test("Bodies drip, hang or come late, and a port can be closed while its service is up")
  func slow() async throws {
    let lab = try await RunningLab()
    func seconds(_ options: String) async throws -> (status: Int32, output: String) {
      let outcome = try await lab.folder.shell(
        "curl -sS --cacert lab/ca.pem \(options) -w ' %{time_total}' \(lab.url())/api/v1/version")
      return (outcome.status, outcome.output)
    }
    _ = try await lab.ask(.fault(LabFault(.slow, times: 1, number: 600)))
    let late = try await seconds("--max-time 60").output.split(separator: " ").last
    #expect(late.flatMap { Double($0) } ?? 0 >= 0.6)
    // 28: the operation timed out, with a part of the body.
    _ = try await lab.ask(.fault(LabFault(.drip, times: 1)))
    let dripping = try await seconds("--max-time 3")
    #expect(dripping.status == 28 && dripping.output.prefix { $0 != " " }.count < 20)
    _ = try await lab.ask(.fault(LabFault(.hang, times: 1)))
    let hanging = try await seconds("--max-time 10")
    #expect(hanging.status == 28 && hanging.output.prefix { $0 != " " }.count > 20)
    _ = try await lab.ask(.fault(LabFault(.closedPort, target: "paris/par-01", detail: "api")))
    #expect(try await seconds("").status == 7)
    _ = try await lab.ask(.fault(LabFault(.closedPort, isOn: false)))
    #expect(try await seconds("").status == 0)
    try await lab.stop()
  }

  @Test(
    "A clock that is ahead shows in every time of its site, and replication fails or carries a half"
  )
  func estate() async throws {
    let lab = try await RunningLab()
    _ = try await lab.ask(
      .trouble(EstateOperation(.setClockSkew, on: "berlin", number: 240_000)))
    let now = try lab.lab.world.now().milliseconds
    let token = try await lab.logOn(1)
    let user = try await lab.call("GET", "sessions/currentuser", at: 1, token: token).json
    #expect(user["serverTime"]?.integer == now + 240_000)
    func status() async throws -> String? {
      let token = try await lab.logOn()
      return try await lab.call("GET", "replication/status", token: token)
        .json["replicationStatus"]?["replicationPartnerStatusList"]?.array?.first?["status_code"]?
        .string
    }
    let failing = EstateOperation(.disturbReplication, on: "berlin+paris", detail: "failing")
    _ = try await lab.ask(.trouble(failing))
    try await lab.advance(by: .minutes(90))
    #expect(try await status() == "FAILED_CONNECT")
    let half = EstateOperation(.disturbReplication, on: "berlin+paris", detail: "half")
    _ = try await lab.ask(.trouble(half))
    _ = try await lab.act(.disableVerification, on: "paris")
    // One run, at the full hour.
    try await lab.advance(by: .minutes(40))
    #expect(try await status() == "SUCCEEDED")
    let groups = try await lab.ask(.truth).result["sites"]?["berlin"]?["groups"]?.array ?? []
    let off = groups.count { group in
      group["locations"]?.array?.contains { $0["verifies"]?.bool == false } == true
    }
    // Four groups were switched off in Paris; one never verified.
    #expect(off == 3)
    try await lab.stop()
  }
}
