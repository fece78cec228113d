import Foundation
import TestSupport
import Testing

@Suite("Formatting plans")
struct FormatTests {
  private static let untidy =
    "apiVersion:   waltz/v1\nkind: RotationPlan # a plan\n\n\n\nmetadata: {name: x}\n"
  private static let tidy =
    "apiVersion: waltz/v1\nkind: RotationPlan  # a plan\n\nmetadata: { name: x }\n"

  @Test("--check and --diff write nothing") func dry() async throws {
    let desk = try Desk()
    let plan = try desk.write(Self.untidy, as: "plan.yaml")
    let check = try await desk.waltz("plan", "fmt", "--check", "plan.yaml")
    #expect(check.status == 1 && check.output == "plan.yaml\n")
    let diff = try await desk.waltz("plan", "fmt", "--diff", "plan.yaml")
    #expect(diff.status == 0)
    #expect(diff.output.hasPrefix("--- a/plan.yaml\n+++ b/plan.yaml\n@@ "))
    #expect(diff.output.contains("\n+metadata: { name: x }\n"))
    #expect(try Repository.text(plan) == Self.untidy)
    // Whoever builds Waltz has git, since the package manager needs it; not everybody has patch.
    let applied = try await desk.shell(
      "$WALTZ plan fmt --diff plan.yaml | git apply - && $WALTZ plan fmt --check plan.yaml")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(try Repository.text(plan) == Self.tidy)
  }

  @Test("Standard input goes to standard output") func standardInput() async throws {
    let desk = try Desk()
    let out = try await desk.waltz("plan", "fmt", "-", input: Self.untidy)
    #expect(out.status == 0 && out.output == Self.tidy)
    #expect(try await desk.waltz("plan", "fmt", "-", "--check", input: Self.untidy).status == 1)
    #expect(try await desk.waltz("plan", "fmt", "-", "--check", input: Self.tidy).status == 0)
  }

  @Test("No name of a file is a command to the runner of a job, or moves a cursor") func names()
    async throws
  {
    let desk = try Desk()
    _ = try desk.write(Self.untidy, as: "::error title=x::forged.yaml")
    _ = try desk.write(Self.untidy, as: "a\u{1B}[31m\r\n::warning::##[group]\u{202E}.yaml")
    for arguments in [
      ["fmt", "--check"], ["fmt", "--diff"], ["validate"], ["validate", "--format", "github"],
    ] {
      let outcome = try await desk.waltz(["plan"] + arguments + ["."])
      let text = outcome.output + outcome.errors
      #expect(text.contains("forged.yaml") && text.contains("31m"), "\(arguments): \(text)")
      let isDrawn = text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && $0 != "\u{202E}"
      }
      #expect(isDrawn && !text.contains("##["), "\(arguments): \(text)")
      let commands = text.split(separator: "\n").filter { $0.hasPrefix("::") }
      #expect(
        commands.allSatisfy { $0.hasPrefix("::error file=") }
          && commands.isEmpty == !arguments.contains("github"), "\(arguments): \(text)")
    }
  }
}
