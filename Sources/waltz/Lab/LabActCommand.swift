import ArgumentParser
import Estate
import Lab
import PlanModel

extension Service: ExpressibleByArgument {}

struct LabActCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "act",
    abstract: "Does in a lab what only SEPM's console or a server can do.",
    discussion: """
      In the form that `automation` of a plan wants: the last line of standard output is evidence, 0 is done, 75 try \
      again later, anything else failed. What was done under the same $WALTZ_IDEMPOTENCY_KEY is not done again.
      """)

  @Argument(
    help: ArgumentHelp(
      "The action, in the words of plans: update-certificate, restart-services, …",
      valueName: "action"),
    transform: { text in
      guard let action = Action(rawValue: text) else {
        throw ValidationError("There is no action '\(text)'.")
      }
      return action
    })
  var action: Action

  @Argument(
    help: ArgumentHelp(
      "On what: a site, a server as site/server, or a partnership as site+site.",
      valueName: "target"))
  var target: String

  @Flag(help: "Only look whether it is done: 0 it is, 1 it is not, anything else is unknown.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "With --check: services count as restarted only where they started since.", valueName: "time")
  )
  var since: String?

  @Option(help: ArgumentHelp("Only in this group.", valueName: "path"))
  var group: String?

  @Option(help: ArgumentHelp("Everywhere but in this group.", valueName: "path"))
  var except: String?

  @Option(help: ArgumentHelp("Only this service.", valueName: "service"))
  var service: Service?

  @Option(help: ArgumentHelp("Only on this site's side of a partnership.", valueName: "site"))
  var side: String?

  @OptionGroup var lab: LabOptions

  func run() async throws {
    let action = OperatorAction(
      action, on: target, group: group, except: except, service: service, side: side)
    try await lab.ask(
      check
        ? .check(action, since: since)
        : .act(
          action,
          key: Environment.variable("WALTZ_IDEMPOTENCY_KEY").flatMap { $0.isEmpty ? nil : $0 }))
  }
}
