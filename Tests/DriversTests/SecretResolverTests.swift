import Drivers
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
  func hang() async {
    let resolver = resolver(patience: .milliseconds(300))
    await #expect(throws: SecretTrouble.tookTooLong(.milliseconds(300))) {
      try await resolver.resolve(.command(["sh", "-c", "sleep 600 & sleep 600"]))
    }
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
