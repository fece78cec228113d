import CanonicalJSON
import Foundation
import PlanText
import PlanWorkspace
import Reports
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@Suite("Checking many files")
struct ValidationTests {
  /// A repository with plans in folders.
  private func repository() async throws -> TestFolder {
    let folder = try TestFolder()
    try await folder.makePlans()
    return folder
  }

  private func files(_ validation: Validation) throws -> Set<String> {
    Set(
      try #require(try validation.json()["diagnostics"]?.array).compactMap { $0["file"]?.string })
  }

  @Test("Patterns are those of a shell; one that matches nothing is an error")
  func patterns() async throws {
    let folder = try await repository()
    for (pattern, count) in [
      ("plans/**/*.yaml", 3), ("plans/*.yaml", 1), ("plans/**", 4), ("pl?ns/[a-c].yaml", 1),
      ("**/[!a]*.y*ml", 3), ("plans/deep/**/*", 2),
    ] {
      let checked = try await folder.validation(of: pattern)
      #expect(
        checked.printed(.junit).components(separatedBy: "<testsuite ").count - 1 == count,
        "\(pattern)")
    }
    await expectRefusal(.environment, "plans/*.json") {
      _ = try await folder.validation(of: "plans/*.json")
    }
  }

  @Test("A file that is named twice is read once, and no file hides another")
  func naming() async throws {
    let folder = try await repository()
    let twice = try await folder.validation(
      of: "plans/a.yaml", "./plans/a.yaml", folder.path + "/plans/a.yaml")
    #expect(twice.isGood)
    #expect(twice.summary.contains("1 file"))
    let missing = try await folder.validation(of: "missing.yaml", "plans/with space%/d.yaml")
    #expect(missing.files.failures.map(\.kind) == [.environment])
    #expect(missing.files.failures.first?.message.contains("missing.yaml") == true)
    #expect(try files(missing) == ["plans/with space%/d.yaml"])
  }

  @Test("The number of threads changes no byte")
  func threads() async throws {
    let folder = try TestFolder()
    for number in 0..<40 {
      _ = try folder.write(
        TestFolder.emptyPlan.replacing(
          "example", with: "example-\(number % 7)\(number % 3 == 0 ? "_" : "")"),
        as: "plan-\(number).yaml")
    }
    var outcomes: [[String]] = []
    for jobs in [1, 8] {
      var request = Validation.Request([])
      request.jobs = jobs
      let found = try await Validation(request, in: folder.working())
      #expect(found.fails(at: .error))
      outcomes.append([found.printed(.json), found.printed(.sarif), found.text, found.summary])
    }
    #expect(outcomes[0] == outcomes[1])
  }

  @Test("Paths are those of the repository, wherever the working folder is")
  func paths() async throws {
    let folder = try await repository()
    func printed(_ path: String, in place: String, _ format: DiagnosticFormat) async throws
      -> String
    {
      let place = try #require(FolderPath(real: "\(folder.path)/\(place)"))
      let found = try await Validation(.init([path]), in: WorkingFolder(at: place))
      #expect(found.fails(at: .error))
      return found.printed(format)
    }
    let inner = try await printed("d.yaml", in: "plans/with space%", .github)
    #expect(inner.hasPrefix("::error file=plans/with space%25/d.yaml,line=4,"))
    let sarif = try await printed("with space%", in: "plans", .sarif)
    #expect(sarif.contains("\"uri\": \"plans/with%20space%25/d.yaml\""))
  }

