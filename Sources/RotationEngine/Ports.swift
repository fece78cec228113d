package import RotationGraph

/// One attempt at a step, as a driver sees it.
package struct StepRequest: Sendable {
  /// The run's id.
  package let run: String

  /// The graph that the step belongs to.
  package let graph: StepGraph

  /// The step's position in the graph.
  package let step: Int

  /// From 1.
  package let attempt: Int

  /// When this attempt's intent was recorded.
  package let startedAt: Instant

  /// Since when the effect may be there: the start of the first attempt since the step was last done.
  package let since: Instant

  /// Whether a person said at the step's gate that it is done.
  package let isApproved: Bool

  /// A request.
  package init(
    run: String, graph: StepGraph, step: Int, attempt: Int, startedAt: Instant,
    since: Instant? = nil, isApproved: Bool = false
  ) {
    self.isApproved = isApproved
    self.run = run
    self.graph = graph
    self.step = step
    self.attempt = attempt
    self.startedAt = startedAt
    self.since = since ?? startedAt
  }

  /// The same for every attempt at the same step of the same run, so that a target can tell a repeat.
  package var idempotencyKey: String { "\(run)/\(graph.id(of: step))" }
}

/// What came of an attempt.
package enum StepAnswer: Sendable, Equatable {
  /// It is done, and this shows it.
  case succeeded(Evidence)

  /// It is not done.
  case failed(StepFailure)

  /// The channel cannot do it here; a person must, and this says why.
  case needsOperator(reason: String)
}

/// What a person at a gate does about it, where the program can know.
package enum Attendance: Sendable, Equatable {
  /// They say it is done.
  case approved(OperatorWord)

  /// They refuse.
  case rejected(OperatorWord)

  /// Nobody is there: the answer comes through the mailbox.
  case absent
}

/// A client that can talk to no server, or will not when it comes back.
package struct OrphanedClient: Sendable, Equatable {
  /// The machine's name.
  package let name: String

  /// Its group's full path.
  package let group: String

  /// When it was last seen; nil for never.
  package let lastSeen: Instant?

  /// Whether it is offline, and an orphan on its return.
  package let isLatent: Bool

  /// A client that was lost.
  package init(name: String, group: String, lastSeen: Instant?, isLatent: Bool) {
    self.name = name
    self.group = group
    self.lastSeen = lastSeen
    self.isLatent = isLatent
  }
}

/// What only the estate itself can know about its clients.
package struct EstateTruth: Sendable, Equatable {
  /// All clients.
  package let clients: Int

  /// Clients that can talk to no server and will not recover by themselves.
  package let orphans: Int

  /// Offline clients that will be orphans when they return.
  package let latentOrphans: Int

  /// The truth.
  package init(clients: Int, orphans: Int, latentOrphans: Int) {
    self.clients = clients
    self.orphans = orphans
    self.latentOrphans = latentOrphans
  }
}

/// Carries out actions over channels (`docs/PROCEDURE.md`, "Channels"), in the real world or the
/// simulated one.
///
/// None of the methods throws: what goes wrong is an answer. All of them may be called concurrently,
/// and return soon after their task is cancelled.
package protocol Driver: Sendable {
  /// Carries out a step whose channel is not the operator's. The intent is durable before the call.
  func perform(_ request: StepRequest) async -> StepAnswer

  /// How long ``perform(_:)`` may go on at most, in real time: its effect does not begin unless the run is held
  /// for that long.
  func timeLimit(of request: StepRequest) -> Duration

  /// Finds out whether the step's effect is there. Changes nothing.
  func observe(_ request: StepRequest) async -> Finding

  /// Counts the clients that have adopted the change which the wait step waits for; also called right
  /// before a certificate update, for the wait before it. `startedAt` is the start of the wait.
  func sample(_ request: StepRequest) async -> WaitSample

  /// When and how the run will end, as a count of a wait shows it whose own end it says; nil where nothing can be said.
  func forecast(
    of state: RunState, counting step: Int, _ count: AdoptionCount, at now: Instant
  ) async -> RunForecast?

  /// What a person is asked to do at a gate, with every name filled in, and with what the run recorded.
  func instructions(for request: StepRequest) async -> [String]

  /// Waits for a person at a gate, where the program stands for one; else ``Attendance/absent``.
  func attend(_ request: StepRequest) async -> Attendance

  /// The clients that hold a wait back, at most `limit` of them by name.
  func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers

  /// What only the estate can know; nil in the real world.
  func truth() async -> EstateTruth?
}

