import Estate
import Lab
import PlanModel
import RotationEngine
import RotationGraph

/// Holds what a journal claims against what is so in the lab.
struct RehearsalJudgement {
  let graph: StepGraph
  let state: RunState

  /// The events of the run.
  let events: [RunEvent]

  /// The lab before the run, and now.
  let before: SimulatedEstate
  let now: SimulatedEstate
  let deeds: [LabDeed]

  /// Clients that waits went on without, as the thresholds of the plan allow.
  var accepted: Int {
    events.reduce(0) { sum, event in
      guard case .waitPassed(let step, nil, let passing) = event.kind,
        graph.steps[step].action.waitKind != nil
      else { return sum }
      return sum + passing.counted - passing.adopted
    }
  }

  /// Whether any service was started with a new certificate, or a new one was put in.
  var hasSwapped: Bool {
    deeds.contains { $0.isDone && $0.operation.verb == .updateCertificate }
  }

  /// What is to be said against the run.
  var objections: [String] {
    lost + repeated + (state.status == .succeeded ? unfinished : [])
  }

  private var lost: [String] {
    let truth = now.truth
    let count = truth.orphans + truth.latentOrphans
    guard count > accepted else { return [] }
    return [
      "\(truth.orphans) clients are lost and \(truth.latentOrphans) will be when they return; the thresholds of the "
        + "plan accept \(accepted)."
    ]
  }

  /// What was done more often than it was tried: a step that is no harm twice may be, any other only after a failure.
  private var repeated: [String] {
    let effects = EffectTable(graph, before)
    var done: [Int: [EstateOperation: Int]] = [:]
    for deed in deeds where deed.isDone && deed.by != RehearsingOperator.author {
      guard let step = effects.step(of: deed.operation) else { continue }
      done[step, default: [:]][deed.operation, default: 0] += 1
    }
    return done.keys.sorted().compactMap { step in
      guard graph.steps[step].action.effect != .idempotent,
        let times = done[step]?.values.max(), times > tries(of: step)
      else { return nil }
      return
        "\(graph.id(of: step)) was done \(times) times, and the journal knows of \(tries(of: step))."
    }
  }

  /// How often a step may have had its effect: once, and once more after each failure.
  private func tries(of step: Int) -> Int {
    1
      + events.count { event in
        switch event.kind {
        case .stepFailed(step, _, _, _), .stepReset(step, _): true
        default: false
        }
      }
  }

  /// What a rotation that ended leaves as it was, or new.
  private var unfinished: [String] {
    var words: [String] = []
    for (position, site) in now.sites.enumerated() {
      for group in site.groups where !group.inherits {
        let old = before.sites[position].groups.first { $0.path == group.path }
        guard let old, old.locations != group.locations else { continue }
        words.append(
          "The settings of \(group.path) at \(site.name) are not those of before the rotation.")
      }
      for server in site.servers {
        guard let new = server.newCertificate else { continue }
        let old = Service.allCases.filter { server[$0].loaded != new || !server[$0].isRunning }
        guard !old.isEmpty else { continue }
        words.append(
          "\(old.map(\.rawValue).joined(separator: ", ")) of \(server.name) does not present the new certificate."
        )
      }
    }
    for link in now.links where link.sides.contains(where: { $0 != .active }) {
      words.append("Replication of \(link.name) is not restored on both sides.")
    }
    return words
  }
}
