package import CanonicalJSON
import PlanModel
import RotationGraph

extension FoldCodec {
  /// The state that an object was written of.
  ///
  /// - Throws: ``EventError`` where it is none of this run's graph.
  package func state(_ value: JSONValue) throws -> RunState {
    let fields = EventFields(value)
    var state = RunState(graph: graph)
    state.lastSequence = try fields.number("sequence")
    state.startedAt = fields.moment("startedAt")
    state.lastAt = fields.moment("lastAt")
    state.adoptedAt = fields.moment("adoptedAt")
    state.isPaused = try fields.truth("isPaused")
    state.gatesClosed = try fields.number("gatesClosed")
    state.status = try fields.status()
    state.start = try fields["start"].map { try RunStart(EventFields($0)) }
    state.figures = try fields["figures"].map { try EventFields($0).figures() }
    state.verificationOff = try fields.ledger(
      "verificationOff", count: graph.plan.sites.count)
    state.replicationBroken = try fields.ledger(
      "replicationBroken", count: graph.plan.partnerships.count)
    for entry in try fields.list("steps") {
      let fields = EventFields(entry)
      state.steps[try position(fields, "step")] = try fields.stepState()
    }
    state.waits = try byStep(fields, "waits") { try $0.progress() }
    state.gates = try byStep(fields, "gates") {
      Gate(
        instructions: try $0.list("instructions").compactMap(\.string),
        reason: $0["reason"]?.string)
    }
    state.unanswered = try byStep(fields, "unanswered") {
      UnansweredLook(
        since: try $0.requiredMoment("since"), at: try $0.requiredMoment("at"),
        reason: try $0.text("reason"))
    }
    state.skips = try byStep(fields, "skips") { try $0.operatorWord() }
    state.holdingCounts = try byStep(fields, "holdingCounts") {
      HoldingCount(
        since: try $0.requiredMoment("since"), at: try $0.requiredMoment("at"),
        sample: try $0.sample(), uncountedSince: $0.moment("uncountedSince"))
    }
    state.guardCounts = try byStep(fields, "guardCounts") {
      GuardCount(
        at: try $0.requiredMoment("at"), sample: try $0.sample(),
        isEnough: try $0.truth("isEnough"))
    }
    let answers = try fields.list("gateAnswers").compactMap {
      $0.integer.map { Instant(milliseconds: $0) }
    }
    state.gateAnswers = stride(from: 0, to: answers.count / 2 * 2, by: 2).map {
      answers[$0]..<max(answers[$0], answers[$0 + 1])
    }
    for entry in try fields.list("oldCertificateEnds") {
      let fields = EventFields(entry)
      let step = try position(fields, "step")
      state.oldCertificateEnds[graph.steps[step].target] = try fields.requiredMoment("at")
    }
    state.forecast = try fields["runForecast"].map { try EventFields($0).runForecast() }
    state.forecastAt = fields.moment("runForecastAt")
    state.lineStops = try stops(fields, "lineStops")
    state.releasedStops = try stops(fields, "releasedStops")
    state.complete()
    return state
  }

  /// The gist that an object was written of.
  ///
  /// - Throws: ``EventError`` where it is none.
  package static func gist(_ value: JSONValue) throws -> RunGist {
    let fields = EventFields(value)
    var counts = PhaseCounts()
    for (path, count) in zip(PhaseCounts.all, try fields.list("counts")) {
      counts[keyPath: path] = Int(clamping: count.integer ?? 0)
    }
    return RunGist(
      plan: try fields.text("plan"), status: try fields.status(),
      isPaused: try fields.truth("isPaused"), counts: counts,
      needsPerson: try fields.truth("needsPerson"),
      hasHeldUpdates: try fields.truth("hasHeldUpdates"), steps: try fields.number("steps"),
      startedAt: fields.moment("startedAt"), lastAt: fields.moment("lastAt"),
      isSimulated: try fields.truth("isSimulated"),
      figures: try fields["figures"].map { try EventFields($0).figures() })
  }

  private func position(_ fields: EventFields, _ name: String) throws -> Int {
    let step = try fields.number(name)
    guard graph.steps.indices.contains(step) else {
      throw EventError(message: "the run's graph has no step \(step)")
    }
    return step
  }

  private func byStep<Value>(
    _ fields: EventFields, _ name: String, _ value: (EventFields) throws -> Value
  ) throws -> [Int: Value] {
    var result: [Int: Value] = [:]
    for entry in try fields.list(name) {
      let fields = EventFields(entry)
      result[try position(fields, "of")] = try value(fields)
    }
    return result
  }

  private func stops(_ fields: EventFields, _ name: String) throws -> [LineStop] {
    try fields.list(name).map { entry in
      let fields = EventFields(entry)
      guard let fall = fields["fall"] else { throw EventError(message: "`fall` is missing") }
      return LineStop(
        step: try position(fields, "step"), at: try fields.requiredMoment("at"),
        fall: try EventFields(fall).fall())
    }
  }
}

