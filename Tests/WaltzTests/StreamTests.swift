import Foundation
import TestSupport
import Testing

@Suite("Text that comes as a stream")
struct StreamTests {
  private static let untidy = "kind: RotationPlan # a plan\n\n\n\nmetadata: {name: x}\n"
  private static let tidy = "kind: RotationPlan  # a plan\n\nmetadata: { name: x }\n"

  @Test(
    "What the shell has opened is laid out to standard output, as - is",
    .timeLimit(.minutes(10)),
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
    "--fix refuses what is no file, and shows what it would change", .timeLimit(.minutes(10)),
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
    for (name, words) in [
      ("/dev/stdin", "standard input is not a file"), ("/dev/fd/3", "/dev/fd/3 is"),
    ] {
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

  @Test(
    "Standard input in two places is a mistake in the arguments: it can be read once",
    arguments: [
      "plan validate - --overlay -", "plan validate --no-files plan.yaml --overlay - --overlay -",
      "plan validate /dev/stdin --overlay -", "plan show - --overlay -",
      "plan show - --origin --overlay /dev/stdin", "plan compile - --overlay /dev/fd/0",
      "plan explain - record-settings/lyon --overlay -", "plan diff - /dev/stdin",
      "plan diff plan.yaml - --overlay -", "run - --simulate --overlay -",
      "run - --simulate --scenario -", "run plan.yaml --simulate --overlay - --scenario /dev/stdin",
      "certificate inspect - --key -",
    ])
  func twice(_ arguments: String) async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    _ = try desk.write(text, as: "plan.yaml")
    let run = try await desk.waltz(arguments.split(separator: " ").map(String.init), input: text)
    #expect(run.status == 2, "\(run.status): \(run.output)\(run.errors)")
    #expect(run.errors.localizedStandardContains("standard input"), "\(run.errors)")
    #expect(run.output.isEmpty && !FileManager.default.fileExists(atPath: desk.state))
  }

  @Test("Standard input that is named twice in one place is read once") func once() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let validated = try await desk.waltz(
      "plan", "validate", "--no-files", "-", "/dev/stdin", "-", input: text)
    #expect(validated.status == 0 && validated.output.contains("1 file is valid"))
    let formatted = try await desk.waltz("plan", "fmt", "/dev/stdin", "-", input: text)
    #expect(formatted.status == 0 && formatted.output == text, "\(formatted.errors)")
  }
}
