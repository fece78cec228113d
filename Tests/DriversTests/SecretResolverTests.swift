import Drivers
import Foundation
import PlanModel
import Testing

@Suite("Secrets behind references")
struct SecretResolverTests {
  private func resolver(
    _ variables: [String: String] = [:], patience: Duration = .seconds(20)
  ) -> SecretResolver {
    SecretResolver(
      variables: variables.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }, folder: "/",
      patience: patience
    ) { path throws(FileTrouble) in
      guard path == "secrets/one" else { throw .missing(part: path) }
      return Array("from a file\r\n".utf8)
    }
  }

  private func text(_ reference: SecretReference, _ resolver: SecretResolver) async throws -> String
  {
    try await resolver.resolve(reference).reveal { String(decoding: $0, as: UTF8.self) }
  }

  @Test("A variable, a file and a program give a secret, without the line end at its end")
  func sources() async throws {
    let resolver = resolver(["PASSWORD": "from a variable"])
    #expect(try await text(.environment("PASSWORD"), resolver) == "from a variable")
    #expect(try await text(.file("secrets/one"), resolver) == "from a file")
    #expect(
      try await text(.command(["sh", "-c", "printf 'from %s\\n' \"$PASSWORD\""]), resolver)
        == "from from a variable")
    #expect(try await text(.command(["/bin/sh", "-c", "printf 'two\\n\\n'"]), resolver) == "two\n")
  }

  @Test("What gives none says why")
  func troubles() async {
    let resolver = resolver(["EMPTY": ""])
    let cases: [(SecretReference, SecretTrouble)] = [
      (.environment("NOT_THERE"), .notSet), (.environment("EMPTY"), .empty),
      (.file("secrets/two"), .file(.missing(part: "secrets/two"))),
      (.command(["no-such-program-anywhere"]), .noProgram),
      (.command(["bin/no-such-program-anywhere"]), .noProgram),
      (.command(["sh", "-c", "echo the-secret >&2; exit 3"]), .failed(status: 3)),
      (.command(["sh", "-c", "kill -9 $$"]), .killed(signal: 9)),
      (.command(["true"]), .empty),
      (
        .command(["sh", "-c", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"]),
        .tooLong(limit: SecretResolver.limit)
      ),
    ]
    for (reference, trouble) in cases {
      await #expect(throws: trouble, "\(reference)") { try await resolver.resolve(reference) }
    }
  }

  @Test("A program that does not end is ended, with what it started")
  func hang() async throws {
    let file = NSTemporaryDirectory() + "waltz-pids-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: file) }
    // Long enough for a shell to start on a machine that is busy.
    let resolver = resolver(["PIDS": file], patience: .seconds(3))
    await #expect(throws: SecretTrouble.tookTooLong(.seconds(3))) {
      try await resolver.resolve(
        .command(["sh", "-c", "sleep 600 & a=$!; sleep 600 & echo $$ $a $! >\"$PIDS\"; wait"]))
    }
    let pids = try String(contentsOfFile: file, encoding: .utf8).split(separator: " ")
      .compactMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    #expect(pids.count == 3)
    // Signals were sent before the error was thrown; that whoever inherits a process sees its end takes a moment.
    let limit = ContinuousClock.now + .seconds(30)
    for pid in pids {
      while !Self.hasEnded(pid), ContinuousClock.now < limit { await Task.yield() }
      #expect(Self.hasEnded(pid), "\(pid)")
    }
  }

  /// Whether there is no such process, or nothing of it but the status that nobody has asked for.
  private static func hasEnded(_ pid: pid_t) -> Bool {
    if kill(pid, 0) == -1, errno == ESRCH { return true }
    let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return state?.split(separator: ")").last?.hasPrefix(" Z") ?? false
  }

  @Test(
    "One line end at the end is none of the secret's, whatever system wrote it",
    arguments: [
      ("a\n", "a"), ("a\r\n", "a"), ("a\r", "a\r"), ("a\n\n", "a\n"), ("a\n\r", "a\n\r"),
      (" a ", " a "),
    ])
  func lineEnds(content: String, secret: String) {
    let bytes = Secret(content: Array(content.utf8)).reveal { $0 }
    #expect(bytes == Array(secret.utf8))
  }

  @Test("No way of printing a secret shows it")
  func printing() {
    let secret = Secret(Array("hunter2".utf8))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped] {
      #expect(!text.contains("hunter2") && !text.contains("104"))
    }
  }
}
