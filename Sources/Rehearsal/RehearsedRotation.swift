package import Estate
package import Lab
import PlanModel
import PlanText
package import Reports
package import RotationEngine
package import RotationGraph
import RunStore
package import Runs
import Synchronization

/// A rotation carried out in a lab by the drivers of real servers, with executors that are killed on the way and people who do
/// what they are asked; at its end what the journal claims is held against what is so in the lab.
package final class RehearsedRotation: Sendable {
  /// What is rehearsed, and how.
  package struct Order: Sendable {
    /// The plan's graph, which the lab is made of.
    package var graph: SealedGraph

    /// The world.
    package var scenario: Scenario
    package var seed: Int64

    /// Virtual seconds a real one.
    package var speed: Int

    /// Where executors are killed.
    package var kills: KillWish

    /// Who does what only the console can.
    package var console: ServedEstate.Console

    /// The folder of the rehearsal, and that of the plan; both absolute.
    package var folder: String
    package var planFolder: String

    /// How this program is started, and the arguments of `run` and of `resume`.
    package var program: [String]
    package var run: [String]
    package var resume: [String]

    /// An order.
    package init(
      graph: SealedGraph, scenario: Scenario, seed: Int64, speed: Int, kills: KillWish,
      console: ServedEstate.Console, folder: String, planFolder: String, program: [String],
      run: [String], resume: [String]
    ) {
      self.graph = graph
      self.scenario = scenario
      self.seed = seed
      self.speed = speed
      self.kills = kills
      self.console = console
      self.folder = folder
      self.planFolder = planFolder
      self.program = program
      self.run = run
      self.resume = resume
    }
  }

  /// What is told while it goes on.
  package enum News: Sendable {
    /// The run was made.
    case began(RunArchive)

    /// An event of the run.
    case event(RunEvent, RunState)

    /// An executor was killed.
    case killed(RehearsalReport.Kill)
  }

  /// After so much of the lab's time in which a person is needed and nobody there can help, it ends.
  private static let patience: Duration = .days(2)

  /// And of the machine's: a slow one gets little done in two days of the lab.
  private static let machinePatience: Duration = .seconds(20)

  /// How often it looks at the journal.
  private static let glance: Duration = .milliseconds(10)

  let order: Order
  let desk: RunDesk
  let lab: ServedEstate
  private let kills: KillSwitch
  private let isStopped = Mutex(false)
  private let uptime: @Sendable () -> Duration

  /// Readies a rehearsal: its lab listens when this returns.
  ///
  /// - Parameters:
  ///   - order: What is rehearsed.
  ///   - desk: Where its run will be, and who its people are.
  ///   - uptime: How long the machine has been up.
  ///   - today: The machine's time.
  /// - Throws: ``LabError``, ``EstateLogError``
  package init(
    _ order: Order, at desk: RunDesk, uptime: @escaping @Sendable () -> Duration, today: Instant
  ) async throws {
    let kills = KillSwitch()
    self.order = order
    self.desk = desk
    self.kills = kills
    self.uptime = uptime
    lab = try await ServedEstate(
      ServedEstate.Setting(
        graph: order.graph.graph, digest: order.graph.digest, scenario: order.scenario,
        seed: order.seed, speed: order.speed, folder: order.folder + "/lab",
        planFolder: order.planFolder, program: order.program, console: order.console,
        witness: kills.witness),
      uptime: uptime, today: today)
  }

  /// Ends it early: the executor lets its running steps end, and the report says where the run stands.
  package func stop() { isStopped.withLock { $0 = true } }

  /// Carries it out.
  ///
  /// - Parameter observe: Is told what happens.
  /// - Returns: What there is to say at the end.
  /// - Throws: ``RehearsalError``, ``EstateLogError``, `StateError`, `RunError`
  package func carryOut(observe: @Sendable (News) -> Void) async throws -> RehearsalReport {
    let serving = Task { try await lab.run() }
    do {
      let report = try await direct(observe)
      serving.cancel()
      try await serving.value
      return report
    } catch {
      serving.cancel()
      _ = try? await serving.value  // the first error is the one that matters
      throw error
    }
  }

  private func direct(_ observe: @Sendable (News) -> Void) async throws -> RehearsalReport {
    let began = uptime()
    let before = try lab.look().estate
    let faults = RehearsalFaults(order.scenario)
    for fault in faults.ofLab {
      _ = await lab.reply(to: .fault(fault), by: RehearsingOperator.author)
    }
    var stage = Stage(
      executor: start(order.run), before: before,
      chance: Chance(seed: UInt64(bitPattern: order.seed)))
    while true {
      try await stage.look(self, observe)
      if let end = stage.executor.end {
        // What it wrote last.
        try await stage.look(self, observe)
        let (met, now) = (kills.takeMet(), try lab.world.now())
        for point in met {
          let kill = RehearsalReport.Kill(
            at: now, step: order.graph.graph.id(of: point.step), moment: point.moment)
          stage.kills.append(kill)
          observe(.killed(kill))
        }
        guard try stage.goesOn(after: end, isKilled: !met.isEmpty, self) else { break }
        stage.people?.hearOfStart()
        stage.executor = start(stage.run == nil ? order.run : order.resume)
      }
      if isStopped.withLock({ $0 }) { stage.giveUp() }
      try await Task.sleep(for: Self.glance)
    }
    return try await report(stage, faults, took: uptime() - began)
  }

  private func start(_ arguments: [String]) -> ExecutorProcess {
    let executor = ExecutorProcess(
      order.program + arguments, in: order.planFolder, log: order.folder + "/executor.log")
    kills.watch(executor)
    return executor
  }

  private func report(
    _ stage: Stage, _ faults: RehearsalFaults, took: Duration
  ) async throws -> RehearsalReport {
    guard let run = stage.run else { throw RehearsalError(noRunIn: order.folder) }
    let (now, deeds) = try lab.look()
    let judgement = RehearsalJudgement(
      graph: run.archive.graph.graph, state: run.state, events: stage.events, before: stage.before,
      now: now, deeds: deeds)
    var objections = judgement.objections
    let verification = try await desk.verify(run.archive.id).found
    if case .altered(let alteration) = verification {
      objections.append("The record is not as it was written: \(alteration.message)")
    }
    let graph = order.graph.graph
    var trouble = faults.words
    let left = kills.left.map { "\($0.moment.rawValue) \(graph.id(of: $0.step))" }.sorted()
    if !left.isEmpty {
      trouble.append(
        "kills that never came, because the run did not get there: \(left.joined(separator: ", "))")
    }
    return RehearsalReport(
      plan: graph.plan.name.value, run: run.archive.id, digest: run.archive.graph.digest,
      seed: order.seed, scenario: order.scenario.name, speed: order.speed, took: took,
      startedAt: stage.before.now, endedAt: now.now, state: run.state, truth: now.truth,
      accepted: judgement.accepted, kills: stage.kills, faults: trouble,
      deeds: stage.people?.deeds ?? [], objections: objections, hasSwapped: judgement.hasSwapped,
      folder: order.folder)
  }

  /// How far a rehearsal is.
  private struct Stage {
    var executor: ExecutorProcess
    let before: SimulatedEstate
    let chance: Chance
    var run: RehearsedRun?
    var people: RehearsingOperator?
    var events: [RunEvent] = []
    var kills: [RehearsalReport.Kill] = []

    /// When anything last went on, waits and repeated failures aside.
    private var movedAt: Instant?

    /// Since when a person is needed without a break although nobody there has anything to do, in the lab's time and the
    /// machine's.
    private var neededSince: (lab: Instant, machine: Duration)?

    /// Whether the executor was asked to stop, because nobody can help.
    private var isGivenUp = false

    init(executor: ExecutorProcess, before: SimulatedEstate, chance: Chance) {
      self.executor = executor
      self.before = before
      self.chance = chance
    }

    /// Takes in what happened, and lets people work.
    mutating func look(
      _ rehearsal: RehearsedRotation, _ observe: @Sendable (News) -> Void
    ) async throws {
      let now = try rehearsal.lab.world.now()
      if run == nil { try await begin(rehearsal, observe) }
      guard var run else { return }
      try await run.follow { event, state in
        events.append(event)
        rehearsal.kills.hear(event)
        people?.hear(event, state)
        if event.isProgress { movedAt = event.at }
        observe(.event(event, state))
      }
      self.run = run
      let isBusy = people?.isBusy ?? false
      try await people?.work(at: now, run.state)
      // What people just did shows in the journal a little later.
      if isBusy { movedAt = now }
      guard run.state.needsPerson(at: now), !isBusy else {
        neededSince = nil
        return
      }
      // A wait that was not counted for a while calls a person, and goes on by itself at the next count.
      let since = neededSince ?? (now, rehearsal.uptime())
      neededSince = since
      guard now - max(since.lab, movedAt ?? since.lab) > RehearsedRotation.patience,
        rehearsal.uptime() - since.machine > RehearsedRotation.machinePatience,
        !rehearsal.order.scenario.operator.isAbsent
      else { return }
      giveUp()
    }

    /// Asks the executor to stop; no other takes the run up.
    mutating func giveUp() {
      guard !isGivenUp else { return }
      isGivenUp = true
      executor.stop()
    }

    private mutating func begin(
      _ rehearsal: RehearsedRotation, _ observe: @Sendable (News) -> Void
    ) async throws {
      guard let begun = try await RehearsedRun(in: rehearsal.desk.store) else { return }
      let graph = begun.archive.graph.graph
      let effects = EffectTable(graph, before)
      rehearsal.kills.arm(
        KillPlan(rehearsal.order.kills, graph, effects, chance), effects)
      people = RehearsingOperator(
        begun.archive, rehearsal.lab, before, rehearsal.desk, rehearsal.order.scenario, chance)
      run = begun
      observe(.began(begun.archive))
    }

    /// Whether another executor takes the run up.
    func goesOn(
      after end: ExecutorProcess.End, isKilled: Bool, _ rehearsal: RehearsedRotation
    ) throws -> Bool {
      if isGivenUp { return false }
      if isKilled { return run?.state.status != .succeeded }
      guard let run else { throw RehearsalError(noRunIn: rehearsal.order.folder) }
      switch run.state.status {
      case .succeeded, .aborted: return false
      case .failed: return people.map { $0.isBusy || $0.hasAsked } ?? false
      case .new, .running, .resting:
        if let people, people.isBusy || people.hasAsked { return true }
        if case .resting = run.state.status { return false }
        throw RehearsalError(end, run.archive.id, in: rehearsal.order.folder)
      }
    }
  }
}

extension RunEvent {
  /// Whether something went on by it, beside counts and failures.
  fileprivate var isProgress: Bool {
    switch kind {
    case .waitSampled, .stepFailed, .stepStarted, .requestRefused: false
    default: true
    }
  }
}

/// Why a rehearsal cannot go on.
package struct RehearsalError: Error, CustomStringConvertible {
  /// What happened, and what to do.
  package let description: String

  init(_ description: String) { self.description = description }

  init(noRunIn folder: String) {
    description =
      "The run of the rehearsal was not made. What `waltz run` said stands in \(folder)/executor.log."
  }

  init(_ end: ExecutorProcess.End, _ run: String, in folder: String) {
    let words =
      switch end {
      case .exited(let status): "ended with status \(status)"
      case .signalled(let signal): "was ended by signal \(signal)"
      case .lost(let reason): "was lost: \(reason)"
      }
    description =
      "The executor of \(run) \(words), and its run is not at its end. What it said stands in \(folder)/executor.log."
  }
}
