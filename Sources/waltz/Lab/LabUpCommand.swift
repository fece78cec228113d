import ArgumentParser
import Estate
import EstateScenarios
import Lab
import PlanText
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import WorkingTree

struct LabUpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Serves a plan's estate until it is interrupted.",
    discussion: """
      A folder that was a lab's before goes on where that lab stood. What is said when it listens names every \
      address, and the overlay that points the plan at the lab.
      """)

  @OptionGroup var plan: PlanFileOptions

  @OptionGroup var estate: EstateOptions

  @Option(
    help: ArgumentHelp(
      "How many seconds of the estate a real one is: 3600 is an hour a second. The default is 1, or what the lab "
        + "had before.", valueName: "factor"))
  var speed: Int?

  @OptionGroup var folder: LabFolderOptions

  @Option(help: "Output format: text, or json for one line when the lab listens.")
  var format = DataFormat.text

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let speed, !(0...1_000_000).contains(speed) {
      throw ValidationError("--speed must be from 0 to 1000000.")
    }
  }

  func run() async throws {
    try StandardInput.check(plan.paths + estate.paths)
    let graph = try plan.read(output.color).graph()
    let working = plan.access.folder
    let setting = ServedEstate.Setting(
      graph: graph.graph, digest: graph.digest,
      scenario: try estate.scenario(for: graph, plan.access, color: output.color),
      seed: estate.seed,
      speed: speed, folder: working.absolute(folder.directory).text,
      planFolder: working.absolute(plan.path == "-" ? "." : plan.path + "/..").text,
      program: [Environment.program(seenFrom: working)])
    let lab = try await ServedEstate(setting, uptime: Environment.uptime, today: Environment.now())
    say(lab.description)
    let signals = Signals { _ in }
    let serving = Task { try await lab.run() }
    for await control in signals.controls where control != .lookAround {
      serving.cancel()
      break
    }
    try await serving.value
    signals.endProcess(with: .done)
  }

  private func say(_ lab: LabDescription) {
    guard format == .text else {
      Terminal.output.write(Printout(jsonLine: lab.json))
      return
    }
    Terminal.output.write(output.color) { layout in
      let rows = lab.sites.flatMap { site in
        site.servers.map { server in
          "  \(site.name)/\(server.name)  \(server.address)  "
            + server.ports.map { "\($0.name) \($0.port)" }.joined(separator: "  ") + "\n"
        }
      }
      let accounts = lab.sites.map { site in
        "  \(site.name)  \(site.api)/sepm/api/v1  \(site.username)  \(site.passwordFile)\n"
      }
      return "The lab listens; interrupt it to stop.\n\nservers\n" + rows.joined()
        + "\nREST API, log-on and the file with its password\n" + accounts.joined()
        + "\noverlay  \(lab.overlay)\ncontrol  \(lab.control)\n"
    }
  }
}
