import CanonicalJSON
package import ConsoleGuide
import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

/// `waltz status --format json`. Members only grow within a major version; what is not known is null.
package enum RunStatusJSON {
  /// The document, indented, with a line feed at its end.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - state: The fold of its journal.
  ///   - now: The time by the run's clock.
  ///   - surroundings: Who works on it, what was asked of it, and which commands reach it.
  ///   - stragglers: For wait steps the clients that hold them back, where they were asked for.
  ///   - orphans: The clients that a run which has ended lost, as far as they are named; nil where nobody can.
  ///   - recorded: What was recorded of the settings of sites, by their positions, where it was read.
  ///   - head: The hash of the last event in hexadecimal; nil where it was not asked for.
  /// - Returns: The document.
  package static func text(
    run: String, state: RunState, now: Instant, surroundings: RunSurroundings = RunSurroundings(),
    stragglers: [Int: Stragglers]? = nil, orphans: [OrphanedClient]? = nil,
    recorded: [Int: [GuideRecord.Setting]] = [:], head: String? = nil
  ) -> String {
    let overview = RunOverview(
      run: run, state: state, now: now, surroundings: surroundings, recorded: recorded)
    var writer = JSONWriter(indent: 2, capacity: 4_096)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.member("run", run)
      writer.member("plan", overview.plan)
      writer.member("digest", orNull: overview.digest)
      writer.member("status", overview.standing.rawValue)
      writer.member("reason", overview.reason)
      writer.member("startedBy", orNull: state.start?.by)
      writer.member("seed", orNull: state.start?.seed)
      writer.member("startedAt", orNull: state.startedAt?.description)
      writer.member("updatedAt", orNull: state.lastAt?.description)
      writer.member("now", now.description)
      writer.member("lastSequence", state.lastSequence)
      writer.member("head", orNull: head)
      executor(surroundings.executor, &writer)
      writer.list("requests", overview.requests) { $0.request($1, overview) }
      steps(state, &writer)
      writer.list("lineStops", overview.lineStops) { $0.lineStop($1, overview) }
      writer.strings("heldByLine", overview.heldByLine)
      writer.list("waiting", overview.waits) { $0.wait($1, overview, stragglers?[$1.step]) }
      writer.list("held", overview.held) { $0.held($1, overview) }
      writer.list("gates", overview.gates) { $0.gate($1, overview) }
      writer.list("inDoubt", overview.doubts) { $0.doubt($1, overview) }
      writer.list("failed", overview.failed) { $0.failedStep($1, overview) }
      writer.list("skipped", overview.skips) { $0.skip($1) }
      next(overview, &writer)
      RunOutlook.write(state, to: &writer)
      writer.key("exposure")
      writer.object { writer in
        writer.exposures(
          "verificationOff", overview.verificationOff, named: "site",
          certain: overview.certain(.verificationOff))
        writer.exposures(
          "replicationBroken", overview.replicationBroken, named: "partnership",
          certain: overview.certain(.replicationBroken))
      }
      writer.list("recorded", recorded.sorted { $0.key < $1.key }) { writer, site in
        writer.member("site", state.graph.plan.sites[site.key].name.value)
        writer.list("settings", site.value) { $0.setting($1) }
      }
      writer.figures(state.figures)
      writer.orphans(orphans)
      writer.list("stepStates", Array(state.steps.indices)) { $0.step($1, of: state) }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func executor(
    _ executor: RunSurroundings.Executor, _ writer: inout JSONWriter
  ) {
    writer.key("executor")
    writer.object { writer in
      switch executor {
      case .atWork: writer.member("state", "at-work")
      case .none: writer.member("state", "none")
      case .gone: writer.member("state", "gone")
      }
      var last: (name: String, seenAt: Instant)?
      if case .gone(let name, let since, _) = executor { last = (name, since) }
      writer.member("name", orNull: last?.name)
      writer.member("lastSeenAt", orNull: last?.seenAt.description)
    }
  }

  private static func steps(_ state: RunState, _ writer: inout JSONWriter) {
    let counts = state.counts
    writer.key("steps")
    writer.object { writer in
      writer.member("total", state.steps.count)
      writer.member("done", counts.done)
      for (name, count) in [
        ("pending", counts.pending), ("running", counts.running), ("retrying", counts.retrying),
        ("waiting", counts.waiting), ("gateOpen", counts.gateOpen),
        ("gateApproved", counts.gateApproved), ("inDoubt", counts.inDoubt),
        ("failed", counts.failed), ("succeeded", counts.succeeded), ("skipped", counts.skipped),
      ] {
        writer.member(name, count)
      }
    }
  }

  private static func next(_ overview: RunOverview, _ writer: inout JSONWriter) {
    writer.key("next")
    guard let next = overview.next, !overview.state.status.isEnded else { return writer.null() }
    writer.object { writer in
      writer.member("at", next.at.description)
      writer.member("step", next.step)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func request(_ posted: PostedRequest, _ overview: RunOverview) {
    let request = posted.request
    member("id", request.id)
    member("request", request.verb.rawValue)
    member("step", orNull: request.step)
    member("by", request.word.by)
    member("note", orNull: request.word.note)
    member("acceptsOrphans", request.word.acceptsOrphans)
    member("postedAt", posted.postedAt.description)
    member("takenUp", posted.isTaken)
    strings("commands", [overview.commands.withdraw(request.id)])
  }

  /// The requests that wait for a step, by their ids, and what to type where there are none.
  private mutating func asked(
    _ step: Int, _ overview: RunOverview, commands: [String]? = nil
  ) {
    let requests = overview.requests(of: step)
    key("requests")
    array { writer in for posted in requests { writer.integer(posted.request.id) } }
    if let commands { strings("commands", requests.isEmpty ? commands : []) }
  }

  fileprivate mutating func held(_ update: RunOverview.HeldUpdate, _ overview: RunOverview) {
    asked(update.step, overview)
    member("step", update.id)
    member("since", update.count.since.description)
    member("countedAt", update.count.at.description)
    member("requiredMillionths", update.policy.adopted.value.millionths)
    if case .counted(let count) = update.count.sample {
      member("counted", count.counted)
      member("adopted", count.adopted)
    } else {
      member("counted", orNull: nil as Int?)
      member("adopted", orNull: nil as Int?)
    }
  }

  fileprivate mutating func wait(
    _ wait: WaitOutlook, _ overview: RunOverview, _ stragglers: Stragglers?
  ) {
    let policy = wait.policy
    member("step", wait.id)
    member("since", wait.startedAt.description)
    member("shareMillionths", orNull: wait.share?.millionths)
    member("requiredMillionths", policy.adopted.value.millionths)
    member("denominator", wait.denominator)
    member("counted", orNull: wait.count?.counted)
    member("adopted", orNull: wait.count?.adopted)
    member("missing", orNull: wait.count == nil ? nil : wait.missing)
    member("pendingOnline", orNull: wait.count?.pendingOnline)
    member("pendingOffline", orNull: wait.count?.pendingOffline)
    member("stale", orNull: wait.count?.stale)
    member("excluded", orNull: wait.count?.excluded)
    member("joined", orNull: wait.count?.joined)
    member("removed", orNull: wait.count?.removed)
    list("cohortsBehind", wait.cohortsBehind) { writer, cohort in
      writer.member("name", cohort.name)
      writer.member("counted", cohort.counted)
      writer.member("adopted", cohort.adopted)
      writer.member("requiredMillionths", cohort.required.millionths)
    }
    let trend = wait.trendPerDay.map { Int64(min(max($0, -1e15), 1e15).rounded()) }
    member("trendClientsPerDay", orNull: trend)
    switch wait.forecast {
    case .passes(let instant):
      member("forecast", "passes")
      member("forecastAt", instant.description)
    case .expected(let ends, _):
      member("forecast", "expected")
      member("forecastAt", orNull: ends.median?.description)
    case .tooLittleHistory(let instant, _):
      member("forecast", "too-little-history")
      member("forecastAt", instant.description)
    case .notTrusted(_, let instant):
      member("forecast", "not-trusted")
      member("forecastAt", instant.description)
    case .notBefore(let instant):
      member("forecast", "not-before")
      member("forecastAt", instant.description)
    case .unknown:
      member("forecast", "unknown")
      null("forecastAt")
    }
    lastForecast(wait)
    member("minimumEndsAt", wait.minimumEnds.description)
    member("deadline", wait.deadline.description)
    member("onDeadline", policy.onDeadline.value.rawValue)
    member("isHeld", wait.isHeld)
    member("lastPolledAt", orNull: wait.lastPolledAt?.description)
    member("nextPollAt", wait.nextPoll.description)
    member("inconclusiveReason", orNull: wait.inconclusiveReason)
    asked(wait.step, overview)
    add(stragglers)
  }

  /// The last forecast that was made of it, whether it is trusted or not.
  private mutating func lastForecast(_ wait: WaitOutlook) {
    key("lastForecast")
    guard let made = wait.made else { return null() }
    object { writer in
      writer.member("madeAt", made.at.description)
      var since: Instant?
      if case .notTrusted(let instant, _) = wait.forecast { since = instant }
      writer.member("notTrustedSince", orNull: since?.description)
      made.forecast.write(&writer)
    }
  }

  fileprivate mutating func gate(_ gate: RunOverview.OpenGate, _ overview: RunOverview) {
    member("step", gate.id)
    member("attempt", gate.attempt)
    member("since", orNull: gate.since?.description)
    member("reason", orNull: gate.gate.reason)
    strings("instructions", gate.gate.instructions)
    clients(gate)
    let commands = overview.commands
    asked(
      gate.step, overview, commands: [commands.approve(gate.id), commands.reject(gate.id)])
  }

  private mutating func clients(_ gate: RunOverview.OpenGate) {
    key("clients")
    guard let count = gate.count, let policy = gate.policy else { return null() }
    object { json in
      json.member("countedAt", count.at.description)
      json.member("requiredMillionths", policy.adopted.value.millionths)
      json.member("isEnough", count.isEnough)
      switch count.sample {
      case .counted(let adoption):
        json.member("counted", adoption.counted)
        json.member("adopted", adoption.adopted)
        json.null("inconclusiveReason")
      case .inconclusive(let reason):
        json.null("counted")
        json.null("adopted")
        json.member("inconclusiveReason", reason)
      }
    }
  }

  fileprivate mutating func lineStop(_ stop: LineStop, _ overview: RunOverview) {
    member("step", overview.state.graph.id(of: stop.step))
    member("site", overview.site(of: stop))
    member("group", orNull: stop.fall.group)
    member("at", stop.at.description)
    member("from", stop.fall.from.description)
    member("until", stop.fall.until.description)
    member("expected", stop.fall.expected)
    member("seen", stop.fall.seen)
    strings("commands", [overview.commands.unpause])
  }

  fileprivate mutating func doubt(_ doubt: RunOverview.Doubt, _ overview: RunOverview) {
    member("step", doubt.id)
    member("attempt", doubt.attempt)
    member("reason", doubt.reason)
    let commands = overview.commands
    asked(
      doubt.step, overview,
      commands: [commands.resolveDone(doubt.id), commands.resolveNotDone(doubt.id)])
  }

  fileprivate mutating func failedStep(
    _ failed: RunOverview.FailedStep, _ overview: RunOverview
  ) {
    member("step", failed.id)
    member("attempt", failed.attempt)
    member("at", orNull: failed.endedAt?.description)
    member("outcome", failed.failure.kind.rawValue)
    member("message", failed.failure.message)
    member("help", orNull: failed.failure.help)
    member("retryable", failed.failure.isRetryable)
    asked(
      failed.step, overview,
      commands: [overview.commands.retry(failed.id), overview.skip(failed.step)])
  }

  fileprivate mutating func skip(_ skip: RunOverview.Skip) {
    member("step", skip.id)
    member("at", orNull: skip.at?.description)
    member("by", skip.word.by)
    member("note", orNull: skip.word.note)
    member("acceptsOrphans", skip.word.acceptsOrphans)
  }

  fileprivate mutating func setting(_ setting: GuideRecord.Setting) {
    member("group", setting.group)
    member("location", setting.location)
    member("list", orNull: setting.list)
    guard let verifies = setting.verifies else { return null("verifies") }
    member("verifies", verifies)
  }

  fileprivate mutating func orphans(_ orphans: [OrphanedClient]?) {
    guard let orphans else { return null("orphanedClients") }
    list("orphanedClients", orphans) { writer, client in
      writer.member("name", client.name)
      writer.member("group", client.group)
      writer.member("lastSeen", orNull: client.lastSeen?.description)
      writer.member("latent", client.isLatent)
    }
  }

  fileprivate mutating func step(_ step: Int, of state: RunState) {
    let place = state.steps[step]
    member("id", state.graph.id(of: step))
    member("state", place.phase.code)
    member("attempt", place.attempt)
    member("startedAt", orNull: place.startedAt?.description)
    member("endedAt", orNull: place.endedAt?.description)
    member("lastFailure", orNull: place.lastFailure?.message)
    // Only where Waltz asks in vain: readers from before there was such a thing see what they saw.
    guard let look = state.unanswered[step] else { return }
    member("unansweredSince", look.since.description)
    member("unansweredReason", look.reason)
  }

  fileprivate mutating func exposures(
    _ name: String, _ exposures: [RunFigures.Exposure], named key: String,
    certain: Set<String>? = nil
  ) {
    list(name, exposures) { writer, exposure in
      writer.member(key, exposure.name)
      writer.member("seconds", exposure.seconds)
      writer.member("open", exposure.isOpen)
      if let certain { writer.member("certain", certain.contains(exposure.name)) }
    }
  }

  fileprivate mutating func figures(_ figures: RunFigures?) {
    guard let figures else { return null("figures") }
    key("figures")
    object { writer in
      writer.member("sites", figures.sites)
      writer.member("servers", figures.servers)
      writer.member("clients", orNull: figures.clients)
      writer.member("orphans", orNull: figures.orphans)
      writer.member("latentOrphans", orNull: figures.latentOrphans)
      writer.member("gates", figures.gates)
      writer.exposures("verificationOff", figures.verificationOff, named: "site")
      writer.exposures("replicationBroken", figures.replicationBroken, named: "partnership")
    }
  }

  fileprivate mutating func strings(_ name: String, _ values: [String]) {
    key(name)
    array { writer in
      for value in values { writer.string(value) }
    }
  }

  private mutating func null(_ name: String) {
    key(name)
    null()
  }
}
