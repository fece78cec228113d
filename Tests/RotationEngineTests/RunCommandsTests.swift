import RotationEngine
import TestSupport
import Testing

@Suite("Commands that are printed")
struct RunCommandsTests {
  @Test("Where nothing names the state directory, nor do they")
  func plain() {
    let commands = StateCommands().of("emea-1")
    #expect(commands.resume == "waltz resume emea-1")
    #expect(
      commands.skip("a/b", acceptingOrphans: true)
        == "waltz skip emea-1 a/b --accept-orphans --note TEXT")
    #expect(commands.withdraw(7) == "waltz withdraw emea-1 7")
    #expect(StateCommands().runs == "waltz runs")
  }

  @Test("They carry the state directory, before the note that is to be filled in")
  func state() {
    let commands = StateCommands(stateDirectory: "/var/lib/waltz").of("emea-1")
    #expect(
      commands.resumeUntilWaiting == "waltz resume emea-1 --until waiting --state /var/lib/waltz")
    #expect(
      commands.approve("break-replication/berlin+paris")
        == "waltz approve emea-1 break-replication/berlin+paris --state /var/lib/waltz --note TEXT")
    #expect(StateCommands(stateDirectory: "x").start == "waltz run PLAN --state x")
    #expect(StateCommands(stateDirectory: "-x").runs == "waltz runs --state=-x")
  }

  @Test(
    "A shell takes a directory of any name for one word, and for the same",
    arguments: [
      "a b", "it's", "$HOME", "`id`", "a;b", "~", "*", "Müller", "a\nb", "\u{1B}[2J", "a\\'\tb",
      "\u{85}x", "!!", "#x", "a\"b",
    ])
  func quoting(_ directory: String) async throws {
    let command = StateCommands(stateDirectory: directory).runs
    #expect(!command.contains { $0.isNewline || $0 == "\u{1B}" })
    let place = try TestFolder()
    let outcome = try await place.run(
      "/bin/bash", ["-c", "waltz() { printf %s \"$3\"; }; \(command)"],
      environment: ["LC_ALL": "C.UTF-8"])
    #expect(outcome.output == directory, "\(command)")
  }

  @Test("What stands for a note is no note")
  func placeholder() {
    for note in ["TEXT", "…", "..."] { #expect(RunCommands.isPlaceholder(note)) }
    for note in ["", "text of the change", "done"] { #expect(!RunCommands.isPlaceholder(note)) }
  }
}
