package import PlanModel
import PlanText
package import RotationEngine

/// What one simulated run of a plan came to.
package struct RotationTrial: Sendable, Equatable {
  /// How long a wait took.
  package struct Wait: Sendable, Equatable {
    /// The position of the step.
    package let step: Int

    /// From its beginning to its end.
    package let lasted: Duration

    /// Whether it ended no later than a pair of polls after the plan's minimum: clients were ready before.
    package let isByMinimum: Bool

    /// Whether it ended before its deadline.
    package let metDeadline: Bool

    /// A wait.
    package init(step: Int, lasted: Duration, isByMinimum: Bool, metDeadline: Bool) {
      self.step = step
      self.lasted = lasted
      self.isByMinimum = isByMinimum
      self.metDeadline = metDeadline
    }
  }

  /// The seed of its estate.
  package let seed: Int64

  /// How it ended.
  package let ending: RunEnd

  /// From the first event to the last.
  package let lasted: Duration

  /// The figures at its end; nil where it did not come to one.
  package let figures: RunFigures?

  /// The waits that ended, in the order of the graph.
  package let waits: [Wait]

  /// What a run came to.
  package init(
    seed: Int64, ending: RunEnd, lasted: Duration, figures: RunFigures?, waits: [Wait]
  ) {
    self.seed = seed
    self.ending = ending
    self.lasted = lasted
    self.figures = figures
    self.waits = waits
  }

  /// What a run came to that stands at its end.
  package init(seed: Int64, end: RunEnd, state: RunState) {
    self.seed = seed
    ending = end
    lasted = state.startedAt.flatMap { start in state.lastAt.map { $0 - start } } ?? .zero
    figures = state.figures
    waits = state.steps.indices.compactMap { step in
      guard let policy = state.policy(of: step), let began = state.steps[step].startedAt,
        let ended = state.steps[step].endedAt, state.steps[step].isDone
      else { return nil }
      let lasted = ended - began
      return Wait(
        step: step, lasted: lasted,
        isByMinimum: lasted <= policy.minimum.value + policy.every.value + policy.every.value,
        metDeadline: lasted <= policy.deadline.value)
    }
  }
}

/// What many simulated runs of one plan came to.
package struct TrialSummary: Sendable {
  /// How long something was open.
  package struct Exposure: Sendable, Equatable {
    /// The site or partnership.
    package let name: String
    package let seconds: TrialRange<Int>
  }

  /// How a wait goes.
  package struct Wait: Sendable, Equatable {
    /// The position of the step.
    package let step: Int
    package let lasted: TrialRange<Duration>

    /// In which part of the runs that came so far the plan's minimum decided, and the deadline was met.
    package let byMinimum: Share
    package let metDeadline: Share
  }

  /// How many runs there were, and how many came to their end.
  package let runs: Int
  package let finished: Int

  /// Why others did not, and how many.
  package let unfinished: [(ending: RunEnd, runs: Int)]

  /// Of the runs that came to their end; nil where none did.
  package let lasted: TrialRange<Duration>?
  package let orphans: TrialRange<Int>?
  package let latentOrphans: TrialRange<Int>?
  package let gates: TrialRange<Int>?

  /// How many of them lost a client, now or on its return.
  package let losing: Int

  /// For each site and partnership.
  package let verificationOff: [Exposure]
  package let replicationBroken: [Exposure]

  /// The longest first.
  package let waits: [Wait]

  /// What these runs came to.
  package init(_ trials: [RotationTrial]) {
    runs = trials.count
    let ended = trials.filter { $0.ending == .succeeded }
    let figures = ended.compactMap(\.figures)
    finished = ended.count
    lasted = TrialRange(ended.map(\.lasted))
    orphans = TrialRange(figures.compactMap(\.orphans))
    latentOrphans = TrialRange(figures.compactMap(\.latentOrphans))
    gates = TrialRange(figures.map(\.gates))
    losing = figures.count { ($0.orphans ?? 0) + ($0.latentOrphans ?? 0) > 0 }
    verificationOff = Self.exposures(figures.map(\.verificationOff))
    replicationBroken = Self.exposures(figures.map(\.replicationBroken))
    unfinished = Self.unfinished(trials)
    waits = Self.waits(trials)
  }

  private static func unfinished(
    _ trials: [RotationTrial]
  ) -> [(ending: RunEnd, runs: Int)] {
    var result: [(ending: RunEnd, runs: Int)] = []
    for trial in trials where trial.ending != .succeeded {
      if let known = result.firstIndex(where: { $0.ending == trial.ending }) {
        result[known].runs += 1
      } else {
        result.append((trial.ending, 1))
      }
    }
    return result
  }

  private static func exposures(_ all: [[RunFigures.Exposure]]) -> [Exposure] {
    var seconds: [String: [Int]] = [:]
    var names: [String] = []
    for exposure in all.joined() {
      if seconds[exposure.name] == nil { names.append(exposure.name) }
      seconds[exposure.name, default: []].append(exposure.seconds)
    }
    return names.compactMap { name in
      TrialRange(seconds[name] ?? []).map { Exposure(name: name, seconds: $0) }
    }
  }

  private static func waits(_ trials: [RotationTrial]) -> [Wait] {
    var all: [Int: [RotationTrial.Wait]] = [:]
    for wait in trials.lazy.flatMap(\.waits) { all[wait.step, default: []].append(wait) }
    let waits = all.keys.sorted().compactMap { step -> Wait? in
      let waits = all[step] ?? []
      return TrialRange(waits.map(\.lasted)).map {
        Wait(
          step: step, lasted: $0,
          byMinimum: Share(waits.count(where: \.isByMinimum), of: waits.count),
          metDeadline: Share(waits.count(where: \.metDeadline), of: waits.count))
      }
    }
    return waits.sorted { ($1.lasted.middle, $0.step) < ($0.lasted.middle, $1.step) }
  }
}
