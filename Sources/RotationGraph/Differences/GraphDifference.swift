/// What differs between two graphs, step by step; steps are the same when their ids are.
public struct GraphDifference: Sendable, Equatable {
  /// A step that both graphs have, and not alike.
  public struct Change: Sendable, Equatable {
    /// Its id.
    public let id: String

    /// Its position in the old graph.
    public let old: Int

    /// Its position in the new graph.
    public let new: Int

    /// Whether channel, reversal or point of no return differ.
    public let isStepChanged: Bool

    /// The ids that it newly waits for, in the order of the new graph.
    public let addedDependencies: [String]

    /// The ids that it no longer waits for, in the order of the old graph.
    public let removedDependencies: [String]
  }

  /// Positions in the new graph of the steps that the old one does not have.
  public let added: [Int]

  /// Positions in the old graph of the steps that the new one does not have.
  public let removed: [Int]

  /// The steps that both have and that differ, in the order of the new graph.
  public let changed: [Change]

  /// Whether steps and dependencies are the same; the plans may differ in what no step shows.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// Compares two graphs in time linear in both.
  public init(from old: StepGraph, to new: StepGraph) {
    let oldIDs = old.steps.indices.map { old.id(of: $0) }
    let newIDs = new.steps.indices.map { new.id(of: $0) }
    let oldPositions = Self.positions(oldIDs)
    let newPositions = Self.positions(newIDs)
    removed = oldIDs.indices.filter { newPositions[oldIDs[$0]] == nil }

    var added: [Int] = []
    var changed: [Change] = []
    for position in newIDs.indices {
      let id = newIDs[position]
      guard let before = oldPositions[id] else {
        added.append(position)
        continue
      }
      let oldAfter = old.dependencies[before].map { oldIDs[Int($0)] }
      let newAfter = new.dependencies[position].map { newIDs[Int($0)] }
      let oldSet = Set(oldAfter)
      let newSet = Set(newAfter)
      let isStepChanged = !Self.isAlike(old.steps[before], new.steps[position])
      guard isStepChanged || oldSet != newSet else { continue }
      changed.append(
        Change(
          id: id,
          old: before,
          new: position,
          isStepChanged: isStepChanged,
          addedDependencies: newAfter.filter { !oldSet.contains($0) },
          removedDependencies: oldAfter.filter { !newSet.contains($0) }))
    }
    self.added = added
    self.changed = changed
  }

  /// Targets are positions in two plans and not compared: the ids are the same.
  private static func isAlike(_ left: Step, _ right: Step) -> Bool {
    left.channel == right.channel && left.reversal == right.reversal
      && left.isPointOfNoReturn == right.isPointOfNoReturn
  }

  private static func positions(_ ids: [String]) -> [String: Int] {
    var result: [String: Int] = [:]
    result.reserveCapacity(ids.count)
    for (position, id) in ids.enumerated() { result[id] = position }
    return result
  }
}