extension Driver {
  /// Most worlds know nothing of what people are used to.
  package func forecast(
    of state: RunState, counting step: Int, _ count: AdoptionCount, at now: Instant
  ) async -> RunForecast? { nil }
}

/// What a run acts on: what carries out its steps, its time, and what guards its effects.
///
/// *Simulated* in the process, a lab or real servers: the engine sees no difference.
package protocol RunWorld: Sendable {
  /// What carries out the steps.
  var driver: any Driver { get }

  /// The run's time.
  var clock: any RunClock { get }

  /// Why the world takes no more effects, and the executor is to stop without recording anything more:
  /// steps keep their intents, and the next executor looks what came of them. Nil as a rule; asked
  /// before each append and each renewal of the lease.
  var trouble: JournalError? { get }
}

/// A world that guards nothing: a driver and a clock.
package struct UnguardedWorld: RunWorld {
  package let driver: any Driver
  package let clock: any RunClock

  /// A world of these two.
  package init(driver: any Driver, clock: any RunClock) {
    self.driver = driver
    self.clock = clock
  }

  package var trouble: JournalError? { nil }
}

/// Where the events of one run become durable.
///
/// Calls come from one task. An append returns when its events, and the attachments that they refer to, can
/// not be lost any more, or throws and has recorded none of them.
package protocol Journal: Sendable {
  /// Appends the events of one or more turns in one transaction, and marks the mailbox's requests that
  /// they answer as done.
  ///
  /// - Throws: ``JournalError``; after it the executor acts no more.
  func append(_ events: [RunEvent], answering requests: [Int64]) async throws

  /// The requests in the mailbox that no append has answered, oldest first.
  func requests() async throws -> [OperatorRequest]

  /// Keeps the right to write; called at least every few seconds.
  func renewLease() async throws

  /// Makes sure that nobody else can take the run for this long and a margin; called after an effect's intent is
  /// durable and before the effect begins.
  ///
  /// - Throws: ``JournalError``; the effect must then not begin.
  func holdLease(for duration: Duration) async throws
}

/// The right to begin an effect: what is left of the lease of the run, which the driver looks at right before it acts.
package struct EffectPermit: Sendable {
  /// By how much the lease must outlast an effect: what passes between a look at the clock and the act.
  package static let margin: Duration = .seconds(5)

  private let remaining: @Sendable () -> Duration

  /// A permit that lasts as long as something remains.
  package init(remaining: @escaping @Sendable () -> Duration) {
    self.remaining = remaining
  }

  /// A permit that does not end: for a world that only one process can reach.
  package static let unlimited = EffectPermit { .seconds(Int64.max / 2) }

  /// Whether an effect that lasts so long at most may begin.
  package func covers(_ duration: Duration) -> Bool { remaining() >= duration + Self.margin }
}

/// Time as the executor and the drivers see it.
package protocol RunClock: Sendable {
  /// Whether time passes without anybody waiting for it.
  var isSimulated: Bool { get }

  /// The time.
  func now() -> Instant

  /// Returns at `instant` or later, or as soon as the task is cancelled. Where several sleepers wake at
  /// the same instant, a simulated clock wakes the lowest `rank` first.
  func sleep(until instant: Instant, rank: Int) async

  /// Says that the executor is about to wait for one of `children` tasks. A simulated clock moves on
  /// only when all of them sleep; a real one does not care.
  func awaiting(children: Int)

  /// Says that one of those tasks is about to hand its result to the executor: simulated time stands
  /// until the executor waits again, whatever tasks it starts meanwhile.
  func arriving()
}
