import PlanModel
import Testing

@testable import SEPMClient

@Suite("What else a management server tells")
struct ResourceTests {
  private static let domain = "AEC1B14F0A3208010F6C3B8E3A6F1D2B"

  private func client(_ line: String, _ replies: Reply...) async throws -> (ScriptedSEPM, APIClient)
  {
    let sepm = try await ScriptedSEPM([line: replies])
    return (sepm, try sepm.client())
  }

  @Test("Domains, and when they purge idle clients")
  func domains() async throws {
    let (_, domains) = try await client(
      "GET /domains",
      .json(
        #"""
        [{"id":"\#(Self.domain)","name":"Default","description":"","createdTime":1360247301316,"enable":true,
        "companyName":"","contactInfo":"","administratorCount":2},{"id":"\#(Samples.group)","name":"Werk"}]
        """#))
    let id = try #require(SEPMID(Self.domain))
    #expect(
      try await domains.domains() == [
        SEPMDomain(id: id, name: "Default", isEnabled: true),
        SEPMDomain(id: Samples.group.id, name: "Werk", isEnabled: nil),
      ])
    let (_, one) = try await client(
      "GET /domains/\(Self.domain)",
      .json(
        #"{"deleteOldClients":true,"deleteOldClientsDays":30,"deleteOldVDIClients":false,"deleteOldVDIClientsDays":null}"#
      ))
    #expect(
      try await one.idlePurge(of: id)
        == IdlePurge(
          deletesClients: true, days: 30, deletesVirtualDesktops: false, virtualDesktopDays: nil))
  }

  @Test("Replication in both shapes; 0 is never")
  func replication() async throws {
    let site = #"""
      {"id":"57E9A1B20A3208011A2B3C4D5E6F7A8B","siteName":"Site Paris","siteLocation":"N/A",
      "replicationPartnerStatusList":[{"id":"X","name":"Site Berlin","location":"N/A","status_code":"SUCCEEDED",
      "lastRunTime":1693910248728,"lastSuccessfulRunTime":1693910248729,"nextRunTime":0},
      {"id":"Y","name":"Site Rome","status_code":"NEVER_REPLICATED","lastRunTime":0,"lastSuccessfulRunTime":0}]}
      """#
    let expected = SiteReplication(
      site: "Site Paris",
      partners: [
        .init(
          name: "Site Berlin", status: "SUCCEEDED",
          lastRun: ServerTime(milliseconds: 1_693_910_248_728),
          lastSuccess: ServerTime(milliseconds: 1_693_910_248_729), nextRun: nil),
        .init(
          name: "Site Rome", status: "NEVER_REPLICATED", lastRun: nil, lastSuccess: nil,
          nextRun: nil),
      ])
    for (text, sites) in [(site, [expected]), ("[\(site)]", [expected]), ("[]", []), ("null", [])] {
      let (_, client) = try await client(
        "GET /replication/status", .json(#"{"replicationStatus":\#(text)}"#))
      #expect(try await client.replication() == sites)
    }
    let (_, other) = try await client("GET /replication/status", .json("{}"))
    guard case .malformed = await failure(other.replication) else {
      Issue.record("no state was taken for no partners")
      return
    }
    for (text, value) in [("true", true), ("false", false)] {
      let (_, client) = try await client("GET /replication/is_replicated", .json(text))
      #expect(try await client.isReplicated() == value)
    }
  }

  @Test("Replicating now is taken with code 0 only, and sent once")
  func replicateNow() async throws {
    let line = "POST /replication/replicatenow"
    let (sepm, client) = try await client(line, .json(#"{"code":0}"#), .json(#"{"code":-1}"#))
    try await client.replicateNow(with: "Site Berlin & Rome")
    #expect(
      sepm.server.requests.last?.query
        == "partnerSiteName=Site%20Berlin%20%26%20Rome&content=false&logs=false")
    #expect(
      await failure { () async throws(SEPMError) in
        try await client.replicateNow(with: "Site Berlin")
      } == .rejected(200, "code -1"))
    let (lost, other) = try await self.client(line, .text("OK"))
    guard
      case .outcomeUnknown = await failure({ () async throws(SEPMError) in
        try await other.replicateNow(with: "Site Berlin")
      })
    else {
      Issue.record("an answer that makes no sense was taken")
      return
    }
    #expect(lost.server.count(line) == 1)
  }

  @Test("The database, without its passwords")
  func database() async throws {
    let (_, client) = try await client(
      "GET /admin/database",
      .json(
        #"""
        {"name":"SEPM DB","description":"","address":"127.0.0.1","instanceName":"SQLEXPRESSSYMC","port":2638,
        "type":"Microsoft SQL Server","version":"15.0.2000","installedBySepm":true,"database":"sem5","dbUser":"sem5",
        "dbPasswords":[{"base64Certificate":"MIIC","dbPassword":"db-canary-77f2"}],
        "dbTLSRootCertificate":"-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"}
        """#))
    let database = try await client.database()
    #expect(database.isSQLExpress)
    #expect(database.rootCertificate?.hasPrefix("-----BEGIN CERTIFICATE-----\n") == true)
    #expect(!String(reflecting: database).contains("canary"))
    var dumped = ""
    dump(database, to: &dumped)
    #expect(!dumped.contains("canary"))
    let (_, other) = try await self.client(
      "GET /admin/database",
      .json(#"{"type":"Microsoft SQL Server","instanceName":null,"installedBySepm":false}"#))
    #expect(try await !other.database().isSQLExpress)
  }

  @Test("Versions and presence of clients, servers, enrolment, events, licence")
  func facts() async throws {
    let sepm = try await ScriptedSEPM([
      "GET /stats/client/version": [
        .json(
          #"""
          {"lastUpdated":1693910248728,"clientVersionList":[
          {"version":"14.2.1031.0100","clientsCount":21,"formattedVersion":"14.2.1 (14.2 RU1) build 0100"},
          {"version":"14.2.760.0000","clientsCount":2,"formattedVersion":"14.2 (14.2) build 0000"},
          {"version":"14.3.9816.7000","clientsCount":180,"formattedVersion":"14.3.9 (14.3 RU9) build 7000"}]}
          """#)
      ],
      "GET /stats/client/onlinestatus": [
        .json(
          #"{"lastUpdated":1,"clientCountStatsList":[{"status":"ONLINE","clientsCount":212},{"status":"OFFLINE","clientsCount":48}]}"#
        )
      ],
      "GET /admin/servers": [
        .json(#"[{"id":"\#(Samples.group)","directory_server_integration":{"enable":false}}]"#)
      ],
      "GET /cloud/epmp/isEnrolled": [.json("false")],
      "GET /events/critical": [
        .json(
          #"""
          {"lastUpdated":1,"totalUnacknowledgedMessages":1,"criticalEventsInfoList":[{"eventId":"AB12",
          "eventDateTime":"2023-08-12 19:22:21.0","subject":"Server Health Alert",
          "message":"<b>The certificate expires</b>","acknowledged":0}]}
          """#)
      ],
      "GET /licenses/summary": [
        .json(
          #"""
          {"license_type":"PAID","ended":false,"service_end_date":1757393999000,
          "service_expiration_date":1757393999000,"serial_number":"B0","ordered_quantity":10000,
          "unexpired_seats":10000}
          """#)
      ],
    ])
    let client = try sepm.client()
    let versions = try await client.clientVersions()
    #expect(versions.map(\.clients) == [21, 2, 180])
    #expect(versions.map(\.forbidsFailover) == [true, true, false])
    #expect(try await client.onlineCount() == OnlineCount(online: 212, offline: 48))
    #expect(try await client.servers() == [Samples.group.id])
    #expect(try await !client.isEnrolled(Samples.group.id))
    #expect(sepm.server.requests.last?.query == "domainid=\(Samples.group)")
    #expect(
      try await client.criticalEvents() == [
        CriticalEvent(
          id: "AB12", subject: "Server Health Alert", message: "<b>The certificate expires</b>",
          time: ServerTime(milliseconds: 1_691_868_141_000), isAcknowledged: false)
      ])
    #expect(
      try await client.license()
        == LicenseSummary(
          type: "PAID", hasEnded: false, expires: ServerTime(milliseconds: 1_757_393_999_000),
          seats: 10_000))
  }

  @Test("All facts in one value; what a server lacks says why, and hides nothing else")
  func everything() async throws {
    let sepm = try await ScriptedSEPM([
      "GET /version": [
        .json(#"{"API_SEQUENCE":"1","API_VERSION":"14.2","version":"14.2.1031.0100"}"#)
      ],
      "GET /domains": [.json(#"[{"id":"\#(Self.domain)","name":"Default"}]"#)],
      "GET /domains/\(Self.domain)": [
        .json(#"{"deleteOldClients":true,"deleteOldClientsDays":30}"#)
      ],
      "GET /admin/servers": [.error(401, "no")],
      "GET /replication/is_replicated": [.json("false")],
      "GET /stats/client/version": [.json("{}")],
      "GET /cloud/epmp/isEnrolled": [.json("true")],
    ])
    let facts = try await sepm.client().facts()
    #expect(facts.version.product == "14.2.1031.0100")
    #expect(facts.logon.administrator.isSystemAdministrator == true)
    #expect(facts.logon.skew != nil)
    #expect(try facts.domains.get().map(\.domain.name) == ["Default"])
    #expect(try facts.domains.get().first?.purge.get().days == 30)
    #expect(try !facts.isReplicated.get())
    #expect(try facts.isEnrolled.get())
    func kind<Value>(_ part: ServerFacts.Part<Value>) -> SEPMError.Kind? {
      if case .failure(let error) = part { error.kind } else { nil }
    }
    #expect(kind(facts.servers) == .missingRights("no"))
    #expect(kind(facts.database) == .resourceAbsent)
    #expect(kind(facts.replication) == .resourceAbsent)
    #expect(kind(facts.license) == .resourceAbsent)
    guard case .malformed = kind(facts.clientVersions) else {
      Issue.record("an answer without a list was taken")
      return
    }
  }
}
