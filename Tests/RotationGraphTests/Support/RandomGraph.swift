import RotationGraph

/// A directed graph from a seed, with its reachability worked out the plain way.
struct RandomGraph {
  let table: AdjacencyTable
  let count: Int

  /// `reaches[a][b]`: at least one edge leads from a towards b.
  let reaches: [[Bool]]

  /// At most `nodes` nodes; without a cycle unless `cyclic`. Nodes are shuffled, so that an edge of a
  /// graph without a cycle may lead to a lower position.
  init(seed: UInt64, nodes: Int = 14, cyclic: Bool = false) {
    var state = seed
    func next(_ limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((value ^ (value >> 31)) % UInt64(limit))
    }
    let count = 1 + next(nodes)
    self.count = count
    var names = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { names.swapAt(last, next(last + 1)) }
    if next(3) == 0 { names.sort() }
    let density = 5 + next(50)
    var lists = [[Int32]](repeating: [], count: count)
    for first in 0..<count {
      for second in 0..<count where second > first || cyclic {
        if next(100) < density { lists[names[first]].append(Int32(names[second])) }
      }
    }
    table = AdjacencyTable(lists)
    var reaches = lists.map { list in
      (0..<count).map { list.contains(Int32($0)) }
    }
    for middle in 0..<count {
      for first in 0..<count where reaches[first][middle] {
        for last in 0..<count where reaches[middle][last] { reaches[first][last] = true }
      }
    }
    self.reaches = reaches
  }

  /// Edges of the shortest path; nil where there is none.
  func distance(from source: Int, to goal: Int, avoiding blocked: Set<Int> = []) -> Int? {
    guard !blocked.contains(source), !blocked.contains(goal) else { return nil }
    var reached: Set<Int> = [source]
    for distance in 0...count {
      if reached.contains(goal) { return distance }
      var wider = reached
      for node in reached {
        for next in table[node] where !blocked.contains(Int(next)) { wider.insert(Int(next)) }
      }
      reached = wider
    }
    return nil
  }
}
