import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("The verifier finds the mistakes of the lowering")
struct PlantedMistakeTests {
  @Test("A mistake in any function of the lowering is named", arguments: PlantedMistake.all)
  func named(mistake: PlantedMistake) {
    #expect(verify(lower(mistake.plan)).map(\.detail) == [])
    let found = verify(lower(mistake.plan, by: mistake.rules))
    #expect(
      found.contains { $0.code == mistake.code && $0.detail.contains(mistake.named) },
      "\(found.map { "\($0.code): \($0.detail)" }.joined(separator: "\n"))")
  }

  @Test("Every function of the lowering has a mistake in the table")
  func complete() {
    let functions = Mirror(reflecting: LoweringRules.standard).children.count
    let broken = Set(PlantedMistake.all.map { $0.part as AnyKeyPath })
    #expect(broken.count == functions, "LoweringRules has a member that the table does not break")
  }

  @Test("A mistake that makes a graph weaker is found in any plan", arguments: PlantedMistake.all)
  func anywhere(mistake: PlantedMistake) {
    for seed in UInt64(0)..<40 {
      let plan = GeneratedRotation.plan(seed: seed)
      let wrong = lower(plan, by: mistake.rules)
      guard isWeaker(wrong, than: lower(plan)) else { continue }
      #expect(!verify(wrong).isEmpty, "seed \(seed)")
    }
  }

  /// Whether a graph has other steps or channels than the right one, or lacks a wait of it.
  private func isWeaker(_ wrong: StepGraph, than right: StepGraph) -> Bool {
    guard Set(wrong.steps) == Set(right.steps) else { return true }
    let places = wrong.stepsByID()
    let before = ancestors(in: wrong)
    return right.steps.indices.contains { step in
      guard let place = places[right.id(of: step)] else { return true }
      return right.dependencies[step].contains { dependency in
        !before[place].contains(right.id(of: Int(dependency)))
      }
    }
  }

  /// For each step the ids of all that come before it.
  private func ancestors(in graph: StepGraph) -> [Set<String>] {
    var before: [Set<String>] = []
    for step in graph.steps.indices {
      before.append(
        graph.dependencies[step].reduce(into: []) { ids, dependency in
          ids.insert(graph.id(of: Int(dependency)))
          ids.formUnion(before[Int(dependency)])
        })
    }
    return before
  }
}
