import Estate
import PlanCompiler
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Synchronization

/// Holds forecasts of waits against what came, in simulated estates of several kinds, from many seeds each.
///
/// Of each seed the first wait of a site is carried out until it passes, as a run would, and every forecast that its counts
/// record is kept. In each kind the interval must hold the outcome about as often as it says, and the middle of it must be
/// nearer than a straight line through the last day.
enum Calibration {
  /// A kind of estate.
  struct Kind: Sendable {
    let name: String
    let clients: Int
    let scenario: Scenario
    var isUndeclared = false

    /// How many times as many seeds it takes as the others: where few clients decide, a median of 400 is uncertain by
    /// one part in ten, which is more than there is to be judged.
    var seedsFactor = 1
  }

  /// A forecast that was made some hours into the wait, and what came.
  struct Forecast: Sendable {
    let hours: Int
    let isHit: Bool
    let error: Double
    let lineError: Double?
    let left: Double
    let isTrusted: Bool
  }

  /// The hours into a wait at which forecasts are judged.
  private static let judged = [0, 24, 48, 96]

  /// Fewer waits than these tell nothing: they are those few that take longest.
  private static let fewest = 40

  static var kinds: [Kind] {
    var holiday = Scenario(name: "holiday")
    holiday.habits.holidays.share = .percent(4)
    var joiners = Scenario(name: "late-joiners")
    joiners.faults.joins = Scenario.Joins(share: .percent(5), over: .days(14))
    var patch = Scenario(name: "patch-day")
    patch.patchNights = Scenario.PatchNights()
    var undeclared = Scenario(name: "undeclared")
    // From Thursday night on, for ten days.
    undeclared.absences = [
      Scenario.Absence(
        share: .percent(40), since: .zero - .hours(3 * 24 - 8), back: .hours(13 * 24 - 2))
    ]
    undeclared.habits.holidays.share = .percent(4)
    return [
      Kind(name: "calm", clients: 2_000, scenario: Scenario(name: "calm")),
      Kind(name: "holiday", clients: 2_000, scenario: holiday),
      Kind(name: "small site", clients: 300, scenario: holiday, seedsFactor: 4),
      Kind(name: "late joiners", clients: 2_000, scenario: joiners),
      Kind(name: "patch day", clients: 2_000, scenario: patch),
      Kind(name: "undeclared", clients: 2_000, scenario: undeclared, isUndeclared: true),
    ]
  }

  /// Prints a row for each kind and time; false where one does not hold.
  static func run(seeds: Int, only name: String?) async throws -> Bool {
    print(
      "kind           hours  waits  left   coverage  median error  of the line  trusted")
    var holds = true
    for kind in kinds where name == nil || kind.name == name {
      let forecasts = try await forecasts(of: kind, seeds: seeds * kind.seedsFactor)
      for hours in judged + (kind.isUndeclared ? [120, 144, 168] : []) {
        let own = forecasts.filter { $0.hours == hours }
        guard !own.isEmpty else { continue }
        let isGood = row(kind, hours, own)
        holds = holds && isGood
      }
    }
    return holds
  }

  private static func row(_ kind: Kind, _ hours: Int, _ forecasts: [Forecast]) -> Bool {
    let coverage = Double(forecasts.count { $0.isHit }) / Double(forecasts.count)
    let error = median(forecasts.map(\.error))
    let line = median(forecasts.compactMap(\.lineError))
    let trusted = Double(forecasts.count { $0.isTrusted }) / Double(forecasts.count)
    var trouble: [String] = []
    let isNew = forecasts.count < fewest
    if !isNew, kind.isUndeclared, hours >= 120 {
      // Two working days after it began nobody may be told a date.
      if trusted > 0.05 { trouble.append("trusted") }
    } else if !isNew, !kind.isUndeclared {
      if !(0.72...0.92).contains(coverage) { trouble.append("coverage") }
      if let line, let error, error > line / 2 { trouble.append("error") }
      if trusted < 0.95 { trouble.append("distrusted") }
    }
    print(
      padded(kind.name, 15) + padded("\(hours)", 7) + padded("\(forecasts.count)", 7)
        + padded(number(median(forecasts.map(\.left))) + " h", 7)
        + padded(percent(coverage), 10) + padded(number(error) + " h", 14)
        + padded(number(line) + " h", 13) + percent(trusted)
        + (isNew
          ? "  too few" : trouble.isEmpty ? "" : "  NOT MET: " + trouble.joined(separator: ", ")))
    return trouble.isEmpty
  }

  private static func forecasts(of kind: Kind, seeds: Int) async throws -> [Forecast] {
    try await withThrowingTaskGroup(of: [Forecast].self) { group in
      for seed in 0..<Int64(seeds) {
        group.addTask { try await course(of: kind, seed: seed) }
      }
      var all: [Forecast] = []
      for try await found in group { all += found }
      return all
    }
  }

