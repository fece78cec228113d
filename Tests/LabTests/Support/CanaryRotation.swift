import CanonicalJSON
import Estate
import Foundation
import GRDB
import PlanModel
import RotationEngine
import Synchronization
import TestSupport
import Testing

@testable import Lab

/// A rotation of one site by the built program, in a lab of this process, whose every secret is a canary.
final class CanaryRotation: Sendable {
  static let run = "canary-1"

  let lab: RunningLab
  let canaries: Canaries
  private let keystorePassword: String
  private let earlierTokens = Mutex<[String]>([])

  /// The lab is there, and nothing has begun.
  init() async throws {
    let folder = try TestFolder()
    for name in ["lab", "vault", "seen", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    }
    let password = #"canäry "api" \ 4b1f70"#
    keystorePassword = "canary-keystore-9c2e81"
    _ = try folder.write(password, as: "lab/paris.password")
    _ = try folder.write(password + "\n", as: "vault/api")
    lab = try await RunningLab(
      // Its tokens are no other test's, which may be on a command line at the same time.
      LabPlans.one(clients: 40), in: folder, seed: 4_071,
      uptime: {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
      })
    canaries = Canaries([
      "the API's password": password, "the keystore's password": keystorePassword,
      "a secret of a client": try lab.lab.world.withSessions { state, _, _ in
        state.estate.identity(ofClient: 0, use: 701)
      },
    ])
    try await writePlan()
    _ = try await lab.ask(.fault(LabFault(.limit, number: 0)))
  }

  // MARK: - Carrying it out

  /// Runs a command of the program, whose environment has the secret that the plan refers to; what it prints is kept.
  @discardableResult
  func waltz(_ arguments: [String]) async throws -> TestFolder.Outcome {
    let tokens = try lab.tokens()
    earlierTokens.withLock { $0 = tokens }
    let outcome = try await lab.folder.run(
      Program.path, arguments,
      environment: [
        "KEYSTORE_PASSWORD": keystorePassword, "TMPDIR": lab.folder.path + "/tmp",
        "PATH": URL(filePath: Program.path).deletingLastPathComponent().path + ":/usr/bin:/bin",
        "XDG_STATE_HOME": lab.folder.path + "/memory",
      ])
    expectNone("`\(arguments.joined(separator: " "))`", outcome.output.utf8)
    expectNone("the errors of `\(arguments.joined(separator: " "))`", outcome.errors.utf8)
    return outcome
  }

  /// The same on the state directory.
  @discardableResult
  func onState(_ arguments: String...) async throws -> TestFolder.Outcome {
    try await waltz(arguments + ["--state", "state"])
  }

  /// A visit as of a timer.
  @discardableResult
  func visit(after days: Int = 0) async throws -> TestFolder.Outcome {
    if days > 0 { try await lab.advance(by: .days(days)) }
    return try await onState("resume", "--until", "waiting")
  }

  func set(_ fault: LabFault) async throws { _ = try await lab.ask(.fault(fault)) }

  /// The phase of a step, as `status` tells it.
  func phase(of step: String) async throws -> String? {
    let status = try await onState("status", "--format", "json")
    let steps = try JSONValue(parsing: Array(status.output.utf8))["stepStates"]?.array
    return steps?.first { $0["id"]?.string == step }?["state"]?.string
  }

  /// The password where the plan's program finds it.
  func password() throws -> String {
    try lab.folder.text(of: "vault/api").trimmingCharacters(in: .newlines)
  }

  /// Puts another password where the plan's program finds it.
  func changePassword(to password: String) throws {
    _ = try lab.folder.write(password + "\n", as: "vault/api")
  }

  /// While `body` goes on, tells the plan's programs all secrets that there are, the lab's tokens too, for them to print.
  func telling(_ body: @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup { group in
      group.addTask {
        while !Task.isCancelled {
          try self.tell()
          try? await Task.sleep(for: .milliseconds(20))  // ends when it is cancelled
        }
      }
      try await body()
      group.cancelAll()
    }
  }

