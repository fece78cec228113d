import CanonicalJSON
import Estate
import RotationEngine

/// Everything that a lab is at one moment; a function of plan, scenario, seed and its log.
struct LabState: Sendable {
  /// An entry with what came of it.
  struct Record: Sendable {
    let entry: LabEntry
    let outcome: SimulatedEstate.Outcome
  }

  private(set) var estate: SimulatedEstate
  private(set) var faults = LabFaults()
  private(set) var commands: [ClientCommand] = []
  private(set) var acknowledged: Set<String> = []

  /// What was done so far, oldest first; what time did is no part of it.
  private(set) var records: [Record] = []

  /// The speed that the log says, and how far it lets time go.
  private(set) var speed: Int
  private(set) var reservedUntil: Instant

  /// The outcome of each request that had a key.
  private var outcomes: [String: SimulatedEstate.Outcome] = [:]

  private let log: any EstateLog
  private let witness: LabWitness?

  /// The world of `log`, whose lines after the header are `entries`.
  init(
    _ estate: SimulatedEstate, speed: Int, entries: [LabEntry], log: any EstateLog,
    witness: LabWitness?
  ) {
    self.witness = witness
    self.estate = estate
    self.speed = speed
    reservedUntil = estate.now
    self.log = log
    self.estate.beServed()
    for entry in entries { take(entry) }
  }

  /// Does something, in the log first. What was done before under the same key is not done again.
  ///
  /// - Returns: What came of it, now or the first time.
  /// - Throws: ``EstateLogError``; nothing was done.
  @discardableResult
  mutating func perform(
    _ change: LabEntry.Change, by author: String, key: String? = nil
  ) throws -> SimulatedEstate.Outcome {
    if let known = outcome(ofKey: key) { return known }
    guard case .operation(let operation) = change, let witness else {
      return try record(change, author, key)
    }
    guard witness.before(operation, author) else {
      return .failed(StepFailure(.failed, "The lab was told not to do it.", isRetryable: true))
    }
    let outcome = try record(change, author, key)
    witness.after(operation, author)
    return outcome
  }

  private mutating func record(
    _ change: LabEntry.Change, _ author: String, _ key: String?
  ) throws -> SimulatedEstate.Outcome {
    let entry = LabEntry(at: estate.now, by: author, key: key, change)
    try log.append(entry.line)
    return take(entry)
  }

  /// What came of a request with the key; nil where there was none.
  func outcome(ofKey key: String?) -> SimulatedEstate.Outcome? {
    key.flatMap { outcomes[$0] }
  }

  /// Lets the world go on; the log must allow it already.
  mutating func advance(to instant: Instant) { estate.advance(to: instant) }

  /// Counts one call that the faults may concern.
  mutating func disturbance(of call: LabFaults.Call) -> LabFaults.Disturbance? {
    faults.disturbance(of: call)
  }

  /// Whether a fault keeps a change of a location's settings from being done; such a one is counted.
  mutating func ignoresPatch(
    of group: String, _ location: String, site: String, server: String
  ) -> Bool {
    faults.ignores(site: site, server: server, group: group, location: location)
  }

  @discardableResult
  private mutating func take(_ entry: LabEntry) -> SimulatedEstate.Outcome {
    estate.advance(to: entry.at)
    var outcome = SimulatedEstate.Outcome.done(Evidence())
    switch entry.change {
    case .operation(let operation): outcome = estate.perform(operation, at: entry.at)
    case .fault(let fault): faults.set(fault)
    case .command(let command): commands.append(command)
    case .acknowledgement(let event): acknowledged.insert(event)
    case .time(let speed, let until):
      self.speed = speed
      reservedUntil = max(until, entry.at)
      return outcome
    }
    records.append(Record(entry: entry, outcome: outcome))
    if let key = entry.key { outcomes[key] = outcome }
    return outcome
  }
}
