import PlanModel
import TestSupport
import Testing

@testable import SEPMClient

@Suite("Calls over HTTPS, and what can go wrong with them")
struct TransportTests {
  private static let version =
    #"{"API_SEQUENCE":"1","API_VERSION":"14.3.7000","version":"14.3.9816.7000"}"#

  private func sepm(
    _ replies: Reply..., certificate: ServerCertificates.Leaf? = nil
  ) async throws -> ScriptedSEPM {
    try await ScriptedSEPM(["GET /version": replies], certificate: certificate)
  }

  @Test("A pinned certificate is trusted, whoever signed it, expired or not; during a swap either")
  func pins() async throws {
    let certificates = try await ServerCertificates.made()
    for leaf in [certificates.first, certificates.expired, certificates.misnamed] {
      let sepm = try await sepm(.json(Self.version), certificate: leaf)
      _ = try await sepm.client().version()
      let swap = ServerTrust.fingerprints([certificates.second.fingerprint, leaf.fingerprint])
      _ = try await sepm.client(trust: swap).version()
    }
  }

  @Test("Another certificate is refused before anything is sent, and both are named")
  func wrongPin() async throws {
    let certificates = try await ServerCertificates.made()
    let (seen, wanted) = (certificates.first.fingerprint, certificates.second.fingerprint)
    let sepm = try await sepm(.json(Self.version))
    let client = try sepm.client(trust: .fingerprints([wanted]))
    for _ in 0..<3 {
      #expect(
        await failure(client.logOn)
          == .wrongCertificate(seen: seen, trusted: .fingerprints([wanted])))
    }
    #expect(sepm.server.requests.isEmpty)
    #expect(sepm.server.connections == 3)
    let message = SEPMError(
      task: "log on", server: "sepm:8446",
      kind: .wrongCertificate(seen: seen, trusted: .fingerprints([wanted]))
    ).description
    #expect(message.contains(seen.description))
    #expect(message.contains(wanted.description))
    // Nothing is trusted where nothing is named.
    let none = try sepm.client(trust: .fingerprints([]))
    #expect(
      await failure(none.version) == .wrongCertificate(seen: seen, trusted: .fingerprints([])))
  }

  @Test("With authorities, the chain and the name have to be right")
  func authorities() async throws {
    let certificates = try await ServerCertificates.made()
    let list = try #require(
      ServerTrust.AuthorityList(pem: Array(certificates.authority.utf8)))
    #expect(ServerTrust.AuthorityList(pem: Array("nothing".utf8)) == nil)
    let good = try await sepm(.json(Self.version), certificate: certificates.issued)
    _ = try await good.client(trust: .authorities(list)).version()
    for leaf in [certificates.misnamed, certificates.first] {
      let sepm = try await sepm(.json(Self.version), certificate: leaf)
      let client = try sepm.client(trust: .authorities(list))
      #expect(
        await failure(client.version)
          == .wrongCertificate(seen: leaf.fingerprint, trusted: .authorities))
      #expect(sepm.server.requests.isEmpty)
    }
  }

  @Test("The system's authorities know nothing of a server that signed its own certificate")
  func system() async throws {
    let sepm = try await sepm(.json(Self.version))
    let seen = try await ServerCertificates.made().first.fingerprint
    #expect(
      await failure(try sepm.client(trust: .system).version)
        == .wrongCertificate(seen: seen, trusted: .system))
    #expect(sepm.server.requests.isEmpty)
  }

  private func client(
    port: Int, host: String = "127.0.0.1", connection: Duration = .seconds(600)
  ) throws -> APIClient {
    let address = try #require(APIAddress("https://\(host):\(port)"))
    return APIClient(
      address,
      account: Account(username: "waltz") { () async throws(SecretTrouble) in throw .notSet },
      trust: .system, limits: CallLimits(connection: connection, answer: .seconds(600)),
      clock: { 0 })
  }

  @Test("Nothing listens, nothing answers, no such name, no TLS")
  func unreachable() async throws {
    let closed = try #require(LoopbackListener(.closed))
    #expect(await failure(try client(port: closed.port).version) == .refused)
    let silent = try #require(LoopbackListener(.silent))
    #expect(
      await failure(
        try client(port: silent.port, connection: .milliseconds(400)).version)
        == .timedOut(.milliseconds(400)))
    #expect(await failure(try client(port: 8446, host: "sepm.invalid").version) == .unknownHost)
    withExtendedLifetime((closed, silent)) {}
    let plain = try await ScriptedServer(certificate: nil) { _ in .silence }
    #expect(
      await failure(try client(port: plain.port).version) == .noTLS("it does not speak TLS"))
    #expect(plain.requests.isEmpty)
  }

  @Test("The address is HTTPS, with a path before it or without")
  func addresses() throws {
    func url(_ text: String) -> String? {
      APIAddress(text)?.url(of: "/groups", query: [Query("a", "b c&d"), Query("e", 1)])
    }
    let rest = "/sepm/api/v1/groups?a=b%20c%26d&e=1"
    #expect(url("https://sepm.example.com:8446") == "https://sepm.example.com:8446" + rest)
    #expect(url("https://sepm.example.com:8446/") == "https://sepm.example.com:8446" + rest)
    #expect(url("https://sepm.example.com") == "https://sepm.example.com:443" + rest)
    #expect(url("https://proxy:1/to/a/sepm/api/v1") == "https://proxy:1/to/a" + rest)
    #expect(url("https://[::1]:8446") == "https://[::1]:8446" + rest)
    #expect(url("http://sepm.example.com:8446") == nil)
    #expect(url("sepm.example.com") == nil)
  }

  @Test("One request a connection")
  func connections() async throws {
    let sepm = try await sepm(.json(Self.version))
    let client = try sepm.client()
    for _ in 0..<5 { _ = try await client.version() }
    #expect(sepm.server.connections == 5)
    #expect(
      sepm.server.requests.allSatisfy { $0.header("Connection") == "close" })
  }

  @Test("A read whose connection is lost is made once more and no more")
  func lostReads() async throws {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"version\""
    for loss in [
      Reply.hangUp, .raw(cut),
      .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ver"),
    ] {
      let once = try await sepm(loss, .json(Self.version))
      _ = try await once.client().version()
      #expect(once.server.count("GET /version") == 2)
      let always = try await sepm(loss)
      let kind = await failure(try always.client().version)
      #expect(kind == .unreachable("the connection was lost, twice"), "\(loss)")
      #expect(always.server.count("GET /version") == 2)
    }
  }

  @Test("A write is sent once, whatever becomes of it, and says that nobody knows")
  func lostWrites() async throws {
    let path = "/groups/\(Samples.group)/locations/\(Samples.location)/settings"
    for reply in [
      Reply.hangUp, .error(500, "boom"), .error(503), .raw("HTTP/1.1 200"),
    ] {
      let sepm = try await ScriptedSEPM(["PATCH \(path)": [reply]])
      let client = try sepm.client()
      let kind = await failure { () async throws(SEPMError) in
        try await client.setVerification(
          false, in: Samples.location.id, of: Samples.group.id)
      }
      guard case .outcomeUnknown = kind else {
        Issue.record("\(reply): \(String(describing: kind))")
        continue
      }
      #expect(sepm.server.count("PATCH \(path)") == 1)
    }
  }

  @Test("An answer has a size and a time, to its last byte")
  func bounds() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    let announced = try await sepm(.raw(head + "Content-Length: 1073741824\r\n\r\n{"))
    #expect(
      await failure(try announced.client(limits: .patient(bytes: 3 << 20)).version)
        == .tooLarge(limit: 3 << 20))
    let flood = try await sepm(.flood(head + "\r\n{"))
    #expect(
      await failure(try flood.client(limits: .patient(bytes: 3 << 20)).version)
        == .tooLarge(limit: 3 << 20))
    let limits = CallLimits(connection: .seconds(600), answer: .milliseconds(600))
    for reply in [
      Reply.drip(head + "\r\n{", every: .milliseconds(50)), .silence,
      .drip("HTTP/1.1 200 OK\r\nX-Slow: ", every: .milliseconds(50)),
    ] {
      let sepm = try await sepm(reply)
      let client = try sepm.client(limits: limits)
      let kind = await failure(client.version)
      #expect(kind == .timedOut(.milliseconds(600)), "\(reply)")
    }
  }

  @Test("A redirect is not followed, and a page of something else is no answer")
  func strangers() async throws {
    let elsewhere = try await sepm(
      .answer(302, [("Location", "https://127.0.0.1:1/console")], ""))
    #expect(await failure(try elsewhere.client().version) == .redirected(302))
    #expect(elsewhere.server.requests.count == 1)
    for reply in [
      Reply.html("<html>It works!</html>"), .json("[]"), .json(#"{"version":null}"#), .json(""),
      .raw("SSH-2.0-OpenSSH_9.6\r\n"),
    ] {
      let sepm = try await sepm(reply)
      guard case .malformed = await failure(try sepm.client().version) else {
        Issue.record("\(reply)")
        continue
      }
    }
  }

  @Test("A throttle is waited for as it asks, by all calls to the server")
  func throttle() async throws {
    let sepm = try await sepm(.throttled(retryAfter: 1), .json(Self.version))
    let clock = ContinuousClock()
    let client = try sepm.client()
    let time = try await clock.measure { _ = try await client.version() }
    #expect(time >= .seconds(1))
    #expect(sepm.server.count("GET /version") == 2)
    let stubborn = try await self.sepm(.throttled(retryAfter: 900))
    #expect(
      await failure(try stubborn.client().version) == .throttled(retryAfter: .seconds(900)))
    #expect(stubborn.server.count("GET /version") == 1)
    let silent = try await self.sepm(.throttled(retryAfter: nil))
    let impatient = try silent.client(limits: CallLimits(throttling: .seconds(1)))
    #expect(await failure(impatient.version) == .throttled(retryAfter: nil))
  }

  @Test("The errors of a server are told apart in every shape")
  func errors() async throws {
    let cases: [(Reply, SEPMError.Kind)] = [
      (
        .error(400, "The policy type argument is invalid."),
        .rejected(400, "The policy type argument is invalid")
      ),
      (.error(403, "No"), .missingRights("No")),
      (.error(404), .resourceAbsent),
      (.html("<html>HTTP Status 404 – Not Found</html>", status: 404), .resourceAbsent),
      (.error(409, "in use"), .conflict("in use")),
      (.error(410, "The object does not exist."), .notFound("The object does not exist")),
      (
        .text("Event cannot be acknowledged: 4104", status: 400),
        .rejected(400, "Event cannot be acknowledged: 4104")
      ),
      (
        .json(#"{"error":"invalid_request","error_description":"bad"}"#, status: 400),
        .rejected(400, "bad")
      ),
      (.error(500, "NullPointerException"), .server(500, "NullPointerException")),
      (.html("<html>502</html>", status: 502), .server(502, nil)),
    ]
    for (reply, kind) in cases {
      let sepm = try await ScriptedSEPM(["GET /admin/database": [reply]])
      #expect(await failure(try sepm.client().database) == kind, "\(reply)")
    }
  }

  @Test("A task that is cancelled ends, and says so")
  func cancellation() async throws {
    let sepm = try await sepm(.silence)
    let client = try sepm.client()
    let task = Task { await failure(client.version) }
    while sepm.server.requests.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    #expect(await task.value == .cancelled)
  }
}
