import CanonicalJSON
package import ConsoleGuide
import Forecasts
import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph
import SEPMClient
import Synchronization

/// Carries a run's steps out on real servers, by the channel of each; the world of such a run
/// (`docs/PROCEDURE.md`, "Channels").
package final class RealDriver: Driver, RunWorld {
  package let clock: any RunClock

  let site: SiteSight
  let commands: CommandChannel
  let ports: ProbeChannel
  let counts: ClientCount
  private let untouched: UntouchedSites?
  private let permit: EffectPermit
  private let language: GuideLanguage
  private let stoppedBy = Mutex<JournalError?>(nil)

  /// The attempts at which steps met a password that SEPM did not accept, by the steps' positions.
  private let refusals = Mutex<[Int: Int]>([:])

  /// A driver for the steps of a graph.
  ///
  /// - Parameters:
  ///   - graph: The run's graph.
  ///   - memory: What the run recorded of its steps.
  ///   - surroundings: What the process gives.
  ///   - permit: What is left of the right to act.
  ///   - clock: The run's clock.
  ///   - language: In which gates are worded.
  ///   - shelf: Where the rows of counts are kept between stays; nil for nowhere.
  ///   - observations: Where there is what was observed of the sites apart from the run; nil for nowhere.
  package init(
    graph: StepGraph, memory: any StepMemory, surroundings: RealSurroundings,
    permit: EffectPermit, clock: any RunClock, language: GuideLanguage, shelf: CensusShelf?,
    observations: ObservationShelf?
  ) {
    counts = ClientCount(shelf) { site in
      let now = ContactHours.hour(of: surroundings.localTime())
      return observations?.contacts(at: graph.plan.sites[site]).from(now - ContactHours.remembered)
        ?? ContactHours()
    } observedReturns: { site in
      let now = ContactHours.hour(of: surroundings.localTime())
      return observations?.returns(at: graph.plan.sites[site]).from(now - ContactHours.remembered)
        ?? ReturnHours()
    }
    self.clock = clock
    self.language = language
    self.permit = permit
    let site = SiteSight(graph, memory, surroundings)
    self.site = site
    untouched = observations.map { UntouchedSites(site, $0) }
    commands = CommandChannel(variables: surroundings.variables, folder: surroundings.folder) {
      await site.knownSecrets(for: $0.step)
    }
    ports = ProbeChannel(
      commands: commands,
      sources: ProbeChannel.Sources(
        wanted: { request in
          guard let (position, server) = request.server else { return nil }
          return try? await site.newCertificate(ofServer: server, at: position)
        },
        before: { request in
          guard let (position, server) = request.server else { return nil }
          return try? await site.portsBefore(ofServer: server, at: position)
        }))
  }

  package var driver: any Driver { self }

  /// Gives back what the sites lent: their tokens. To be called once nothing is asked of it any more.
  package func leave() async { await site.logOut() }

  /// A lease that ran out before a write: the executor stops, and the next one looks what was done.
  package var trouble: JournalError? { stoppedBy.withLock { $0 } }

  package func timeLimit(of request: StepRequest) -> Duration {
    let step = request.graph.steps[request.step]
    return switch (step.channel, step.action) {
    case (.command, _): commands.timeLimit(of: request)
    case (.api, .disableVerification), (.api, .enableVerification): VerificationSwitch.timeLimit
    case (_, .verifyCertificate): ports.timeLimit(of: request)
    default: .zero
    }
  }

  package func perform(_ request: StepRequest) async -> StepAnswer {
    let step = request.graph.steps[request.step]
    if step.channel == .command {
      guard permit.covers(commands.timeLimit(of: request)) else { return .failed(stop(request)) }
      return await confirmed(await commands.perform(request), of: request)
    }
    await heedRetry(request)
    do {
      return try await act(request)
    } catch let error as SEPMError {
      take(error, at: request)
      return StepAnswer(error)
    } catch let failure as StepFailure {
      return .failed(failure)
    } catch {
      return .failed(StepFailure(.failed, "\(error)", isRetryable: true))
    }
  }

  package func observe(_ request: StepRequest) async -> Finding {
    let step = request.graph.steps[request.step]
    if step.channel == .command {
      let finding = await commands.observe(request)
      switch finding {
      case .done(let evidence) where step.action.showsInSettings:
        return await look(request).with(evidence)
      case .unknown:
        // Where the command has no check, what can be seen from outside still counts.
        let seen = await look(request)
        if case .unknown = seen { return finding }
        return seen
      default: return finding
      }
    }
    return await look(request)
  }

  /// A program that says it is done is believed once SEPM shows it; and what SEPM shows is what clients are held against.
  private func confirmed(_ answer: StepAnswer, of request: StepRequest) async -> StepAnswer {
    guard case .succeeded(let evidence) = answer,
      request.graph.steps[request.step].action.showsInSettings
    else { return answer }
    switch await look(request).with(evidence) {
    case .done(let both): return .succeeded(both)
    case .notDone(let reason):
      return .failed(
        StepFailure(
          .failed, "The command ended with status 0, and SEPM shows no effect: \(reason)",
          isRetryable: true,
          evidence: evidence))
    case .unknown: return answer
    case .inconclusive(let reason):
      return .failed(
        StepFailure(
          .failed, "The command ended with status 0, and SEPM cannot be asked about it: \(reason)",
          isRetryable: true, evidence: evidence))
    }
  }

  package func sample(_ request: StepRequest) async -> WaitSample {
    async let watching: Void = watchUntouched(besides: request.graph.site(of: request.step))
    let sample = await count(request)
    await watching
    return sample
  }

  package func forecast(
    of state: RunState, counting step: Int, _ count: AdoptionCount, at now: Instant
  ) async -> RunForecast? {
    RunForecast(
      of: RunQuestion(
        now: now, state: state, counted: (step, count),
        habits: await counts.habits(of: state.graph.plan.sites.indices),
        calendar: ForecastCalendar(state.graph.plan.calendar)),
      seed: UInt64(bitPattern: now.milliseconds))
  }

  private func watchUntouched(besides site: Int?) async {
    guard let site else { return }
    await untouched?.look(besides: site, at: clock.now())
  }

  private func count(_ request: StepRequest) async -> WaitSample {
    await heedRetry(request)
    do {
      let (basis, reading) = try await site.basis(of: request, in: counts)
      let count = try await counts.sample(request.step, basis, reading)
      let expected = request.graph.site(of: request.step).flatMap {
        request.graph.plan.sites[$0].clients?.value
      }
      // A list that cannot be right is no denominator.
      if count.evidence["frozen"] != nil,
        let reason = count.implausibility(expecting: expected)
      {
        await counts.forget(request.step)
        return .inconclusive(reason: reason)
      }
      return .counted(count)
    } catch let error as SEPMError {
      take(error, at: request)
      return .inconclusive(reason: error.description)
    } catch let failure as StepFailure {
      return .inconclusive(reason: failure.message)
    } catch {
      return .inconclusive(reason: "\(error)")
    }
  }

  package func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers {
    guard let (basis, reading) = try? await site.basis(of: request, in: counts) else {
      return Stragglers()
    }
    let now = reading.now
    if let known = await counts.stragglers(
      request.step, at: now, skew: reading.skew.ahead, limit: limit)
    {
      return known
    }
    guard (try? await counts.sample(request.step, basis, reading)) != nil else {
      return Stragglers()
    }
    return await counts.stragglers(request.step, at: now, skew: reading.skew.ahead, limit: limit)
      ?? Stragglers()
  }

  package func instructions(for request: StepRequest) async -> [String] {
    let step = request.graph.steps[request.step]
    return ConsoleInstructions(
      request.graph, in: language, folder: site.surroundings.folder,
      record: await site.guideRecord(for: step, startedAt: request.startedAt)
    ).lines(for: step)
  }

  /// People answer by `waltz approve`.
  package func attend(_ request: StepRequest) async -> Attendance { .absent }

  /// Only a simulated estate knows.
  package func truth() async -> EstateTruth? { nil }

  /// Whether a password was refused, and at which attempt, is kept for ``heedRetry(_:)``.
  func take(_ error: SEPMError, at request: StepRequest) {
    guard error.isRefusal else { return }
    refusals.withLock { $0[request.step] = request.attempt }
  }

  /// Lets a password that SEPM did not accept be sent once more where an operator has the step begun again that met it:
  /// no failure of that kind is tried again by itself.
  func heedRetry(_ request: StepRequest) async {
    let isRetried = refusals.withLock { refusals in
      guard let attempt = refusals[request.step], attempt < request.attempt else { return false }
      refusals[request.step] = nil
      return true
    }
    if isRetried { await site.forgetRefusals(metBy: request.step) }
  }

  /// Says before a write that the run is no longer held for long enough; nil where it is.
  func mayWrite(_ request: StepRequest) -> StepFailure? {
    permit.covers(VerificationSwitch.timeLimit) ? nil : stop(request)
  }

  private func stop(_ request: StepRequest) -> StepFailure {
    stoppedBy.withLock { trouble in
      if trouble == nil { trouble = .stoodStill(request.run) }
    }
    return StepFailure(.cancelled, "The run was no longer held for long enough to begin.")
  }
}

extension Action {
  /// Whether SEPM shows its effect in settings or in the state of replication, at once and for as long as it holds.
  fileprivate var showsInSettings: Bool {
    switch self {
    case .disableVerification, .enableVerification, .switchClientsToHTTP, .switchClientsToHTTPS,
      .breakReplication, .restoreReplication:
      true
    default: false
    }
  }
}

extension Finding {
  /// What was seen, with what a program reported before it.
  fileprivate func with(_ report: Evidence) -> Finding {
    switch self {
    case .done(let evidence):
      .done(report.adding(evidence))
    case .unknown: .done(report)
    default: self
    }
  }
}

extension StepRequest {
  /// The site and the server that the step is about, as positions; nil where it is about no server.
  fileprivate var server: (site: Int, server: Int)? {
    guard case .server(let site, let server) = graph.steps[step].target else { return nil }
    return (site, server)
  }
}
