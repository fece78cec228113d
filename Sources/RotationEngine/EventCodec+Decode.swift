import CanonicalJSON

/// Why stored bytes are no event of this run.
package struct EventError: Error, Equatable, CustomStringConvertible {
  /// What does not fit.
  package let message: String

  package var description: String { message }
}

extension EventCodec {
  /// The event that `bytes` were encoded from.
  ///
  /// - Throws: ``EventError`` where they are none: damaged, of a newer format, or of another run.
  package func decode(_ bytes: some Collection<UInt8>) throws -> RunEvent {
    let fields: EventFields
    do {
      fields = EventFields(try JSONValue(parsing: bytes))
    } catch {
      throw EventError(message: "the event is not JSON: \(error)")
    }
    guard try fields.text("run") == run else {
      throw EventError(message: "the event belongs to run `\(try fields.text("run"))`")
    }
    guard let at = Instant(try fields.text("at")) else {
      throw EventError(message: "`at` is not a time")
    }
    return RunEvent(sequence: try fields.number("seq"), at: at, kind: try kind(fields))
  }

  private func kind(_ fields: EventFields) throws -> RunEvent.Kind {
    switch try fields.text("type") {
    case "run-started":
      .runStarted(try RunStart(fields))
    case "step-started":
      .stepStarted(step: try step(fields), attempt: try fields.number("attempt"))
    case "step-succeeded":
      .stepSucceeded(
        step: try step(fields), attempt: try fields.number("attempt"),
        evidence: try fields.evidence())
    case "step-failed":
      .stepFailed(
        step: try step(fields), attempt: try fields.number("attempt"),
        failure: StepFailure(
          try fields.word("outcome"), try fields.text("message"), help: fields["help"]?.string,
          isRetryable: try fields.truth("retryable"),
          isPassing: try fields["passing"].map { _ in try fields.truth("passing") } ?? false,
          evidence: try fields["evidence"].map { _ in try fields.evidence() } ?? Evidence()),
        retryAt: fields["retryAt"]?.string.flatMap { Instant($0) })
    case "step-interrupted":
      .stepInterrupted(
        step: try step(fields), attempt: try fields.number("attempt"),
        finding: try fields.finding())
    case "step-skipped":
      .stepSkipped(step: try step(fields), word: try fields.operatorWord())
    case "wait-sampled":
      .waitSampled(
        step: try step(fields), attempt: try fields.optionalNumber("attempt"),
        sample: try fields.sample())
    case "wait-passed":
      .waitPassed(
        step: try step(fields), attempt: try fields.optionalNumber("attempt"),
        passing: WaitPassing(
          ground: try fields.word("ground"), counted: try fields.number("counted"),
          adopted: try fields.number("adopted")))
    case "gate-opened":
      .gateOpened(
        step: try step(fields), attempt: try fields.number("attempt"),
        gate: Gate(
          instructions: try fields.list("instructions").compactMap(\.string),
          reason: fields["reason"]?.string))
    case "gate-approved":
      .gateApproved(
        step: try step(fields), attempt: try fields.number("attempt"),
        word: try fields.operatorWord())
    case "step-reset":
      .stepReset(step: try step(fields), word: try fields.operatorWord())
    case "request-refused":
      .requestRefused(
        request: OperatorRequest(
          id: Int64(try fields.number("request")), verb: try fields.word("verb"),
          step: fields["target"]?.string, word: try fields.operatorWord()),
        reason: try fields.text("reason"))
    case "run-waiting": .runWaiting(try fields.word("reason"))
    case "run-paused": .runPaused(try fields.operatorWord())
    case "run-resumed": .runResumed(by: try fields.text("by"))
    case "run-adopted": .runAdopted(try fields.operatorWord())
    case "run-unlocked": .runUnlocked(try fields.operatorWord())
    case "line-stopped": .lineStopped(step: try step(fields), fall: try fields.fall())
    case "line-released": .lineReleased(try fields.operatorWord())
    case "run-succeeded": .runSucceeded(try fields.figures())
    case "run-failed": .runFailed(try fields.figures())
    case "run-aborted": .runAborted(try fields.figures())
    case let type:
      throw EventError(message: "events of type `\(type)` are not known to this version of waltz")
    }
  }

  private func step(_ fields: EventFields) throws -> Int {
    let id = try fields.text("step")
    guard let step = steps[id] else {
      throw EventError(message: "the run's graph has no step `\(id)`")
    }
    return step
  }
}

