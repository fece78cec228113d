import PlanModel

/// What differs between two graphs, step by step; steps are the same when their ids are.
public struct GraphDifference: Sendable, Equatable {
  /// A step that both graphs have, and not alike.
  public struct Change: Sendable, Equatable {
    /// Its position in the old graph.
    public let old: Int

    /// Its position in the new graph.
    public let new: Int

    /// In what it differs.
    public let aspects: StepAspects

    /// Positions in the new graph of the steps that it newly waits for.
    public let addedDependencies: [Int]

    /// Positions in the old graph of the steps that it no longer waits for.
    public let removedDependencies: [Int]
  }

  /// Positions in the new graph of the steps that the old one does not have.
  public let added: [Int]

  /// Positions in the old graph of the steps that the new one does not have.
  public let removed: [Int]

  /// The steps that both have and that differ, in the order of the new graph.
  public let changed: [Change]

  /// Dependencies that only the new graph has.
  public let addedEdges: Int

  /// Dependencies that only the old graph has.
  public let removedEdges: Int

  /// Whether steps and dependencies are the same; the plans may differ in what no step shows.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// Compares two graphs in time linear in both.
  public init(from old: StepGraph, to new: StepGraph) {
    self.init(from: old, to: new, matching: PlanMatching(old.plan, new.plan))
  }

  init(from old: StepGraph, to new: StepGraph, matching: PlanMatching) {
    let table = StepTable(new)
    var newOfOld = [Int32](repeating: -1, count: old.steps.count)
    var oldOfNew = [Int32](repeating: -1, count: new.steps.count)
    for (position, step) in old.steps.enumerated() {
      guard let target = matching.target(step.target),
        let match = table.position(step.action, on: target), oldOfNew[match] < 0
      else { continue }
      newOfOld[position] = Int32(match)
      oldOfNew[match] = Int32(position)
    }
    removed = old.steps.indices.filter { newOfOld[$0] < 0 }

    let comparison = StepComparison(old.plan, new.plan)
    var added: [Int] = []
    var changed: [Change] = []
    var commonEdges = 0
    for position in new.steps.indices {
      guard oldOfNew[position] >= 0 else {
        added.append(position)
        continue
      }
      let before = Int(oldOfNew[position])
      var aspects = comparison.aspects(old.steps[before], new.steps[position])
      let (plus, minus) = Self.dependencies(
        old.dependencies[before], new.dependencies[position], newOfOld: newOfOld,
        oldOfNew: oldOfNew)
      commonEdges += new.dependencies[position].count - plus.count
      if !plus.isEmpty || !minus.isEmpty { aspects.insert(.dependencies) }
      guard !aspects.isEmpty else { continue }
      changed.append(
        Change(
          old: before, new: position, aspects: aspects, addedDependencies: plus,
          removedDependencies: minus))
    }
    self.added = added
    self.changed = changed
    addedEdges = new.dependencies.targets.count - commonEdges
    removedEdges = old.dependencies.targets.count - commonEdges
  }

  private static func dependencies(
    _ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>, newOfOld: [Int32], oldOfNew: [Int32]
  ) -> (added: [Int], removed: [Int]) {
    if old.count == new.count, zip(old, new).allSatisfy({ newOfOld[Int($0)] == $1 }) {
      return ([], [])
    }
    let (oldSet, newSet) = (Set(old), Set(new))
    return (
      new.filter { !oldSet.contains(oldOfNew[Int($0)]) }.map { Int($0) },
      old.filter { !newSet.contains(newOfOld[Int($0)]) }.map { Int($0) }
    )
  }
}
