import CanonicalJSON
import PlanModel
import RotationGraph
import TestSupport
import Testing

@testable import RotationEngine

@Suite("Events as canonical JSON")
struct EventCodecTests {
  private let graph = Graphs.shortRotation()
  private let at = Instant(milliseconds: 1_767_600_000_123)

  private var kinds: [RunEvent.Kind] {
    let word = OperatorWord(by: "ada", note: "looked \"twice\"\n")
    let evidence = Evidence([
      .init("fingerprint", .string("sha256:ab")), .init("ports", .integer(4)),
    ])
    let figures = RunFigures(
      sites: 2, servers: 3, clients: 5_100, orphans: 0, latentOrphans: 1, gates: 7,
      verificationOff: [.init(name: "site0", seconds: 86_400, isOpen: false)],
      replicationBroken: [.init(name: "a+b", seconds: 5, isOpen: true)])
    let fall = ContactFall(
      group: #"My Company\Kiosks"#, from: at, until: at + .hours(6), expected: 1_200, seen: 7)
    let unknown = RunFigures(
      sites: 1, servers: 1, clients: nil, orphans: nil, latentOrphans: nil, gates: 0,
      verificationOff: [], replicationBroken: [])
    return [
      .runStarted(RunStart(plan: "p", digest: "sha256:00", by: "ada", seed: -7)),
      .runStarted(RunStart(plan: "p", digest: "sha256:00", by: "ada", seed: nil)),
      .runStarted(
        RunStart(
          plan: "p", digest: "sha256:00", by: "ada", seed: nil,
          provenance: RunProvenance(source: .graph, requiredDigest: "sha256:00"))),
      .runStarted(
        RunStart(
          plan: "p", digest: "sha256:00", by: "ada", seed: nil,
          provenance: RunProvenance(
            source: .plan,
            demand: .init(
              namespace: "waltz-graph", signers: 2, allowedSigners: "sha256:aa",
              revokedKeys: "sha256:bb",
              approvals: [
                .init(names: ["ada", "ada@x"], key: "SHA256:k", signature: "sha256:cc"),
                .init(names: [], key: "SHA256:l", signature: "sha256:dd"),
              ])))),
      .stepStarted(step: 1, attempt: 2),
      .stepSucceeded(step: 1, attempt: 2, evidence: evidence),
      .stepFailed(
        step: 3, attempt: 1,
        failure: StepFailure(.timedOut, "no answer", help: "look", isRetryable: true), retryAt: at),
      .stepFailed(step: 3, attempt: 1, failure: StepFailure(.failed, "no"), retryAt: nil),
      .stepFailed(
        step: 3, attempt: 1, failure: StepFailure(.failed, "no", evidence: evidence), retryAt: nil),
      .stepFailed(
        step: 3, attempt: 1, failure: StepFailure(.failed, "no", isPassing: true), retryAt: at),
      .stepInterrupted(step: 3, attempt: 1, finding: .inconclusive("503")),
      .stepInterrupted(step: 3, attempt: 1, finding: .done(evidence)),
      .stepInterrupted(step: 3, attempt: 1, finding: .notDone("old certificate")),
      .stepInterrupted(step: 3, attempt: 1, finding: .unknown("no answer")),
      .stepSkipped(step: 2, word: word),
      .stepSkipped(step: 2, word: OperatorWord(by: "ada", note: "x", acceptsOrphans: true)),
      .stepReset(step: 2, word: OperatorWord(by: "ada", note: nil)),
      .waitSampled(step: 2, sample: .inconclusive(reason: "429")),
      .waitSampled(
        step: 2,
        sample: .counted(
          AdoptionCount(
            counted: 100, adopted: 98, pendingOnline: 1, pendingOffline: 1, stale: 4, excluded: 2,
            joined: 1, removed: 3, cohorts: [.init(name: "dc", counted: 3, adopted: 3)]))),
      .waitPassed(step: 2, passing: WaitPassing(ground: .thresholds, counted: 100, adopted: 98)),
      .gateOpened(step: 3, attempt: 1, gate: Gate(instructions: ["a", "b"], reason: "not seen")),
      .gateApproved(step: 3, attempt: 1, word: word),
      .requestRefused(
        request: OperatorRequest(id: 4, verb: .skip, step: "x/y", word: word), reason: "no"),
      .runWaiting(.inDoubt), .runPaused(word), .runResumed(by: "cron"),
      .lineStopped(step: 2, fall: fall), .lineReleased(word),
      .waitSampled(
        step: 2, attempt: 1,
        sample: .counted(
          AdoptionCount(
            counted: 100, adopted: 98, pendingOnline: 2, pendingOffline: 0, stale: 0, excluded: 0,
            fall: ContactFall(group: nil, from: at, until: at, expected: 90, seen: 0)))),
      forecast(
        WaitForecast(
          notBefore: at, historyHours: 336,
          ends: WaitForecast.Ends(
            early: at, median: at, late: nil, meetsDeadline: Share(millionths: 930_000),
            leavesBehind: 4, tomorrow: WaitForecast.Band(at: at, adopted: 98...99)),
          absentSince: at, stuck: 2)),
      forecast(WaitForecast(notBefore: at, historyHours: 70, ends: nil)),
      forecast(
        WaitForecast(notBefore: at, historyHours: 170, ends: nil),
        RunForecast(notBefore: at, ends: nil, gateAnswers: 0, sitesLikeOthers: 0)),
      forecast(
        WaitForecast(notBefore: at, historyHours: 170, ends: nil),
        RunForecast(
          notBefore: at,
          ends: RunForecast.Ends(
            early: at, median: at, late: nil, expiresFirst: Share(millionths: 20_000),
            leavesBehind: RunForecast.Spread(low: 1, middle: 2, high: 3),
            verificationOff: [
              .init(site: "paris", seconds: RunForecast.Spread(low: 4, middle: 5, high: 6))
            ]), gateAnswers: 7, sitesLikeOthers: 1)),
      .runSucceeded(figures), .runFailed(unknown), .runAborted(figures),
    ]
  }

  private func forecast(
    _ forecast: WaitForecast, _ run: RunForecast? = nil
  ) -> RunEvent.Kind {
    .waitSampled(
      step: 2, attempt: 1,
      sample: .counted(
        AdoptionCount(
          counted: 100, adopted: 98, pendingOnline: 2, pendingOffline: 0, stale: 0, excluded: 0,
          forecast: forecast, runForecast: run)))
  }

  @Test("A skip says that orphans are accepted where it is so, and nothing where it is not")
  func acceptance() throws {
    let codec = EventCodec(run: "test-1", graph: graph)
    let before =
      #"{"seq":9,"at":"2026-01-05T08:00:00.123Z","run":"test-1","type":"step-skipped","#
      + #""step":"await-verification-disabled/site0","attempt":null,"by":"ada","note":"x"}"#
    let old = try codec.decode(Array(before.utf8))
    #expect(old.kind == .stepSkipped(step: 2, word: OperatorWord(by: "ada", note: "x")))
    #expect(String(decoding: codec.encode(old).bytes, as: UTF8.self) == before)
    let word = OperatorWord(by: "ada", note: "x", acceptsOrphans: true)
    let new = codec.encode(
      RunEvent(sequence: 9, at: old.at, kind: .stepSkipped(step: 2, word: word)))
    #expect(
      String(decoding: new.bytes, as: UTF8.self)
        == before.dropLast() + #","acceptsOrphans":true}"#)
    let strange = before.dropLast() + #","acceptsOrphans":"yes"}"#
    #expect(throws: EventError.self) { try codec.decode(Array(strange.utf8)) }
  }

  @Test(
    "A failure has evidence and attachments where something was seen, and its old bytes where not")
  func failures() throws {
    let codec = EventCodec(run: "test-1", graph: graph)
    let before =
      #"{"seq":9,"at":"2026-01-05T08:00:00.123Z","run":"test-1","type":"step-failed","#
      + #""step":"disable-verification/site0","attempt":1,"outcome":"failed","message":"no","#
      + #""help":null,"#
      + #""retryable":false,"retryAt":null}"#
    let old = try codec.decode(Array(before.utf8))
    #expect(String(decoding: codec.encode(old).bytes, as: UTF8.self) == before)
    let output = Attachment(Array("the disk is full\n".utf8))
    let failure = StepFailure(
      .failed, "no", evidence: Evidence([.init("output", output.reference)], attachments: [output]))
    let new = codec.encode(
      RunEvent(
        sequence: 9, at: old.at,
        kind: .stepFailed(step: 1, attempt: 1, failure: failure, retryAt: nil)))
    #expect(new.attachments == [output])
    #expect(
      String(decoding: new.bytes, as: UTF8.self)
        == before.dropLast() + #","evidence":{"output":{"attachment":"\#(output.digest)"}}}"#)
    // A state keeps what the journal says, and no bytes of the store.
    var state = RunState(graph: graph)
    try state.apply(
      RunEvent(
        sequence: 1, at: old.at,
        kind: .stepFailed(step: 1, attempt: 1, failure: failure, retryAt: nil)))
    #expect(state.steps[1].phase == .failed(failure))
    #expect(state.steps[1].lastFailure?.evidence.attachments.isEmpty == true)
  }

  @Test("A count has evidence where it rests on something new, and a state keeps no bytes of it")
  func counts() throws {
    let codec = EventCodec(run: "test-1", graph: graph)
    let wait = try #require(graph.steps.firstIndex { $0.action.waitKind != nil })
    let clients = Attachment(Array("{}".utf8))
    let evidence = Evidence([.init("frozen", clients.reference)], attachments: [clients])
    let count = AdoptionCount(
      counted: 100, adopted: 50, pendingOnline: 50, pendingOffline: 0, stale: 0, excluded: 0,
      evidence: evidence)
    let event = RunEvent(
      sequence: 2, at: Instant(milliseconds: 1),
      kind: .waitSampled(step: wait, attempt: 1, sample: .counted(count)))
    let encoded = codec.encode(event)
    #expect(encoded.attachments == [clients])
    #expect(try codec.decode(encoded.bytes) == event)
    var state = RunState(graph: graph)
    try state.apply(
      RunEvent(
        sequence: 1, at: Instant(milliseconds: 1), kind: .stepStarted(step: wait, attempt: 1)))
    try state.apply(event)
    #expect(state.waits[wait]?.lastCount?.evidence == evidence)
    #expect(state.waits[wait]?.lastCount?.evidence.attachments.isEmpty == true)
  }

  @Test("An effect is looked for since the first attempt after the step was last done")
  func since() throws {
    var state = RunState(graph: graph)
    var sequence = 0
    func start(_ attempt: Int, at minute: Int) throws {
      try add(.stepStarted(step: 4, attempt: attempt), at: minute)
    }
    func add(_ kind: RunEvent.Kind, at minute: Int) throws {
      sequence += 1
      try state.apply(
        RunEvent(sequence: sequence, at: at + .seconds(minute * 60), kind: kind))
    }
    let word = OperatorWord(by: "ada", note: nil)
    try start(1, at: 1)
    try add(
      .stepFailed(
        step: 4, attempt: 1, failure: StepFailure(.failed, "no", isRetryable: true), retryAt: at),
      at: 2)
    try start(2, at: 3)
    try add(
      .stepFailed(step: 4, attempt: 2, failure: StepFailure(.failed, "no"), retryAt: nil), at: 4)
    try add(.stepReset(step: 4, word: word), at: 5)
    try start(3, at: 6)
    #expect(state.steps[4].startedAt == at + .seconds(360))
    #expect(state.steps[4].firstStartedAt == at + .seconds(60))
    try add(.stepSucceeded(step: 4, attempt: 3, evidence: Evidence()), at: 7)
    try add(.stepReset(step: 4, word: word), at: 8)
    try start(4, at: 9)
    #expect(state.steps[4].firstStartedAt == at + .seconds(540))
  }

  @Test("Every kind of event comes back as it went in")
  func roundTrip() throws {
    let codec = EventCodec(run: "test-1", graph: graph)
    for (index, kind) in kinds.enumerated() {
      let event = RunEvent(sequence: index + 1, at: at, kind: kind)
      let encoded = codec.encode(event)
      #expect(try codec.decode(encoded.bytes) == event)
      #expect(encoded.type == kind.name)
    }
  }

  @Test("The bytes are the promised ones")
  func golden() {
    let codec = EventCodec(run: "test-1", graph: graph)
    let event = RunEvent(sequence: 12, at: at, kind: .stepStarted(step: 1, attempt: 2))
    #expect(
      String(decoding: codec.encode(event).bytes, as: UTF8.self)
        == #"{"seq":12,"at":"2026-01-05T08:00:00.123Z","run":"test-1","type":"step-started","step":"disable-verification/site0","attempt":2}"#
    )
  }

