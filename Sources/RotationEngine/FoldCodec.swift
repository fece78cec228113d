package import CanonicalJSON
import PlanModel
package import RotationGraph

/// Turns the fold of a journal's beginning into JSON and back, so that who only looks at a run need not fold it from its
/// first event on each time (`docs/JOURNAL.md`, "Kept folds").
///
/// What is read back says the same to everybody who looks. An executor has no use for it: it folds the journal itself.
package struct FoldCodec: Sendable {
  /// Changes with everything that changes what a fold is or how it is written: a fold of another version is not read.
  package static let version = 3

  private let events: EventCodec
  let graph: StepGraph

  /// A codec for the folds of a run over its graph.
  package init(_ events: EventCodec, graph: StepGraph) {
    self.events = events
    self.graph = graph
  }

  /// Writes a state as an object.
  package func write(_ state: RunState, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("sequence", state.lastSequence)
      writer.member("startedAt", orNull: state.startedAt?.milliseconds)
      writer.member("lastAt", orNull: state.lastAt?.milliseconds)
      writer.member("adoptedAt", orNull: state.adoptedAt?.milliseconds)
      writer.member("isPaused", state.isPaused)
      writer.member("gatesClosed", state.gatesClosed)
      write(state.status, &writer)
      if let start = state.start { write(start, &writer) }
      if let figures = state.figures {
        writer.key("figures")
        writer.object { events.write(figures, &$0) }
      }
      write(state.verificationOff, as: "verificationOff", &writer)
      write(state.replicationBroken, as: "replicationBroken", &writer)
      writeSteps(of: state, &writer)
      writeCounts(of: state, &writer)
      writer.key("gateAnswers")
      writer.array { writer in
        for answer in state.gateAnswers {
          writer.integer(answer.lowerBound.milliseconds)
          writer.integer(answer.upperBound.milliseconds)
        }
      }
      let checks = state.graph.steps.indices.filter {
        state.graph.steps[$0].action == .checkServer
          && state.oldCertificateEnds[state.graph.steps[$0].target] != nil
      }
      list("oldCertificateEnds", checks, &writer) { step, writer in
        writer.member("step", step)
        writer.member(
          "at", orNull: state.oldCertificateEnds[state.graph.steps[step].target]?.milliseconds)
      }
      if let forecast = state.forecast {
        writer.key("runForecast")
        writer.object { forecast.write(&$0) }
      }
      writer.member("runForecastAt", orNull: state.forecastAt?.milliseconds)
      list("lineStops", state.lineStops, &writer) { write($0, &$1) }
      list("releasedStops", state.releasedStops, &writer) { write($0, &$1) }
    }
  }

  /// Writes a gist as an object.
  package func write(_ gist: RunGist, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("plan", gist.plan)
      write(gist.status, &writer)
      writer.member("isPaused", gist.isPaused)
      writer.key("counts")
      writer.array { writer in
        for path in PhaseCounts.all { writer.integer(gist.counts[keyPath: path]) }
      }
      writer.member("needsPerson", gist.needsPerson)
      writer.member("hasHeldUpdates", gist.hasHeldUpdates)
      writer.member("steps", gist.steps)
      writer.member("startedAt", orNull: gist.startedAt?.milliseconds)
      writer.member("lastAt", orNull: gist.lastAt?.milliseconds)
      writer.member("isSimulated", gist.isSimulated)
      if let figures = gist.figures {
        writer.key("figures")
        writer.object { events.write(figures, &$0) }
      }
    }
  }

  private func writeSteps(of state: RunState, _ writer: inout JSONWriter) {
    let untouched = StepState()
    let begun = state.steps.indices.filter { state.steps[$0] != untouched }
    list("steps", begun, &writer) { step, writer in
      writer.member("step", step)
      write(state.steps[step], &writer)
    }
    list("waits", state.waits, &writer) { write($0, &$1) }
    list("gates", state.gates, &writer) { gate, writer in
      writer.key("instructions")
      writer.array { writer in for line in gate.instructions { writer.string(line) } }
      writer.member("reason", orNull: gate.reason)
    }
    list("unanswered", state.unanswered, &writer) { look, writer in
      writer.member("since", look.since.milliseconds)
      writer.member("at", look.at.milliseconds)
      writer.member("reason", look.reason)
    }
    list("skips", state.skips, &writer) { events.write($0, &$1) }
  }

  private func writeCounts(of state: RunState, _ writer: inout JSONWriter) {
    list("holdingCounts", state.holdingCounts, &writer) { count, writer in
      writer.member("since", count.since.milliseconds)
      writer.member("at", count.at.milliseconds)
      events.write(count.sample, &writer)
      writer.member("uncountedSince", orNull: count.uncountedSince?.milliseconds)
    }
    list("guardCounts", state.guardCounts, &writer) { count, writer in
      writer.member("at", count.at.milliseconds)
      events.write(count.sample, &writer)
      writer.member("isEnough", count.isEnough)
    }
  }

  private func write(_ status: RunState.Status, _ writer: inout JSONWriter) {
    switch status {
    case .new: writer.member("status", "new")
    case .running: writer.member("status", "running")
    case .resting(let reason):
      writer.member("status", "resting")
      writer.member("rest", reason.rawValue)
    case .succeeded: writer.member("status", "succeeded")
    case .failed: writer.member("status", "failed")
    case .aborted: writer.member("status", "aborted")
    }
  }

  private func write(_ start: RunStart, _ writer: inout JSONWriter) {
    writer.key("start")
    writer.object { start.write(&$0) }
  }

  private func write(_ ledger: ExposureLedger, as name: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.array { writer in
      for index in ledger.openSince.indices {
        writer.object { writer in
          writer.member("openSince", orNull: ledger.openSince[index]?.milliseconds)
          writer.member("total", ledger.total[index])
          writer.member("touched", ledger.touched[index])
        }
      }
    }
  }

  private func write(_ step: StepState, _ writer: inout JSONWriter) {
    switch step.phase {
    case .pending: writer.member("phase", "pending")
    case .running: writer.member("phase", "running")
    case .retrying(let at):
      writer.member("phase", "retrying")
      writer.member("retryAt", at.milliseconds)
    case .waiting: writer.member("phase", "waiting")
    case .gateOpen: writer.member("phase", "gate-open")
    case .gateApproved: writer.member("phase", "gate-approved")
    case .inDoubt(let reason):
      writer.member("phase", "in-doubt")
      writer.member("reason", reason)
    case .failed(let failure):
      writer.member("phase", "failed")
      write(failure, as: "failure", &writer)
    case .succeeded: writer.member("phase", "succeeded")
    case .skipped: writer.member("phase", "skipped")
    }
    writer.member("attempt", step.attempt)
    writer.member("attemptsSinceReset", step.attemptsSinceReset)
    writer.member("passingFailures", step.passingFailures)
    if let failure = step.lastFailure { write(failure, as: "lastFailure", &writer) }
    writer.member("failuresInARow", step.failuresInARow)
    writer.member("hasSucceeded", step.hasSucceeded)
    writer.member("successSequence", orNull: step.successSequence)
    writer.member("startedAt", orNull: step.startedAt?.milliseconds)
    writer.member("firstStartedAt", orNull: step.firstStartedAt?.milliseconds)
    writer.member("unknownSince", orNull: step.unknownSince?.milliseconds)
    writer.member("endedAt", orNull: step.endedAt?.milliseconds)
  }

  private func write(_ failure: StepFailure, as name: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.member("outcome", failure.kind.rawValue)
      writer.member("message", failure.message)
      writer.member("help", orNull: failure.help)
      writer.member("retryable", failure.isRetryable)
      writer.member("passing", failure.isPassing)
      writer.key("evidence")
      writer.value(.object(failure.evidence.members))
    }
  }

  private func write(_ wait: WaitProgress, _ writer: inout JSONWriter) {
    writer.member("startedAt", wait.startedAt.milliseconds)
    writer.member("frozen", orNull: wait.frozen)
    for (name, count) in [("lastCount", wait.lastCount), ("previousCount", wait.previousCount)] {
      guard let count else { continue }
      writer.key(name)
      writer.object { events.write(.counted(count), &$0) }
    }
    writer.member("lastPolledAt", orNull: wait.lastPolledAt?.milliseconds)
    writer.member("lastCountedAt", orNull: wait.lastCountedAt?.milliseconds)
    writer.member("previousCountedAt", orNull: wait.previousCountedAt?.milliseconds)
    writer.member("inconclusiveReason", orNull: wait.inconclusiveReason)
    writer.member("firstTrueAt", orNull: wait.firstTrueAt?.milliseconds)
    if let forecast = wait.forecast {
      writer.key("forecast")
      writer.object { forecast.write(&$0) }
    }
    writer.member("forecastAt", orNull: wait.forecastAt?.milliseconds)
    wait.forecastRecord.write(&writer)
    writer.member("spacing", wait.curve.spacing)
    writer.key("curve")
    writer.array { writer in
      for point in wait.curve.points {
        writer.integer(point.at.milliseconds)
        writer.integer(point.adopted)
        writer.integer(point.counted)
      }
    }
  }

  private func write(_ stop: LineStop, _ writer: inout JSONWriter) {
    writer.member("step", stop.step)
    writer.member("at", stop.at.milliseconds)
    writer.key("fall")
    writer.object { events.write(stop.fall, &$0) }
  }

  private func list<Element>(
    _ name: String, _ elements: [Element], _ writer: inout JSONWriter,
    _ body: (Element, inout JSONWriter) -> Void
  ) {
    writer.key(name)
    writer.array { writer in
      for element in elements { writer.object { body(element, &$0) } }
    }
  }

  /// The values of steps, in the order of these.
  private func list<Value>(
    _ name: String, _ values: [Int: Value], _ writer: inout JSONWriter,
    _ body: (Value, inout JSONWriter) -> Void
  ) {
    list(name, values.sorted { $0.key < $1.key }, &writer) { entry, writer in
      writer.member("of", entry.key)
      body(entry.value, &writer)
    }
  }
}

extension PhaseCounts {
  /// The counts, in the order in which they are written.
  static var all: [WritableKeyPath<PhaseCounts, Int>] {
    [
      \.pending, \.running, \.retrying, \.waiting, \.gateOpen, \.gateApproved, \.inDoubt, \.failed,
      \.succeeded, \.skipped,
    ]
  }
}
