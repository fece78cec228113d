import Foundation
import TestSupport
import Testing

@Suite("Completion and help by task", .timeLimit(.minutes(10)))
struct CompletionTests {
  /// What bash offers for the last of these words.
  private func offers(_ desk: Desk, _ words: String...) async throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await desk.place.run(
      "/bin/bash",
      [
        "-c",
        """
        source <("$WALTZ" --generate-completion-script bash)
        COMP_WORDS=("$WALTZ" \(quoted)); COMP_CWORD=\(words.count)
        COMP_LINE="$WALTZ \(words.joined(separator: " "))"; COMP_POINT=${#COMP_LINE}
        _waltz "$WALTZ" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """,
      ],
      environment: [
        "WALTZ": Program.path, "WALTZ_STATE": desk.state, "XDG_STATE_HOME": desk.folder + "/.home",
      ])
    #expect(outcome.errors == "")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test("Bash is offered runs and the steps that a verb is for", .enabled(if: Self.hasBash))
  func bash() async throws {
    let desk = try Desk()
    #expect(try await offers(desk, "status", "").isEmpty)
    try #require(try await desk.startAtGate().status == 11)
    #expect(try await offers(desk, "sta") == ["status"])
    #expect(try await offers(desk, "status", "one") == ["one-server-1"])
    let gate = try #require(try await desk.openGate())
    #expect(try await offers(desk, "approve", "") == ["one-server-1"])
    #expect(try await offers(desk, "approve", "one-server-1", "") == [gate])
    #expect(try await offers(desk, "resolve", "one-server-1", "").isEmpty)
    let skips = try await offers(desk, "skip", "one-server-1", "update")
    #expect(skips == ["update-certificate/lyon/sepm-lyo-01"])
    // What cannot be read is passed over without a word.
    try Data("x".utf8).write(to: URL(filePath: desk.state + "/state.db"))
    #expect(try await offers(desk, "status", "").isEmpty)
  }

  private static let hasBash = FileManager.default.isExecutableFile(atPath: "/bin/bash")

  @Test(
    "Every script of completion is one that its shell can read", arguments: ["bash", "zsh", "fish"])
  func scripts(_ shell: String) async throws {
    let script = try await Desk().waltz("--generate-completion-script", shell)
    #expect(script.status == 0 && script.errors == "" && script.output.count > 1_000)
    #expect(!script.output.contains("<0x") && !script.output.contains("<U+"))
  }

  @Test("Help is found by what somebody wants to do, and every command in it is one")
  func tasks() async throws {
    let desk = try Desk()
    let list = try await desk.waltz("help", "tasks")
    let tasks = list.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(list.status == 0 && tasks.count > 10)
    for task in tasks {
      let page = try await desk.waltz("help", task)
      #expect(page.status == 0 && page.output.contains("To \(task):"), "\(task)")
      for command in page.output.split(separator: "\n") where command.hasPrefix("  waltz ") {
        let words = command.split(separator: " ").map(String.init)
        let names = words.dropFirst().prefix { $0.allSatisfy(\.isLowercase) }
        let help = try await desk.waltz(Array(names) + ["--help"])
        #expect(help.status == 0, "\(command)")
        for option in words where option.hasPrefix("--") {
          #expect(help.output.contains(option), "\(command)")
        }
      }
    }
    for (words, task) in [
      (["continue", "after", "reboot"], "nothing"), (["resume an interrupted rotation"], "resume"),
      (["crash"], "resume an interrupted"), (["cron"], "timer"),
      (["approve", "a", "gate"], "gate"),
    ] where task != "nothing" {
      #expect(try await desk.waltz(["help"] + words).output.contains(task), "\(words)")
    }
  }
}
