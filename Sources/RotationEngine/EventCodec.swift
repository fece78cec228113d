import CanonicalJSON
package import RotationGraph

/// Turns the events of one run into canonical JSON and back (`docs/EVENTS.md`).
///
/// The bytes are what the journal hashes and what `waltz events` prints. Every event has `seq`, `at`,
/// `run`, `type`, `step` and `attempt`, the last two null where they do not apply; members of its type
/// follow. The format only grows within a major version.
package struct EventCodec: Sendable {
  /// The run whose events these are.
  package let run: String

  let ids: [String]
  let steps: [String: Int]

  /// A codec for the events of `run` over `graph`.
  package init(run: String, graph: StepGraph) {
    self.run = run
    ids = graph.steps.indices.map { graph.id(of: $0) }
    steps = graph.stepsByID()
  }

  /// The event as canonical JSON, with the members that a store looks up beside it.
  package func encode(_ event: RunEvent) -> EncodedEvent {
    let step = event.kind.step.map { ids[$0] }
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("seq", event.sequence)
      writer.member("at", event.at.description)
      writer.member("run", run)
      writer.member("type", event.kind.name)
      writer.member("step", orNull: step)
      writer.member("attempt", orNull: event.kind.attempt)
      write(event.kind, &writer)
    }
    return EncodedEvent(
      sequence: event.sequence, at: event.at.milliseconds, type: event.kind.name, step: step,
      attempt: event.kind.attempt, bytes: writer.bytes, attachments: event.kind.attachments)
  }

  /// The event as a journal keeps it. In a debug build it is read back and held against what was meant, before
  /// anything is committed; a release build is spared that.
  package func encodeToKeep(_ event: RunEvent) -> EncodedEvent {
    let encoded = encode(event)
    assert(isFaithful(encoded, to: event), "\(event) is not what its bytes say")
    return encoded
  }

  /// Whether the bytes, and what is looked up beside them, say what the event means.
  func isFaithful(_ encoded: EncodedEvent, to event: RunEvent) -> Bool {
    // Bytes that cannot be read say nothing.
    guard let decoded = try? decode(encoded.bytes) else { return false }
    return decoded == event && encoded.sequence == event.sequence
      && encoded.at == event.at.milliseconds && encoded.type == event.kind.name
      && encoded.step == event.kind.step.map { ids[$0] } && encoded.attempt == event.kind.attempt
  }

  private func write(_ kind: RunEvent.Kind, _ writer: inout JSONWriter) {
    switch kind {
    case .runStarted(let start):
      start.write(&writer)
    case .stepStarted:
      break
    case .stepSucceeded(_, _, let evidence):
      writer.key("evidence")
      writer.value(.object(evidence.members))
    case .stepFailed(_, _, let failure, let retryAt):
      writer.member("outcome", failure.kind.rawValue)
      writer.member("message", failure.message)
      writer.member("help", orNull: failure.help)
      writer.member("retryable", failure.isRetryable)
      // Only where it is so: events from before it could be said keep their bytes.
      if failure.isPassing { writer.member("passing", true) }
      writer.member("retryAt", orNull: retryAt?.description)
      // Only where there is some: events from before failures had any keep their bytes.
      if !failure.evidence.members.isEmpty {
        writer.key("evidence")
        writer.value(.object(failure.evidence.members))
      }
    case .stepInterrupted(_, _, let finding):
      write(finding, &writer)
    case .stepSkipped(_, let word), .gateApproved(_, _, let word), .stepReset(_, let word),
      .runPaused(let word), .runAdopted(let word), .runUnlocked(let word), .lineReleased(let word):
      write(word, &writer)
    case .lineStopped(_, let fall):
      write(fall, &writer)
    case .waitSampled(_, _, let sample):
      write(sample, &writer)
    case .waitPassed(_, _, let passing):
      writer.member("ground", passing.ground.rawValue)
      writer.member("counted", passing.counted)
      writer.member("adopted", passing.adopted)
    case .gateOpened(_, _, let gate):
      writer.key("instructions")
      writer.array { writer in
        for line in gate.instructions { writer.string(line) }
      }
      writer.member("reason", orNull: gate.reason)
    case .requestRefused(let request, let reason):
      writer.member("request", request.id)
      writer.member("verb", request.verb.rawValue)
      writer.member("target", orNull: request.step)
      write(request.word, &writer)
      writer.member("reason", reason)
    case .runWaiting(let reason):
      writer.member("reason", reason.rawValue)
    case .runResumed(let name):
      writer.member("by", name)
    case .runSucceeded(let figures), .runFailed(let figures), .runAborted(let figures):
      write(figures, &writer)
    }
  }

  func write(_ word: OperatorWord, _ writer: inout JSONWriter) {
    writer.member("by", word.by)
    writer.member("note", orNull: word.note)
    // Only where it is so: events from before there was an acceptance keep their bytes.
    if word.acceptsOrphans { writer.member("acceptsOrphans", true) }
  }

  private func write(_ finding: Finding, _ writer: inout JSONWriter) {
    switch finding {
    case .done(let evidence):
      writer.member("finding", "done")
      writer.key("evidence")
      writer.value(.object(evidence.members))
    case .notDone(let reason):
      writer.member("finding", "not-done")
      writer.member("reason", reason)
    case .unknown(let reason):
      writer.member("finding", "unknown")
      writer.member("reason", reason)
    case .inconclusive(let reason):
      writer.member("finding", "inconclusive")
      writer.member("reason", reason)
    }
  }

  func write(_ sample: WaitSample, _ writer: inout JSONWriter) {
    switch sample {
    case .inconclusive(let reason):
      writer.member("conclusive", false)
      writer.member("reason", reason)
    case .counted(let count):
      writer.member("conclusive", true)
      writer.member("counted", count.counted)
      writer.member("adopted", count.adopted)
      writer.member("pendingOnline", count.pendingOnline)
      writer.member("pendingOffline", count.pendingOffline)
      writer.member("stale", count.stale)
      writer.member("excluded", count.excluded)
      writer.member("joined", count.joined)
      writer.member("removed", count.removed)
      writer.key("cohorts")
      writer.array { writer in
        for cohort in count.cohorts {
          writer.object { writer in
            writer.member("name", cohort.name)
            writer.member("counted", cohort.counted)
            writer.member("adopted", cohort.adopted)
          }
        }
      }
      // Only where there is some: events from before there was any keep their bytes.
      if !count.evidence.members.isEmpty {
        writer.key("evidence")
        writer.value(.object(count.evidence.members))
      }
      if let fall = count.fall {
        writer.key("fall")
        writer.object { write(fall, &$0) }
      }
      if let forecast = count.forecast {
        writer.key("forecast")
        writer.object { forecast.write(&$0) }
      }
      if let forecast = count.runForecast {
        writer.key("runForecast")
        writer.object { forecast.write(&$0) }
      }
    }
  }

  func write(_ fall: ContactFall, _ writer: inout JSONWriter) {
    writer.member("group", orNull: fall.group)
    writer.member("from", fall.from.description)
    writer.member("until", fall.until.description)
    writer.member("expected", fall.expected)
    writer.member("seen", fall.seen)
  }

  func write(_ figures: RunFigures, _ writer: inout JSONWriter) {
    writer.member("sites", figures.sites)
    writer.member("servers", figures.servers)
    writer.member("clients", orNull: figures.clients)
    writer.member("orphans", orNull: figures.orphans)
    writer.member("latentOrphans", orNull: figures.latentOrphans)
    writer.member("gates", figures.gates)
    write(figures.verificationOff, as: "verificationOff", named: "site", &writer)
    write(figures.replicationBroken, as: "replicationBroken", named: "partnership", &writer)
  }

  private func write(
    _ exposures: [RunFigures.Exposure], as name: String, named key: String,
    _ writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.array { writer in
      for exposure in exposures {
        writer.object { writer in
          writer.member(key, exposure.name)
          writer.member("seconds", exposure.seconds)
          writer.member("open", exposure.isOpen)
        }
      }
    }
  }
}

