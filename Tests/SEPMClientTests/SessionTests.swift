import PlanModel
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import SEPMClient

@Suite("Logging on, and the life of a token")
struct SessionTests {
  private static let version =
    #"{"API_SEQUENCE":"230504014","API_VERSION":"14.3.7000","version":"14.3.9816.7000"}"#
  private static let servers =
    #"[{"id":"0A32080189C4D6C71A2B3C4D5E6F7A8B","directory_server_integration":{"enable":false}}]"#

  @Test("Log-on says who the account is and what time it is there")
  func logOn() async throws {
    let sepm = try await ScriptedSEPM()
    let client = try sepm.client(now: 1_724_243_911_000)
    let logon = try await client.logOn()
    #expect(logon.administrator.username == "waltz")
    #expect(logon.administrator.fullName == "Waltz")
    #expect(logon.administrator.isSystemAdministrator == true)
    #expect(
      logon.administrator.rights == [
        "reportingRights", "groupRights", "siteRights", "policyRights",
      ])
    #expect(logon.skew == ClockSkew(ahead: 900, accuracy: 0))
    let user = try await client.currentUser()
    #expect(user.administrator == logon.administrator)
    #expect(sepm.server.count("POST /identity/authenticate") == 1)
    let request = try #require(sepm.server.requests.first)
    #expect(request.body.hasSuffix(#","domain":""}"#))
    #expect(request.token == nil)
    #expect(request.header("Content-Type") == "application/json")
  }

  @Test("The domain goes with it")
  func domain() async throws {
    let sepm = try await ScriptedSEPM()
    _ = try await sepm.client(domain: "Werk \"Süd\"").logOn()
    let request = try #require(sepm.server.requests.first)
    #expect(request.body.hasSuffix(#","domain":"Werk \"Süd\""}"#))
  }

  @Test("A version needs no token, and costs no log-on")
  func version() async throws {
    let sepm = try await ScriptedSEPM(["GET /version": [.json(Self.version)]])
    let version = try await sepm.client().version()
    #expect(
      version
        == ServerVersion(product: "14.3.9816.7000", api: "14.3.7000", sequence: "230504014"))
    #expect(sepm.server.requests.map(\.line) == ["GET /version"])
    #expect(sepm.server.requests.first?.token == nil)
  }

  @Test("Many tasks at once cost one log-on")
  func shared() async throws {
    let sepm = try await ScriptedSEPM(["GET /admin/servers": [.json(Self.servers)]])
    let client = try sepm.client()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try await client.servers().count } }
      for try await count in group { #expect(count == 1) }
    }
    #expect(sepm.server.count("POST /identity/authenticate") == 1)
    #expect(sepm.server.count("GET /admin/servers") == 8)
  }

  @Test("A token that died with the API service is replaced once, with the password as it is now")
  func lostToken() async throws {
    let sepm = try await ScriptedSEPM(["GET /admin/servers": [.json(Self.servers)]])
    let asked = Mutex(0)
    let client = try sepm.client { () async throws(SecretTrouble) in
      asked.withLock { $0 += 1 }
      return Secret(Array(ScriptedSEPM.password.utf8))
    }
    _ = try await client.servers()
    sepm.forgetTokens()
    _ = try await client.servers()
    #expect(asked.withLock { $0 } == 2)
    #expect(
      sepm.server.requests.map(\.line) == [
        "POST /identity/authenticate", "GET /admin/servers", "GET /admin/servers",
        "POST /identity/authenticate", "GET /admin/servers",
      ])
    // The same for many at once, and through another trust.
    sepm.forgetTokens()
    let fingerprint = try await ServerCertificates.made().first.fingerprint
    let other = client.trusting(.fingerprints([fingerprint]))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for client in [client, other, client, other] {
        group.addTask { try await client.servers().count }
      }
      try await group.waitForAll()
    }
    #expect(sepm.server.count("POST /identity/authenticate") == 3)
  }

  @Test("A token near its end is replaced before it is used")
  func expiry() async throws {
    let sepm = try await ScriptedSEPM(["GET /admin/servers": [.json(Self.servers)]])
    sepm.setLifetime(1)
    let client = try sepm.client()
    _ = try await client.servers()
    try await Task.sleep(for: .milliseconds(1_100))
    sepm.setLifetime(43_199)
    _ = try await client.servers()
    _ = try await client.servers()
    #expect(sepm.server.count("POST /identity/authenticate") == 2)
    #expect(sepm.server.count("GET /admin/servers") == 3)
  }

  @Test("Missing rights are told from a dead token")
  func missingRights() async throws {
    let sepm = try await ScriptedSEPM([
      "GET /admin/database": [.error(401, "Unauthorized")],
      "GET /admin/servers": [.json(Self.servers)],
    ])
    let client = try sepm.client()
    #expect(await failure(client.database) == .missingRights("Unauthorized"))
    // Its token was new: there was nothing to try again.
    #expect(sepm.server.count("POST /identity/authenticate") == 1)
    _ = try await client.servers()
    #expect(await failure(client.database) == .missingRights("Unauthorized"))
    #expect(sepm.server.count("POST /identity/authenticate") == 2)
    #expect(sepm.server.count("GET /admin/database") == 3)
  }

  @Test("A wrong password is tried once and no more")
  func badCredentials() async throws {
    let sepm = try await ScriptedSEPM()
    let client = try sepm.client { () async throws(SecretTrouble) in Secret(Array("wrong".utf8)) }
    #expect(await failure(client.servers) == .badCredentials)
    #expect(sepm.server.requests.map(\.line) == ["POST /identity/authenticate"])
    let without = try sepm.client { () async throws(SecretTrouble) -> Secret in throw .notSet }
    #expect(await failure(without.servers) == .noPassword(.notSet))
    #expect(sepm.server.requests.count == 1)
  }

  @Test(
    "A password that was refused is sent again only where somebody says so, another one at once")
  func refusedBefore() async throws {
    let sepm = try await ScriptedSEPM(["GET /admin/servers": [.json(Self.servers)]])
    let password = Mutex("wrong")
    let client = try sepm.client { () async throws(SecretTrouble) in
      Secret(Array(password.withLock { $0 }.utf8))
    }
    let fingerprint = try await ServerCertificates.made().first.fingerprint
    let other = client.trusting(.fingerprints([fingerprint]))
    func logOns() -> Int { sepm.server.count("POST /identity/authenticate") }
    #expect(await failure(client.servers) == .badCredentials)
    for client in [client, other] {
      #expect(await failure(client.servers) == .refusedBefore)
      #expect(await failure(client.logOn) == .refusedBefore)
    }
    #expect(logOns() == 1)
    await client.forgetRefusal()
    #expect(await failure(other.servers) == .badCredentials)
    password.withLock { $0 = "wrong, too" }
    #expect(await failure(client.servers) == .badCredentials)
    #expect(await failure(client.servers) == .refusedBefore)
    #expect(logOns() == 3)
    password.withLock { $0 = ScriptedSEPM.password }
    #expect(try await client.servers().count == 1)
    // What was accepted since may be wrong again some day.
    sepm.forgetTokens()
    password.withLock { $0 = "wrong, too" }
    #expect(await failure(client.servers) == .badCredentials)
    #expect(logOns() == 5)
  }

  @Test("An answer without a token, or with one that no header can hold, is named")
  func noToken() async throws {
    for token in ["null", #""""#, #""a b""#, #""a\r\nX: y""#] {
      let sepm = try await ScriptedSEPM([
        "POST /identity/authenticate": [.json(#"{"token":\#(token),"tokenExpiration":10}"#)]
      ])
      guard case .malformed = await failure(try sepm.client().logOn) else {
        Issue.record("\(token)")
        continue
      }
    }
  }

  @Test("Logging off gives the token back, and nothing where there is none")
  func logOut() async throws {
    let sepm = try await ScriptedSEPM(["GET /admin/servers": [.json(Self.servers)]])
    let client = try sepm.client()
    try await client.logOut()
    #expect(sepm.server.requests.isEmpty)
    _ = try await client.servers()
    try await client.logOut()
    #expect(sepm.server.requests.last?.line == "POST /identity/logout")
    #expect(sepm.server.requests.last?.token == "\(ScriptedSEPM.tokenCanary)-1")
    try await client.logOut()
    #expect(sepm.server.count("POST /identity/logout") == 1)
    // A log-on on purpose leaves the token before it to whoever uses it, until all are given back.
    _ = try await client.servers()
    _ = try await client.logOn()
    try await client.logOut()
    #expect(sepm.server.count("POST /identity/logout") == 3)
    #expect(
      sepm.server.requests.suffix(2).map(\.token) == [
        "\(ScriptedSEPM.tokenCanary)-2", "\(ScriptedSEPM.tokenCanary)-3",
      ])
    // One that is dead already is gone all the same.
    _ = try await client.servers()
    sepm.forgetTokens()
    try await client.logOut()
    #expect(sepm.server.count("POST /identity/authenticate") == 4)
  }
}
