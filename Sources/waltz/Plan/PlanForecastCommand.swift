import ArgumentParser
import Estate
import Forecasts
import PlanModel
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import Runs
import WorkingTree

struct PlanForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Says how long a plan takes and what it costs, by many simulated runs.",
    discussion: """
      Each run has an estate of its own, made from the next seed. Nothing is recorded, no server is asked. With \
      --what-if the same seeds are run with a change, in a column beside: it shows which threshold costs how many days \
      and saves how many clients.
      """)

  @OptionGroup var plan: PlanOptions

  @Option(help: "How many runs.")
  var runs = 200

  @OptionGroup var estate: EstateOptions

  @OptionGroup var live: LiveForecastOptions

  @Option(
    help: ArgumentHelp(
      "The day on which the runs start, such as 2026-12-01; else the start of the scenario.",
      valueName: "date"))
  var start: String?

  @Option(
    name: .customLong("what-if"),
    help: ArgumentHelp(
      """
      A change to try beside the plan, such as waits.default.adopted=99%,minimum=7d. Can be given several times, \
      each a column.
      """, valueName: "key=value"))
  var whatIfs: [String] = []

  @Option(help: "Output format: table or json.")
  var format = Format.table

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
  }

  func validate() throws {
    guard (1...100_000).contains(runs) else {
      throw ValidationError("--runs is a number from 1 to 100000.")
    }
    if live.live {
      guard estate.scenario == nil, start == nil else {
        throw ValidationError(
          "--live is about clients as they are now: leave --scenario and --start out.")
      }
      guard !StandardInput.isMeant(by: plan.path) else {
        throw ValidationError(
          "Looking at servers needs the plan as a file: paths in it start at its folder.")
      }
    } else if live.lab != nil {
      throw ValidationError("--lab is about --live.")
    }
    guard start.map({ CivilDate($0) != nil }) ?? true else {
      throw ValidationError("--start is a day such as 2026-12-01.")
    }
    guard estate.seed <= .max - Int64(runs) else {
      throw ValidationError("--seed leaves no room for \(runs) seeds from it on.")
    }
  }

  func run() async throws {
    try StandardInput.check([plan.path] + plan.overlays.paths + estate.paths)
    guard !live.live else { return try await forecastLive() }
    let color = plan.output.color
    let changes: [WhatIf?] = [nil] + (try whatIfs.map { try WhatIf($0) })
    // All of them are checked before the first is run.
    let graphs = try changes.map { change in
      (
        change,
        try NamedPlan.read(
          plan.path, named: plan.name, plan.overlays, plan.access, color: color, trying: change
        ).graph()
      )
    }
    guard let first = graphs.first else { return }
    var scenario = try estate.scenario(for: first.1, plan.access, color: color)
    if let day = start.flatMap({ CivilDate($0) }) { scenario.start = scenario.start.moved(to: day) }
    let seeds = estate.seed..<estate.seed + Int64(runs)
    let result = try await PlanTrials(
      of: graphs.map { ($0?.text, $1) }, in: scenario, seeds: seeds)
    switch format {
    case .table:
      Terminal.output.write(color) { PlanTrialsText.text(of: result, layout: $0) }
    case .json: Terminal.output.write(Printout(json: PlanTrialsJSON.text(of: result)))
    }
  }
}

extension PlanTrials {
  /// What comes of plans in the same simulated estates, on all cores; the plan as it is first.
  init(
    of plans: [(whatIf: String?, graph: SealedGraph)], in scenario: Scenario, seeds: Range<Int64>
  ) async throws {
    var columns: [Column] = []
    for (whatIf, graph) in plans {
      let trials = try await RotationTrials(of: graph, in: scenario).run(
        seeds, atOnce: Environment.coreCount)
      columns.append(
        Column(
          whatIf: whatIf, graph: graph.graph, digest: graph.digest, summary: TrialSummary(trials)))
    }
    self.init(scenario: scenario.name, start: scenario.start, seeds: seeds, columns: columns)
  }
}
