extension AdjacencyTable {
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
}
