import Estate
import Lab
import PlanModel
import PlanText
import Reports
import RotationEngine
import RotationGraph
import Runs

/// The people of a rehearsal: they do in the lab what gates ask for, in office hours and after a while, approve it, have
/// failed steps tried again, and look where nobody can tell what happened.
struct RehearsingOperator {
  /// What somebody is about to do.
  private enum Work: Sendable, Equatable {
    case gate
    case retry
    case resolve
  }

  private struct Task: Sendable {
    let step: Int
    let work: Work
    let due: Instant
  }

  /// Whom the lab's log names for what people do.
  static let author = "people"

  /// How often a step is tried again, or a gate's action, before people give up.
  private static let patience = 3

  /// How often a gate may open before people reject it: done as it says, it should not open again.
  private static let openings = 5

  private let run: RunArchive
  private let lab: ServedEstate

  /// The estate at the start, which tells what somebody does at a console.
  private let estate: SimulatedEstate
  private let desk: RunDesk
  private let scenario: Scenario
  private let chance: Chance
  private var tasks: [Task] = []
  private var tries: [Int: Int] = [:]
  private var inVain: Set<Int> = []
  private var opened: [Int: Int] = [:]

  /// What was done so far.
  private(set) var deeds: [RehearsalReport.Deed] = []

  init(
    _ run: RunArchive, _ lab: ServedEstate, _ estate: SimulatedEstate, _ desk: RunDesk,
    _ scenario: Scenario, _ chance: Chance
  ) {
    self.estate = estate
    self.run = run
    self.lab = lab
    self.desk = desk
    self.scenario = scenario
    self.chance = chance
  }

  /// Whether somebody is about to do something.
  var isBusy: Bool { !tasks.isEmpty }

  /// Whether an executor that ended may have left something undone that was asked for meanwhile: the next has to begin.
  private(set) var hasAsked = false

  /// Hears that another executor begins, which does what was asked for.
  mutating func hearOfStart() { hasAsked = false }

  /// Hears of an event that is durable.
  mutating func hear(_ event: RunEvent, _ state: RunState) {
    guard !scenario.operator.isAbsent else { return }
    switch event.kind {
    case .gateOpened(let step, _, _):
      opened[step, default: 0] += 1
      plan(.gate, step, after: event.at)
    case .stepFailed(let step, _, let failure, nil) where failure.kind != .rejected:
      if tries[step, default: 0] < Self.patience { plan(.retry, step, after: event.at) }
    case .stepInterrupted(let step, _, _):
      if case .inDoubt = state.steps[step].phase { plan(.resolve, step, after: event.at) }
    default: break
    }
  }

  /// Does what is due.
  ///
  /// - Throws: `StateError`
  mutating func work(at now: Instant, _ state: RunState) async throws {
    let due = tasks.filter { $0.due <= now }
    tasks.removeAll { $0.due <= now }
    for task in due {
      switch task.work {
      case .gate: try await answerGate(task.step, at: now, state)
      case .retry: try await lookAfter(task.step, at: now, state)
      case .resolve: try await resolve(task.step, at: now, state)
      }
    }
  }

  private mutating func plan(_ work: Work, _ step: Int, after asked: Instant) {
    let bits = chance.bits(.answer, step, deeds.count)
    tasks.removeAll { $0.step == step }
    tasks.append(
      Task(step: step, work: work, due: scenario.operator.answer(to: asked, bits: bits)))
  }

  private func action(of step: Int) -> OperatorAction {
    let graph = run.graph.graph
    return OperatorAction(graph.steps[step].action, on: graph.name(of: graph.steps[step].target))
  }

