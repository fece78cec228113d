import CanonicalJSON
import RotationEngine
import Synchronization

@testable import RunStore

/// Real time as a test sets it.
final class TestClock: Sendable {
  private let milliseconds = Mutex<Int64>(1_800_000_000_000)
  private let upFor = Mutex<Int64>(500_000)

  var now: Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }

  var uptime: Duration { .milliseconds(upFor.withLock { $0 }) }

  func advance(_ seconds: Int64) {
    set(by: seconds)
    upFor.withLock { $0 += seconds * 1_000 }
  }

  /// Sets the time without any passing.
  func set(by seconds: Int64) { milliseconds.withLock { $0 += seconds * 1_000 } }
}

/// The processes that a test lets live.
final class TestProcesses: Sendable {
  private let dead = Mutex<Set<ProcessIdentity>>([])

  func kill(_ identity: ProcessIdentity) { dead.withLock { _ = $0.insert(identity) } }

  func isAlive(_ identity: ProcessIdentity) -> Bool { dead.withLock { !$0.contains(identity) } }
}

/// A world for leases.
struct TestWorld {
  let clock = TestClock()
  let processes = TestProcesses()

  func holder(
    _ pid: Int32 = 100, host: String = "bastion-1", boot: String = "boot-1", user: String = "anna"
  ) -> LeaseHolder {
    LeaseHolder(
      identity: ProcessIdentity(host: host, bootID: boot, pid: pid, startTime: 7, user: user),
      isAlive: { [processes] in processes.isAlive($0) },
      uptime: { [clock] in clock.uptime },
      now: { [clock] in clock.now })
  }
}

/// What a run is made from, with a digest that fits.
func newRun(
  plan: String = "emea", sites: [String] = ["paris", "berlin"], world: RecordedWorld = .real()
) -> NewRun {
  let graph = Array("{\"steps\":[\"\(plan)\"]}".utf8)
  return NewRun(
    plan: plan, digest: "sha256:" + HashChain.hexadecimal(HashChain.digest(graph)), graph: graph,
    planText: Array("kind: RotationPlan\n".utf8), planPath: "plans/\(plan).yaml",
    toolVersion: "1.0.0", createdBy: "anna", sites: sites, world: world)
}

/// An event in the form of `docs/EVENTS.md`.
func encoded(
  _ sequence: Int, type: String = "step-started", step: String? = "check-server/paris/a",
  attempt: Int? = 1, padding: Int = 0
) -> EncodedEvent {
  let at = Instant(milliseconds: 1_750_000_000_000 + Int64(sequence) * 1_000)
  var writer = JSONWriter()
  writer.object { writer in
    writer.member("seq", sequence)
    writer.member("at", at.description)
    writer.member("type", type)
    writer.member("step", orNull: step)
    writer.member("attempt", orNull: attempt)
    if padding > 0 { writer.member("note", String(repeating: "x", count: padding)) }
  }
  return EncodedEvent(
    sequence: sequence, at: at.milliseconds, type: type, step: step, attempt: attempt,
    bytes: writer.bytes)
}

/// Turns the engine's events into bytes for tests that do not care about their form.
@Sendable func encode(_ event: RunEvent) -> EncodedEvent {
  let type =
    switch event.kind {
    case .runSucceeded: "run-succeeded"
    case .runFailed: "run-failed"
    case .runAborted: "run-aborted"
    default: "run-resumed"
    }
  return encoded(event.sequence, type: type, step: nil, attempt: nil)
}

extension StateFile {
  /// A new run's journal.
  func start(_ new: NewRun = newRun(), holder: LeaseHolder) throws -> RunJournal {
    try RunJournal(file: self, lease: createRun(new, holder: holder), encode: encode)
  }

  /// The journal of a run that goes on.
  func resume(_ run: String, holder: LeaseHolder) throws -> RunJournal {
    try RunJournal(file: self, lease: acquireLease(of: run, holder: holder), encode: encode)
  }
}

extension RunJournal {
  /// Appends so many plain events, each in a transaction of its own unless told otherwise.
  func append(plain count: Int, together: Bool = true) throws {
    let first = self.count + 1
    let events = (first..<(first + count)).map { encoded($0) }
    if together {
      try append(events, answering: [])
    } else {
      for event in events { try append([event], answering: []) }
    }
  }
}

/// The error that `body` throws.
func stateError(_ body: () throws -> Void) -> StateError? {
  do {
    try body()
    return nil
  } catch {
    return error as? StateError
  }
}

/// The error that `body` throws.
func journalError(_ body: () throws -> Void) -> JournalError? {
  do {
    try body()
    return nil
  } catch {
    return error as? JournalError
  }
}
