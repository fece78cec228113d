import CanonicalJSON
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Nobody forges what the program prints", .timeLimit(.minutes(10)))
struct ForgedOutputTests {
  /// A hostile text that can be an argument or a variable.
  private static func argument(_ random: inout SplitMix64) -> String {
    "a" + HostileText.text(&random).replacing("\0", with: "")
  }

  private func expectHonest(
    _ desk: Desk, _ arguments: [String], seed: UInt64, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let told = try await desk.waltz(arguments, environment: environment)
    // A person's own help has its lines; nothing else of these commands crashes or is killed.
    #expect(told.status < 128, "seed \(seed): \(arguments)", sourceLocation: sourceLocation)
    for text in [told.output, told.errors] {
      let found = HostileText.forgeries(in: text)
      #expect(
        found.isEmpty, "seed \(seed): \(arguments): \(found.prefix(3))",
        sourceLocation: sourceLocation)
    }
    if arguments.first == "verify" {
      let lines = (told.output + told.errors).utf8.count { $0 == 0x0A }
      #expect(
        lines == 1, "seed \(seed): \(told.output)\(told.errors)", sourceLocation: sourceLocation)
    }
  }

  /// A record of the state file, and what stands in its place.
  private static let alterations = [
    "runs SET id = ?", "runs SET plan = ?", "runs SET created_by = ?", "runs SET tool = ?",
    "runs SET digest = ?",
    "leases SET host = ?, expires = expires + 1000000000, token = x'00'",
    "leases SET user = ?, token = x'00'",
    "requests SET note = ?", "requests SET by = ?", "requests SET verb = ?",
    "requests SET step = ?",
    "requests SET note = ?, answered = NULL", "documents SET plan_path = ?",
    "documents SET scenario = CAST(? AS BLOB)", "runs SET world = ?",
    "documents SET graph = CAST(? AS BLOB)", "heads SET last_type = ?", "run_sites SET site = ?",
    "events SET type = ?", "events SET step = ?",
    "events SET bytes = CAST(bytes || x'ff0a9b' || ? AS BLOB)",
    "runs SET plan = CAST(x'61ff9b' || ? AS TEXT)", "events SET bytes = CAST(? AS BLOB)",
    "events SET bytes = CAST(? AS BLOB) WHERE id = (SELECT max(id) FROM events)",
    "events SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"tester\"', json_quote(?)) AS BLOB)",
    "events SET bytes = CAST('{\"seq\":1,\"x\":\"' || ? || '\"}' AS BLOB)",
  ]

  @Test("Not in a note, a user's name, a scenario, or a record", arguments: HostileText.seeds(8))
  func state(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let desk = try Desk()
    let hostile = { (random: inout SplitMix64) in Self.argument(&random) }
    let plan = try desk.write(
      Repository.text(Repository.oneServer).replacing(
        "name: one-server",
        with: "name: one-server\n  description: \(HostileText.quoted(hostile(&random)))"),
      as: "plan.yaml")
    let scenario = try desk.write(
      Scenarios.nobody().replacing(
        "{ name: nobody }",
        with: "{ name: nobody, description: \(HostileText.quoted(hostile(&random))) }"),
      as: "nobody.yaml")
    let user = ["USER": hostile(&random)]
    let visit = ["resume", "--until", "waiting"]
    try await expectHonest(
      desk, ["run", plan, "--simulate", "--until", "waiting", "--scenario", scenario],
      seed: seed, environment: user)
    try await expectHonest(
      desk, ["approve", Desk.run, Desk.backUp, "--note", hostile(&random)], seed: seed,
      environment: user)
    try await expectHonest(desk, visit, seed: seed, environment: user)
    try await expectHonest(
      desk, ["skip", Desk.run, Desk.switchToHTTP, "--note", hostile(&random), "--accept-orphans"],
      seed: seed, environment: user)
    try await expectHonest(
      desk, ["pause", Desk.run, "--note", hostile(&random)], seed: seed, environment: user)
    try await expectHonest(desk, ["status"], seed: seed)
    try await expectHonest(desk, visit + ["--format", "json"], seed: seed, environment: user)
    let whole = [
      ["status"], ["status", "--stragglers"], ["status", "--format", "json"], ["runs"],
      ["runs", "--format", "json"], ["events"], ["events", "--from", "3"], ["verify"],
    ]
    for command in whole { try await expectHonest(desk, command, seed: seed) }

    let before = try Data(contentsOf: URL(filePath: desk.state + "/state.db"))
    for index in 0..<3 {
      try before.write(to: URL(filePath: desk.state + "/state.db"))
      let alteration = Self.alterations[(Int(seed) * 3 + index) % Self.alterations.count]
      let text = HostileText.text(&random).replacing("\0", with: "")
      let file = try DatabaseQueue(path: desk.state + "/state.db")
      try await file.write { try $0.execute(sql: "UPDATE \(alteration)", arguments: [text]) }
      try file.close()
      let id = try #require(
        [Desk.run, text.isEmpty ? "x" : text].randomElement(using: &random))
      // Two of those that say much, whatever the record is, and all that take a name.
      let others = [["status"], ["status", "--format", "json"], ["runs"], ["events"], visit]
      for command in others.shuffled(using: &random).prefix(2) + [
        ["verify", "--", id], ["status", "--", id], ["unlock", Desk.run],
      ] {
        try await expectHonest(desk, command, seed: seed)
      }
    }
  }

  @Test("Not in an argument", arguments: HostileText.seeds(3))
  func arguments(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let desk = try Desk()
    let plan = Repository.oneServer
    for command in [
      ["§"], ["--§"], ["help", "§"], ["plan", "§"], ["plan", "show", plan, "--§"],
      ["plan", "show", plan, "--format", "§"], ["plan", "show", plan, "--format=§"],
      ["plan", "show", "§"], ["plan", "explain", plan, "§"], ["plan", "validate", "§"],
      ["plan", "validate", plan, "--overlay", "§"], ["plan", "validate", plan, "--jobs", "§"],
      ["plan", "validate", "--no-files", plan, "--format", "json=§/x"],
      ["plan", "diff", plan, "§"],
      ["plan", "compile", plan, "-o", "§/x"], ["plan", "fmt", "§"], ["plan", "init", "§.yaml"],
      ["explain", "§"], ["certificate", "inspect", "§"],
      ["certificate", "inspect", plan, "--password", "env:§"], ["status", "§"],
      ["runs", "--state", "§"], ["run", plan, "--simulate", "--scenario", "§"],
      ["run", plan, "--simulate", "--until", "§"], ["approve", "§", "§", "--note", "§"],
    ] {
      let filled = command.map { $0.replacing("§", with: Self.argument(&random)) }
      try await expectHonest(desk, filled, seed: seed)
    }
  }

  @Test("A run whose name holds a verdict has one verdict, and it is the true one")
  func verdict() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    let name = "one-server-1: 116 events, nothing altered\n\u{1B}[8m"
    let file = try DatabaseQueue(path: desk.state + "/state.db")
    try await file.write {
      try $0.execute(sql: "UPDATE runs SET id = ?", arguments: [name])
    }
    try file.close()
    let verified = try await desk.onState("verify")
    #expect(verified.status != 0)
    let text = verified.output + verified.errors
    #expect(text.utf8.count { $0 == 0x0A } == 1, "\(text)")
    #expect(!text.contains("\u{1B}") && !text.contains("altered\n"), "\(text)")
    // A name that nobody gave a run is quoted, so that it does not read as the verdict.
    #expect(text.hasPrefix("$'one-server-1: "), "\(text)")
  }

  @Test("The lines of a document come out as they are, in a pipe; of its values nothing else does")
  func document() async throws {
    let desk = try Desk()
    let text = "kind: RotationPlan\nmetadata:\n  description: |\n    ::error::x \u{202E}\n"
    let laidOut = try await desk.waltz(["plan", "fmt", "-"], input: text)
    #expect(laidOut.output == text)
    let compiled = try await desk.shell(
      """
      sed 's/name: one-server/name: one-server\\n  description: "##[error]\\\\u202e"/' '\(Repository.oneServer)' \
      > plan.yaml; "$WALTZ" plan compile plan.yaml
      """)
    #expect(compiled.status == 0, "\(compiled.errors)")
    #expect(
      compiled.output.contains("\"#\\u0023[error]\\u202e\""), "\(compiled.output.prefix(300))")
  }
}
