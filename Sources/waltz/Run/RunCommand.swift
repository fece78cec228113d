import ArgumentParser
import Delivery
import PlanModel
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import WorkingTree

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Scheduler.Options.Until: ExpressibleByArgument {}

/// What `run` and `resume` have in common.
struct ExecutionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When to return: done, when the run has ended, or waiting, when nothing can be done now.",
      valueName: "when"))
  var until = Scheduler.Options.Until.done

  @Option(help: "Output format: text, or json for the events as JSON Lines.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var language: LanguageOptions

  /// The runs of the state directory.
  func desk(_ access: StateFile.Access) throws -> RunDesk {
    try state.desk(access, language: language.language)
  }

  /// Drives a run, shows it, and ends with the status of the stay. Readers are waited for when the lease is
  /// given back, and not before.
  func drive(_ stay: RunStay, at desk: RunDesk) async throws {
    let progress = RunProgress(stay, format, output.color, state.commands)
    let news = await self.state.attendance(at: stay, of: desk, output.color)
    let service = ServiceNotices(socket: Environment.variable("NOTIFY_SOCKET"))
    let archive = stay.archive
    service?.ready("\(archive.id): going on")
    defer { service?.stopping() }
    let signals = Signals { progress.say($0) }
    let (end, state): (RunEnd, RunState)
    do {
      (end, state) = try await stay.drive(
        until: until, controls: signals.controls,
        crash: {
          TerminalMode.restore()
          kill(getpid(), SIGKILL)
        },
        alive: { service?.alive() },
        observe: { event, state in
          progress.show(event, state)
          news?.wake()
          service?.say { RunStatusLine.text(run: archive.id, state: state, now: event.at) }
        })
      signals.endProcess(with: ExitStatus(end, state))
    } catch {
      signals.endProcess(with: CommandError(error).status)
      await news?.end(within: .seconds(10))
      await progress.end()
      throw error
    }
    await news?.end(within: .seconds(10))
    await progress.end(state)
    try finish(end, stay.archive, state)
  }

  /// Says how a run, or a stay at it, ended, and ends with the status of that.
  func finish(_ end: RunEnd, _ archive: RunArchive, _ state: RunState) throws {
    if format == .text {
      Terminal.output.write(output.color) {
        RunSummary.text(
          run: archive.id, state: state, now: state.lastAt ?? Environment.now(),
          commands: self.state.commands, layout: $0)
      }
    }
    let status = ExitStatus(end, state)
    if status != .done { throw status }
  }
}

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Starts a rotation.",
    discussion: """
      PLAN is a plan, or a sealed graph of one, as `waltz plan compile -o` writes it; paths in it start at its folder. \
      Every step's intent and outcome is durable in the state directory before the next thing happens: \
      kill it at any moment, and `waltz resume` goes on.
      """)

  @OptionGroup var plan: PlanFileOptions

  @Flag(help: "Run against the simulated estate, in virtual time.")
  var simulate = false

  @Option(help: ArgumentHelp("The scenario of the simulated estate.", valueName: "file"))
  var scenario: String?

  @Option(help: "The seed of the simulated estate.")
  var seed: Int64 = 0

  @Option(
    help: ArgumentHelp(
      "Run in the lab that keeps itself in this folder, in its time and with its overlay.",
      valueName: "dir"))
  var lab: String?

  @OptionGroup var provenance: ProvenanceOptions
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    if lab != nil, provenance.isDemanding {
      throw ValidationError(
        "The overlay of a lab makes another graph than the one that is demanded. `waltz rehearse PLAN` compares the "
          + "plan's own graph, and then takes it to a lab.")
    }
    if lab != nil, simulate {
      throw ValidationError(
        "A run is either in a lab or simulated in the process: leave --lab or --simulate out.")
    }
    if scenario != nil, !simulate {
      throw ValidationError("--scenario describes a simulated estate: add --simulate.")
    }
    // Paths of certificates and secrets are looked for beside the plan for as long as the run lasts.
    if plan.path == "-", !simulate {
      throw ValidationError(
        "A run on real servers needs the plan as a file: paths in it start at its folder.")
    }
  }

  func run() async throws {
    try StandardInput.check(plan.paths + (scenario.map { [$0] } ?? []))
    let labFolder = lab.map { plan.access.folder.absolute($0).text }
    let (graph, text, source) = try read(inLab: labFolder)
    let provenance = try await provenance.check(
      graph, of: source, from: plan.path, in: plan.access.folder)
    let scenarioText = try scenario.map {
      try NamedScenario.read(
        $0, for: graph.graph.plan, plan.access, color: execution.output.color
      ).text
    }
    // Kept with the run: whoever goes on with it, and wherever, finds the plan's files there as well.
    let admitted = plan.access.admitting(lab: labFolder).admittedPaths
    let order = RunOrder(
      planText: text, planPath: simulate ? plan.path : plan.access.folder.absolute(plan.path).text,
      toolVersion: ToolVersion.text,
      world: simulate
        ? .simulated(Simulation(seed: seed, scenario: scenarioText))
        : labFolder.map { .lab(folder: $0, admitting: admitted) } ?? .real(admitting: admitted),
      provenance: provenance)
    let desk = try execution.desk(.creating)
    try await execution.state.pinging(order.world.kind) {
      try await execution.drive(try await desk.start(graph, order), at: desk)
    }
  }

  /// What is carried out, the text that is kept of it, and what it was made of. The file is read once. In a lab the
  /// overlay of the lab is merged, which only a plan takes.
  private func read(
    inLab folder: String?
  ) throws -> (graph: SealedGraph, text: [UInt8], source: RunProvenance.Source) {
    switch try plan.readRotation(execution.output.color, inLab: folder) {
    case .plan(let named): return (try named.graph(), named.text, .plan)
    // A graph holds what the plan means, and not how it was written.
    case .graph(let file): return (file.graph, [], .graph)
    }
  }
}

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Continues a run that was interrupted or paused, or that is waiting.",
    discussion: "Needs nothing but the state directory: the graph is stored with the run.")

  @Argument(
    help: ArgumentHelp("The run. Can be left out if only one can go on.", valueName: "run"),
    completion: .openRuns)
  var name: String?

  @OptionGroup var execution: ExecutionOptions

  func run() async throws {
    let desk = try execution.desk(.writing)
    let run = try await desk.store.resolve(name)
    try await execution.state.pinging(try await desk.store.entry(of: run).world) {
      switch try await desk.resume(run) {
      case .stay(let stay): try await execution.drive(stay, at: desk)
      case .ended(let end, let archive): try execution.finish(end, archive, archive.state)
      }
    }
  }
}
