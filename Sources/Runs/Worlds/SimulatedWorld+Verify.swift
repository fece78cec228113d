import Estate
import PlanModel
import RotationEngine
import RotationGraph
import RunStore

extension SimulatedWorld {
  func alteration(of archive: RunArchive, in store: any Store) async throws -> Alteration? {
    var ledger = EffectLedger()
    try await ledger.read(archive, in: store)
    let (lines, header) = (try lines(of: archive), try header(of: archive))
    let history: EstateHistory
    do {
      history = try EstateHistory(lines: lines ?? [], of: header)
    } catch {
      return Alteration(kind: .world, sequence: nil, message: error.message)
    }
    if let loss = loss(of: archive, history, isMissing: lines == nil) {
      return Alteration(kind: .world, sequence: nil, message: loss.message)
    }
    let hasOthers = try scenario(of: archive).faults.prematureSwap != nil
    if let alteration = ledger.lost(from: history, archive.graph.graph, hasOthers: hasOthers) {
      return alteration
    }
    // What was done between the two looks was announced before.
    try await ledger.read(archive, in: store)
    return ledger.unintended(in: history, archive.graph.graph)
  }
}

/// What a journal says about effects, to hold the log of a world against it.
private struct EffectLedger {
  private struct Attempt: Hashable {
    let step: Int
    let number: Int
  }

  /// When each attempt was announced first.
  private var announced: [Attempt: Instant] = [:]

  /// The steps of which the journal says nothing since an attempt was announced.
  private var fresh: Set<Int> = []

  private struct Success {
    let sequence: Int
    let step: Int

    /// Whether it came right after the announcement: the driver did it, and nobody found or said that it is done.
    let isFresh: Bool
  }

  /// The successes that no person confirmed.
  private var successes: [Success] = []

  /// Whether a step was skipped or tried anew: then what a later step is for may be there without it.
  private var hasDetours = false

  /// When the journal was last adopted as an older copy: what was done before may have been announced in what was lost.
  private var adoptedAt: Instant?

  private var lastSequence = 0

  /// Takes in the events that came since.
  mutating func read(_ archive: RunArchive, in store: any Store) async throws {
    var ledger = self
    try await store.readEvents(of: archive.id, from: lastSequence + 1) { encoded in
      ledger.take(try archive.codec.decode(encoded.bytes))
    }
    self = ledger
  }

  private mutating func take(_ event: RunEvent) {
    lastSequence = event.sequence
    switch event.kind {
    case .stepStarted(let step, let attempt):
      let key = Attempt(step: step, number: attempt)
      announced[key] = min(announced[key] ?? event.at, event.at)
      fresh.insert(step)
    case .stepSucceeded(let step, _, let evidence):
      let isFresh = fresh.remove(step) != nil
      guard !evidence.isConfirmation else { break }
      successes.append(Success(sequence: event.sequence, step: step, isFresh: isFresh))
    case .stepSkipped, .stepReset:
      hasDetours = true
    case .runAdopted:
      adoptedAt = event.at
    default:
      if let step = event.kind.step { fresh.remove(step) }
    }
  }

  /// The first success whose effect the log does not have; `hasOthers` where others than the run change this world.
  func lost(
    from history: EstateHistory, _ graph: StepGraph, hasOthers: Bool
  ) -> Alteration? {
    let done = Set(history.entries.map(\.step))
    let lost = successes.first { success in
      (success.isFresh || !hasDetours && !hasOthers)
        && graph.steps[success.step].action.leavesTrace
        && !done.contains(graph.id(of: success.step))
    }
    guard let lost else { return nil }
    return Alteration(
      kind: .world, sequence: lost.sequence,
      message:
        "The estate's log does not have what `\(graph.id(of: lost.step))` did, which succeeded in event "
        + "\(lost.sequence).")
  }

  /// The first entry of the log that no attempt in the journal announced.
  func unintended(in history: EstateHistory, _ graph: StepGraph) -> Alteration? {
    let steps = graph.stepsByID()
    var last: Instant?
    for (index, entry) in history.entries.enumerated() {
      // The first line is the header.
      let place = "Line \(index + 2) of the estate's log"
      if let last, entry.at < last {
        return Alteration(
          kind: .world, sequence: nil,
          message: "\(place) is of \(entry.at), before the line above it.")
      }
      last = entry.at
      if let adoptedAt, entry.at <= adoptedAt { continue }
      guard let step = steps[entry.step], graph.steps[step].action == entry.effect,
        graph.name(of: graph.steps[step].target) == entry.target,
        let begin = announced[Attempt(step: step, number: entry.attempt)], begin <= entry.at
      else {
        return Alteration(
          kind: .world, sequence: nil,
          message:
            "\(place) says that attempt \(entry.attempt) of `\(entry.step)` did something at \(entry.at), "
            + "which no event announced.")
      }
    }
    return nil
  }
}