  private func tell() throws {
    let vault = lab.folder.path + "/vault"
    for name in try FileManager.default.contentsOfDirectory(atPath: vault)
    where name.hasPrefix("asked.") && !name.hasSuffix("told") {
      guard !lab.folder.holds("vault/\(name).told") else { continue }
      let told = try knownToWaltz()
      var lines: [String] = []
      for text in told {
        lines += ["seen: \(text) and \(Data(text.utf8).base64EncodedString())", text]
      }
      lines.append(try key)
      var writer = JSONWriter()
      writer.value(
        .object((told + [try key]).enumerated().map { .init("word\($0)", .string($1)) }))
      lines.append(String(decoding: writer.bytes, as: UTF8.self))
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(
        to: URL(filePath: "\(vault)/\(name).told"), options: .atomic)
    }
  }

  /// Has everything told that can be told of the plan and of the run.
  func tellAll() async throws {
    let step = "restart-services/paris/par-01"
    for command in [
      ["events"], ["status"], ["status", "--stragglers", "--format", "json"], ["runs"],
      ["runs", "--format", "json"], ["verify"],
    ] { try await waltz(command + ["--state", "state"]) }
    for format in ["table", "json", "dot", "mermaid"] {
      try await waltz(["plan", "show", "canary.yaml", "--format", format])
    }
    for language in ["en", "de"] {
      try await waltz(["plan", "explain", "canary.yaml", step, "--lang", language])
      try await waltz(["plan", "runbook", "canary.yaml", "--lang", language])
    }
    for format in ["text", "json", "sarif", "junit", "github", "gitlab", "checkstyle", "rdjson"] {
      try await waltz([
        "plan", "validate", "canary.yaml", "--live", "--lab", "lab", "--format", format,
      ])
    }
  }

  /// What Waltz can know, so that it can hide it: its passwords, and the tokens of its present visit. All other tokens are
  /// looked for as well.
  private func knownToWaltz() throws -> [String] {
    for token in try lab.tokens(refreshing: true) {
      canaries.plant("refreshing token \(token.prefix(6))", token)
    }
    let tokens = try lab.tokens()
    for token in tokens { canaries.plant("token \(token.prefix(6))", token) }
    let before = earlierTokens.withLock { $0 }
    return [try password(), keystorePassword] + tokens.filter { !before.contains($0) }
  }

  // MARK: - Looking for canaries

  /// Expects no canary in what was written.
  func expectNone(_ place: String, _ bytes: some Collection<UInt8>) {
    let found = canaries.found(in: bytes)
    #expect(found.isEmpty, "in \(place)")
  }

