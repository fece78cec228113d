import ArgumentParser
import Delivery
import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
import RunStore
import Runs

struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Tells people what happens to runs, as notify.yaml in the state directory says.",
    discussion: """
      An executor tells news by itself while it is there. A timer that calls `waltz notify deliver` tells what nobody \
      took at first, what the clock makes news (a gate that stays open, a deadline, an executor that is gone) and the \
      digest of the day. How notify.yaml is written is in docs/NOTIFICATIONS.md.
      """,
    subcommands: [
      NotifyDeliverCommand.self, NotifyTestCommand.self, NotifyStatusCommand.self,
      NotifyClosedCommand.self,
    ])
}

struct NotifyDeliverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver",
    abstract: "Tells what is due, once; for a timer.",
    discussion: "Ends with 0 where every destination has what is due, and with 3 where one has not."
  )

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    let desk = try state.desk(.creating)
    let report = try await state.newsroom(at: desk, settings).round()
    for (name, words) in report.failures.sorted(by: { $0.key < $1.key }) {
      Terminal.error.write("waltz: \(name) was not told: \(words)\n")
    }
    for name in report.held {
      Terminal.error.write("waltz: \(name) is being told by another process.\n")
    }
    if !report.isClean { throw ExitStatus.environment }
  }
}

/// A check that notify.yaml can name.
enum CheckName: String, CaseIterable, ExpressibleByArgument {
  case ping
  case exposure
}

struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Sends a test to a destination or a check, and says what came of it.",
    discussion: """
      A destination that is switched off because it answered 410 is used again once a test reached it. A check is called \
      at its URL with /log, which healthchecks keeps and which changes nothing there.
      """)

  @Argument(help: "The destination's name in notify.yaml.") var destination: String?

  @Option(help: "Call a check of notify.yaml: ping or exposure.") var check: CheckName?

  @Option(help: "Whose check of exposures, where notify.yaml says `per: site`.") var site: String?

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (destination == nil) == (check == nil) {
      throw ValidationError("Name either a destination of notify.yaml, or a check with --check.")
    }
    if site != nil, check != .exposure {
      throw ValidationError("--site is for --check exposure.")
    }
  }

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    if let check { return try await test(check, settings) }
    let names = settings.destinations.map(\.name)
    let name = destination ?? ""
    guard let found = settings.destinations.first(where: { $0.name == name }) else {
      let meant = nearest(to: name, among: names).map { " Did you mean `\($0)`?" }
      let others = names.isEmpty ? "" : " It has: \(names.joined(separator: ", "))."
      throw CommandError(
        .usage, "notify.yaml has no destination `\(name)`." + (meant ?? others))
    }
    let desk = try state.desk(.creating)
    let outcome = try await state.newsroom(at: desk, settings).test(found)
    guard outcome.isDelivered else {
      throw CommandError(.environment, "\(name) did not take it. \(outcome.words)")
    }
    Terminal.output.write("\(name) has taken it.\n")
  }

  private func test(_ name: CheckName, _ settings: NewsSettings) async throws {
    guard let check = name == .ping ? settings.ping : settings.exposure else {
      throw CommandError(.usage, "notify.yaml has no `\(name.rawValue)`.")
    }
    guard check.isPerSite == (site != nil) else {
      throw CommandError(
        .usage,
        check.isPerSite
          ? "Each site has a check of its own: name one with --site."
          : "All sites have the same check, as notify.yaml says: leave --site out.")
    }
    let desk = try state.desk(.creating)
    let outcome = try await state.newsroom(at: desk, settings)
      .test(check, of: site ?? "", isOfExposures: name == .exposure)
    guard outcome.isDelivered else {
      throw CommandError(
        .environment, "The check \(name.rawValue) did not take it. \(outcome.words)")
    }
    Terminal.output.write("The check \(name.rawValue) has taken it.\n")
  }
}

struct NotifyStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what was told to each destination, and what waits.")

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    let (standings, exposure) = try await standings(settings)
    switch format {
    case .text:
      Terminal.output.write(output.color) {
        DestinationsTable.text(standings, exposure: exposure, now: Environment.now(), layout: $0)
      }
    case .json:
      Terminal.output.write(Printout(json: DestinationsTable.json(standings, exposure: exposure)))
    }
  }

  private func standings(
    _ settings: NewsSettings
  ) async throws -> ([DestinationsTable.Row], DestinationsTable.Check?) {
    do {
      let newsroom = state.newsroom(at: try state.desk(.reading), settings)
      return (try await newsroom.standings(), try await newsroom.exposureStanding())
    } catch let error as StateError where error.kind == .missing {
      // Before the first run nobody was told anything.
      return (
        settings.destinations.map { .init(name: $0.name, ledger: NewsLedger(), waiting: 0) },
        settings.exposure.map { _ in
          .init(.init(name: "exposure", ledger: NewsLedger(), waiting: 0), [])
        }
      )
    }
  }
}

struct NotifyClosedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closed",
    abstract:
      "Tells the check of exposures that verification was switched on by hand at a site that a run left open.",
    discussion: """
      Only for a run that is over, such as an aborted one: every other run tells it by itself. The success is called once \
      no site is open any more. `waltz notify status` lists the sites that are.
      """)

  @Argument(help: "The site.") var site: String

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    guard let check = settings.exposure else {
      throw CommandError(.usage, "notify.yaml has no `exposure`.")
    }
    let newsroom = state.newsroom(at: try state.desk(.writing), settings)
    switch try await newsroom.close(site, check) {
    case .told: Terminal.output.write("The check exposure has taken it: no site is open.\n")
    case .noted(let others):
      Terminal.output.write(
        "It is noted. The check is called once these are closed, too: \(others.joined(separator: ", ")).\n"
      )
    case .notLeft(let run?):
      throw CommandError(
        .usage,
        "The run \(run) is not over, and tells it when it has switched verification on at \(site).")
    case .notLeft(nil):
      throw CommandError(
        .usage, "No run left \(site) open. `waltz notify status` lists the sites that are open.")
    case .failed(let words):
      throw CommandError(
        .environment, "The check exposure did not take it, and nothing is noted. \(words)")
    }
  }
}