  /// The plan of one site.
  private static func plan(_ kind: Kind) -> RotationPlan {
    var first = WaitPolicy.standard
    first.minimum = Located(.hours(1))
    first.deadline = Located(.days(60))
    let waits = Waits(
      verificationDisabled: first, certificateReceived: first, verificationEnabled: first,
      httpsRestored: first)
    return RotationPlan(
      name: Located("calibration"),
      certificates: [CertificateSource(name: Located("new"), container: .pkcs12(Located("a.p12")))],
      sites: [
        Site(
          name: Located("site"), clients: Located(kind.clients),
          servers: [
            Server(
              name: Located("server"), address: Located("server.example.net"),
              certificate: Located("new"))
          ])
      ], waits: waits)
  }

  /// Carries the first wait out, and judges the forecasts that were made of it.
  @concurrent
  private static func course(of kind: Kind, seed: Int64) async throws -> [Forecast] {
    let graph = seal(lower(plan(kind)))
    let driver = try SimulatedDriver(
      graph: graph.graph, digest: graph.digest, scenario: kind.scenario, seed: seed,
      log: InMemoryEstateLog(), permit: .unlimited, clock: { VirtualClock(start: $0) })
    let journal = FirstWaitJournal(RunState(graph: graph.graph))
    let executor = Executor(run: "calibration", world: driver, journal: journal) {
      event, _ in journal.observe(event)
    }
    do {
      _ = try await executor.execute(
        from: RunState(graph: graph.graph),
        .start(RunStart(plan: "calibration", digest: graph.digest, by: "bench", seed: seed)))
    } catch is FirstWaitJournal.HasPassed {}
    return journal.judged
  }

  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }

  private static func number(_ value: Double?) -> String {
    value.map { "\(Int($0.rounded()))" } ?? "-"
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}

/// A journal that ends the run when its first wait has passed, and remembers what was forecast until then.
private final class FirstWaitJournal: Journal {
  struct HasPassed: Error {}

  fileprivate struct Made {
    let at: Instant
    let hours: Int
    let ends: WaitForecast.Ends
    let line: Instant?
    let isTrusted: Bool
  }

  fileprivate struct Memory {
    /// What the events until now come to: an executor is told of many at once.
    var state: RunState
    var made: [Made] = []
    var counts: [(at: Instant, adopted: Int)] = []
    var passed: Instant?
  }

  private let memory: Mutex<Memory>

  init(_ state: RunState) { memory = Mutex(Memory(state: state)) }

  func append(_ events: [RunEvent], answering requests: [Int64]) async throws {
    if memory.withLock({ $0.passed }) != nil { throw HasPassed() }
  }

  func requests() async throws -> [OperatorRequest] { [] }

  func renewLease() async throws {}

  func holdLease(for duration: Duration) async throws {}

  func observe(_ event: RunEvent) {
    memory.withLock { memory in
      guard memory.passed == nil, (try? memory.state.apply(event)) != nil else { return }
      switch event.kind {
      case .waitPassed: memory.passed = event.at
      case .waitSampled(let step, _, .counted(let count)):
        memory.counts.append((event.at, count.adopted))
        guard let ends = count.forecast?.ends, let progress = memory.state.waits[step],
          let policy = memory.state.policy(of: step)
        else { return }
        let elapsed = event.at - progress.startedAt
        memory.made.append(
          Made(
            at: event.at, hours: Int((elapsed.milliseconds + 1_800_000) / 3_600_000), ends: ends,
            line: memory.line(to: policy, count, event.at),
            isTrusted: progress.distrustedSince == nil))
      default: break
      }
    }
  }

  /// The forecasts, with what came.
  var judged: [Calibration.Forecast] {
    memory.withLock { memory in
      guard let passed = memory.passed else { return [] }
      func hours(_ one: Instant, _ other: Instant) -> Double {
        Double(abs(one.milliseconds - other.milliseconds)) / 3_600_000
      }
      return memory.made.map { made in
        let isHit = (made.ends.early ?? passed) <= passed && passed <= (made.ends.late ?? passed)
        return Calibration.Forecast(
          hours: made.hours, isHit: isHit,
          error: made.ends.median.map { hours($0, passed) } ?? 1_440,
          lineError: made.line.map { hours($0, passed) }, left: hours(passed, made.at),
          isTrusted: made.isTrusted)
      }
    }
  }
}

extension FirstWaitJournal.Memory {
  /// Where a straight line through the last day reaches the share; nil in the first day.
  fileprivate func line(to policy: WaitPolicy, _ count: AdoptionCount, _ now: Instant) -> Instant? {
    guard let before = counts.last(where: { now - $0.at >= .hours(24) }) else { return nil }
    let needed =
      Double(policy.adopted.value.millionths) / 1e6 * Double(count.counted) - Double(count.adopted)
    let rate = Double(count.adopted - before.adopted) / 24
    let hours = rate > 0 ? min(needed / rate, 1_440) : 1_440
    return now + .seconds(hours * 3_600) + policy.holdFor.value
  }
}