  /// Expects none in any file but those that are there to hold a secret.
  func expectNoneInFiles() throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: lab.folder.path)
    var count = 0
    for path in paths where !Self.isMeantToHoldASecret(path) {
      guard let bytes = FileManager.default.contents(atPath: "\(lab.folder.path)/\(path)") else {
        continue
      }
      expectNone(path, bytes)
      count += 1
    }
    #expect(count > 20, "\(paths)")
  }

  private static func isMeantToHoldASecret(_ path: String) -> Bool {
    path.hasPrefix("vault/")
      || path.hasPrefix("lab/")
        && (path.hasSuffix(".key") || path.hasSuffix(".password"))
  }

  /// Expects none in any value of the state file: in the file itself a long one is in pieces.
  func expectNoneInState() throws {
    let queue = try DatabaseQueue(path: lab.folder.path + "/state/state.db")
    var count = 0
    try queue.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      for table in tables {
        var bytes = Data()
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \"\(table)\"")
        while let row = try rows.next() {
          for (_, value) in row {
            bytes += (Data.fromDatabaseValue(value) ?? Data()) + [0]
            count += 1
          }
        }
        expectNone("the table \(table)", bytes)
      }
    }
    #expect(count > 200)
  }

  // MARK: - The plan

  /// The private key, as a file has it.
  private var key: String {
    get throws { try lab.folder.text(of: "vault/paris.key") }
  }

  private func writePlan() async throws {
    let overlay = try lab.folder.text(of: "lab/overlay.yaml")
    let pins = overlay.matches(of: /fingerprint: (sha256:[0-9a-f]+)/).map { String($0.1) }
    let files = overlay.matches(of: /(?:certificate|key): "([^"]+\.(?:pem|key))"/).map {
      String($0.1)
    }
    try #require(pins.count == 2 && files.count == 2, "\(overlay)")
    _ = try lab.folder.write(keystorePassword, as: "vault/keystore")
    let packed = try await lab.folder.shell(
      "openssl pkcs12 -export -in '\(files[0])' -inkey '\(files[1])' -passout file:vault/keystore "
        + "-out vault/paris.p12")
    try #require(packed.status == 0, "\(packed)")
    _ = try lab.folder.write(try lab.folder.text(of: files[1]), as: "vault/paris.key")
    for (number, line) in try key.split(separator: "\n").enumerated()
    where !line.hasPrefix("-") && line.count > 40 && number % 8 == 1 {
      canaries.plant("line \(number) of the key", String(line))
    }
    let own = lab.lab.description.sites[0]
    let ports = own.servers[0].ports.map { "\($0.name): \($0.port)" }.joined(separator: ", ")
    let clients = own.servers[0].ports.first { $0.name == "clients" }?.port ?? 0
    let act = "waltz, lab, act, --control, '\(lab.lab.description.control)'"
    _ = try lab.folder.write(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: canary }
      certificates:
        paris-2026:
          pkcs12: vault/paris.p12
          password: { env: KEYSTORE_PASSWORD }
          fingerprint: \(pins[0])
      sites:
        paris:
          clients: 40
          api:
            url: \(own.api)
            username: \(own.username)
            password: { command: [cat, vault/api] }
            trust: { fingerprint: \(pins[1]) }
          servers:
            par-01:
              address: \(own.servers[0].address)  # waltz:ignore M081 a lab is on this machine
              certificate: paris-2026
              ports: { \(ports) }
      waits:
        default: { adopted: 90%, minimum: 24h, deadline: 60d, holdFor: 0h, every: 1h }
      automation:
        back-up-server: { command: [sh, spill, '0'], check: [sh, spill, '1'] }
        # The first time it fails, and its last words are secrets.
        switch-clients-to-http:
          command: [sh, -c, 'sh spill 0 || exit; test -e again || { touch again; sh spill 3; exit; }; "$@"', sh, \(act), switch-clients-to-http, paris]
        # waltz:ignore M067 the lab has a command line
        update-certificate:
          command: [sh, -c, 'sh spill 0; "$@"', sh, \(act), update-certificate, paris/par-01]
          check: [\(act), --check, --since, '{step.startedAt}', update-certificate, paris/par-01]
        restart-services:
          command: [\(act), restart-services, paris/par-01]
          check: [\(act), --check, --since, '{step.startedAt}', restart-services, paris/par-01]
        verify-certificate:
          probe: { far: [sh, -c, 'sh spill 0; echo "{\\"ports\\":{\\"\(clients)\\":\\"\(pins[0])\\"}}"'] }
        keep-recovery-file: { command: [sh, spill, '0'], check: [sh, spill, '1'] }
        switch-clients-to-https: { command: [\(act), switch-clients-to-https, paris] }

      """, as: "canary.yaml")
    // The programs of the plan are to run, and its servers are the lab's already.
    _ = try lab.folder.write(
      "apiVersion: waltz/v1\nkind: RotationPlanOverlay\nmetadata: { description: A lab. }\n",
      as: "lab/overlay.yaml")
    _ = try lab.folder.write(
      """
      # spill STATUS: prints every secret that there is, and writes down what it was given itself.
      asked=$(mktemp vault/asked.XXXXXX)
      tries=0
      while ! test -e "$asked.told"; do
        tries=$((tries + 1))
        test $tries -lt 10000 || exit 70
        sleep 0.02
      done
      tr '\\0' '\\n' </proc/self/environ >"seen/environment.$$"
      cat /proc/[0-9]*/cmdline >"seen/arguments.$$" 2>/dev/null
      cat >"seen/input.$$"
      cat "$asked.told" >&2
      cat "$asked.told"
      exit "$1"

      """, as: "spill")
  }
}
