import Foundation
import TestSupport
import Testing

@Suite("Files that are written")
struct OutputFileTests {
  /// A desk with a plan, an overlay, and a link to the plan.
  private func desk() async throws -> (desk: Desk, plan: String) {
    let desk = try Desk()
    let plan = try Repository.text(Repository.oneServer)
    _ = try desk.write(plan, as: "plan.yaml")
    _ = try desk.write("kind: RotationPlanOverlay\n", as: "overlay.yaml")
    let made = try await desk.shell("ln -s plan.yaml link; mkdir deep; ln -s .. deep/up")
    try #require(made.status == 0)
    return (desk, plan)
  }

  // Elsewhere it cannot be told which file the shell has opened.
  #if os(Linux)
    private static let redirected = [
      "plan validate --no-files - --format json=plan.yaml < plan.yaml",
      "plan compile - -o plan.yaml < plan.yaml",
    ]
  #else
    private static let redirected: [String] = []
  #endif

  @Test(
    "Nothing is written into a file that the command reads, however it is spelled",
    arguments: [
      "plan validate --no-files plan.yaml --format json=plan.yaml",
      "plan validate --no-files plan.yaml --format sarif=$PWD/plan.yaml",
      "plan validate --no-files link --format text=deep/../plan.yaml",
      "plan validate --no-files . --format json=link",
      "plan validate --no-files '*.yaml' --format json=deep/up/plan.yaml",
      "plan validate --no-files overlay.yaml --overlay plan.yaml --format json=plan.yaml",
      "plan compile plan.yaml -o ./plan.yaml", "plan compile plan.yaml -o deep/up/link",
      "plan compile '\(Repository.oneServer)' --overlay plan.yaml -o plan.yaml",
    ] + redirected)
  func inputs(_ arguments: String) async throws {
    let (desk, plan) = try await desk()
    let run = try await desk.shell("\"$WALTZ\" \(arguments)")
    #expect(run.status == 2, "\(arguments): \(run.output)\(run.errors)")
    #expect(run.errors.contains("is one of the files that are read"), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(try Repository.text(desk.folder + "/plan.yaml") == plan)
  }

  @Test("A report is written over in place where its folder takes no other file; a plan is not")
  func inPlace() async throws {
    let (desk, _) = try await desk()
    // Root may write anywhere, so it becomes somebody else.
    let made = try await desk.shell(
      """
      mkdir closed && cp plan.yaml closed/plan.yaml && echo '# untidy   ' >> closed/plan.yaml
      head -c 300000 /dev/zero > closed/report && cp closed/report closed/graph
      chmod 666 closed/* && chmod 444 plan.yaml && chmod 755 . && chmod 555 closed
      """)
    try #require(made.status == 0, "\(made.errors)")
    func waltz(_ arguments: String) async throws -> Desk.Outcome {
      try await desk.shell(
        """
        if [ "$(id -u)" != 0 ]; then set --
        else set -- setpriv --reuid 65534 --regid 65534 --clear-groups; fi
        "$@" "$WALTZ" plan \(arguments)
        """)
    }
    let validated = try await waltz(
      "validate --no-files plan.yaml --format json=closed/report")
    #expect(validated.status == 0, "\(validated.errors)")
    let report = try Repository.text(desk.folder + "/closed/report")
    #expect(report.hasPrefix("{\n") && report.hasSuffix("}\n"))
    let compiled = try await waltz("compile plan.yaml -o closed/graph")
    #expect(compiled.status == 0, "\(compiled.errors)")
    let graph = try await desk.waltz("plan", "diff", "plan.yaml", "closed/graph")
    #expect(graph.status == 0, "\(graph.errors)")
    let missing = try await waltz("compile plan.yaml -o closed/new")
    #expect(missing.status == 3 && missing.errors.contains("Permission denied"))
    let formatted = try await waltz("fmt closed/plan.yaml")
    #expect(formatted.status == 3 && formatted.errors.contains("Permission denied"))
    let plan = try Repository.text(desk.folder + "/closed/plan.yaml")
    #expect(plan.hasSuffix("# untidy   \n"))
    _ = try await desk.shell("chmod 755 closed")
  }
}
