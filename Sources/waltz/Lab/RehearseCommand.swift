import ArgumentParser
import Estate
import Lab
import PlanModel
import PlanText
import PlanWorkspace
import Rehearsal
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import Synchronization
import WorkingTree

struct RehearseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Tries a rotation in a lab: the real drivers, weeks in minutes.",
    discussion: """
      Starts a lab that behaves like the plan's estate, runs the plan in it with the drivers of real servers, kills the \
      executor on the way, lets people do what gates ask for, and at the end holds what the journal claims against \
      what is so in the lab. No server of the plan is touched, and no program that it names is started.
      """)

  @OptionGroup var plan: PlanFileOptions
  @OptionGroup var estate: EstateOptions
  @OptionGroup var provenance: ProvenanceOptions

  @Option(help: ArgumentHelp("Seconds of the lab in a real one.", valueName: "factor"))
  var speed = 20_000

  @Option(help: ArgumentHelp("How often the executor is killed on the way.", valueName: "times"))
  var kill = 2

  @Option(
    help: ArgumentHelp(
      "Kill it at every so manieth step instead, before the step's effect and after it.",
      valueName: "steps"))
  var killEvery: Int?

  @Flag(help: "Let programs do what the plan leaves to people.")
  var automate = false

  @Option(
    name: .customLong("folder"),
    help: ArgumentHelp(
      "The folder of the rehearsal, which must not be there yet. The default is a new one in .waltz/rehearsals.",
      valueName: "dir"))
  var directory: String?

  @Option(help: "Output format: text, or json for the end in one line.")
  var format = DataFormat.text

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard plan.path != "-" else {
      throw ValidationError(
        "A rehearsal needs the plan as a file: paths in it start at its folder.")
    }
    guard (1...1_000_000).contains(speed) else {
      throw ValidationError("--speed must be from 1 to 1000000.")
    }
    guard (0...1_000).contains(kill) else {
      throw ValidationError("--kill must be from 0 to 1000.")
    }
    if let killEvery, killEvery < 1 { throw ValidationError("--kill-every must be at least 1.") }
  }

  func run() async throws {
    try StandardInput.check(plan.paths + estate.paths)
    guard case .plan(let named) = try plan.readRotation(output.color) else {
      throw WorkspaceError(
        .arguments,
        "A rehearsal needs the plan of \(plan.path): a lab has an overlay with its own addresses, which can be merged "
          + "only onto a plan. --require-digest and --signed-by say whether it is the plan of the graph."
      )
    }
    let graph = try named.graph()
    let working = plan.access.folder
    // What is rehearsed is what was approved; the lab's addresses come later.
    _ = try await provenance.check(graph, of: .plan, from: plan.path, in: working)
    let folder = try folder(of: graph.graph.plan.name.value, in: working)
    let state = folder + "/state"
    let file = try StateFile(
      directory: state, access: .creating, memoryFolder: Environment.memoryFolder,
      commands: StateCommands(stateDirectory: state))
    let desk = RunDesk(
      file, holder: Environment.leaseHolder(user: "people of the rehearsal"), worldFolder: state,
      labs: Environment.labTools)
    let order = RehearsedRotation.Order(
      graph: graph, scenario: try estate.scenario(for: graph, plan.access, color: output.color),
      seed: estate.seed, speed: speed, kills: killEvery.map { .everySteps($0) } ?? .times(kill),
      console: automate ? .programs : .people, folder: folder,
      planFolder: working.absolute(plan.path + "/..").text,
      program: [Environment.program(seenFrom: working)],
      run: runArguments(folder, state, working), resume: ["resume", "--state", state])
    let rehearsal = try await RehearsedRotation(
      order, at: desk, uptime: Environment.uptime, today: Environment.now())
    try await carryOut(rehearsal, file.commands)
  }

  private func folder(of plan: String, in working: WorkingFolder) throws -> String {
    guard let directory else {
      return try RehearsalFolder.makeNext(
        of: plan, in: working.absolute(".waltz/rehearsals").text)
    }
    let folder = working.absolute(directory).text
    try RehearsalFolder.make(folder)
    return folder
  }

  private func runArguments(
    _ folder: String, _ state: String, _ working: WorkingFolder
  ) -> [String] {
    var arguments = [
      "run", working.absolute(plan.path).text, "--lab", folder + "/lab", "--state", state,
      "--allow-outside", folder,
    ]
    if let name = plan.name { arguments += ["--plan", name] }
    for overlay in plan.overlays.paths {
      arguments += ["--overlay", working.absolute(overlay).text]
    }
    for place in plan.access.admitted {
      arguments += ["--allow-outside", working.absolute(place).text]
    }
    return arguments
  }

  private func carryOut(_ rehearsal: RehearsedRotation, _ commands: StateCommands) async throws {
    let progress = Mutex<PeopleProgress?>(nil)
    let signals = Signals { line in progress.withLock { $0?.say(line) } }
    let listening = Task {
      for await control in signals.controls where control != .lookAround { rehearsal.stop() }
    }
    defer { listening.cancel() }
    let report: RehearsalReport
    do {
      report = try await rehearsal.carryOut { news in
        progress.withLock { progress in
          switch news {
          case .began(let archive):
            progress = PeopleProgress(archive, output.color, commands, isShown: true)
          case .event(let event, let state): progress?.show(event, state)
          case .killed(let kill): progress?.say(RehearsalText.line(kill))
          }
        }
      }
    } catch {
      signals.endProcess(with: .environment)
      await progress.withLock { $0 }?.end()
      throw error
    }
    let status: ExitStatus = report.isClean ? .done : .findings
    signals.endProcess(with: status)
    await progress.withLock { $0 }?.end()
    switch format {
    case .text:
      Terminal.output.write(output.color) {
        RehearsalText.page(report, commands: commands, layout: $0)
      }
    case .json: Terminal.output.write(Printout(jsonLine: RehearsalJSON.line(report)))
    }
    if status != .done { throw status }
  }
}
