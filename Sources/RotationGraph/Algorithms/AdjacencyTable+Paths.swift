extension AdjacencyTable {
  /// For each node whether it can be reached from one of `sources`; a source reaches itself.
  public func reachable(from sources: some Sequence<Int32>) -> [Bool] {
    var isReached = [Bool](repeating: false, count: count)
    var stack: [Int32] = []
    for source in sources where !isReached[Int(source)] {
      isReached[Int(source)] = true
      stack.append(source)
    }
    while let node = stack.popLast() {
      for target in self[Int(node)] where !isReached[Int(target)] {
        isReached[Int(target)] = true
        stack.append(target)
      }
    }
    return isReached
  }

  /// A path with the fewest nodes from `source` to the nearest node that `isGoal`, both included; nil
  /// where there is none. A path stops at nodes that `isBlocked`, which are not part of it.
  ///
  /// Among paths of one length it is the one whose nodes come first in the lists.
  public func shortestPath(
    from source: Int32,
    to isGoal: (Int32) -> Bool,
    avoiding isBlocked: (Int32) -> Bool = { _ in false }
  ) -> [Int32]? {
    guard !isBlocked(source) else { return nil }
    if isGoal(source) { return [source] }
    // Searches for a path are rare and mostly short: memory grows with what is visited.
    var comesFrom: [Int32: Int32] = [source: source]
    var queue = [source]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for target in self[Int(node)] where comesFrom[target] == nil && !isBlocked(target) {
        comesFrom[target] = node
        if isGoal(target) {
          var path = [target]
          var last = target
          while last != source, let before = comesFrom[last] {
            path.append(before)
            last = before
          }
          return path.reversed()
        }
        queue.append(target)
      }
    }
    return nil
  }

  /// The path whose nodes weigh most together, and its weight; empty for no nodes and for cyclic graphs.
  ///
  /// Weights are not negative. Among paths of one weight it is the one found first in topological order.
  public func criticalPath(weight: (Int32) -> Int) -> (path: [Int32], weight: Int) {
    guard case .order(let order) = topologicalOrder() else { return ([], 0) }
    var heaviest = [Int](repeating: 0, count: count)
    var comesFrom = [Int32](repeating: -1, count: count)
    var end: Int32?
    for node in order {
      // So far the entry holds the heaviest path that ends right before the node.
      heaviest[Int(node)] += weight(node)
      let total = heaviest[Int(node)]
      if end.map({ heaviest[Int($0)] < total }) ?? true { end = node }
      for target in self[Int(node)]
      where comesFrom[Int(target)] < 0 || heaviest[Int(target)] < total {
        heaviest[Int(target)] = total
        comesFrom[Int(target)] = node
      }
    }
    guard let end else { return ([], 0) }
    var path = [end]
    var node = end
    while comesFrom[Int(node)] >= 0 {
      node = comesFrom[Int(node)]
      path.append(node)
    }
    return (path.reversed(), heaviest[Int(end)])
  }
}
