package import ConsoleGuide
package import Forecasts
import PlanModel
package import RotationEngine
package import RotationGraph
import Synchronization

/// Carries out a run's steps on a simulated estate, with its operator; the world of such a run.
///
/// A call takes as long as seed, step and attempt say; it sleeps that long by the run's clock and touches
/// the estate only after waking, so that the order of effects is the clock's. What it does is in the
/// estate's log before it is done.
package final class SimulatedDriver: Driver, RunWorld {
  /// The world, and what a wait's count carries from poll to poll.
  struct World: Sendable {
    var estate: SimulatedEstate
    var entries: [EstateEntry]
    var censuses: [Int: AdoptionCensus] = [:]

    /// The contacts of sites whose certificates changed.
    var contacts: [Int: ContactBook] = [:]

    /// The absences and returns at sites whose waits are forecast.
    var returns: [Int: ReturnBook] = [:]

    var trouble: JournalError?
  }

  /// The run's clock, as the initialiser made it.
  package let clock: any RunClock
  let chance: Chance
  let scenario: Scenario
  let language: GuideLanguage
  let folder: String?
  private let forecasts: ForecastPace?
  let calendar: ForecastCalendar
  private let log: any EstateLog
  private let permit: EffectPermit
  // Protects the world: a count and an effect may come from two tasks.
  private let world: Mutex<World>

  /// Opens the world of `graph` as its log left it; an empty log begins a new one.
  ///
  /// - Parameters:
  ///   - graph: The run's graph.
  ///   - digest: The graph's digest.
  ///   - scenario: The scenario of the run.
  ///   - seed: The seed of the run.
  ///   - log: The world's own log.
  ///   - permit: What is left of the right to act.
  ///   - language: In which gates are worded.
  ///   - folder: Where relative paths of the plan start; nil where nobody knows.
  ///   - forecasts: At which counts the end of a wait is forecast; nil for none.
  ///   - clock: The run's clock; gets the world's last instant, so that it starts no earlier.
  /// - Throws: ``EstateLogError`` where the log belongs to another world or cannot be read.
  package init(
    graph: StepGraph, digest: String, scenario: Scenario, seed: Int64, log: any EstateLog,
    permit: EffectPermit, language: GuideLanguage = .english, folder: String? = nil,
    forecasts: ForecastPace? = ForecastPace(every: .hours(24)),
    clock: (_ lastInstant: Instant) -> any RunClock
  ) throws {
    let header = EstateLogHeader(seed: seed, scenario: scenario.digest, graph: digest)
    let history = try EstateHistory(lines: log.lines(), of: header)
    if !history.isBegun { try log.append(header.line) }
    let entries = history.entries
    var estate = SimulatedEstate(plan: graph.plan, scenario: scenario, seed: seed)
    for entry in entries { estate.apply(entry) }
    chance = estate.chance
    self.scenario = scenario
    self.language = language
    self.folder = folder
    self.forecasts = forecasts
    calendar = ForecastCalendar(graph.plan.calendar)
    self.log = log
    self.permit = permit
    self.clock = clock(estate.now)
    world = Mutex(World(estate: estate, entries: entries))
  }

  package func perform(_ request: StepRequest) async -> StepAnswer {
    let step = request.graph.steps[request.step]
    let key = Int(truncatingIfNeeded: Chance.number(of: request.graph.id(of: request.step)))
    let range = step.action.duration
    let length =
      range.lowerBound
      + Chance.scaled(
        chance.bits(.duration, key, request.attempt), below: range.upperBound - range.lowerBound)
    await clock.sleep(
      until: request.startedAt + .milliseconds(length), rank: request.step)
    guard !Task.isCancelled else { return .failed(Self.cancelled) }
    if step.channel == .api || step.channel == .probe, let trouble = scenario.faults.apiTrouble,
      Chance.happens(
        chance.bits(.trouble, key, request.attempt), millionths: trouble.steps.millionths)
    {
      return .failed(
        StepFailure(
          .failed, "The REST API answered 429 Too Many Requests.",
          help: "SEPM answers about 50 requests in a row, then none for a while.",
          isRetryable: true))
    }
    if step.action == .verifyReplication { return await verifyReplication(request) }
    if let look = look(request) { return look }
    return change(request)
  }

  package func observe(_ request: StepRequest) async -> Finding {
    await clock.sleep(until: clock.now() + .seconds(2), rank: request.step)
    let step = request.graph.steps[request.step]
    if let fault = scenario.faults.blindProbe, step.channel != .operator,
      request.isStep(fault.action, of: fault.site)
    {
      return .unknown("The simulated probe cannot tell whether \(step.action.rawValue) happened.")
    }
    let found = withEstate { $0.finding(step.action, on: step.target, since: request.startedAt) }
    guard scenario.operator.isAbsent, request.isApproved, step.channel == .operator,
      case .notDone = found
    else {
      return found
    }
    return doneByHand(request)
  }

  package func sample(_ request: StepRequest) async -> WaitSample {
    let now = clock.now()
    let key = Int(truncatingIfNeeded: Chance.number(of: request.graph.id(of: request.step)))
    if let trouble = scenario.faults.apiTrouble,
      Chance.happens(
        chance.bits(.sample, key, Int(now.milliseconds)), millionths: trouble.polls.millionths)
    {
      return .inconclusive(reason: "The REST API answered 429 Too Many Requests.")
    }
    return withCensus(of: request) { world, census in
      var count = census.count(in: world.estate)
      count.fall = world.fall(at: census.site)
      if let forecasts, let policy = request.graph.policy(of: request.step), !count.reaches(policy),
        forecasts.isDue(at: now, startedAt: request.startedAt, policy: policy)
      {
        world.forecast(
          &count, census, policy, calendar, observedFor: scenario.observed,
          seed: chance.bits(.forecast, key, Int(now.milliseconds)))
      }
      return .counted(count)
    }
      ?? .inconclusive(
        reason: "The change that the wait is for cannot be seen on the servers yet.")
  }

  package func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers {
    withCensus(of: request) { world, census in
      census.stragglers(in: world.estate, limit: limit)
    } ?? Stragglers()
  }

  package func truth() async -> EstateTruth? {
    withEstate { $0.truth }
  }

  /// The estate at the clock's present instant, for reports and tests.
  package var estate: SimulatedEstate { withEstate { $0 } }

  /// What was done to the estate so far, oldest first.
  package var entries: [EstateEntry] { world.withLock { $0.entries } }

  package var driver: any Driver { self }

  /// The absences and returns at sites until now: the same, whether this stay followed their clients or an earlier one.
  func habits(of sites: Set<Int>) -> [Int: ReturnHours] {
    world.withLock { world in
      var habits: [Int: ReturnHours] = [:]
      for site in sites.sorted() {
        let book = world.book(of: site, observedFor: scenario.observed)
        habits[site] = book.hours
        world.returns[site] = book
      }
      return habits
    }
  }

  /// A full disk and a lease that ran out are no failures of a step: the executor stops, as it does when its own
  /// journal cannot be written. It is the first such trouble.
  package var trouble: JournalError? { world.withLock { $0.trouble } }

  /// An entry in the log takes no time that counts.
  package func timeLimit(of request: StepRequest) -> Duration { .zero }

  static let cancelled = StepFailure(
    .cancelled,
    "The run was stopped while the step was under way.")

  /// Looks at the estate as it is now.
  func withEstate<Result: Sendable>(_ body: (SimulatedEstate) -> Result) -> Result {
    let now = clock.now()
    return world.withLock { world in
      world.estate.advance(to: now)
      return body(world.estate)
    }
  }

  /// Does something to the estate, in its log first.
  func commit(
    _ request: StepRequest, wasDone: Bool = true
  ) throws -> SimulatedEstate.Outcome {
    let now = clock.now()
    let step = request.graph.steps[request.step]
    return try world.withLock { world in
      let entry = EstateEntry(
        at: max(now, world.estate.now), step: request.graph.id(of: request.step),
        attempt: request.attempt, effect: step.action, target: request.graph.name(of: step.target),
        wasDone: wasDone)
      guard permit.covers(.zero) else {
        let trouble = JournalError.stoodStill(request.run)
        if world.trouble == nil { world.trouble = trouble }
        throw trouble
      }
      do {
        try log.append(entry.line)
      } catch {
        if world.trouble == nil { world.trouble = JournalError(.storage, "\(error)") }
        throw error
      }
      world.entries.append(entry)
      return world.estate.apply(entry)
    }
  }

  private func withCensus<Result: Sendable>(
    of request: StepRequest, _ body: (inout World, inout AdoptionCensus) -> Result
  ) -> Result? {
    let now = clock.now()
    let step = request.graph.steps[request.step]
    return world.withLock { world in
      world.estate.advance(to: now)
      guard let (site, policy, criterion) = world.estate.criterion(of: step.action, on: step.target)
      else { return nil }
      // Taken out while it is worked on, so that its list is changed in place.
      var census = world.censuses.removeValue(forKey: request.step)
      if census?.criterion != criterion || census?.version != world.estate.censusVersion
        || census?.startedAt != request.startedAt.milliseconds
      {
        census = nil
      }
      var current =
        census
        ?? AdoptionCensus(
          of: world.estate, site: site, policy: policy, criterion: criterion,
          startedAt: request.startedAt.milliseconds)
      let result = body(&world, &current)
      world.censuses[request.step] = current
      return result
    }
  }
}

extension SimulatedDriver.World {
  /// Contacts that are missing at a site since its certificates changed.
  fileprivate mutating func fall(at site: Int) -> ContactFall? {
    guard let change = estate.contactChange(of: site) else { return nil }
    let known = contacts.removeValue(forKey: site)
    var current =
      known.flatMap { $0.isAbout(change) ? $0 : nil }
      ?? ContactBook(estate, site: site, change: change, after: known)
    let fall = current.fall(in: estate)
    contacts[site] = current
    return fall
  }
}
