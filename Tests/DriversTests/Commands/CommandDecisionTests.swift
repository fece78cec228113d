import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Secrets
import Testing

@testable import Drivers

@Suite("What commands are made of, and what is made of their ends")
struct CommandDecisionTests {
  // MARK: - Placeholders

  private func arguments(
    _ template: [String], _ request: StepRequest = CommandSteps.request(["true"])
  ) throws -> [String] {
    try ProgramInvocation(["program"] + template, for: request, purpose: .perform).arguments
  }

  @Test("Every placeholder has the value of its step")
  func placeholders() throws {
    let server = CommandSteps.request(["true"], attempt: 2)
    let values: [CommandPlaceholder: String] = [
      .planName: "emea-2026", .runID: "emea-2026-1",
      .stepID: "restart-services/paris/sepm-par-01", .stepStartedAt: "2026-01-05T08:00:00.000Z",
      .stepAttempt: "2", .siteName: "paris", .serverName: "sepm-par-01",
      .serverAddress: "sepm-par-01.example.net", .serverPorts: "8443,443,8445,8446",
      .serverVersion: "14.3.9816",
      .certificateName: "paris-2026", .certificateFingerprint: CommandSteps.fingerprint,
    ]
    for placeholder in CommandPlaceholder.allCases where placeholder.exists(on: .server) {
      guard let value = values[placeholder] else {
        #expect(placeholder == .serverUpgrade)
        continue
      }
      #expect(try arguments(["a{\(placeholder.rawValue)}b"], server) == ["a\(value)b"])
    }
    let partnership = CommandSteps.request(
      ["true"], action: .breakReplication, target: .partnership(0))
    #expect(
      try arguments(["{partnership.name}", "{partnership.authority}"], partnership)
        == ["berlin+paris", "paris"])
  }

  @Test("Other braces are the program's own, and a value is no template")
  func braces() throws {
    #expect(
      try arguments(["${a}", "{", "}", "{{server.name}}", "{server.name", "{Server.Name}", "{}"])
        == ["${a}", "{", "}", "{sepm-par-01}", "{server.name", "{Server.Name}", "{}"])
    let odd = CommandSteps.request(["true"], address: "{server.name}")
    #expect(try arguments(["{server.address}"], odd) == ["{server.name}"])
  }

  @Test("A placeholder without a value is no command")
  func noValue() {
    #expect(throws: ProgramInvocation.Trouble.self) { try arguments(["{server.upgrade}"]) }
    #expect(throws: ProgramInvocation.Trouble.self) { try arguments(["{partnership.name}"]) }
    let other = CommandSteps.request(["true"], target: .server(site: 0, server: 1))
    #expect(throws: ProgramInvocation.Trouble.self) {
      try arguments(["{certificate.fingerprint}"], other)
    }
  }

  @Test("No value makes an option of an argument, or more than one argument")
  func options() throws {
    for address in ["-oProxyCommand=touch x", "a\nb", "a\u{0}b", ""] {
      let request = CommandSteps.request(["true"], address: address)
      #expect(throws: ProgramInvocation.Trouble.self, "\(address)") {
        try arguments(["{server.address}"], request)
      }
    }
    // Where the template has an option it is meant, and inside of a word it is none.
    let dashed = CommandSteps.request(["true"], address: "-x")
    #expect(
      try arguments(["--host={server.address}", "a{server.address}"], dashed)
        == ["--host=-x", "a-x"])
  }

  @Test("The document is one line, and tells of site and partnership steps too")
  func documents() throws {
    let site = CommandSteps.request(["true"], action: .disableVerification, target: .site(0))
    let partnership = CommandSteps.request(
      ["true"], action: .breakReplication, target: .partnership(0), attempt: 2)
    for (request, addresses) in [
      (site, ["sepm-par-01.example.net", "192.0.2.2"]),
      (partnership, ["sepm-par-01.example.net", "192.0.2.2", "2001:db8::1"]),
    ] {
      let bytes = CommandDocument(request, purpose: .check).bytes
      #expect(bytes.last == UInt8(ascii: "\n"))
      #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
      let json = try JSONValue(parsing: bytes)
      #expect(json["addresses"]?.array?.compactMap(\.string) == addresses)
      #expect(json["purpose"]?.string == "check")
      #expect(json["server"] == .null && json["certificate"] == .null)
    }
    let json = try JSONValue(parsing: CommandDocument(partnership, purpose: .perform).bytes)
    #expect(json["partnership"]?["authority"]?.string == "paris")
    #expect(json["target"]?["kind"]?.string == "partnership")
    #expect(json["site"] == .null && json["attempt"]?.integer == 2)
  }

  // MARK: - What is kept of the output

  @Test("Beginning and end are kept whole, whatever pieces they come in", arguments: [1, 3, 7, 64])
  func pieces(size: Int) {
    let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) }
    let bounds = CapturedOutput.Bounds(head: 100, tail: 200)
    for count in [0, 99, 100, 101, 299, 300, 301, 50_000] {
      var output = CapturedOutput(within: bounds)
      var rest = bytes[..<count]
      while !rest.isEmpty {
        output.append(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(output.total == count)
      #expect(output.head == Array(bytes[..<min(count, 100)]))
      #expect(Array(output.tail) == Array(bytes[..<count].dropFirst(100).suffix(200)))
      #expect(output.leftOut == max(0, count - 300))
    }
  }

  private func captured(_ text: String) -> CapturedOutput {
    var output = CapturedOutput()
    output.append(Array(text.utf8))
    return output
  }

  @Test("The last line that is a JSON object is evidence")
  func evidenceLines() {
    let cases: [(String, JSONValue?)] = [
      ("{\"a\":1}\n", .object([.init("a", .integer(1))])),
      ("{\"a\":1}\n{\"a\":2}\nbye\n\n", .object([.init("a", .integer(2))])),
      ("  {\"a\":[true,null]} \r\n", .object([.init("a", .array([.bool(true), .null]))])),
      ("{\"a\":1}", .object([.init("a", .integer(1))])), ("", nil), ("done\n", nil),
      ("[1]\n", nil), ("{\"a\":1}\n{ not json\n", nil), ("{\"a\":1.5}", nil),
      ("{\"x\":{\"attachment\":\"sha256:00\"}}", nil),
      (String(repeating: "{\"a\":", count: 12) + "1" + String(repeating: "}", count: 12), nil),
      ("{\"a\":\"\(String(repeating: "x", count: ReportedEvidence.limit))\"}", nil),
    ]
    for (text, expected) in cases {
      let found = ReportedEvidence(captured(text), hiding: OutputRedaction())
      switch (found, expected) {
      case (.object(let members), let expected?): #expect(JSONValue.object(members) == expected)
      case (.none(let reason), nil): #expect(reason.hasSuffix("."))
      default: Issue.record("\(text.prefix(80)): \(found)")
      }
    }
  }

  @Test("Evidence has no secrets, by value or by name")
  func evidenceSecrets() {
    let output = captured(
      "{\"user\":\"x\",\"password\":\"p\",\"log\":\"saw hunter2-canary\",\"token\":7}")
    let found = ReportedEvidence(
      output, hiding: OutputRedaction([Secret(Array("hunter2-canary".utf8))]))
    #expect(
      found
        == .object([
          .init("user", .string("x")), .init("password", .string("***")),
          .init("log", .string("saw ***")), .init("token", .string("***")),
        ]))
  }

  // MARK: - Verdicts

  private func verdict(_ end: ProgramEnd) throws -> CommandVerdict {
    let invocation = try ProgramInvocation(
      ["ssh", "-pw", "hunter2", "host"], for: CommandSteps.request(["true"]), purpose: .perform)
    var report = ProgramReport(end: end)
    report.errors.append(Array("warning\nHost key verification failed.\r\n".utf8))
    return CommandVerdict(
      invocation: invocation, report: report, redaction: OutputRedaction(), isRepeatable: true)
  }

  @Test("Each end has one meaning for an attempt, and one for a check")
  func verdicts() throws {
    enum Meaning { case done, failed, again, timedOut, cancelled, notDone, unknown, noAnswer }
    let cases: [(ProgramEnd, Meaning, Meaning)] = [
      (.exited(0), .done, .done), (.exited(1), .failed, .notDone), (.exited(75), .again, .unknown),
      (.exited(255), .failed, .unknown), (.signalled(9), .failed, .unknown),
      (.timedOut(.minutes(15)), .timedOut, .unknown), (.cancelled, .cancelled, .noAnswer),
      (.notStarted("There is no program `x`."), .failed, .unknown),
      (.lost("EIO"), .again, .unknown),
    ]
    for (end, attempt, check) in cases {
      let verdict = try verdict(end)
      let answered: Meaning =
        switch verdict.answer {
        case .succeeded: .done
        case .failed(let failure) where failure.kind == .timedOut: .timedOut
        case .failed(let failure) where failure.kind == .cancelled: .cancelled
        case .failed(let failure): failure.isRetryable ? .again : .failed
        case .needsOperator: .unknown
        }
      let found: Meaning =
        switch verdict.finding {
        case .done: .done
        case .notDone: .notDone
        case .unknown: .unknown
        case .inconclusive: .noAnswer
        }
      #expect(answered == attempt, "\(end)")
      #expect(found == check, "\(end)")
    }
  }

  @Test("A message has the program's last words, and what is attached no secret of the arguments")
  func words() throws {
    guard case .failed(let failure) = try verdict(.exited(255)).answer else {
      Issue.record("a failure is none")
      return
    }
    #expect(
      failure.message == "`ssh` ended with exit status 255: Host key verification failed.")
    #expect(failure.evidence.attached.hasPrefix("$ ssh -pw '***' host\n"))
    #expect(!failure.evidence.attached.contains("hunter2"))
  }
}