  @Test("Foreign and damaged bytes are refused with the reason")
  func refusals() throws {
    let codec = EventCodec(run: "test-1", graph: graph)
    let bytes = codec.encode(RunEvent(sequence: 1, at: at, kind: .stepStarted(step: 1, attempt: 1)))
      .bytes
    #expect(throws: EventError.self) { try codec.decode(bytes.dropLast()) }
    #expect(throws: EventError(message: "the event belongs to run `test-1`")) {
      try EventCodec(run: "test-2", graph: graph).decode(bytes)
    }
    let foreign =
      #"{"seq":1,"at":"2026-01-05T08:00:00.123Z","run":"test-1","type":"step-started","step":"no/such","attempt":1}"#
    #expect(throws: EventError(message: "the run's graph has no step `no/such`")) {
      try codec.decode(foreign.utf8)
    }
  }

  @Test("Instants read and print as ISO 8601, on any day")
  func instants() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<2_000 {
      let instant = Instant(
        milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator)
      )
      #expect(Instant(instant.description) == instant)
    }
    #expect(Instant("2026-02-29T00:00:00Z") == nil)
    #expect(Instant("2026-01-05T08:00:00+01:00") == nil)
    #expect(Instant("2024-02-29T23:59:59.5Z")?.description == "2024-02-29T23:59:59.500Z")
  }
}
