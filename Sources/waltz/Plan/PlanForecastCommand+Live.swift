import ArgumentParser
import Drivers
import Forecasts
import PlanModel
import PlanText
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import WorkingTree

// `waltz plan forecast --live`: by the clients that the sites have now.
extension PlanForecastCommand {
  /// What the sites tell, for each of the plans.
  func forecastLive() async throws {
    let color = plan.output.color
    let labFolder = live.lab.map { plan.access.folder.absolute($0).text }
    var overlays = plan.overlays
    overlays.paths = overlays.paths(inLab: labFolder)
    let access = plan.access.admitting(lab: labFolder)
    let changes: [WhatIf?] = [nil] + (try whatIfs.map { try WhatIf($0) })
    let graphs = try changes.map { change in
      (
        change,
        try NamedPlan.read(
          plan.path, named: plan.name, overlays, access, color: color, trying: change
        ).graph()
      )
    }
    guard let rotation = graphs.first?.1.graph.plan else { return }
    let observation = try await live.state.desk(.creating).observation(
      of: rotation, at: plan.access.folder.absolute(plan.path).text,
      admitting: plan.access.admittedPaths, lab: labFolder, naming: 0)
    let sites = await observation.observer.look()
    let habits = await observation.observer.habits()
    await observation.observer.leave()
    let now = observation.clock.now()
    for line in sites.compactMap({ ObservationText.trouble($0, at: now) }) {
      Terminal.error.write("\(line)\n")
    }
    // Nothing is known of any client: there is nothing to forecast from.
    guard !habits.isEmpty else { throw ExitStatus.environment }
    let columns = graphs.map { change, graph in
      PlanOutlook.Column(
        whatIf: change?.text, graph: graph.graph, digest: graph.digest,
        forecast: RunForecast(
          of: RunQuestion(
            now: now, state: RunState(graph: graph.graph), counted: nil,
            habits: habits.mapValues(\.returns), clients: habits.mapValues(\.clients),
            lookedAt: Set(habits.keys.filter { habits[$0]?.isFromOneLook == true }),
            calendar: ForecastCalendar(graph.graph.plan.calendar)),
          seed: UInt64(bitPattern: estate.seed)))
    }
    let outlook = PlanOutlook(
      at: now,
      sites: rotation.sites.enumerated().compactMap { position, site in
        habits[position].map {
          PlanOutlook.SeenSite(
            name: site.name.value, clients: $0.clients,
            hours: $0.isFromOneLook ? nil : $0.returns.counts.count)
        }
      }, columns: columns)
    switch format {
    case .table:
      Terminal.output.write(color) { PlanOutlookText.text(of: outlook, layout: $0) }
    case .json: Terminal.output.write(Printout(json: PlanOutlookJSON.text(of: outlook)))
    }
    let isSeen = rotation.sites.indices.allSatisfy {
      habits[$0] != nil || !rotation.sites[$0].isRotating
    }
    if !isSeen { throw ExitStatus.environment }
  }
}

/// Whether the clients of the sites are asked for, and where they are.
struct LiveForecastOptions: ParsableArguments {
  @Flag(
    help: """
      Ask the API of every site how long its clients are away, and forecast from that and from what `waltz observe` \
      watched, as if the run began now. Changes nothing.
      """)
  var live = false

  @Option(
    help: ArgumentHelp(
      "With --live, look at the lab that keeps itself in this folder, in its time and with its overlay.",
      valueName: "dir"))
  var lab: String?

  @OptionGroup var state: StateOptions
}
