import RotationGraph
import Testing

@Suite("Paths in graphs")
struct AdjacencyTablePathTests {
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
