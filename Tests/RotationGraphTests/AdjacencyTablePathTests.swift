import RotationGraph
import Testing

@Suite("Paths in graphs")
struct AdjacencyTablePathTests {
  @Test("What is reachable is what brute force reaches")
  func reachability() {
    for seed in UInt64(0)..<400 {
      let graph = RandomGraph(seed: seed, cyclic: seed % 2 == 0)
      for source in 0..<graph.count {
        let found = graph.table.reachable(from: [Int32(source)])
        let wanted = (0..<graph.count).map { $0 == source || graph.reaches[source][$0] }
        #expect(found == wanted, "seed \(seed)")
      }
    }
    let two = AdjacencyTable([[1], [], [3], [], []] as [[Int32]])
    #expect(two.reachable(from: [0, 2]) == [true, true, true, true, false])
  }

  @Test("A shortest path has the length that brute force finds, and its edges exist")
  func shortestPaths() {
    for seed in UInt64(0)..<300 {
      let graph = RandomGraph(seed: seed, nodes: 10, cyclic: seed % 2 == 0)
      for source in 0..<graph.count {
        for goal in 0..<graph.count {
          let path = graph.table.shortestPath(from: Int32(source), to: { Int($0) == goal })
          #expect(
            path.map { $0.count - 1 } == graph.distance(from: source, to: goal), "seed \(seed)")
          expectPath(path, from: source, to: goal, in: graph, "seed \(seed)")
        }
      }
    }
  }

  @Test("A path goes round what is blocked")
  func blocked() {
    for seed in UInt64(0)..<300 {
      let graph = RandomGraph(seed: seed, nodes: 9)
      let blocked = Set([Int(seed % 9), Int(seed / 9 % 9)])
      for source in 0..<graph.count {
        for goal in 0..<graph.count {
          let path = graph.table.shortestPath(
            from: Int32(source), to: { Int($0) == goal }, avoiding: { blocked.contains(Int($0)) })
          #expect(
            path.map { $0.count - 1 }
              == graph.distance(from: source, to: goal, avoiding: blocked), "seed \(seed)")
        }
      }
    }
  }

  @Test("The critical path weighs as much as the heaviest of all paths")
  func criticalPaths() {
    for seed in UInt64(0)..<400 {
      let graph = RandomGraph(seed: seed, nodes: 9)
      let weights = (0..<graph.count).map { ($0 * 7 + Int(seed)) % 5 }
      let (path, weight) = graph.table.criticalPath { weights[Int($0)] }
      #expect(weight == heaviest(graph, weights), "seed \(seed)")
      #expect(path.reduce(0) { $0 + weights[Int($1)] } == weight, "seed \(seed)")
      for (first, second) in zip(path, path.dropFirst()) {
        #expect(graph.table[Int(first)].contains(second), "seed \(seed)")
      }
    }
  }

  @Test("A cyclic graph has no critical path")
  func cyclicCriticalPath() {
    let (path, weight) = AdjacencyTable([[1], [0]] as [[Int32]]).criticalPath { _ in 1 }
    #expect(path.isEmpty && weight == 0)
  }

  private func heaviest(_ graph: RandomGraph, _ weights: [Int]) -> Int {
    func from(_ node: Int) -> Int {
      weights[node] + (graph.table[node].map { from(Int($0)) }.max() ?? 0)
    }
    return (0..<graph.count).map(from).max() ?? 0
  }

  private func expectPath(
    _ path: [Int32]?, from source: Int, to goal: Int, in graph: RandomGraph, _ what: String
  ) {
    guard let path else { return }
    #expect(path.first == Int32(source) && path.last == Int32(goal), "\(what)")
    for (first, second) in zip(path, path.dropFirst()) {
      #expect(graph.table[Int(first)].contains(second), "\(what)")
    }
  }
}
