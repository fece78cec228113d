import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz metrics`: the runs in the text format of Prometheus (`docs/MONITORING.md`).
package enum RunMetrics {
  /// All metrics of some runs.
  ///
  /// - Parameters:
  ///   - runs: The runs, in the order in which they are written.
  ///   - version: The version of Waltz.
  /// - Returns: The document: a family after the other, with a line feed at its end.
  package static func text(_ runs: [MeasuredRun], version: String) -> String {
    var families = RunFamilies(version: version)
    for run in runs { families.measure(run) }
    return families.text
  }
}

/// The families of the metrics, filled run by run.
private struct RunFamilies {
  private typealias Labels = [(name: String, value: String)]

  private var build = MetricFamily("waltz_build_info", "The version of Waltz; always 1.")
  private var info = MetricFamily(
    "waltz_run_info",
    "A run: its plan, the digest of its graph and the kind of its world; always 1.")
  private var standing = MetricFamily(
    "waltz_run_state", "Where a run stands: 1 for that state and 0 for all others.")
  private var started = MetricFamily(
    "waltz_run_start_timestamp_seconds", "When a run started, by its clock.")
  private var lastEvent = MetricFamily(
    "waltz_last_event_timestamp_seconds", "When a run's last event was recorded, by its clock.")
  private var events = MetricFamily("waltz_run_events", "How many events a run's journal has.")
  private var executor = MetricFamily(
    "waltz_executor_state", "Who carries a run out: 1 for that state and 0 for all others.")
  private var executorSeen = MetricFamily(
    "waltz_executor_last_seen_timestamp_seconds",
    "The last sign of life of an executor that went without giving its run back.")
  private var requests = MetricFamily(
    "waltz_requests_pending", "What operators asked of a run and nothing answered yet.")
  private var steps = MetricFamily("waltz_run_steps", "Steps of a run by where they stand.")
  private var attention = MetricFamily(
    "waltz_steps_needing_person", "Steps that need a person, by why.")
  private var line = MetricFamily(
    "waltz_line_stopped", "Whether nothing more is opened because contacts fell.")
  private var gates = MetricFamily(
    "waltz_gate_open_timestamp_seconds", "Since when a person is asked to act at a step.")
  private var waitClients = MetricFamily(
    "waltz_wait_clients", "Clients of a wait under way at its last count, by state.")
  private var waitRatio = MetricFamily(
    "waltz_wait_adopted_ratio", "The share of the counted clients that has adopted the change.")
  private var waitRequired = MetricFamily(
    "waltz_wait_required_ratio", "The share that the plan wants.")
  private var waitStarted = MetricFamily(
    "waltz_wait_start_timestamp_seconds", "When a wait under way began.")
  private var waitCounted = MetricFamily(
    "waltz_wait_counted_timestamp_seconds", "When the clients of a wait were last counted.")
  private var waitDeadline = MetricFamily(
    "waltz_wait_deadline_timestamp_seconds", "When the deadline of a wait is.")
  private var forecast = MetricFamily(
    "waltz_wait_forecast_timestamp_seconds",
    "When a wait ends by its last forecast: in so many of all cases not later.")
  private var forecastDeadline = MetricFamily(
    "waltz_wait_forecast_deadline_met_ratio",
    "How likely a wait meets its deadline by its last forecast.")
  private var runForecast = MetricFamily(
    "waltz_run_forecast_timestamp_seconds",
    "When a run ends by its last forecast: in so many of all cases not later.")
  private var runForecastExpires = MetricFamily(
    "waltz_run_forecast_expires_first_ratio",
    "How likely the old certificate of a server expires before it has the new one.")
  private var runForecastLeft = MetricFamily(
    "waltz_run_forecast_left_behind_clients",
    "Clients that the waits of a run leave behind by its last forecast: in so many of all cases not more."
  )
  private var runForecastOff = MetricFamily(
    "waltz_run_forecast_verification_off_seconds",
    "For how long clients of a site will have checked no signatures: in so many of all cases not longer."
  )
  private var certificateEnds = MetricFamily(
    "waltz_certificate_not_after_timestamp_seconds",
    "When the certificate expires that a server has until its new one is proved.")
  private var verificationOff = MetricFamily(
    "waltz_verification_off", "Whether clients of a site check no signatures now.")
  private var verificationOffSeconds = MetricFamily(
    "waltz_verification_off_seconds",
    "For how long clients of a site have checked no signatures in this run, until now.")
  private var replicationBroken = MetricFamily(
    "waltz_replication_broken", "Whether a partnership does not replicate now.")
  private var replicationBrokenSeconds = MetricFamily(
    "waltz_replication_broken_seconds",
    "For how long a partnership has not replicated in this run, until now.")
  private var orphans = MetricFamily(
    "waltz_orphans",
    "Clients that a run which has ended lost; known of labs and simulated estates.")

  init(version: String) {
    build.add([("version", version)], true)
  }

  var text: String {
    [
      build, info, standing, started, lastEvent, events, executor, executorSeen, requests, steps,
      attention, line, gates, waitClients, waitRatio, waitRequired, waitStarted, waitCounted,
      waitDeadline, forecast, forecastDeadline, runForecast, runForecastExpires, runForecastLeft,
      runForecastOff, certificateEnds, verificationOff, verificationOffSeconds,
      replicationBroken, replicationBrokenSeconds, orphans,
    ].map(\.text).joined()
  }

  mutating func measure(_ measured: MeasuredRun) {
    let overview = RunOverview(
      run: measured.run, state: measured.state, now: measured.now,
      surroundings: measured.surroundings)
    let run: Labels = [("run", measured.run)]
    describe(measured, overview, run)
    count(measured, run)
    for wait in overview.waits { measure(wait, run) }
    for gate in overview.gates {
      if let since = gate.since { gates.add(run + [("step", gate.id)], since) }
    }
    measureExposures(measured, run)
    measureCertificates(measured.state, run)
    if let outlook = overview.outlook, let ends = outlook.forecast.ends { measure(ends, run) }
    guard let figures = measured.state.figures else { return }
    if let lost = figures.orphans { orphans.add(run + [("kind", "orphaned")], lost) }
    if let latent = figures.latentOrphans { orphans.add(run + [("kind", "latent")], latent) }
  }

  private mutating func describe(
    _ measured: MeasuredRun, _ overview: RunOverview, _ run: Labels
  ) {
    info.add(
      run + [
        ("plan", overview.plan), ("digest", overview.digest ?? ""), ("world", measured.world),
      ], true)
    for state in RunStanding.allCases {
      standing.add(run + [("state", state.rawValue)], state == overview.standing)
    }
    if let at = measured.state.startedAt { started.add(run, at) }
    if let at = measured.state.lastAt { lastEvent.add(run, at) }
    events.add(run, measured.state.lastSequence)
    let found = measured.surroundings.executor
    for (name, isSo) in [
      ("at-work", found == .atWork), ("none", found == .none),
      ("gone", found != .atWork && found != .none),
    ] {
      executor.add(run + [("state", name)], isSo)
    }
    if case .gone(_, let since, _) = found { executorSeen.add(run, since) }
    requests.add(run, measured.surroundings.requests.count)
  }

  private mutating func count(_ measured: MeasuredRun, _ run: Labels) {
    let (state, counts) = (measured.state, measured.state.counts)
    for (name, count) in [
      ("pending", counts.pending), ("running", counts.running), ("retrying", counts.retrying),
      ("waiting", counts.waiting), ("gate-open", counts.gateOpen),
      ("gate-approved", counts.gateApproved), ("in-doubt", counts.inDoubt),
      ("failed", counts.failed), ("succeeded", counts.succeeded), ("skipped", counts.skipped),
    ] {
      steps.add(run + [("state", name)], count)
    }
    var needing = [Int](repeating: 0, count: Attention.allCases.count)
    if !state.status.isEnded {
      for step in state.steps.indices {
        guard let reason = state.attention(of: step, at: measured.now),
          let index = Attention.allCases.firstIndex(of: reason)
        else { continue }
        needing[index] += 1
      }
    }
    for (reason, count) in zip(Attention.allCases, needing) {
      attention.add(run + [("reason", reason.rawValue)], count)
    }
    line.add(run, state.isLineStopped)
  }

  private mutating func measure(_ wait: WaitOutlook, _ run: Labels) {
    let labels = run + [("step", wait.id)]
    waitStarted.add(labels, wait.startedAt)
    waitDeadline.add(labels, wait.deadline)
    waitRequired.add(
      labels, MetricFamily.decimal(wait.policy.adopted.value.millionths, digits: 6))
    if let at = wait.lastCountedAt { waitCounted.add(labels, at) }
    if let share = wait.share {
      waitRatio.add(labels, MetricFamily.decimal(share.millionths, digits: 6))
    }
    if let ends = wait.made?.forecast.ends {
      for (probability, at) in [("0.1", ends.early), ("0.5", ends.median), ("0.9", ends.late)] {
        if let at { forecast.add(labels + [("probability", probability)], at) }
      }
      forecastDeadline.add(
        labels, MetricFamily.decimal(ends.meetsDeadline.millionths, digits: 6))
    }
    guard let count = wait.count else { return }
    for (state, clients) in [
      ("adopted", count.adopted), ("pending_online", count.pendingOnline),
      ("pending_offline", count.pendingOffline), ("stale", count.stale),
      ("excluded", count.excluded),
    ] {
      waitClients.add(labels + [("state", state)], clients)
    }
  }

  private mutating func measure(_ ends: RunForecast.Ends, _ run: Labels) {
    for (probability, at) in [("0.1", ends.early), ("0.5", ends.median), ("0.9", ends.late)] {
      if let at { runForecast.add(run + [("probability", probability)], at) }
    }
    if let chance = ends.expiresFirst {
      runForecastExpires.add(run, MetricFamily.decimal(chance.millionths, digits: 6))
    }
    func add(_ spread: RunForecast.Spread, to family: inout MetricFamily, _ labels: Labels) {
      for (probability, value) in [
        ("0.1", spread.low), ("0.5", spread.middle), ("0.9", spread.high),
      ] { family.add(labels + [("probability", probability)], value) }
    }
    add(ends.leavesBehind, to: &runForecastLeft, run)
    for exposure in ends.verificationOff {
      add(exposure.seconds, to: &runForecastOff, run + [("site", exposure.site)])
    }
  }

  private mutating func measureCertificates(_ state: RunState, _ run: Labels) {
    let graph = state.graph
    for (step, place) in zip(graph.steps, state.steps)
    where step.action == .verifyCertificate && place.phase != .succeeded {
      guard case .server(let site, let server) = step.target,
        let end = state.oldCertificateEnds[step.target]
      else { continue }
      let names = graph.plan.sites[site]
      certificateEnds.add(
        run + [("site", names.name.value), ("server", names.servers[server].name.value)], end)
    }
  }

  private mutating func measureExposures(_ measured: MeasuredRun, _ run: Labels) {
    let plan = measured.state.graph.plan
    let end = measured.state.status.isEnded ? measured.state.lastAt ?? measured.now : measured.now
    let off = measured.state.sitesWithVerificationOff(at: end)
    for site in plan.sites where site.isRotating {
      let labels = run + [("site", site.name.value)]
      let exposure = off.first { $0.name == site.name.value }
      verificationOff.add(labels, exposure?.isOpen == true)
      verificationOffSeconds.add(labels, exposure?.seconds ?? 0)
    }
    let broken = measured.state.brokenPartnerships(at: end)
    for partnership in plan.partnerships {
      let labels = run + [("partnership", partnership.name)]
      let exposure = broken.first { $0.name == partnership.name }
      replicationBroken.add(labels, exposure?.isOpen == true)
      replicationBrokenSeconds.add(labels, exposure?.seconds ?? 0)
    }
  }
}
