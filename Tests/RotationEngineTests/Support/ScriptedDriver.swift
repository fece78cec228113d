import RotationEngine
import RotationGraph
import Synchronization

/// A driver that takes time on the run's clock, does what a script says, and notes what was asked.
final class ScriptedDriver: Driver {
  struct Script: Sendable {
    /// The answer to an attempt; nil succeeds.
    var answers: @Sendable (StepRequest) -> StepAnswer? = { _ in nil }
    var sample: @Sendable (StepRequest, Instant) -> WaitSample = { _, _ in
      .counted(
        AdoptionCount(
          counted: 100, adopted: 100, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0))
    }
    var attendance = Attendance.absent
    var timeLimit = Duration.zero
    var finding: @Sendable (StepRequest) -> Finding = { _ in .done(Evidence()) }
  }

  let clock: any RunClock
  let script: Script
  /// Protects the notes.
  private let notes = Mutex<[String]>([])

  init(clock: any RunClock, script: Script = Script()) {
    self.clock = clock
    self.script = script
  }

  var asked: [String] { notes.withLock { $0 } }

  private func note(_ text: String) { notes.withLock { $0.append(text) } }

  func perform(_ request: StepRequest) async -> StepAnswer {
    let id = request.graph.id(of: request.step)
    let minutes = 1 + id.utf8.reduce(0) { $0 + Int($1) } % 7
    await clock.sleep(until: clock.now() + .seconds(minutes * 60), rank: request.step)
    guard !Task.isCancelled else { return .failed(StepFailure(.cancelled, "stopped")) }
    note("perform \(id) #\(request.attempt)")
    return script.answers(request) ?? .succeeded(Evidence())
  }

  func timeLimit(of request: StepRequest) -> Duration { script.timeLimit }

  func observe(_ request: StepRequest) async -> Finding {
    note("observe \(request.graph.id(of: request.step))")
    return script.finding(request)
  }

  func sample(_ request: StepRequest) async -> WaitSample { script.sample(request, clock.now()) }

  func instructions(for request: StepRequest) -> [String] { ["Do it."] }

  func attend(_ request: StepRequest) async -> Attendance {
    if script.attendance != .absent {
      await clock.sleep(until: clock.now() + .seconds(1_800), rank: request.step)
    }
    return script.attendance
  }

  func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers { Stragglers() }

  func truth() async -> EstateTruth? {
    EstateTruth(clients: 100, orphans: 0, latentOrphans: 0)
  }
}
