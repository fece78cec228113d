import Foundation
import Testing

@Suite("Text that comes as a stream")
struct StreamTests {
  private static let untidy = "kind: RotationPlan # a plan\n\n\n\nmetadata: {name: x}\n"
  private static let tidy = "kind: RotationPlan  # a plan\n\nmetadata: { name: x }\n"

  @Test(
    "What the shell has opened is laid out to standard output, as - is",
    .timeLimit(.minutes(5)),
    arguments: [
      "cat plan.yaml | \"$WALTZ\" plan fmt /dev/stdin",
      "cat plan.yaml | \"$WALTZ\" plan fmt /dev/fd/3 3<&0",
      "\"$WALTZ\" plan fmt /dev/stdin < plan.yaml",
      "bash -c '\"$WALTZ\" plan fmt <(cat plan.yaml)'",
    ])
  func format(_ line: String) async throws {
    let desk = try Desk()
    // More than a pipe holds.
    let more = String(repeating: "# The same plan as the year before.\n", count: 4_000)
    for (text, expected) in [
      (Self.untidy, Self.tidy), (Self.untidy + more, Self.tidy + more),
    ] {
      _ = try desk.write(text, as: "plan.yaml")
      let run = try await desk.shell(line)
      #expect(run.status == 0 && run.output == expected, "\(run.output.prefix(200))\(run.errors)")
      #expect(try Repository.text(desk.folder + "/plan.yaml") == text)
    }
    let checked = try await desk.shell(
      line.replacing("plan fmt", with: "plan fmt --check"))
    #expect(checked.status == 1 && !checked.output.contains("kind:"), "\(checked.output)")
  }

  @Test(
    "--fix refuses what is no file, and shows what it would change", .timeLimit(.minutes(5)),
    arguments: [true, false])
  func fix(ofOverlay isOverlay: Bool) async throws {
    let desk = try Desk()
    let plan = try Repository.text(Repository.oneServer)
    _ = try desk.write(plan, as: "plan.yaml")
    let text =
      isOverlay
      ? "kind: RotationPlanOverlay\nwaits:\n  default: { minimum: 3 days }\n"
      : plan.replacing("kind: RotationPlan", with: "kind: rotation-plan")
    _ = try desk.write(text, as: "text.yaml")
    for (name, words) in [("/dev/stdin", "standard input is none"), ("/dev/fd/3", "/dev/fd/3 is")] {
      let line =
        "cat text.yaml | \"$WALTZ\" plan validate --no-files "
        + "\(isOverlay ? "plan.yaml --overlay " : "")\(name) --fix 3<&0"
      let refused = try await desk.shell(line)
      #expect(refused.status == 2, "\(line): \(refused.output)")
      #expect(refused.errors.contains("--fix changes files; \(words)"), "\(refused.errors)")
      let shown = try await desk.shell(line.replacing("--fix", with: "--fix --diff"))
      #expect(shown.status == 1 && shown.output.contains("\n+++ "), "\(line): \(shown.errors)")
    }
  }
}