  @Test("A link that leads out of the repository is followed only if that is said")
  func links() async throws {
    let folder = try await repository()
    let outside = try TestFolder()
    _ = try outside.write(TestFolder.emptyPlan, as: "secret.yaml")
    _ = try await folder.shell(
      "ln -s \(outside.path)/secret.yaml plans/link.yaml; ln -s a.yaml plans/inner.yaml")
    await expectRefusal(.arguments, "--allow-outside") {
      _ = try await folder.validation(of: "plans/link.yaml")
    }
    let admitted = try await folder.validation(of: "plans/link.yaml", admitting: [outside.path])
    #expect(admitted.fails(at: .error))
    #expect(try await folder.validation(of: "plans/inner.yaml").isGood)
    // A walk leaves links alone.
    #expect(try await folder.validation(of: "plans/deep").isGood)
    #expect(
      try files(await folder.validation(of: "plans")) == ["plans/with space%/d.yaml"])
  }

  @Test("--fix makes what is certain, keeps the mode, and changes nothing the second time")
  func fix() async throws {
    let folder = try TestFolder()
    let text = try Repository.text(Repository.oneServer)
    let plan = try folder.write(
      text.replacing("kind: RotationPlan", with: "kind: rotation-plan")
        + "# waltz:ignore M009 nobody knows\n",
      as: "plan.yaml")
    _ = try await folder.shell("chmod 640 plan.yaml")
    var found = try await folder.validation(of: "plan.yaml")
    let diff = found.mendingDiff(color: false)
    #expect(diff.contains("\n-kind: rotation-plan\n+kind: RotationPlan\n"))
    #expect(try Repository.text(plan).contains("rotation-plan"))
    try await found.mend()
    #expect(found.isGood, "\(found.text)")
    let lines = found.changes.map { $0.lines(unicode: true).text }.joined()
    #expect(lines.contains("Write 'RotationPlan' (F022)"))
    #expect(found.summary.contains("2 fixed"))
    #expect(try Repository.text(plan) == text)
    let mode = try FileManager.default.attributesOfItem(atPath: plan)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    var second = try await folder.validation(of: "plan.yaml")
    #expect(second.mendingDiff(color: false).isEmpty)
    try await second.mend()
    #expect(!second.summary.contains("fixed"))
    #expect(try Repository.text(plan) == text)
  }

  @Test("--fix leaves the graph of a good plan as it is", arguments: Repository.plans)
  func fixKeepsDigest(_ path: String) async throws {
    let folder = try TestFolder()
    _ = try folder.write(
      "# waltz:ignore M010,M033 known to all\n" + Repository.text(path), as: "plan.yaml")
    let before = try folder.plan("plan.yaml").graph()
    var found = try await folder.validation(of: "plan.yaml")
    try await found.mend()
    #expect(found.isGood)
    let after = try folder.plan("plan.yaml").graph()
    #expect(before.canonicalBytes == after.canonicalBytes)
  }

  @Test("What is suppressed fails no check and is counted")
  func suppression() async throws {
    let folder = try TestFolder()
    let hub = Repository.root + "/plans/hub-with-four-partners.yaml"
    let text = try Repository.text(hub)
    _ = try folder.write(
      text.replacing(
        "  - { sites: [hub, aarhus]",
        with: "  # waltz:ignore M009 agreed with the vendor\n  - { sites: [hub, aarhus]"),
      as: "plan.yaml")
    let strict = try await folder.validation(of: "plan.yaml")
    #expect(strict.isGood && !strict.fails(at: .warning), "\(strict.text)")
    #expect(strict.summary.contains("1 suppressed"))
    #expect(!strict.text.contains("M009"))
    #expect(try await folder.validation(of: hub).fails(at: .warning))
  }

  @Test("What is wrong in an overlay is reported in the overlay, in every format")
  func overlayFindings() async throws {
    let folder = try TestFolder()
    _ = try folder.write("strategy: { serversAtOnce: 0 }\n", as: "bad.yaml")
    let found = try await folder.validation(of: [Repository.oneServer], overlays: ["bad.yaml"])
    #expect(found.fails(at: .error) && found.text.contains("bad.yaml:1:"))
    for format in DiagnosticFormat.allCases {
      #expect(found.printed(format).contains("bad.yaml"), "\(format)")
    }
    await expectRefusal(.environment, "missing.yaml") {
      _ = try await folder.validation(of: [Repository.oneServer], overlays: ["missing.yaml"])
    }
  }

  @Test("An overlay that is found in a folder is no plan and no mistake")
  func overlayInFolder() async throws {
    let folder = try TestFolder()
    let overlay = "kind: RotationPlanOverlay\nsites:\n  lyon:\n    clients: 7\n"
    _ = try folder.write(overlay, as: "test.yaml")
    #expect(try await folder.validation(of: ".").isGood)
    _ = try folder.write("kind: RotationPlanOverlay\na: [\n", as: "test.yaml")
    #expect(try await folder.validation(of: ".").fails(at: .error))
  }

  @Test("A folder is searched for YAML files")
  func folder() async throws {
    let folder = try TestFolder()
    let valid = try await folder.validation(
      of: [Repository.root + "/plans"], certificates: .files)
    #expect(valid.isGood)
    #expect(
      valid.summary.contains("\(Repository.plans.count + Repository.scenarios.count) files"))
    await expectRefusal(.environment, "There is no YAML file in the folder") {
      _ = try await folder.validation(of: folder.path)
    }
  }

  @Test("Two reports do not share a file; a device takes both")
  func reports() async throws {
    let folder = try TestFolder()
    _ = try await folder.shell("mkdir deep; ln -s .. deep/up")
    func check(_ outputs: [String]) async throws -> Validation {
      var request = Validation.Request([Repository.oneServer])
      request.outputs = outputs
      return try await Validation(request, in: folder.working())
    }
    for (first, second) in [("out", "out"), ("out", "./out"), ("out", "deep/up/out")] {
      await expectRefusal(.arguments, "\(second) would be written twice") {
        _ = try await check([first, second])
      }
    }
    #expect(try await check(["/dev/null", "/dev/null", "other"]).isGood)
  }
}
