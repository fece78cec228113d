import Foundation
import PlanModel
import Secrets
import TestSupport
import Testing

@testable import SEPMClient

@Suite("Nothing shows a password or a token")
struct CanaryTests {
  private func looks(at value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return [dumped, "\(value)", String(reflecting: value)].joined(separator: "\n")
  }

  private func expectNone(in text: String) {
    for canary in ["canary", "Tr0ub4dor"] {
      #expect(!text.contains(canary), "\(text.prefix(2_000))")
    }
  }

  @Test("A client that is logged on shows its server and nothing else")
  func values() async throws {
    let sepm = try await ScriptedSEPM([
      "GET /admin/servers": [.json(#"[{"id":"\#(Samples.group)"}]"#)]
    ])
    let client = try sepm.client()
    let logon = try await client.logOn()
    _ = try await client.servers()
    expectNone(in: looks(at: client))
    expectNone(in: looks(at: logon))
    let session = Session()
    let token = await session.replace(
      by:
        .init(secret: Secret(Array(ScriptedSEPM.tokenCanary.utf8)), lifetime: 60))
    expectNone(in: looks(at: token))
    expectNone(in: looks(at: session))
    let account = Account(username: "waltz") { () async throws(SecretTrouble) in throw .notSet }
    let canaries = Canaries(["the password": ScriptedSEPM.password])
    let call = HTTPCall.authenticate(account, password: Secret(Array(ScriptedSEPM.password.utf8)))
    let answer = HTTPAnswer(status: 200, body: call.body ?? [])
    #expect(canaries.found(in: answer.body).count == 1)
    #expect(canaries.shown(by: call).isEmpty && canaries.shown(by: answer).isEmpty)
    #expect(sepm.server.requests.last?.token?.contains("canary") == true)
  }

  @Test("A server that repeats what it was sent is not repeated")
  func echoes() async throws {
    let echo =
      "Bearer \(ScriptedSEPM.tokenCanary)-1 and \(ScriptedSEPM.password.filter { $0 != "\"" })"
    for reply in [
      Reply.error(500, echo), .text(echo, status: 400), .error(400, echo), .error(403, echo),
      .json(#"{"error":"x","error_description":"\#(echo)"}"#, status: 409), .text(echo),
    ] {
      let sepm = try await ScriptedSEPM(["GET /admin/database": [reply]])
      let client = try sepm.client()
      do throws(SEPMError) {
        _ = try await client.database()
        Issue.record("\(reply)")
      } catch {
        expectNone(in: looks(at: error))
      }
    }
    // A log-on that fails, by an answer that has the whole request in it.
    let sepm = try await ScriptedSEPM()
    let client = try sepm.client { () async throws(SecretTrouble) in
      Secret(Array("wrong-canary-Tr0ub4dor".utf8))
    }
    do throws(SEPMError) {
      _ = try await client.logOn()
      Issue.record("a wrong password was taken")
    } catch {
      expectNone(in: looks(at: error))
      #expect(error.kind == .badCredentials)
    }
  }

  @Test("Every error is a sentence of what is so and one of what to do")
  func sentences() throws {
    let pin = try #require(Fingerprint("sha256:" + String(repeating: "ab", count: 32)))
    let kinds: [SEPMError.Kind] = [
      .unknownHost, .refused, .unreachable("no route to host"), .timedOut(.seconds(120)),
      .noTLS("it does not speak TLS"),
      .wrongCertificate(seen: pin, trusted: .fingerprints([pin])),
      .wrongCertificate(seen: nil, trusted: .authorities),
      .wrongCertificate(seen: pin, trusted: .system), .noPassword(.notSet), .badCredentials,
      .refusedBefore,
      .missingRights(nil), .notFound("gone"), .resourceAbsent, .conflict(nil),
      .rejected(400, "bad"), .throttled(retryAfter: .seconds(60)), .throttled(retryAfter: nil),
      .tooLarge(limit: 64 << 20), .malformed("it is empty"),
      .brokenPages(.endsEarly(received: 1_000, total: 200_000)), .redirected(302),
      .server(500, nil), .outcomeUnknown("the connection was lost"), .cancelled,
    ]
    for kind in kinds {
      let error = SEPMError(task: "read the groups", server: "sepm-par-01:8446", kind: kind)
      let text = error.description
      #expect(text.hasPrefix("Cannot read the groups at sepm-par-01:8446: "), "\(text)")
      #expect(text.hasSuffix("."), "\(text)")
      #expect(text.contains(". "), "\(text)")
      #expect(!text.contains("..") && !text.contains("  "), "\(text)")
    }
    let pages = SEPMError(
      task: "read the computers", server: "s:1",
      kind: .brokenPages(.endsEarly(received: 1_000, total: 200_000)))
    #expect(pages.description.contains("end after 1,000, though SEPM counts 200,000"))
    #expect(kinds.filter { SEPMError(task: "", server: "", kind: $0).isPassing }.count == 7)
  }
}
