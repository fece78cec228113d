import ArgumentParser

/// The program: arguments in, exit status out.
@main
struct Waltz: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waltz",
    abstract: "Rotates the server certificates of Symantec Endpoint Protection Manager.",
    discussion: """
      A rotation plan in YAML is compiled into a graph of steps, and the graph is run for as long as it \
      takes: across weeks of waiting for clients, restarts of this machine and holidays of its people.

      EXIT STATUS
        0 done, clean          1 findings, or the run failed   2 usage
        3 environment          4 plans differ                  10 waiting for clients
        11 waiting for an operator            12 paused or stopped
        13 in doubt            14 lost its lease               15 held by another executor
        16 aborted, nothing open              17 aborted, something still open
      """,
    version: ToolVersion.text,
    subcommands: [
      PlanCommand.self, ExplainCommand.self, CertificateCommand.self,
      RunCommand.self, ResumeCommand.self, StatusCommand.self,
      ApproveCommand.self, RejectCommand.self, RetryCommand.self, SkipCommand.self,
      PauseCommand.self, UnpauseCommand.self, ResolveCommand.self, AbortCommand.self,
      RunsCommand.self, EventsCommand.self, VerifyCommand.self,
    ])

  static func main() async {
    await Invocation.main(CommandLine.arguments)
  }
}

/// The version of the tool and of what it writes.
enum ToolVersion {
  static let text = "0.1.0"
}
