import CanonicalJSON
import Lab
import PlanModel
import RotationEngine
import Testing

@Suite("Lists of a lab's API")
struct ListTests {
  @Test("Pages are asked for from 1 and counted from 0, and the last one says so")
  func pages() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    var names: [String] = []
    for index in 1...4 {
      let page = try await lab.call(
        "GET", "computers?pageSize=33&pageIndex=\(index)", token: token
      ).json
      #expect(page["number"]?.integer == Int64(index - 1))
      #expect(page["totalElements"]?.integer == 100 && page["totalPages"]?.integer == 4)
      #expect(page["firstPage"]?.bool == (index == 1) && page["lastPage"]?.bool == (index == 4))
      #expect(page["numberOfElements"]?.integer == (index == 4 ? 1 : 33))
      names += page["content"]?.array?.compactMap { $0["computerName"]?.string } ?? []
    }
    #expect(names.count == 100 && names == names.sorted() && Set(names).count == 100)
    let sorted = try await lab.call(
      "GET", "computers?pageSize=200&sort=COMPUTER_ID&order=DESC", token: token
    ).json
    let ids = sorted["content"]?.array?.compactMap { $0["uniqueId"]?.string } ?? []
    #expect(ids.count == 100 && ids == ids.sorted(by: >))
    for wrong in ["pageIndex=0", "pageIndex=x", "pageSize=0", "pageSize=99999", "sort=AGE"] {
      let answer = try await lab.call("GET", "computers?\(wrong)", token: token)
      #expect(answer.status == 400 && answer.json["errorCode"]?.string == "400", "\(wrong)")
    }
    try await lab.stop()
  }

  @Test("A site lists its partner's machines too, as the last replication carried them")
  func partners() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func rows(_ query: String = "") async throws -> [JSONValue] {
      try await lab.call("GET", "computers?pageSize=1000\(query)", token: token)
        .json["content"]?.array ?? []
    }
    func newest(_ rows: [JSONValue], _ site: String) -> Int64 {
      rows.filter { $0["lastSiteName"]?.string == site }
        .compactMap { $0["lastUpdateTime"]?.integer }.max() ?? 0
    }
    let first = try await rows()
    #expect(first.count { $0["lastSiteName"]?.string == "paris" } == 60)
    #expect(first.count { $0["lastSiteName"]?.string == "berlin" } == 40)
    _ = try await lab.act(.breakReplication, on: "berlin+paris")
    try await lab.advance(by: .days(2))
    let token2 = try await lab.logOn()
    let second =
      try await lab.call("GET", "computers?pageSize=1000", token: token2)
      .json["content"]?.array ?? []
    #expect(second.count == 100)
    #expect(newest(second, "berlin") == newest(first, "berlin"))
    #expect(newest(second, "paris") > newest(first, "paris"))
    // Those seen since then are the site's own.
    let since = try lab.lab.world.now().milliseconds - 86_400_000
    let recent =
      try await lab.call(
        "GET", "computers?pageSize=1000&lastUpdate=\(since)", token: token2
      ).json["content"]?.array ?? []
    #expect(!recent.isEmpty && recent.count < 61)
    #expect(recent.allSatisfy { $0["lastSiteName"]?.string == "paris" })
    try await lab.stop()
  }

  @Test("A machine shows the serial of its group, and what is not there is answered as SEPM does")
  func shapes() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    let page = try await lab.call("GET", "computers?pageSize=1000", token: token).json
    for row in page["content"]?.array ?? [] {
      let group = try #require(row["group"]?["id"]?.string)
      let serial = try #require(row["profileSerialNo"]?.string)
      #expect(serial.hasPrefix(group.prefix(4) + "-") && serial.utf8.count == 28)
    }
    let groups = try await lab.call("GET", "groups?pageSize=50", token: token).json
    for group in groups["content"]?.array ?? [] {
      #expect(group["createdBy"]?.string?.count == 128 && group["defaultLocationId"] == nil)
    }
    let id = try await lab.group("My Company", token: token).id
    let single = try await lab.call("GET", "groups/\(id)", token: token).json
    #expect(single["defaultLocationId"]?.string?.count == 32)
    let gone = try await lab.call("GET", "groups/0123", token: token)
    #expect(gone.status == 410 && gone.json["errorCode"]?.string == "410")
    let unknown = try await lab.call("GET", "no/such/thing", token: token)
    #expect(unknown.status == 404 && unknown.body.contains("<html>"))
    let lists = try await lab.call("GET", "policies/summary/msl", token: token)
    #expect(lists.status == 400)
    #expect(lists.json["errorMessage"]?.string == "The policy type argument is invalid.")
    try await lab.stop()
  }

  @Test("The calls beside a rotation's are answered in their shapes")
  func others() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func get(_ path: String) async throws -> JSONValue {
      let answer = try await lab.call("GET", path, token: token)
      #expect(answer.status == 200, "\(path)")
      return answer.json
    }
    #expect(try await get("admin/servers").array?.count == 2)
    #expect(try await get("admin/database")["installedBySepm"]?.bool == false)
    #expect(try await get("admin-users").array?.first?["adminType"]?.integer == 1)
    #expect(try await get("gup/status") == .array([]))
    #expect(try await get("cloud/epmp/isEnrolled") == .bool(false))
    #expect(try await get("licenses/summary")["license_type"]?.string == "PAID")
    #expect(try await get("stats/client/content")["clientDefStatusList"]?.array?.count == 1)
    #expect(try await get("content/avdef/latest")["contentName"]?.string == "AV_DEFS")
    #expect(try await get("policies/summary")["content"]?.array?.count == 11)
    #expect(try await get("events/critical")["totalUnacknowledgedMessages"]?.integer == 0)
    let unknown = try await lab.call("POST", "events/acknowledge/0815", token: token)
    #expect(unknown.headers["content-type"]?.hasPrefix("text/plain") == true)
    #expect(unknown.body.contains("4104"))
    let express = try await lab.logOn(1)
    let database = try await lab.call("GET", "admin/database", at: 1, token: express).json
    #expect(database["instanceName"]?.string == "SQLEXPRESSSYMC")
    let before = database["dbTLSRootCertificate"]?.string
    #expect(before?.hasPrefix("-----BEGIN CERTIFICATE-----") == true)
    #expect(try await lab.act(.renewDatabaseCertificate, on: "berlin").status == 0)
    let after = try await lab.call("GET", "admin/database", at: 1, token: express).json
    #expect(after["dbTLSRootCertificate"]?.string != before)
    try await lab.stop()
  }

  @Test(
    "A command waits for the client's next contact, and a moved client takes its new group's policy"
  )
  func commands() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    let (id, _) = try await lab.group(#"My Company\Kiosks"#, token: token)
    let all = try await lab.call("GET", "computers?pageSize=1000", token: token).json
    let row = try #require(
      all["content"]?.array?.first {
        $0["computerName"]?.string?.hasPrefix("PARIS-SV") == true
          && $0["onlineStatus"] == .integer(1)
      })
    let (computer, key) = (
      try #require(row["uniqueId"]?.string), try #require(row["hardwareKey"]?.string)
    )
    let queued = try await lab.call(
      "POST", "command-queue/baseline?computer_ids=\(computer)&group_ids=", token: token)
    let command = try #require(queued.json["commandID_computer"]?.string)
    func state() async throws -> JSONValue {
      try await lab.call("GET", "command-queue/\(command)", token: token)
        .json["content"]?.array?.first ?? .null
    }
    #expect(try await state()["stateId"]?.integer == 0)
    #expect(try await state()["beginTime"] == .null)
    let moved = try await lab.call(
      "PATCH", "computers", token: token,
      body: #"[{"group":{"id":"\#(id)"},"hardwareKey":"\#(key)"}]"#)
    #expect(moved.status == 200)
    #expect(moved.json.array?.first?["responseCode"]?.string == "200")
    try await lab.advance(by: .hours(3))
    #expect(try await state()["stateId"]?.integer == 3)
    let now = try await lab.call("GET", "computers?computer_id=\(computer)", token: token).json
    let client = now["content"]?.array?.first
    #expect(client?["group"]?["id"]?.string == id)
    #expect(client?["profileSerialNo"]?.string?.hasPrefix(id.prefix(4) + "-") == true)
    try await lab.stop()
  }

  @Test("A deleted client is gone from the list until its next contact, and a dead one for good")
  func deletion() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    func rows() async throws -> [JSONValue] {
      try await lab.call("GET", "computers?pageSize=1000", token: try await lab.logOn())
        .json["content"]?.array ?? []
    }
    func ids() async throws -> [String] { try await rows().compactMap { $0["uniqueId"]?.string } }
    let first = try await rows().filter { $0["lastSiteName"]?.string == "paris" }
    let living = try #require(
      first.first {
        $0["computerName"]?.string?.hasPrefix("PARIS-SV") == true
          && $0["onlineStatus"] == .integer(1)
      }?["uniqueId"]?.string)
    let oldest = try #require(
      first.min {
        ($0["lastUpdateTime"]?.integer ?? .max) < ($1["lastUpdateTime"]?.integer ?? .max)
      }?["uniqueId"]?.string)
    #expect(
      try await lab.call("DELETE", "computers/\(living)", token: token).status == 204)
    #expect(try await !ids().contains(living))
    let again = try await lab.call("DELETE", "computers/\(living)", token: token)
    #expect(again.status == 410 && again.json["errorCode"]?.string == "410")
    let both = try await lab.call(
      "POST", "computers/delete", token: token, body: #"["\#(oldest)", "\#(living)"]"#)
    #expect(both.status == 207)
    #expect(
      try await lab.call("POST", "computers/delete", token: token, body: "{}").status == 400)
    try await lab.advance(by: .hours(3))
    let later = try await ids()
    #expect(later.contains(living) && !later.contains(oldest))
    try await lab.stop()
  }
}
