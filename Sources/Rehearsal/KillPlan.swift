import Estate
import PlanModel
import Reports
import RotationGraph

/// How often, or where, executors of a rehearsal are killed.
package enum KillWish: Sendable, Equatable {
  /// So many times, at places that the seed chooses.
  case times(Int)

  /// At every so manieth step in the order of the graph, before its effect and after it.
  case everySteps(Int)
}

/// Where executors are killed.
struct KillPlan: Sendable, Equatable {
  /// A place.
  struct Point: Sendable, Hashable {
    let step: Int
    let moment: RehearsalReport.Moment
  }

  /// The places, each of which is met once.
  let points: Set<Point>

  /// Chooses places.
  ///
  /// - Parameters:
  ///   - wish: How many, or where.
  ///   - graph: The graph of the run.
  ///   - effects: Which operations are the effects of its steps.
  ///   - chance: What chooses.
  init(_ wish: KillWish, _ graph: StepGraph, _ effects: EffectTable, _ chance: Chance) {
    switch wish {
    case .everySteps(let distance):
      let steps = graph.steps.indices.filter { ($0 + 1).isMultiple(of: max(distance, 1)) }
      points = Set(
        steps.flatMap { step in
          effects.isEffective(step)
            ? [Point(step: step, moment: .beforeEffect), Point(step: step, moment: .afterEffect)]
            : [Point(step: step, moment: .begun), Point(step: step, moment: .ended)]
        })
    case .times(let count):
      var places = graph.steps.indices.flatMap { step -> [Point] in
        let moments: [RehearsalReport.Moment] =
          switch effects.operationCount(of: step) {
          case 0: [.begun, .ended]
          case 1: [.beforeEffect, .afterEffect, .ended]
          default: [.beforeEffect, .amidEffect, .afterEffect, .ended]
          }
        return moments.map { Point(step: step, moment: $0) }
      }
      var chosen: Set<Point> = []
      while chosen.count < count, !places.isEmpty {
        let index = Chance.scaled(
          chance.bits(.kill, chosen.count), below: Int64(places.count))
        chosen.insert(places.remove(at: Int(index)))
      }
      points = chosen
    }
  }
}

/// Which operations of SEPM are the effects of which step of a graph.
struct EffectTable: Sendable {
  private struct Key: Hashable {
    let verb: EstateOperation.Verb
    let target: String
    let isOn: Bool?

    init(_ operation: EstateOperation) {
      verb = operation.verb
      target = operation.target
      isOn = operation.isOn
    }
  }

  private var steps: [Key: Int] = [:]
  private var counts: [Int: Int] = [:]

  /// The table of a graph whose world is still as it was at the start. What people do is no step's effect.
  init(_ graph: StepGraph, _ estate: SimulatedEstate) {
    for (index, step) in graph.steps.enumerated() where step.channel != .operator {
      let action = OperatorAction(step.action, on: graph.name(of: step.target))
      guard let operations = action.operations(in: estate), let first = operations.first else {
        continue
      }
      steps[Key(first)] = index
      counts[index] =
        switch (step.action, step.target) {
        case (.disableVerification, .site(let site)), (.enableVerification, .site(let site)):
          estate.sites[site].verifyingLocations
        default: operations.count
        }
    }
  }

  /// The step whose effect an operation is; nil where it is none's.
  func step(of operation: EstateOperation) -> Int? { steps[Key(operation)] }

  /// Of how many operations the effect of a step consists; 0 for one that has none.
  func operationCount(of step: Int) -> Int { counts[step] ?? 0 }

  /// Whether a step does anything.
  func isEffective(_ step: Int) -> Bool { operationCount(of: step) > 0 }
}

extension SimulatedSite {
  /// The locations with settings of their own that verify: a change over the API patches each of them.
  fileprivate var verifyingLocations: Int {
    groups.reduce(0) { sum, group in
      group.inherits ? sum : sum + group.locations.count(where: \.verifies)
    }
  }
}