/// The members of one event, read with a reason where they do not fit.
struct EventFields {
  let value: JSONValue

  init(_ value: JSONValue) {
    self.value = value
  }

  subscript(_ name: String) -> JSONValue? { value[name] }

  func text(_ name: String) throws -> String {
    guard let text = value[name]?.string else { throw missing(name, "text") }
    return text
  }

  func number(_ name: String) throws -> Int {
    guard let number = try optionalNumber(name) else { throw missing(name, "a number") }
    return number
  }

  func optionalNumber(_ name: String) throws -> Int? {
    guard let number = value[name]?.integer else { return nil }
    guard number.magnitude <= Self.greatest else {
      throw EventError(message: "`\(name)` is \(number), which it cannot be")
    }
    return Int(number)
  }

  /// More than there are attempts, clients or seconds in any run, and little enough to calculate with.
  private static let greatest: UInt64 = 1 << 40

  func truth(_ name: String) throws -> Bool {
    guard let truth = value[name]?.bool else { throw missing(name, "true or false") }
    return truth
  }

  func list(_ name: String) throws -> [JSONValue] {
    guard let list = value[name]?.array else { throw missing(name, "a list") }
    return list
  }

  func word<Word: RawRepresentable<String>>(_ name: String) throws -> Word {
    let text = try text(name)
    guard let word = Word(rawValue: text) else {
      throw EventError(message: "`\(name)` is `\(text)`, which this version of waltz does not know")
    }
    return word
  }

  func operatorWord() throws -> OperatorWord {
    OperatorWord(
      by: try text("by"), note: value["note"]?.string,
      acceptsOrphans: try value["acceptsOrphans"].map { _ in try truth("acceptsOrphans") } ?? false)
  }

  func evidence() throws -> Evidence {
    guard let members = value["evidence"]?.object else { throw missing("evidence", "an object") }
    return Evidence(members)
  }

  func finding() throws -> Finding {
    switch try text("finding") {
    case "done": .done(try evidence())
    case "not-done": .notDone(try text("reason"))
    case "unknown": .unknown(try text("reason"))
    case "inconclusive": .inconclusive(try text("reason"))
    case let word: throw EventError(message: "`finding` is `\(word)`")
    }
  }

  func sample() throws -> WaitSample {
    guard try truth("conclusive") else { return .inconclusive(reason: try text("reason")) }
    return .counted(
      AdoptionCount(
        counted: try number("counted"), adopted: try number("adopted"),
        pendingOnline: try number("pendingOnline"), pendingOffline: try number("pendingOffline"),
        stale: try number("stale"), excluded: try number("excluded"),
        joined: try number("joined"), removed: try number("removed"),
        cohorts: try list("cohorts").map { cohort in
          let fields = EventFields(cohort)
          return AdoptionCount.Cohort(
            name: try fields.text("name"), counted: try fields.number("counted"),
            adopted: try fields.number("adopted"))
        },
        evidence: try value["evidence"].map { _ in try evidence() } ?? Evidence(),
        fall: try value["fall"].map { try EventFields($0).fall() },
        forecast: try value["forecast"].map { try EventFields($0).forecast() },
        runForecast: try value["runForecast"].map { try EventFields($0).runForecast() }))
  }

  func fall() throws -> ContactFall {
    ContactFall(
      group: value["group"]?.string, from: try time("from"), until: try time("until"),
      expected: try number("expected"), seen: try number("seen"))
  }

  func time(_ name: String) throws -> Instant {
    guard let time = Instant(try text(name)) else { throw missing(name, "a time") }
    return time
  }

  func figures() throws -> RunFigures {
    RunFigures(
      sites: try number("sites"), servers: try number("servers"),
      clients: try optionalNumber("clients"),
      orphans: try optionalNumber("orphans"),
      latentOrphans: try optionalNumber("latentOrphans"),
      gates: try number("gates"),
      verificationOff: try exposures("verificationOff", named: "site"),
      replicationBroken: try exposures("replicationBroken", named: "partnership"))
  }

  private func exposures(_ name: String, named key: String) throws -> [RunFigures.Exposure] {
    try list(name).map { exposure in
      let fields = EventFields(exposure)
      return RunFigures.Exposure(
        name: try fields.text(key), seconds: try fields.number("seconds"),
        isOpen: try fields.truth("open"))
    }
  }

  private func missing(_ name: String, _ kind: String) -> EventError {
    EventError(message: "`\(name)` is missing or not \(kind)")
  }
}
