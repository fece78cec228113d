import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

/// Reads a run's journal for what there is to tell, event by event.
///
/// Two kinds of news come out: of events, once each, and of what stands at some instant, which the clock makes news: a
/// gate that is still open, a deadline that is near. Both have ids that depend on the journal alone, so that whoever
/// reads it again, in another process or after a crash, tells the same under the same id.
package struct NewsReader: Sendable {
  /// Something that stands until somebody does something about it.
  private struct Matter {
    let kind: NewsKind
    let sequence: Int
    let since: Instant
  }

  /// After so long without an answer to a count, a look or a sign of life somebody waits in vain.
  static let executorGoneAfter: Duration = .seconds(15 * 60)

  /// A deadline is near so long before it, but never for longer than a quarter of the wait.
  static let deadlineNear: Duration = .seconds(48 * 3_600)

  /// The fold of what was read.
  package private(set) var state: RunState

  /// The run's id.
  package let run: String

  /// What of the last day there is to say in a digest.
  package private(set) var trail = NewsTrail()

  private var exposureTrail = ExposureTrail()
  private var matters: [Int: Matter] = [:]
  private var troubles = ForecastTroubles()
  private var lineStop: Matter?
  private var waitStarts: [Int: Int] = [:]
  private var lastCounts: [Int: Int] = [:]
  private var looks: [Int: Int] = [:]
  /// The event that first opened something, by what it is of.
  private var openings: [String: Int] = [:]

  /// A reader before the first event.
  package init(run: String, graph: StepGraph) {
    self.run = run
    state = RunState(graph: graph)
  }

  /// Takes in the next event.
  ///
  /// - Returns: What there is to tell of it; nil for most.
  /// - Throws: `FoldError`
  package mutating func take(_ event: RunEvent) throws -> News? {
    let wasFailing = event.kind.step.map { state.steps[$0].failuresInARow } ?? 0
    try state.apply(event)
    note(event)
    exposureTrail.note(event, state)
    let news = kind(of: event.kind, wasFailing: wasFailing).map { kind in
      News(
        run: run, sequence: event.sequence, kind: kind, since: event.at, step: event.kind.step)
    }
    if let news {
      trail.add(news)
      keep(news)
    }
    trail.note(event, state)
    return news
  }

  private mutating func kind(of event: RunEvent.Kind, wasFailing: Int) -> NewsKind? {
    switch event {
    case .runStarted: return .runStarted
    case .gateOpened: return .gateOpened
    case .stepFailed(let step, _, _, let retryAt):
      if retryAt == nil { return .stepFailed }
      let failing = Attention.keepsFailingAfter
      return wasFailing < failing && state.steps[step].failuresInARow >= failing
        ? .keepsFailing : nil
    case .stepInterrupted(let step, _, _):
      if case .inDoubt = state.steps[step].phase { return .inDoubt }
      return nil
    case .waitPassed: return .waitPassed
    case .waitSampled(let step, _, .counted(let count)) where count.forecast != nil:
      return troubles.take(count, state.waits[step], of: step)
    case .lineStopped: return .lineStopped
    case .runPaused: return .runPaused
    case .runSucceeded: return .runSucceeded
    case .runFailed: return .runFailed
    case .runAborted: return .runAborted
    case .stepStarted, .stepSucceeded, .stepSkipped, .stepReset, .waitSampled, .gateApproved,
      .requestRefused, .runWaiting, .runResumed, .runAdopted, .runUnlocked, .lineReleased:
      return nil
    }
  }

  /// Remembers since which event things stand.
  private mutating func note(_ event: RunEvent) {
    let sequence = event.sequence
    switch event.kind {
    case .stepStarted(let step, _):
      let place = state.graph.steps[step]
      if place.action.waitKind != nil { waitStarts[step] = sequence }
      if place.action.opens != nil, openings[opened(by: step)] == nil {
        openings[opened(by: step)] = sequence
      }
    case .waitSampled(let step, _, let sample):
      if case .counted = sample { lastCounts[step] = sequence }
    case .stepInterrupted(let step, _, _):
      if state.unanswered[step] != nil, looks[step] == nil { looks[step] = sequence }
    default: break
    }
    guard let step = event.kind.step else { return }
    if state.unanswered[step] == nil { looks[step] = nil }
    if let matter = matters[step], !stands(matter.kind, at: step) { matters[step] = nil }
    if !state.isLineStopped { lineStop = nil }
  }

  /// When verification went off and came on again, since the first event. Sites that are not real have the kind of their
  /// world before their names: what happens in a lab is nothing to the real site of the same name.
  package func exposures(in world: String) -> [ExposureChange] {
    world == "real"
      ? exposureTrail.changes : exposureTrail.changes.map { $0.named("\(world):\($0.site)") }
  }

  private func opened(by step: Int) -> String {
    switch state.graph.steps[step].target {
    case .site(let site): state.graph.plan.sites[site].name.value
    case .server(let site, _): state.graph.plan.sites[site].name.value
    case .partnership(let index): state.graph.plan.partnerships[index].name
    }
  }

  private func stands(_ kind: NewsKind, at step: Int) -> Bool {
    switch (kind, state.steps[step].phase) {
    case (.gateOpened, .gateOpen), (.inDoubt, .inDoubt), (.stepFailed, .failed): true
    case (.keepsFailing, .running), (.keepsFailing, .retrying):
      state.steps[step].failuresInARow >= Attention.keepsFailingAfter
    default: false
    }
  }

  private mutating func keep(_ news: News) {
    let matter = Matter(kind: news.kind, sequence: news.sequence, since: news.since)
    if news.kind == .lineStopped {
      lineStop = lineStop ?? matter
    } else if let step = news.step, stands(news.kind, at: step) {
      matters[step] = matter
    }
  }

  // MARK: - What stands

  /// What the clock makes news at an instant, in the order of the events that it is about.
  ///
  /// - Parameters:
  ///   - now: The time by the run's clock.
  ///   - budgets: For how long verification may be off and replication broken.
  ///   - executor: Who carries the run out.
  /// - Returns: The news, each with the reminder that is due.
  package func standing(
    at now: Instant, budgets: (verificationOff: Duration, replicationBroken: Duration),
    executor: RunSurroundings.Executor
  ) -> [News] {
    guard !state.status.isEnded else { return [] }
    var found: [News] = []
    for (step, matter) in matters {
      let reminder = Self.reminder(after: now - matter.since)
      if reminder > 0 { found.append(again(matter, step, now, reminder)) }
    }
    if let lineStop {
      let reminder = Self.reminder(after: now - lineStop.since)
      if reminder > 0 { found.append(again(lineStop, nil, now, reminder)) }
    }
    for step in waitStarts.keys { found += waiting(step, now) }
    for (step, sequence) in looks {
      guard let look = state.unanswered[step], state.attention(of: step, at: now) == .unanswered
      else { continue }
      found.append(
        standing(
          .noAnswer, "no-answer", sequence, look.since, now, Attention.unansweredAfter, step: step))
    }
    found += exposures(now, budgets)
    if case .gone(_, let since, let lasting) = executor, lasting >= Self.executorGoneAfter {
      let reminder = Self.reminder(after: lasting)
      found.append(
        News(
          run: run, sequence: state.lastSequence, mark: Self.mark("executor-gone", reminder),
          kind: .executorGone, since: since, age: lasting, reminder: reminder))
    }
    return found.sorted { ($0.sequence, $0.key) < ($1.sequence, $1.key) }
  }

  private func again(_ matter: Matter, _ step: Int?, _ now: Instant, _ reminder: Int) -> News {
    News(
      run: run, sequence: matter.sequence, mark: "reminder-\(reminder)", kind: matter.kind,
      since: matter.since, step: step, age: now - matter.since, reminder: reminder)
  }

  /// News that comes some time after something began to be so, and again from then on.
  private func standing(
    _ kind: NewsKind, _ name: String, _ sequence: Int, _ since: Instant, _ now: Instant,
    _ pause: Duration, step: Int? = nil, subject: String? = nil
  ) -> News {
    let reminder = Self.reminder(after: now - since - pause)
    return News(
      run: run, sequence: sequence, mark: Self.mark(name, reminder), kind: kind, since: since,
      step: step, subject: subject, age: now - since, reminder: reminder)
  }

  private func waiting(_ step: Int, _ now: Instant) -> [News] {
    guard state.steps[step].phase == .waiting, let start = waitStarts[step],
      let progress = state.waits[step], let policy = state.policy(of: step)
    else { return [] }
    if state.attention(of: step, at: now) == .uncounted {
      let (sequence, since) = (
        lastCounts[step] ?? start, progress.lastCountedAt ?? progress.startedAt
      )
      return [
        standing(
          .notCounted, "not-counted", sequence, since, now, Attention.uncountedAfter, step: step)
      ]
    }
    let deadline = progress.deadline(policy)
    if progress.verdict(at: now, policy: policy) == .held {
      let reminder = Self.reminder(after: now - deadline)
      return [
        News(
          run: run, sequence: start, mark: Self.mark("deadline-passed", reminder),
          kind: .deadlinePassed, since: deadline, step: step, age: now - deadline,
          reminder: reminder)
      ]
    }
    let near = min(Self.deadlineNear, policy.deadline.value / 4)
    guard now >= deadline + (.zero - near), now < deadline, !progress.thresholdsHold(policy) else {
      return []
    }
    return [
      News(
        run: run, sequence: start, mark: "deadline-near", kind: .deadlineNear,
        since: progress.startedAt, step: step, age: now - progress.startedAt)
    ]
  }

  private func exposures(
    _ now: Instant, _ budgets: (verificationOff: Duration, replicationBroken: Duration)
  ) -> [News] {
    func over(_ exposures: [RunFigures.Exposure], _ budget: Duration) -> [News] {
      exposures.compactMap { exposure in
        let open = Duration.seconds(exposure.seconds)
        guard exposure.isOpen, open > budget, let sequence = openings[exposure.name] else {
          return nil
        }
        let reminder = Self.reminder(after: open - budget)
        return News(
          run: run, sequence: sequence, mark: Self.mark("over-budget", reminder), kind: .overBudget,
          since: now + (.zero - open), subject: exposure.name, age: open, reminder: reminder)
      }
    }
    return over(state.sitesWithVerificationOff(at: now), budgets.verificationOff)
      + over(state.brokenPartnerships(at: now), budgets.replicationBroken)
  }

  /// Which reminder is due so long after it was news: the first after four hours, then one a day. Those that nobody
  /// sent in time are not made up for.
  static func reminder(after age: Duration) -> Int {
    if age < .seconds(4 * 3_600) { return 0 }
    return 1 + Int(min(age.components.seconds / 86_400, 100_000))
  }

  private static func mark(_ name: String, _ reminder: Int) -> String {
    reminder == 0 ? name : "\(name)-\(reminder)"
  }
}