extension RunState {
  /// Works out what follows from the phases of the steps.
  fileprivate mutating func complete() {
    counts = PhaseCounts()
    for step in steps.indices { counts.count(steps[step].phase, by: 1) }
    for step in steps.indices where steps[step].isDone {
      for dependent in graph.dependents[step] { openDependencies[Int(dependent)] -= 1 }
    }
    newlyReady = steps.indices.filter { openDependencies[$0] == 0 && steps[$0].phase == .pending }
  }
}

extension EventFields {
  fileprivate func moment(_ name: String) -> Instant? {
    value[name]?.integer.flatMap { Instant(exactly: $0) }
  }

  fileprivate func requiredMoment(_ name: String) throws -> Instant {
    guard let moment = moment(name) else { throw EventError(message: "`\(name)` is missing") }
    return moment
  }

  fileprivate func status() throws -> RunState.Status {
    switch try text("status") {
    case "new": .new
    case "running": .running
    case "resting": .resting(try word("rest"))
    case "succeeded": .succeeded
    case "failed": .failed
    case "aborted": .aborted
    case let text: throw EventError(message: "`status` is `\(text)`")
    }
  }

  fileprivate func ledger(_ name: String, count: Int) throws -> ExposureLedger {
    let entries = try list(name)
    guard entries.count == count else { throw EventError(message: "`\(name)` has another length") }
    var ledger = ExposureLedger(count: count)
    for (index, entry) in entries.enumerated() {
      let fields = EventFields(entry)
      ledger.openSince[index] = fields.moment("openSince")
      ledger.total[index] = fields["total"]?.integer ?? 0
      ledger.touched[index] = try fields.truth("touched")
    }
    return ledger
  }

  fileprivate func stepState() throws -> StepState {
    var step = StepState()
    step.phase = try phase()
    step.attempt = try number("attempt")
    step.attemptsSinceReset = try number("attemptsSinceReset")
    step.passingFailures = try number("passingFailures")
    step.lastFailure = try self["lastFailure"].map { try EventFields($0).failure() }
    step.failuresInARow = try number("failuresInARow")
    step.hasSucceeded = try truth("hasSucceeded")
    step.successSequence = try optionalNumber("successSequence")
    step.startedAt = moment("startedAt")
    step.firstStartedAt = moment("firstStartedAt")
    step.unknownSince = moment("unknownSince")
    step.endedAt = moment("endedAt")
    return step
  }

  private func phase() throws -> StepState.Phase {
    switch try text("phase") {
    case "pending": .pending
    case "running": .running
    case "retrying": .retrying(at: try requiredMoment("retryAt"))
    case "waiting": .waiting
    case "gate-open": .gateOpen
    case "gate-approved": .gateApproved
    case "in-doubt": .inDoubt(try text("reason"))
    case "failed": .failed(try EventFields(self["failure"] ?? .null).failure())
    case "succeeded": .succeeded
    case "skipped": .skipped
    case let text: throw EventError(message: "`phase` is `\(text)`")
    }
  }

  private func failure() throws -> StepFailure {
    StepFailure(
      try word("outcome"), try text("message"), help: self["help"]?.string,
      isRetryable: try truth("retryable"), isPassing: try truth("passing"),
      evidence: try evidence())
  }

  fileprivate func progress() throws -> WaitProgress {
    var wait = WaitProgress(startedAt: try requiredMoment("startedAt"))
    wait.frozen = try optionalNumber("frozen")
    wait.lastCount = try count("lastCount")
    wait.previousCount = try count("previousCount")
    wait.lastPolledAt = moment("lastPolledAt")
    wait.lastCountedAt = moment("lastCountedAt")
    wait.previousCountedAt = moment("previousCountedAt")
    wait.inconclusiveReason = self["inconclusiveReason"]?.string
    wait.firstTrueAt = moment("firstTrueAt")
    wait.forecast = try self["forecast"].map { try EventFields($0).forecast() }
    wait.forecastAt = moment("forecastAt")
    wait.forecastRecord = ForecastRecord(
      open: try list("forecastBands"), hits: try list("forecastHits"),
      badSince: moment("forecastBadSince"))
    let numbers = try list("curve").map { $0.integer ?? 0 }
    wait.curve = WaitCurve(
      points: stride(from: 0, to: numbers.count / 3 * 3, by: 3).map {
        WaitCurve.Point(
          at: Instant(milliseconds: numbers[$0]), adopted: Int(clamping: numbers[$0 + 1]),
          counted: Int(clamping: numbers[$0 + 2]))
      }, spacing: self["spacing"]?.integer ?? 0)
    return wait
  }

  private func count(_ name: String) throws -> AdoptionCount? {
    guard let value = self[name], case .counted(let count) = try EventFields(value).sample() else {
      return nil
    }
    return count
  }
}
