import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// A journal that is written event by event and folded as it grows, over a small graph of two
/// replicating sites.
struct RunStory {
  static let id = "emea-2026-1"
  static let beginning = Instant(milliseconds: 1_767_600_000_000)

  private(set) var state: RunState
  private(set) var events: [RunEvent] = []
  private(set) var now = beginning

  init(_ graph: StepGraph = Self.graph()) {
    state = RunState(graph: graph)
  }

  /// Lets time pass.
  mutating func wait(_ duration: Duration) {
    now = now + duration
  }

  /// Records an event now.
  mutating func add(_ kind: RunEvent.Kind) throws {
    let event = RunEvent(sequence: events.count + 1, at: now, kind: kind)
    events.append(event)
    try state.apply(event)
  }

  /// Starts a step and, some seconds later, ends it with success.
  mutating func carryOut(_ step: Int, _ evidence: [JSONValue.Member] = []) throws {
    try add(.stepStarted(step: step, attempt: state.steps[step].attempt + 1))
    wait(.seconds(12))
    try add(
      .stepSucceeded(
        step: step, attempt: state.steps[step].attempt, evidence: Evidence(evidence)))
  }

  mutating func start(seed: Int64? = 0) throws {
    try add(
      .runStarted(
        RunStart(plan: "emea-2026", digest: "sha256:3f2a", by: "ann", seed: seed)))
  }

  mutating func count(_ step: Int, _ adopted: Int, of counted: Int, offline: Int = 0) throws {
    try add(
      .waitSampled(
        step: step,
        sample: .counted(
          AdoptionCount(
            counted: counted, adopted: adopted, pendingOnline: counted - adopted - offline,
            pendingOffline: offline, stale: 30, excluded: 0))))
  }

  /// 0 and 1 checks, 2 break, 3 and 4 disable, 5 and 6 wait, 7 to 9 and 10 to 12 the servers, 13 and 14
  /// enable, 15 restore; paris first, then berlin.
  static func graph(_ policy: WaitPolicy = .standard) -> StepGraph {
    let paris = Target.server(site: 0, server: 0)
    let berlin = Target.server(site: 1, server: 0)
    let steps = [
      Step(.checkServer, on: paris, by: .probe), Step(.checkServer, on: berlin, by: .probe),
      Step(.breakReplication, on: .partnership(0), by: .api),
      Step(.disableVerification, on: .site(0), by: .api),
      Step(.disableVerification, on: .site(1), by: .api),
      Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
      Step(.awaitVerificationDisabled, on: .site(1), by: .probe),
      Step(.updateCertificate, on: paris, by: .operator),
      Step(.restartServices, on: paris, by: .command),
      Step(.verifyCertificate, on: paris, by: .probe),
      Step(.updateCertificate, on: berlin, by: .operator),
      Step(.restartServices, on: berlin, by: .command),
      Step(.verifyCertificate, on: berlin, by: .probe),
      Step(.enableVerification, on: .site(0), by: .api),
      Step(.enableVerification, on: .site(1), by: .api),
      Step(.restoreReplication, on: .partnership(0), by: .api),
    ]
    let after: [[Int32]] = [
      [], [], [0, 1], [2], [2], [3], [4], [5], [7], [8], [6], [10], [11], [9], [12], [13, 14],
    ]
    return StepGraph(
      plan: plan(policy), steps: steps, dependencies: AdjacencyTable(after))
  }

  private static func plan(_ policy: WaitPolicy) -> RotationPlan {
    RotationPlan(
      name: Located("emea-2026"),
      sites: [
        site("paris", clients: 4_200, server: "sepm-par-01"),
        site("berlin", clients: 900, server: "sepm-ber-01"),
      ],
      partnerships: [
        Partnership(sites: [Located("paris"), Located("berlin")], breaking: Located(.reschedule))
      ],
      waits: Waits(verificationDisabled: policy))
  }

  private static func site(_ name: String, clients: Int, server: String) -> Site {
    Site(
      name: Located(name), clients: Located(clients),
      servers: [
        Server(
          name: Located(server), address: Located("\(server).example.net"),
          certificate: Located("new"))
      ])
  }
}

