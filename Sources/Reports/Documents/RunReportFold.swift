import CanonicalJSON
import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

/// Makes a ``RunReport`` of a journal, event by event: what the state of a run forgets is kept here.
package struct RunReportFold {
  /// Where the run stands after the events so far.
  package private(set) var state: RunState

  private var waits: [RunReport.Wait] = []
  private var predictions: [RunReport.EndPrediction] = []
  private var openWaits: [Int: Int] = [:]
  private var gates: [RunReport.GateRecord] = []
  private var openGates: [Int: Int] = [:]
  private var attempts: [[RunReport.Attempt]]
  private var troubles: [RunReport.Trouble] = []
  private var exceptions: [RunReport.Exception] = []
  private var recounts: [Int: RunReport.Recount] = [:]
  private var lineStops: [RunReport.LineStop] = []
  private var stays: [RunReport.Stay] = []
  private var openings = OpeningHistory()

  /// Nothing has happened yet.
  package init(graph: StepGraph) {
    state = RunState(graph: graph)
    attempts = Array(repeating: [], count: graph.steps.count)
  }

  /// Takes in the next event.
  ///
  /// - Throws: `FoldError`
  package mutating func take(_ event: RunEvent) throws(FoldError) {
    let phase = event.kind.step.flatMap {
      state.steps.indices.contains($0) ? state.steps[$0].phase : nil
    }
    try state.apply(event)
    openings.take(event, in: state)
    keep(event.kind, at: event.at, after: phase)
  }

  /// The report of the events so far.
  ///
  /// - Parameters:
  ///   - origin: What the record says.
  ///   - now: The time by the run's clock; counts only for a run that has not ended.
  ///   - surroundings: Who works on it, what was asked of it, and which commands reach it.
  /// - Returns: The report, which every format is written from.
  package func report(
    _ origin: RunReport.Origin, now: Instant, surroundings: RunSurroundings
  ) -> RunReport {
    let overview = RunOverview(
      run: origin.run, state: state, now: now, surroundings: surroundings)
    return RunReport(
      origin: origin, overview: overview, exposures: exposures(until: overview.until),
      waits: waits, predictions: predictions, gates: gates, attempts: attempts, troubles: troubles,
      exceptions: exceptions,
      recounts: recounts.values.sorted { $0.step < $1.step }, lineStops: lineStops, stays: stays)
  }

  private func exposures(until end: Instant) -> [RunReport.Exposure] {
    let (plan, figures) = (state.graph.plan, RotationFigures(state.graph))
    func exposures(
      _ opening: Opening, _ names: [String], _ planned: [RotationFigures.Exposure]
    ) -> [RunReport.Exposure] {
      let planned = Dictionary(uniqueKeysWithValues: planned.map { ($0.position, $0.length) })
      return names.indices.compactMap { position in
        guard let spans = openings.spans(of: opening, at: position) else { return nil }
        let length = spans.reduce(Duration.zero) { $0 + (($1.to ?? end) - $1.from) }
        return RunReport.Exposure(
          opening: opening, name: names[position], spans: spans,
          seconds: Int(length.components.seconds), planned: planned[position])
      }
    }
    let sites = plan.sites.map(\.name.value)
    return exposures(.verificationOff, sites, figures.verificationOff)
      + exposures(.clientsOnHTTP, sites, [])
      + exposures(.replicationBroken, plan.partnerships.map(\.name), figures.replicationBroken)
  }

  private mutating func keep(
    _ kind: RunEvent.Kind, at instant: Instant, after phase: StepState.Phase?
  ) {
    switch kind {
    case .runStarted(let start): stays.append(.init(at: instant, by: start.by))
    case .runResumed(let name): stays.append(.init(at: instant, by: name))
    case .stepStarted(let step, let attempt): begin(step, attempt, at: instant)
    case .stepSucceeded(let step, let attempt, let evidence):
      succeed(step, attempt, evidence, at: instant, after: phase)
    case .stepFailed(let step, let attempt, let failure, let retryAt):
      fail(step, attempt, failure, retryAt, at: instant)
    case .stepInterrupted(let step, let attempt, let finding):
      interrupt(step, attempt, finding, at: instant)
    case .stepSkipped(let step, let word):
      except(.skipped, word, step, at: instant)
      end(step, .skipped, at: instant)
      close(step, .skipped(word), at: instant)
      endWait(step, .skipped, at: instant)
    case .waitSampled(let step, _, let sample): count(step, sample, at: instant)
    case .waitPassed(let step, _, let passing): pass(step, passing, at: instant)
    case .gateOpened(let step, let attempt, let gate): ask(step, attempt, gate, at: instant)
    case .gateApproved(let step, _, let word):
      if let open = openGates[step] { gates[open].answer = .init(at: instant, word: word) }
    case .stepReset(let step, let word):
      except(.sentBack, word, step, at: instant)
      end(step, .interrupted, at: instant)
      close(step, .askedAgain("the step was sent back"), at: instant)
      endWait(step, .failed, at: instant)
    case .requestRefused(let request, let reason):
      let step = request.step.flatMap { id in
        state.graph.steps.indices.first { state.graph.id(of: $0) == id }
      }
      except(.refused, request.word, step, at: instant, "\(request.words): \(reason)")
    case .runPaused(let word): except(.paused, word, nil, at: instant)
    case .runAdopted(let word): except(.adopted, word, nil, at: instant)
    case .runUnlocked(let word): except(.unlocked, word, nil, at: instant)
    case .lineReleased(let word): except(.lineReleased, word, nil, at: instant)
    case .lineStopped(let step, let fall):
      lineStops.append(.init(at: instant, step: step, fall: fall))
    case .runWaiting, .runSucceeded, .runFailed, .runAborted: break
    }
  }

  // MARK: Steps

  private mutating func begin(_ step: Int, _ attempt: Int, at instant: Instant) {
    end(step, .interrupted, at: instant)
    attempts[step].append(.init(number: attempt, startedAt: instant))
    guard let policy = state.policy(of: step) else { return }
    endWait(step, .failed, at: instant)
    openWaits[step] = waits.count
    waits.append(.init(step: step, attempt: attempt, startedAt: instant, policy: policy))
  }

  private mutating func succeed(
    _ step: Int, _ attempt: Int, _ evidence: Evidence, at instant: Instant,
    after phase: StepState.Phase?
  ) {
    end(step, .succeeded, at: instant)
    close(step, .confirmed(evidence, isWordOnly: evidence.isConfirmation), at: instant)
    endWait(step, .passed, at: instant)
    guard case .inDoubt(let doubt)? = phase, evidence.isConfirmation else { return }
    exceptions.append(
      .init(
        at: instant, kind: .takenForDone, step: step, by: evidence["confirmedBy"]?.string,
        note: evidence["note"]?.string, acceptsOrphans: false, detail: doubt))
  }

  private mutating func fail(
    _ step: Int, _ attempt: Int, _ failure: StepFailure, _ retryAt: Instant?, at instant: Instant
  ) {
    troubles.append(
      .init(
        at: instant, step: step, attempt: attempt, what: failure.kind.words,
        message: failure.message, help: failure.help, retryAt: retryAt))
    end(step, .failed, at: instant)
    close(
      step, failure.kind == .rejected ? .rejected(failure.message) : .failed(failure.message),
      at: instant)
    endWait(step, .failed, at: instant)
  }

  private mutating func interrupt(
    _ step: Int, _ attempt: Int, _ finding: Finding, at instant: Instant
  ) {
    let (what, message): (String, String)
    switch finding {
    case .done(let evidence):
      (what, message) = ("was cut short, and found done", evidence.words(TextLayout()))
    case .notDone(let reason): (what, message) = ("was cut short, and found not done", reason)
    case .unknown(let reason): (what, message) = ("cannot be told", reason)
    case .inconclusive(let reason): (what, message) = ("could not be seen", reason)
    }
    troubles.append(
      .init(
        at: instant, step: step, attempt: attempt, what: what, message: message, help: nil,
        retryAt: nil))
  }

  private mutating func end(
    _ step: Int, _ outcome: RunReport.Attempt.Outcome, at instant: Instant
  ) {
    guard let last = attempts[step].indices.last, attempts[step][last].outcome == .open else {
      return
    }
    attempts[step][last].outcome = outcome
    attempts[step][last].endedAt = instant
  }

  // MARK: Gates

  private mutating func ask(_ step: Int, _ attempt: Int, _ gate: Gate, at instant: Instant) {
    close(step, .askedAgain(gate.reason ?? "it was asked again"), at: instant)
    openGates[step] = gates.count
    gates.append(.init(step: step, attempt: attempt, askedAt: instant, gate: gate))
  }

  private mutating func close(
    _ step: Int, _ outcome: RunReport.GateRecord.Outcome, at instant: Instant
  ) {
    guard let open = openGates.removeValue(forKey: step) else { return }
    gates[open].outcome = outcome
    gates[open].endedAt = instant
  }

  // MARK: Waits

  private mutating func count(_ step: Int, _ sample: WaitSample, at instant: Instant) {
    guard let open = openWaits[step] else { return recount(step, sample, at: instant) }
    waits[open].polls += 1
    switch sample {
    case .inconclusive: waits[open].inconclusivePolls += 1
    case .counted(let count):
      waits[open].samples.append(
        self.sample(SampleFigures(count, of: step, in: state), at: instant))
      if let forecast = count.forecast {
        waits[open].predictions.append(.init(at: instant, forecast: forecast))
      }
      if let forecast = count.runForecast {
        predictions.append(.init(at: instant, forecast: forecast))
      }
      var kept = count
      kept.evidence = Evidence()
      waits[open].lastCount = kept
    }
  }

  private mutating func recount(_ step: Int, _ sample: WaitSample, at instant: Instant) {
    var recount = recounts[step] ?? RunReport.Recount(step: step, lastAt: instant)
    recount.counts += 1
    recount.lastAt = instant
    switch sample {
    case .inconclusive: (recount.last, recount.isEnough) = (nil, false)
    case .counted(let count):
      let figures = SampleFigures(count, of: step, in: state)
      (recount.last, recount.isEnough) = (self.sample(figures, at: instant), figures.holds)
    }
    if !recount.isEnough { recount.tooFew += 1 }
    recounts[step] = recount
  }

  private func sample(_ figures: SampleFigures, at instant: Instant) -> RunReport.Sample {
    RunReport.Sample(
      at: instant, adopted: min(figures.count.adopted, figures.denominator),
      denominator: figures.denominator, share: figures.share)
  }

  private mutating func pass(_ step: Int, _ passing: WaitPassing, at instant: Instant) {
    if let open = openWaits[step] { waits[open].passing = passing }
    guard passing.ground == .deadline else { return }
    exceptions.append(
      .init(
        at: instant, kind: .passedAtDeadline, step: step, by: nil, note: nil,
        acceptsOrphans: false, detail: passing.words))
  }

  private mutating func endWait(
    _ step: Int, _ outcome: RunReport.Wait.Outcome, at instant: Instant
  ) {
    guard let open = openWaits.removeValue(forKey: step) else { return }
    waits[open].outcome = outcome
    waits[open].endedAt = instant
  }

  private mutating func except(
    _ kind: RunReport.Exception.Kind, _ word: OperatorWord, _ step: Int?, at instant: Instant,
    _ detail: String? = nil
  ) {
    exceptions.append(
      .init(
        at: instant, kind: kind, step: step, by: word.by, note: word.note,
        acceptsOrphans: word.acceptsOrphans, detail: detail))
  }
}