extension RunEvent.Kind {
  /// The event's type as it is printed: `step-started`.
  package var name: String {
    switch self {
    case .runStarted: "run-started"
    case .stepStarted: "step-started"
    case .stepSucceeded: "step-succeeded"
    case .stepFailed: "step-failed"
    case .stepInterrupted: "step-interrupted"
    case .stepSkipped: "step-skipped"
    case .waitSampled: "wait-sampled"
    case .waitPassed: "wait-passed"
    case .gateOpened: "gate-opened"
    case .gateApproved: "gate-approved"
    case .stepReset: "step-reset"
    case .requestRefused: "request-refused"
    case .runWaiting: "run-waiting"
    case .runPaused: "run-paused"
    case .runResumed: "run-resumed"
    case .runAdopted: "run-adopted"
    case .runUnlocked: "run-unlocked"
    case .lineStopped: "line-stopped"
    case .lineReleased: "line-released"
    case .runSucceeded: "run-succeeded"
    case .runFailed: "run-failed"
    case .runAborted: "run-aborted"
    }
  }

  /// The attempt that the event belongs to; nil where it belongs to none.
  package var attempt: Int? {
    switch self {
    case .stepStarted(_, let attempt), .stepSucceeded(_, let attempt, _),
      .stepFailed(_, let attempt, _, _), .stepInterrupted(_, let attempt, _),
      .gateOpened(_, let attempt, _), .gateApproved(_, let attempt, _):
      attempt
    case .waitSampled(_, let attempt, _), .waitPassed(_, let attempt, _):
      attempt
    case .runStarted, .stepSkipped, .stepReset, .requestRefused, .runWaiting, .runPaused,
      .runResumed, .runAdopted, .runUnlocked, .lineStopped, .lineReleased, .runSucceeded,
      .runFailed, .runAborted:
      nil
    }
  }
}
