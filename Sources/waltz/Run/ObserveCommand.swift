import ArgumentParser
import Drivers
import PlanModel
import PlanText
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import Synchronization
import WorkingTree

struct ObserveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observe",
    abstract: "Looks at the clients of a plan's sites before a rotation, and changes nothing.",
    discussion: """
      Asks the API of every site who made contact when, from time to time until it is interrupted, and says at the end what \
      it saw: clients and when they were seen last, contacts of each hour of the week, and whom the first wait of the \
      rotation would leave behind. What it saw is kept in the state directory: it goes on with it at the next start, and \
      a run on the same sites holds the contacts after a change against it. A week makes a baseline.

      Ends with 0 where the last look at each site came to something, and with 3 where it did not.
      """)

  @OptionGroup var plan: PlanFileOptions

  @Flag(help: "Look once, as a timer does every quarter of an hour.")
  var once = false

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "How long to look, such as 7d; else until interrupted.", valueName: "duration"))
  var length: PlanDuration?

  @Option(
    help: ArgumentHelp(
      "The time between two looks, at most 1h. The default is the shortest `every` of the plan's waits.",
      valueName: "duration"))
  var every: PlanDuration?

  @Option(
    help: ArgumentHelp(
      "How many clients to name of each site that the first wait would leave behind.",
      valueName: "count"))
  var names = 20

  @Option(
    help: ArgumentHelp(
      "Look at the lab that keeps itself in this folder, in its time and with its overlay.",
      valueName: "dir"))
  var lab: String?

  @Option(help: "Output format: text, or json for the end in one line.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if once, length != nil {
      throw ValidationError("Look once or for a time: leave --once or --for out.")
    }
    if let every, !(Duration.seconds(1) ... .hours(1)).contains(every.value) {
      throw ValidationError("--every must be from 1s to 1h: an hour counts where it was looked at.")
    }
    guard (0...10_000).contains(names) else {
      throw ValidationError("--names must be from 0 to 10000.")
    }
    if plan.path == "-" {
      throw ValidationError(
        "Looking at servers needs the plan as a file: paths in it start at its folder.")
    }
  }

  func run() async throws {
    try StandardInput.check(plan.paths)
    let labFolder = lab.map { plan.access.folder.absolute($0).text }
    let rotation = try plan.read(output.color, inLab: labFolder).graph().graph.plan
    let observation = try await state.desk(.creating).observation(
      of: rotation, at: plan.access.folder.absolute(plan.path).text,
      admitting: plan.access.admitting(lab: labFolder).admittedPaths, lab: labFolder, naming: names)
    let sites = await look(observation, every: every?.value ?? Self.pace(of: rotation))
    await observation.observer.leave()
    let name = rotation.name.value
    switch format {
    case .text:
      Terminal.output.write(output.color) { ObservationText.page(sites, of: name, layout: $0) }
    case .json: Terminal.output.write(Printout(jsonLine: ObservationJSON.line(sites, of: name)))
    }
    let isSeen = sites.contains { if case .seen = $0.sight { true } else { false } }
    guard isSeen,
      sites.allSatisfy({ ObservationText.trouble($0, at: observation.clock.now()) == nil })
    else { throw ExitStatus.environment }
  }

  /// Looks until the time is over or somebody interrupts, and hands out what came of the last look.
  private func look(_ observation: Observation, every pause: Duration) async -> [SiteObservation] {
    let clock = observation.clock
    let end = length.map { clock.now() + $0.value }
    let signals = Signals(stopping: "this look is the last. Interrupt again to end without it.") {
      Terminal.error.write("\($0)\n")
    }
    let sleeping = Mutex<(isOver: Bool, task: Task<Void, Never>?)>((once, nil))
    let listening = Task {
      for await control in signals.controls where control != .lookAround {
        sleeping.withLock { sleeping in
          sleeping.isOver = true
          sleeping.task?.cancel()
        }
        signals.endProcess(with: .environment)
      }
    }
    defer { listening.cancel() }
    while true {
      let began = clock.now()
      let sites = await observation.observer.look()
      for line in sites.compactMap({ ObservationText.trouble($0, at: clock.now()) }) {
        Terminal.error.write("\(line)\n")
      }
      let next = began + pause
      if let end, next > end { return sites }
      let task = sleeping.withLock { sleeping -> Task<Void, Never>? in
        guard !sleeping.isOver else { return nil }
        let task = Task { await clock.sleep(until: next, rank: 0) }
        sleeping.task = task
        return task
      }
      guard let task else { return sites }
      await task.value
      if sleeping.withLock({ $0.isOver }) { return sites }
    }
  }

  /// The shortest time between two counts of the plan's waits; an hour must not pass without a look.
  private static func pace(of plan: RotationPlan) -> Duration {
    min(WaitKind.allCases.map { plan.waits[$0].every.value }.min() ?? .minutes(15), .hours(1))
  }
}

/// A duration in the plan's notation.
struct PlanDuration: ExpressibleByArgument {
  let value: Duration

  init?(argument: String) {
    guard let value = Duration(planNotation: argument), value > .zero else { return nil }
    self.value = value
  }
}