  private mutating func answerGate(
    _ step: Int, at now: Instant, _ state: RunState
  ) async throws {
    guard case .gateOpen = state.steps[step].phase else { return }
    if isToBeClickedInVain(step) {
      inVain.insert(step)
      return try await post(.approve, step, "done", .approvedInVain, now)
    }
    guard opened[step, default: 0] <= Self.openings else {
      return try await post(.reject, step, "done, and the gate opens again", .rejected, now)
    }
    let isMadeUp = opened[step, default: 0] > 1 ? await makeUp(for: step, state) : false
    let action = action(of: step)
    guard action.operations(in: estate) != nil else {
      return try await post(.approve, step, "looked at in the lab", .approved, now)
    }
    // Somebody may have done it before an executor died.
    let found = await lab.reply(
      to: .check(action, since: state.steps[step].firstStartedAt?.description),
      by: Self.author)
    var message: String?
    // What was done before something was made up for does not count: services have to load a certificate.
    if isMadeUp || found.status != 0 {
      let reply = await lab.reply(to: .act(action, key: nil), by: Self.author)
      message = reply.status == 0 ? nil : reply.message ?? "It cannot be done."
    }
    guard let message else {
      return try await post(.approve, step, "done in the lab", .approved, now)
    }
    tries[step, default: 0] += 1
    guard tries[step, default: 0] < Self.patience else {
      return try await post(.reject, step, message, .rejected, now)
    }
    tasks.append(Task(step: step, work: .gate, due: now + .minutes(10)))
  }

  /// Does what was approved in vain on the same target: where a gate opens again although its own action was done, or where
  /// what comes after it fails, it shows that nobody did it.
  ///
  /// - Returns: Whether there was something.
  private func makeUp(for step: Int, _ state: RunState) async -> Bool {
    let steps = run.graph.graph.steps
    var isMadeUp = false
    for earlier in inVain.sorted()
    where earlier != step && steps[earlier].target == steps[step].target {
      let action = action(of: earlier)
      let since = state.steps[earlier].firstStartedAt?.description
      let found = await lab.reply(to: .check(action, since: since), by: Self.author)
      guard found.status != 0 else { continue }
      let reply = await lab.reply(to: .act(action, key: nil), by: Self.author)
      isMadeUp = isMadeUp || reply.status == 0
    }
    return isMadeUp
  }

  /// Has a failed step tried again, and sees to what it was waiting for.
  private mutating func lookAfter(_ step: Int, at now: Instant, _ state: RunState) async throws {
    if await makeUp(for: step, state) {
      // Services have to load a certificate.
      let target = run.graph.graph.name(of: run.graph.graph.steps[step].target)
      let restart = OperatorAction(.restartServices, on: target)
      if restart.operations(in: estate) != nil {
        _ = await lab.reply(to: .act(restart, key: nil), by: Self.author)
      }
    }
    try await post(.retry, step, "what failed was looked after", .retried, now)
  }

  private mutating func resolve(
    _ step: Int, at now: Instant, _ state: RunState
  ) async throws {
    let since = state.steps[step].startedAt?.description
    let found = await lab.reply(to: .check(action(of: step), since: since), by: Self.author)
    switch found.status {
    case 0: try await post(.resolveDone, step, "looked at in the lab", .resolved, now)
    case 1: try await post(.resolveNotDone, step, "looked at in the lab", .resolved, now)
    default: break
    }
  }

  private mutating func post(
    _ verb: OperatorRequest.Verb, _ step: Int, _ note: String, _ kind: RehearsalReport.Deed.Kind,
    _ now: Instant
  ) async throws {
    let id = run.graph.graph.id(of: step)
    if verb == .retry { tries[step, default: 0] += 1 }
    do {
      _ = try await desk.post(verb, step: id, note: note, to: run.id)
    } catch let error as RunError where error.kind == .refused {
      // The run went on meanwhile, or it was asked before: what is asked for now comes with the next event.
      return
    }
    hasAsked = true
    deeds.append(.init(at: now, step: id, kind: kind))
  }

  private func isToBeClickedInVain(_ step: Int) -> Bool {
    guard let fault = scenario.faults.gateNotDone, !inVain.contains(step) else { return false }
    return run.graph.graph.isStep(step, fault.action, of: fault.site)
  }
}
