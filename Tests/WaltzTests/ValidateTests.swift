import CanonicalJSON
import Foundation
import Testing

@Suite("Checking many files, for people and for programs")
struct ValidateTests {
  private static let broken = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: example }
    sites: {}

    """

  /// A desk that is a repository with plans in folders.
  private func repository() async throws -> Desk {
    let desk = try Desk()
    let good = try Repository.text(Repository.oneServer)
    _ = try await desk.shell("mkdir -p .git plans/deep/er 'plans/with space%'")
    _ = try desk.write(good, as: "plans/a.yaml")
    _ = try desk.write(good, as: "plans/deep/b.yaml")
    _ = try desk.write(good, as: "plans/deep/er/c.yml")
    _ = try desk.write(Self.broken, as: "plans/with space%/d.yaml")
    return desk
  }

  private func files(_ outcome: Desk.Outcome) throws -> Set<String> {
    Set(try #require(try outcome.json()["diagnostics"]?.array).compactMap { $0["file"]?.string })
  }

  @Test("Patterns are those of a shell; one that matches nothing is an error")
  func patterns() async throws {
    let desk = try await repository()
    for (pattern, count) in [
      ("plans/**/*.yaml", 3), ("plans/*.yaml", 1), ("plans/**", 4), ("pl?ns/[a-c].yaml", 1),
      ("**/[!a]*.y*ml", 3), ("plans/deep/**/*", 2),
    ] {
      let checked = try await desk.waltz(
        "plan", "validate", "--no-files", pattern, "--format", "junit")
      #expect(
        checked.output.components(separatedBy: "<testsuite ").count - 1 == count, "\(pattern)")
    }
    let none = try await desk.waltz("plan", "validate", "--no-files", "plans/*.json")
    #expect(none.status == 3)
    #expect(none.errors.contains("plans/*.json"))
  }

  @Test("A file that is named twice is read once, and no file hides another")
  func naming() async throws {
    let desk = try await repository()
    let twice = try await desk.waltz(
      "plan", "validate", "--no-files", "plans/a.yaml", "./plans/a.yaml",
      desk.folder + "/plans/a.yaml")
    #expect(twice.status == 0)
    #expect(twice.output.contains("1 file"))
    let missing = try await desk.waltz(
      "plan", "validate", "--no-files", "missing.yaml", "plans/with space%/d.yaml", "--format",
      "json")
    #expect(missing.status == 3)
    #expect(missing.errors.contains("missing.yaml"))
    #expect(try files(missing) == ["plans/with space%/d.yaml"])
  }

  @Test("The number of threads changes no byte")
  func threads() async throws {
    let desk = try Desk()
    for number in 0..<40 {
      _ = try desk.write(
        Self.broken.replacing(
          "example", with: "example-\(number % 7)\(number % 3 == 0 ? "_" : "")"),
        as: "plan-\(number).yaml")
    }
    for format in ["json", "sarif", "text"] {
      let one = try await desk.waltz(
        "plan", "validate", "--no-files", "--format", format, "--jobs", "1")
      let many = try await desk.waltz(
        "plan", "validate", "--no-files", "--format", format, "--jobs", "8")
      #expect(one.status == 1 && many.status == 1)
      #expect(one.output == many.output && one.errors == many.errors, "\(format)")
    }
    #expect(try await desk.waltz("plan", "validate", "--no-files", "--jobs", "0").status == 2)
  }

  @Test("Paths are those of the repository, wherever the command was started")
  func paths() async throws {
    let desk = try await repository()
    let inner = try await desk.shell(
      "cd 'plans/with space%' && \"$WALTZ\" plan validate d.yaml --format github")
    #expect(inner.status == 1)
    #expect(inner.output.hasPrefix("::error file=plans/with space%25/d.yaml,line=4,"))
    let sarif = try await desk.shell(
      "cd plans && \"$WALTZ\" plan validate 'with space%' --format sarif")
    #expect(sarif.output.contains("\"uri\": \"plans/with%20space%25/d.yaml\""))
    let named = try await desk.waltz(
      "plan", "validate", "--no-files", "-", "--stdin-name", "plans/x.yaml", "--format", "rdjson",
      input: Self.broken)
    #expect(named.status == 1)
    #expect(named.output.contains("\"path\": \"plans/x.yaml\""))
  }

  @Test("One run writes a report to a file and the text to the terminal")
  func severalFormats() async throws {
    let desk = try await repository()
    let run = try await desk.waltz(
      "plan", "validate", "--no-files", "plans", "--format", "sarif=out.sarif", "--format",
      "junit=out.xml")
    #expect(run.status == 1)
    #expect(run.errors.contains("with space%/d.yaml:4:"))
    #expect(run.output.contains("1 error"))
    let log = try JSONValue(
      parsing: Array(Data(contentsOf: URL(filePath: desk.folder + "/out.sarif"))))
    #expect(log["version"]?.string == "2.1.0")
    #expect(try Repository.text(desk.folder + "/out.xml").hasPrefix("<?xml"))
    let clash = try await desk.waltz(
      "plan", "validate", "--no-files", "--format", "json", "--format", "sarif")
    #expect(clash.status == 2)
    let summary = desk.folder + "/summary.md"
    _ = try await desk.waltz(
      ["plan", "validate", "--no-files", "plans", "--format", "github"],
      environment: ["GITHUB_STEP_SUMMARY": summary])
    #expect(try Repository.text(summary).contains("| error |"))
  }

  @Test("A link that leads out of the repository is followed only if that is said")
  func links() async throws {
    let desk = try await repository()
    let outside = try Desk()
    _ = try outside.write(Self.broken, as: "secret.yaml")
    _ = try await desk.shell(
      "ln -s \(outside.folder)/secret.yaml plans/link.yaml; ln -s a.yaml plans/inner.yaml")
    let refused = try await desk.waltz("plan", "validate", "--no-files", "plans/link.yaml")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--allow-outside"))
    #expect(
      try await desk.waltz(
        "plan", "validate", "--no-files", "plans/link.yaml", "--allow-outside", outside.folder
      ).status == 1)
    #expect(try await desk.waltz("plan", "validate", "--no-files", "plans/inner.yaml").status == 0)
    // A walk leaves links alone.
    #expect(try await desk.waltz("plan", "validate", "--no-files", "plans/deep").status == 0)
    let walk = try await desk.waltz("plan", "validate", "--no-files", "plans", "--format", "json")
    #expect(try files(walk) == ["plans/with space%/d.yaml"])
  }

  @Test("--fix makes what is certain, keeps the mode, and changes nothing the second time")
  func fix() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let plan = try desk.write(
      text.replacing("kind: RotationPlan", with: "kind: rotation-plan")
        + "# waltz:ignore M009 nobody knows\n",
      as: "plan.yaml")
    _ = try await desk.shell("chmod 640 plan.yaml")
    let diff = try await desk.waltz("plan", "validate", "--no-files", "--fix", "--diff", plan)
    #expect(diff.status == 1)
    #expect(diff.output.contains("\n-kind: rotation-plan\n+kind: RotationPlan\n"))
    #expect(try Repository.text(plan).contains("rotation-plan"))
    let first = try await desk.waltz("plan", "validate", "--no-files", "--fix", plan)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("Write 'RotationPlan' (F022)"))
    #expect(first.output.contains("2 fixed"))
    #expect(try Repository.text(plan) == text)
    let mode = try FileManager.default.attributesOfItem(atPath: plan)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    let second = try await desk.waltz("plan", "validate", "--no-files", "--fix", plan)
    #expect(!second.output.contains("fixed"))
    #expect(
      try await desk.waltz("plan", "validate", "--no-files", "--fix", "--diff", plan).output.isEmpty
    )
    #expect(try Repository.text(plan) == text)
    #expect(
      try await desk.waltz("plan", "validate", "--no-files", "--fix", "-", input: text).status == 2)
  }

  @Test("--fix leaves the graph of a good plan as it is", arguments: Repository.plans)
  func fixKeepsDigest(_ path: String) async throws {
    let desk = try Desk()
    let plan = try desk.write(
      "# waltz:ignore M010,M033 known to all\n" + Repository.text(path), as: "plan.yaml")
    let before = try await desk.waltz("plan", "compile", plan)
    #expect(try await desk.waltz("plan", "validate", "--no-files", "--fix", plan).status == 0)
    let after = try await desk.waltz("plan", "compile", plan)
    #expect(before.status == 0 && before.output == after.output)
  }

  @Test("What is suppressed fails no check and is counted")
  func suppression() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.root + "/plans/hub-with-four-partners.yaml")
    let plan = try desk.write(
      text.replacing(
        "  - { sites: [hub, aarhus]",
        with: "  # waltz:ignore M009 agreed with the vendor\n  - { sites: [hub, aarhus]"),
      as: "plan.yaml")
    let strict = try await desk.waltz(
      "plan", "validate", "--no-files", plan, "--fail-on", "warning")
    #expect(strict.status == 0, "\(strict.errors)")
    #expect(strict.output.contains("1 suppressed"))
    #expect(!strict.errors.contains("M009"))
    let unsuppressed = try await desk.waltz(
      "plan", "validate", "--no-files", Repository.root + "/plans/hub-with-four-partners.yaml",
      "--fail-on",
      "warning")
    #expect(unsuppressed.status == 1)
  }
}
