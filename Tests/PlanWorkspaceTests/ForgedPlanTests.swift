import CanonicalJSON
import ConsoleGuide
import Foundation
import PlanModel
import PlanText
import PlanWorkspace
import Reports
import RotationGraph
import TestSupport
import Testing

@Suite("A plan that forges what is printed of it")
struct ForgedPlanTests {
  /// Where a text of the author's own may stand: `§`; where it is refused, at most one of `¤`.
  private static let plan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: ¤, description: §, labels: { change: §, ¤: x } }
    certificates:
      new: { pkcs12: ¤, password: { env: ¤ } }
    sites:
      ¤:
        clients: 40
        database: ¤
        api: { url: ¤, username: §, domain: §, password: { env: QUIET } }
        servers:
          ¤: { address: ¤, certificate: ¤ }
    waits:
      default:
        adopted: ¤
        minimum: 1h
        override: { reason: § }
        cohorts:
          - { name: ¤, osFunction: DomainController, adopted: 100% }
          - { name: other, group: §, adopted: 95% }
        exclude: [{ group: §, reason: § }]
    automation:
      restart-services: { command: [ssh, §, §], check: [ssh, §], timeout: ¤ }
    """

  private static let plain = [
    "main", "owner", "new.p12", "P12", "lyon", "embedded", "https://s.example.net:8446", "one",
    "s.example.net", "new",
    "90%", "controllers", "15m",
  ]

  /// A plan with hostile texts in it; `isBroken` puts one where it is refused, too.
  private static func plan(_ random: inout SplitMix64, isBroken: Bool) -> String {
    var texts = plain
    if isBroken {
      texts[random.below(texts.count)] = HostileText.quoted(HostileText.text(&random))
    }
    return plan.reduce(into: "") { text, character in
      switch character {
      case "§":
        text +=
          random.chance(30)
          ? "harmless"
          : HostileText.quoted("a" + HostileText.text(&random).replacing("\0", with: ""))
      case "¤": text += texts.removeFirst()
      default: text.append(character)
      }
    }
  }

  private func expectHonest(
    _ printed: String, _ what: String, commands: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = HostileText.forgeries(in: printed, commands: commands)
    #expect(found.isEmpty, "\(what): \(found.prefix(3))", sourceLocation: sourceLocation)
  }

  /// Everything that is printed of files that were checked.
  private func expectHonest(_ validation: Validation, seed: UInt64) {
    for unicode in [true, false] {
      let options = DiagnosticText.Options(width: 60, unicode: unicode)
      let text = DiagnosticText(validation.files.sources, options: options)
        .render(validation.files.diagnostics)
      expectHonest(text, "seed \(seed): text")
      expectHonest(Printout(report: text).text, "seed \(seed): text, printed")
    }
    expectHonest(validation.summary, "seed \(seed): summary")
    let report = validation.report(failOn: .error, version: "1")
    for format in DiagnosticFormat.allCases {
      let isGitHub = format == .github
      let commands = isGitHub ? ["::error ", "::warning ", "::notice "] : []
      let printed = format.printout(of: report)
      expectHonest(printed.text, "seed \(seed): \(format)", commands: commands)
      if isGitHub {
        #expect(printed.text.utf8.count { $0 == 0x0A } == validation.codes(notes: true).count)
        #expect(printed.bytes == format.bytes(of: report), "seed \(seed)")
      }
    }
    expectHonest(report.gitHubSummary(), "seed \(seed): summary of the job")
  }

  @Test("Of a plan that is refused, the findings", arguments: HostileText.seeds(40))
  func findings(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let folder = try TestFolder()
    _ = try folder.write(Self.plan(&random, isBroken: true), as: "plan.yaml")
    _ = try folder.write(
      "kind: RotationPlanOverlay\nmetadata: { description: \(HostileText.quoted(HostileText.text(&random))) }\n"
        + "waits: { default: { adopted: \(HostileText.quoted(HostileText.text(&random))) } }\n",
      as: "overlay.yaml")
    expectHonest(try await folder.validation(of: "plan.yaml"), seed: seed)
    expectHonest(
      try await folder.validation(of: "plan.yaml", overlays: ["overlay.yaml"]), seed: seed)
  }

  @Test(
    "Of a plan that is good, its steps, values and differences",
    arguments: HostileText.seeds(40, found: [262, 1793]))
  func graph(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let folder = try TestFolder()
    _ = try folder.write(Self.plan(&random, isBroken: false), as: "plan.yaml")
    _ = try folder.write(Self.plan(&random, isBroken: false), as: "old.yaml")
    expectHonest(try await folder.validation(of: "plan.yaml"), seed: seed)
    let plan = try folder.plan("plan.yaml")
    guard let graph = try? plan.graph() else {
      Issue.record("seed \(seed): \(try await folder.validation(of: "plan.yaml").codes())")
      return
    }
    let width = Int.random(in: 40...160, using: &random)
    var printed = [
      PlanShowTable.text(of: graph, width: width), PlanShowDOT.text(of: graph),
      PlanShowMermaid.text(of: graph), PlanShowJSON.text(of: graph),
      Printout(jsonLine: graph.canonicalBytes).text,
      RotationRunbook.markdown(of: graph, in: .english),
      RotationRunbook.markdown(of: graph, in: .german),
      RotationRunbook.html(of: graph, in: .english),
    ]
    for step in graph.graph.steps.indices {
      printed.append(
        try StepExplanation.text(of: graph.graph.id(of: step), in: graph, width: width))
    }
    let (name, origins) = try plan.origins()
    let layout = TextLayout(width: width)
    printed.append(OriginTable.text(of: origins, in: plan.files.sources, layout))
    printed.append(OriginJSON.text(of: origins, plan: name, in: plan.files.sources))
    let compared = try await folder.comparison(of: .files(old: "old.yaml", new: "plan.yaml"))
    printed += [
      compared.text, compared.markdown, compared.errors,
      String(
        decoding: PlanDiffJSON.text(
          of: compared.comparison.plans, invalid: compared.comparison.invalid), as: UTF8.self),
    ]
    for (index, text) in printed.enumerated() { expectHonest(text, "seed \(seed): \(index)") }
    let hidden = StepExplanation.self
    #expect(throws: UnknownStep.self) {
      try hidden.text(of: HostileText.text(&random), in: graph)
    }
  }

  @Test("No line of a wrapped message begins with what stands behind a line end in a value")
  func wrapped() async throws {
    let folder = try TestFolder()
    for length in 1...40 {
      let value = String(repeating: "a", count: length) + "\n\(HostileText.mark)"
      _ = try folder.write(
        "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: x }\n"
          + "waits: { default: { adopted: \(HostileText.quoted(value)) } }\n", as: "plan.yaml")
      let validation = try await folder.validation(of: "plan.yaml")
      let messages = validation.files.diagnostics.map(\.detail)
      // Made a blank, the line end would be where a line may be broken.
      #expect(messages.contains { $0.contains("a\n\(HostileText.mark)") }, "\(messages)")
      let text = DiagnosticText(validation.files.sources, options: .init(width: 60, unicode: true))
        .render(validation.files.diagnostics)
      expectHonest(text, "length \(length)")
    }
  }

  @Test("Of a file with any bytes in it, the findings", arguments: HostileText.seeds(30))
  func bytes(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let folder = try TestFolder()
    let text = Self.plan(&random, isBroken: random.chance(50))
    // Stray bytes, overlong forms and half a surrogate pair; and texts as they are, in a comment and a block.
    let stray: [[UInt8]] = [
      [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0x9B],
      [0x85],
    ]
    var bytes: [UInt8] = []
    for line in text.split(separator: "\n") {
      bytes += Array(line.utf8)
      if random.chance(20) { bytes += Array(" # \(HostileText.text(&random))".utf8) }
      if random.chance(10) { bytes += stray.randomElement(using: &random) ?? [] }
      bytes.append(0x0A)
    }
    bytes += Array("x: |\n  \(HostileText.text(&random))\n".utf8)
    for (name, bytes) in [("plan.yaml", bytes), ("plan.json", bytes.reversed())] {
      try Data(bytes).write(to: URL(filePath: folder.path + "/" + name))
      expectHonest(try await folder.validation(of: name), seed: seed)
      for (output, _) in try folder.formatted([name], check: true, diff: true) {
        // The lines of the file are shown with a sign before each; some have a tab or end as on Windows.
        let shown = output.replacing("\t", with: "").replacing("\r\n", with: "\n")
        let found = HostileText.forgeries(in: shown).filter { !$0.hasPrefix("a line of its own") }
        #expect(found.isEmpty, "seed \(seed): \(found.prefix(3))")
      }
    }
  }

  @Test("Of a scenario, the findings", arguments: HostileText.seeds(30))
  func scenario(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let folder = try TestFolder()
    let text = { (random: inout SplitMix64) in HostileText.quoted(HostileText.text(&random)) }
    var values = ["quiet", "3000", "2026-01-05T08:00:00Z", "5m", "present", "lyon"]
    values[random.below(values.count)] = text(&random)
    _ = try folder.write(
      """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: \(values[0]), description: \(text(&random)) }
      clients: \(values[1])
      start: \(values[2])
      heartbeat: \(values[3])
      operator: { presence: \(values[4]) }
      faults: { clock-skew: { site: \(values[5]) }, \(random.chance(30) ? text(&random) : "joins"): {} }
      """, as: "scenario.yaml")
    let plan = try folder.plan(Repository.oneServer).graph().graph.plan
    let scenario = try NamedScenario("scenario.yaml", for: plan, in: folder.working())
    let options = DiagnosticText.Options(width: Int.random(in: 40...120, using: &random))
    expectHonest(
      DiagnosticText(scenario.files.sources, options: options).render(scenario.files.diagnostics),
      "seed \(seed)")
    expectHonest(try await folder.validation(of: "scenario.yaml"), seed: seed)
  }

  @Test("Of a file's name, whatever is said of it", arguments: HostileText.seeds(20))
  func names(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let folder = try TestFolder()
    let name =
      String(HostileText.text(&random).filter { $0 != "/" && $0 != "\0" }.prefix(24)) + ".yaml"
    guard (try? folder.write("kind:   RotationPlan\nsites: {}\n", as: name)) != nil else { return }
    expectHonest(try await folder.validation(of: name), seed: seed)
    for (check, diff) in [(true, false), (false, true), (true, true)] {
      for (output, _) in try folder.formatted([name], check: check, diff: diff) {
        // What stands in the file is shown with a sign before each line.
        expectHonest(output, "seed \(seed): fmt")
      }
    }
    _ = try folder.write("kind: rotation-plan\n", as: name)
    var fixed = try await folder.validation(of: name)
    expectHonest(fixed.mendingDiff(color: false), "seed \(seed): --fix --diff")
    try await fixed.mend()
    expectHonest(fixed.changes.map { $0.lines(unicode: true).text }.joined(), "seed \(seed): --fix")
  }
}
