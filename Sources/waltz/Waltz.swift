import ArgumentParser

/// The program: arguments in, exit status out.
@main
struct Waltz: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waltz",
    abstract: "Rotates the server certificates of Symantec Endpoint Protection Manager.",
    discussion: """
      A rotation plan in YAML is compiled into a graph of steps, and the graph is run for as long \
      as it takes: through weeks of waiting for clients, restarts of this machine, and holidays.

      `waltz help tasks` lists what people want to do, and `waltz help TASK` says what to type.

      EXIT STATUS
         0 done, clean                     12 paused or stopped
         1 findings, or the run failed     13 in doubt
         2 usage                           14 lost its lease
         3 environment                     15 held by another executor
         4 plans differ                    16 aborted, nothing open
        10 waiting for clients             17 aborted, something still open
        11 waiting for an operator         18 a site belongs to another run
      """,
    version: ToolVersion.text,
    subcommands: [
      PlanCommand.self, ExplainCommand.self, CertificateCommand.self,
      ObserveCommand.self, RehearseCommand.self, RunCommand.self, ResumeCommand.self,
      StatusCommand.self, ReportCommand.self, ServeCommand.self,
      ApproveCommand.self, RejectCommand.self, RetryCommand.self, SkipCommand.self,
      PauseCommand.self, UnpauseCommand.self, ResolveCommand.self, AbortCommand.self,
      WithdrawCommand.self, UnlockCommand.self, AdoptCommand.self,
      RunsCommand.self, EventsCommand.self, VerifyCommand.self, MetricsCommand.self,
      NotifyCommand.self,
      LabCommand.self,
    ])

  static func main() async {
    await Invocation.main(CommandLine.arguments)
  }
}

/// The version of the tool and of what it writes.
enum ToolVersion {
  static let text = "0.1.0"
}
