/// For each of n nodes a list of nodes, in two flat arrays.
public struct AdjacencyTable: Sendable, Equatable {
  /// n + 1 positions in ``targets``.
  public private(set) var offsets: [Int32]

  /// All lists one after the other.
  public private(set) var targets: [Int32]

  /// Takes one list a node.
  public init(_ lists: some Collection<some Collection<Int32>>) {
    offsets = [0]
    offsets.reserveCapacity(lists.count + 1)
    targets = []
    for list in lists {
      targets.append(contentsOf: list)
      offsets.append(Int32(targets.count))
    }
  }

  /// Takes flat arrays; `offsets` starts with 0, never falls and ends with `targets.count`.
  public init(offsets: [Int32], targets: [Int32]) {
    precondition(offsets.first == 0 && Int(offsets.last ?? -1) == targets.count)
    self.offsets = offsets
    self.targets = targets
  }

  /// The number of nodes.
  @inlinable
  public var count: Int { offsets.count - 1 }

  /// The list of `node`.
  @inlinable
  public subscript(_ node: Int) -> ArraySlice<Int32> {
    targets[Int(offsets[node])..<Int(offsets[node + 1])]
  }

  /// The same edges seen from the other end; each list in rising order.
  public func reversed() -> AdjacencyTable {
    var counts = [Int32](repeating: 0, count: count + 1)
    for target in targets { counts[Int(target) + 1] += 1 }
    for node in 0..<count { counts[node + 1] += counts[node] }
    var next = counts
    var reversed = [Int32](repeating: 0, count: targets.count)
    for node in 0..<count {
      for target in self[node] {
        reversed[Int(next[Int(target)])] = Int32(node)
        next[Int(target)] += 1
      }
    }
    return AdjacencyTable(offsets: counts, targets: reversed)
  }
}
