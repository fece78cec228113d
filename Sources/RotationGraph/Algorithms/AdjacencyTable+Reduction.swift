extension AdjacencyTable {
  /// The same reachability with the fewest edges; nil for a cyclic graph. Lists keep their order, and an
  /// edge that stands twice stays once.
  ///
  /// A node with one edge costs nothing. At the others a search from the nearer ends, no deeper than the
  /// farthest end, finds those ends that another one implies; on graphs whose edges are short that is
  /// close to linear.
  public func transitiveReduction() -> AdjacencyTable? {
    guard case .order(let order) = topologicalOrder() else { return nil }
    var rank = [Int32](repeating: 0, count: count)
    for (position, node) in order.enumerated() { rank[Int(node)] = Int32(position) }

    var keptOffsets: [Int32] = [0]
    keptOffsets.reserveCapacity(count + 1)
    var kept: [Int32] = []
    kept.reserveCapacity(targets.count)
    // The node in whose round a node was last reached.
    var round = [Int32](repeating: -1, count: count)
    var isDirect = [Int32](repeating: -1, count: count)
    var stack: [Int32] = []
    for node in 0..<count {
      let list = self[node]
      if list.count > 1 {
        let nearestFirst = list.sorted { rank[Int($0)] < rank[Int($1)] }
        let limit = rank[Int(nearestFirst[nearestFirst.count - 1])]
        for end in nearestFirst where round[Int(end)] != node {
          isDirect[Int(end)] = Int32(node)
          round[Int(end)] = Int32(node)
          stack.append(end)
          while let current = stack.popLast() {
            for next in self[Int(current)]
            where round[Int(next)] != node && rank[Int(next)] <= limit {
              round[Int(next)] = Int32(node)
              stack.append(next)
            }
          }
        }
        for end in list where isDirect[Int(end)] == node {
          kept.append(end)
          isDirect[Int(end)] = -1
        }
      } else {
        kept.append(contentsOf: list)
      }
      keptOffsets.append(Int32(kept.count))
    }
    return AdjacencyTable(offsets: keptOffsets, targets: kept)
  }
}
