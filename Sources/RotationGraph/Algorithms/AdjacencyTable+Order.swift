extension AdjacencyTable {
  /// What a graph is: ordered, or not because of a cycle.
  public enum Ordering: Sendable, Equatable {
    /// All nodes, each before the nodes of its list.
    case order([Int32])

    /// Nodes each of which has the next in its list, and the last the first.
    case cycle([Int32])
  }

  /// All nodes so that each stands before the nodes of its list, or a cycle that forbids it.
  ///
  /// The same table gives the same order: positions where they are in order already, else the nodes as
  /// they become free, lowest first at the start. Linear in nodes and edges.
  public func topologicalOrder() -> Ordering {
    if isInOrder { return .order(Array(0..<Int32(count))) }
    var waiting = [Int32](repeating: 0, count: count)
    for target in targets { waiting[Int(target)] += 1 }
    var order: [Int32] = []
    order.reserveCapacity(count)
    for node in 0..<count where waiting[node] == 0 { order.append(Int32(node)) }
    var next = 0
    while next < order.count {
      for target in self[Int(order[next])] {
        waiting[Int(target)] -= 1
        if waiting[Int(target)] == 0 { order.append(target) }
      }
      next += 1
    }
    return order.count == count ? .order(order) : .cycle(cycle(among: waiting))
  }

  /// Whether every edge leads to a higher position.
  public var isInOrder: Bool {
    for node in 0..<count {
      for target in self[node] where Int(target) <= node { return false }
    }
    return true
  }

  /// A cycle among the nodes that still wait: each of them has a predecessor among them, so that walking
  /// backwards must come around.
  private func cycle(among waiting: [Int32]) -> [Int32] {
    var predecessor = [Int32](repeating: -1, count: count)
    for node in 0..<count where waiting[node] > 0 {
      for target in self[node] where predecessor[Int(target)] < 0 {
        predecessor[Int(target)] = Int32(node)
      }
    }
    guard let start = waiting.firstIndex(where: { $0 > 0 }) else { return [] }
    var stepOfVisit = [Int](repeating: -1, count: count)
    var walk: [Int32] = []
    var node = start
    while stepOfVisit[node] < 0 {
      stepOfVisit[node] = walk.count
      walk.append(Int32(node))
      node = Int(predecessor[node])
    }
    return walk[stepOfVisit[node]...].reversed()
  }
}
