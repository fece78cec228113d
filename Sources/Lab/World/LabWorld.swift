import Estate
package import RotationEngine
import Synchronization

/// The world of a lab and its time, for everybody who serves it.
package final class LabWorld: Sendable {
  /// What is behind the lock.
  private struct Held: Sendable {
    var state: LabState
    var clock: LabClock
    var sessions = Sessions()
    var windows: [ServerPosition: RateWindow] = [:]
  }

  /// So much real time at a go may pass before the log says that time went on: a lab that is killed goes on at most
  /// so much later than it was.
  private static let reservation = Duration.seconds(5)

  // Protects the world: every call, and everybody who asks for the time, comes from a task of its own.
  private let held: Mutex<Held>
  private let uptime: @Sendable () -> Duration

  /// Opens the world of an estate as its log left it; an empty log begins a new one.
  ///
  /// - Parameters:
  ///   - estate: The estate as it is at the start.
  ///   - header: What the log has to belong to.
  ///   - log: The world's own log.
  ///   - speed: Virtual seconds a real one; nil for what it was before.
  ///   - witness: Who hears of each operation.
  ///   - uptime: How long the machine has been up.
  /// - Throws: ``EstateLogError``
  init(
    _ estate: SimulatedEstate, header: LabHeader, log: any EstateLog, speed: Int?,
    witness: LabWitness? = nil, uptime: @escaping @Sendable () -> Duration
  ) throws {
    let entries = try Self.entries(of: log, header)
    var state = LabState(estate, speed: speed ?? 1, entries: entries, log: log, witness: witness)
    // It goes on where it was, or a little later where it was killed; nothing that anybody saw lies ahead of it.
    let start = max(state.estate.now, state.reservedUntil)
    state.advance(to: start)
    let clock = LabClock(at: start, uptime: uptime(), speed: speed ?? state.speed)
    self.uptime = uptime
    held = Mutex(Held(state: state, clock: clock))
  }

  private static func entries(of log: any EstateLog, _ header: LabHeader) throws -> [LabEntry] {
    let lines = try log.lines()
    guard let first = lines.first else {
      try log.append(header.line)
      return []
    }
    guard let found = LabHeader(line: first) else {
      throw EstateLogError("The lab's log does not begin with a header that this version knows.")
    }
    guard found == header else {
      throw EstateLogError(
        "The lab's folder belongs to another plan, scenario or seed. Start the lab with those that it was started "
          + "with, or in another folder.")
    }
    return try lines.dropFirst().enumerated().map { index, line in
      guard let entry = LabEntry(line: line) else {
        throw EstateLogError(
          "Line \(index + 2) of the lab's log is damaged. Start a lab in another folder.")
      }
      return entry
    }
  }

  /// Looks at the world as it is now, or does something to it.
  ///
  /// - Throws: What `body` throws, and ``EstateLogError`` where the log takes no line.
  func with<Result: Sendable>(_ body: (inout LabState) throws -> Result) throws -> Result {
    try held.withLock { held in
      try goOn(&held)
      return try body(&held.state)
    }
  }

  /// The same, with who is logged on and how often each server was asked.
  func withSessions<Result: Sendable>(
    _ body: (inout LabState, inout Sessions, inout [ServerPosition: RateWindow]) throws -> Result
  ) throws -> Result {
    try held.withLock { held in
      try goOn(&held)
      return try body(&held.state, &held.sessions, &held.windows)
    }
  }

  /// The virtual time.
  package func now() throws -> Instant { try with { $0.estate.now } }

  /// The virtual time, the machine's uptime at which it was so, and how many virtual seconds a real one is.
  func moment() throws -> (now: Instant, uptime: Duration, speed: Int) {
    try held.withLock { held in
      try goOn(&held)
      let uptime = uptime()
      return (held.clock.now(at: uptime), uptime, held.clock.speed)
    }
  }

  /// Goes on with another speed.
  func setSpeed(_ speed: Int) throws {
    try held.withLock { held in
      try goOn(&held)
      held.clock.setSpeed(speed, at: uptime())
      try reserve(&held)
    }
  }

  /// Lets virtual time go on by `duration` at once.
  func advance(by duration: Duration) throws {
    try held.withLock { held in
      try goOn(&held)
      let target = held.state.estate.now + duration
      held.clock.advance(to: target, at: uptime())
      try reserve(&held)
      held.state.advance(to: target)
    }
  }

  /// Says in the log where time stands, so that a lab that is started again goes on exactly there.
  func rest() throws {
    try held.withLock { held in
      try goOn(&held)
      held.clock.setSpeed(0, at: uptime())
      try held.state.perform(
        .time(speed: held.state.speed, until: held.state.estate.now), by: "lab")
    }
  }

  /// The real time that a virtual one takes; nil where time stands still.
  func realTime(for duration: Duration) -> Duration? {
    held.withLock { $0.clock.realTime(for: duration) }
  }

  private func goOn(_ held: inout Held) throws {
    let now = held.clock.now(at: uptime())
    if now > held.state.reservedUntil { try reserve(&held) }
    held.state.advance(to: now)
  }

  private func reserve(_ held: inout Held) throws {
    let now = held.clock.now(at: uptime())
    let until = now + Self.reservation * held.clock.speed
    try held.state.perform(.time(speed: held.clock.speed, until: until), by: "lab")
  }
}

/// A server, by the positions of its site in the plan and its own in the site.
package struct ServerPosition: Sendable, Hashable {
  /// The site.
  package let site: Int

  /// The server in it.
  package let server: Int
}
