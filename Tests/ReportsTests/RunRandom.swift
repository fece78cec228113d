import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import TestSupport

extension SplitMix64 {
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  /// What servers and people write, at its worst.
  mutating func text() -> String {
    if chance(30) { return HostileText.text(&self) }
    return pick([
      "The service did not start.", "", "two\nlines", "\u{1B}[31mred\u{1B}[0m\tand a tab",
      "数据库 is not there 🚨", String(repeating: "x", count: 300), "a b c d e f g h i j k l m n o p",
    ])
  }

  mutating func word() -> OperatorWord { OperatorWord(by: "ann", note: chance(50) ? text() : nil) }
}

extension RunStory {
  /// A valid journal of `length` events that no scheduler would be proud of.
  static func random(_ random: inout SplitMix64, length: Int) throws -> RunStory {
    let policy = WaitPolicy(
      onDeadline: .init(random.pick(WaitPolicy.OnDeadline.allCases)),
      cohorts: random.chance(30)
        ? [
          WaitPolicy.Cohort(
            name: .init("domain-controllers"),
            selector: ClientSelector(osFunction: .init(.domainController)),
            adopted: .init(.percent(100)))
        ] : [])
    var story = RunStory(random.chance(20) ? wideGraph(policy) : graph(policy))
    try story.start(seed: random.chance(50) ? 7 : nil)
    while story.events.count < length {
      story.wait(.seconds(random.pick([0, 1, 60, 900, 86_400, 700_000])))
      try story.takeRandomTurn(&random)
    }
    if random.chance(30) { try story.end(&random) }
    return story
  }

  private mutating func takeRandomTurn(_ random: inout SplitMix64) throws {
    if random.chance(8) {
      try add(
        random.pick([
          .runPaused(random.word()), .runResumed(by: "ann"),
          .runWaiting(random.pick(RestReason.allCases)),
          .requestRefused(
            request: OperatorRequest(id: 1, verb: .skip, step: "no/such", word: random.word()),
            reason: random.text()),
        ]))
      return
    }
    let movable = state.steps.indices.filter { step in
      switch state.steps[step].phase {
      case .pending: state.isReady(step)
      case .succeeded, .skipped: false
      default: true
      }
    }
    guard !movable.isEmpty else { return try add(.runResumed(by: "ann")) }
    try move(random.pick(movable), &random)
  }

  private mutating func move(_ step: Int, _ random: inout SplitMix64) throws {
    let attempt = state.steps[step].attempt
    let succeeded = RunEvent.Kind.stepSucceeded(
      step: step, attempt: attempt,
      evidence: Evidence([.init("seen", .string(random.text())), .init("ok", .bool(true))]))
    let failure = StepFailure(
      random.pick(StepFailure.Kind.allCases), random.text(),
      help: random.chance(50) ? random.text() : nil)
    switch state.steps[step].phase {
    case .pending, .retrying:
      try add(.stepStarted(step: step, attempt: attempt + 1))
    case .running:
      try add(
        random.pick([
          succeeded, succeeded,
          .stepFailed(step: step, attempt: attempt, failure: failure, retryAt: now + .hours(1)),
          .stepFailed(step: step, attempt: attempt, failure: failure, retryAt: nil),
          .stepInterrupted(step: step, attempt: attempt, finding: .unknown(random.text())),
          .gateOpened(
            step: step, attempt: attempt,
            gate: Gate(
              instructions: (0..<Int.random(in: 0...11, using: &random)).map { _ in random.text() },
              reason: random.chance(30) ? random.text() : nil)),
        ]))
    case .waiting:
      let counted = random.pick([0, 1, 900, 4_200])
      let adopted = Int.random(in: 0...counted, using: &random)
      let cohort = AdoptionCount.Cohort(name: "domain-controllers", counted: 4, adopted: 3)
      try add(
        random.pick([
          .waitSampled(step: step, sample: .inconclusive(reason: random.text())),
          .waitSampled(
            step: step,
            sample: .counted(
              AdoptionCount(
                counted: counted, adopted: adopted, pendingOnline: 0,
                pendingOffline: counted - adopted, stale: 1, excluded: 2, joined: 3, removed: 1,
                cohorts: [cohort]))),
          random.chance(20)
            ? succeeded : .stepFailed(step: step, attempt: attempt, failure: failure, retryAt: nil),
        ]))
    case .gateOpen:
      try add(
        random.pick([
          .gateApproved(step: step, attempt: attempt, word: random.word()),
          .stepSkipped(step: step, word: random.word()),
        ]))
    case .gateApproved: try add(succeeded)
    case .inDoubt, .failed:
      try add(random.pick([succeeded, .stepReset(step: step, word: random.word())]))
    case .succeeded, .skipped: break
    }
  }

  private mutating func end(_ random: inout SplitMix64) throws {
    let truth = random.chance(60) ? EstateTruth(clients: 9, orphans: 2, latentOrphans: 1) : nil
    let figures = state.figures(at: now, truth: truth)
    try add(random.pick([.runSucceeded(figures), .runFailed(figures), .runAborted(figures)]))
  }

  /// Many sites with long names, all at once: more than a screen holds.
  private static func wideGraph(_ policy: WaitPolicy) -> StepGraph {
    let count = 40
    let plan = RotationPlan(
      name: .init("a-plan-with-a-name-that-is-as-long-as-people-make-them"),
      sites: (0..<count).map {
        Site(
          name: .init("a-site-with-a-rather-long-name-\($0)"),
          servers: [
            Server(
              name: .init("server"), address: .init("s.example.net"), certificate: .init("new"))
          ])
      }, waits: Waits(verificationDisabled: policy))
    let steps = (0..<count).flatMap { site in
      [
        Step(.disableVerification, on: .site(site), by: .api),
        Step(.awaitVerificationDisabled, on: .site(site), by: .probe),
        Step(.updateCertificate, on: .server(site: site, server: 0), by: .operator),
      ]
    }
    let after: [[Int32]] = steps.indices.map { $0 % 3 == 0 ? [] : [Int32($0 - 1)] }
    return StepGraph(plan: plan, steps: steps, dependencies: AdjacencyTable(after))
  }
}