extension RunStory {
  /// Up to the waits of both sites, three days in: paris slow, berlin done and its gate open.
  static func midway() throws -> RunStory {
    var story = RunStory()
    try story.start()
    try story.carryOut(
      0, [.init("version", .string("14.3.9816")), .init("agents", .integer(4_200))])
    try story.carryOut(1)
    try story.carryOut(2)
    try story.carryOut(3)
    try story.carryOut(4)
    try story.add(.stepStarted(step: 5, attempt: 1))
    try story.add(.stepStarted(step: 6, attempt: 1))
    for (hours, paris, berlin) in [(0, 0, 0), (24, 2_500, 860), (24, 3_500, 890), (24, 3_900, 895)]
    {
      story.wait(.hours(hours))
      try story.count(5, paris, of: 4_200, offline: 200)
      try story.count(6, berlin, of: 900)
    }
    try story.add(
      .waitPassed(
        step: 6, passing: WaitPassing(ground: .thresholds, counted: 900, adopted: 895)))
    try story.add(.stepSucceeded(step: 6, attempt: 1, evidence: Evidence()))
    try story.add(.stepStarted(step: 10, attempt: 1))
    try story.add(
      .gateOpened(
        step: 10, attempt: 1,
        gate: Gate(instructions: [
          "Open Admin, Servers, sepm-ber-01 in the console of berlin.",
          "Choose Manage Server Certificate and update it from berlin.p12.",
        ])))
    return story
  }

  /// A whole run; `orphans` and `latent` are what the estate says at its end.
  static func finished(orphans: Int? = 0, latent: Int? = 0) throws -> RunStory {
    var story = try midway()
    story.wait(.hours(2))
    try story.add(
      .gateApproved(step: 10, attempt: 1, word: OperatorWord(by: "ben", note: "done")))
    try story.add(.stepSucceeded(step: 10, attempt: 1, evidence: Evidence()))
    story.wait(.days(1))
    try story.count(5, 4_150, of: 4_200, offline: 50)
    try story.add(
      .waitPassed(
        step: 5, passing: WaitPassing(ground: .thresholds, counted: 4_200, adopted: 4_150)))
    try story.add(.stepSucceeded(step: 5, attempt: 1, evidence: Evidence()))
    for step in [7, 8, 9, 11, 12, 13, 14, 15] { try story.carryOut(step) }
    let truth: EstateTruth? =
      if let orphans, let latent {
        EstateTruth(clients: 5_100, orphans: orphans, latentOrphans: latent)
      } else {
        nil
      }
    try story.add(.runSucceeded(story.state.figures(at: story.now, truth: truth)))
    return story
  }

  /// The services of berlin do not come back: first a try that is made again, then the end.
  static func failed() throws -> RunStory {
    var story = try midway()
    try story.add(
      .gateApproved(step: 10, attempt: 1, word: OperatorWord(by: "ben", note: nil)))
    try story.add(.stepSucceeded(step: 10, attempt: 1, evidence: Evidence()))
    try story.add(.stepSkipped(step: 5, word: OperatorWord(by: "ann", note: "enough")))
    for step in [7, 8, 9, 13] { try story.carryOut(step) }
    try story.add(.stepStarted(step: 11, attempt: 1))
    try story.add(
      .stepFailed(
        step: 11, attempt: 1,
        failure: StepFailure(.timedOut, "semsrv did not answer within 15m.", isRetryable: true),
        retryAt: story.now + .minutes(1)))
    story.wait(.minutes(1))
    try story.add(.stepStarted(step: 11, attempt: 2))
    try story.add(
      .stepFailed(
        step: 11, attempt: 2,
        failure: StepFailure(
          .failed, "semwebsrv is in state STOP_PENDING on sepm-ber-01.",
          help: "Kill its process on the server and start the service by hand."),
        retryAt: nil))
    try story.add(.runFailed(story.state.figures(at: story.now, truth: nil)))
    return story
  }
}
