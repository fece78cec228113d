import Drivers
import Foundation
import PlanModel
import Secrets
import TestSupport
import Testing

@Suite("Secrets behind references")
struct SecretResolverTests {
  /// A resolver that waits for programs as long as a machine may need that is busy with other tests.
  private func resolver(
    _ variables: [String: String] = [:], patience: Duration = .seconds(86_400)
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
    var patience = Duration.seconds(1)
    var pids: [pid_t] = []
    // A busy machine may need longer to start a shell than the resolver waits: then once more, more patiently.
    while pids.count < 3, patience < .seconds(600) {
      let resolver = resolver(["PIDS": file], patience: patience)
      await #expect(throws: SecretTrouble.tookTooLong(patience)) {
        try await resolver.resolve(
          .command(["sh", "-c", "sleep 86400 & a=$!; sleep 86400 & echo $$ $a $! >\"$PIDS\"; wait"])
        )
      }
      pids =
        (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: " ")
        .compactMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? []
      patience = patience * 4
    }
    #expect(pids.count == 3)
    // Signals were sent before the error was thrown; that whoever inherits a process sees its end takes a moment,
    // and a process that nobody ended lasts a day.
    let limit = ContinuousClock.now + .seconds(600)
    for pid in pids {
      while !hasEnded(pid), ContinuousClock.now < limit { await Task.yield() }
      #expect(hasEnded(pid), "\(pid)")
    }
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
