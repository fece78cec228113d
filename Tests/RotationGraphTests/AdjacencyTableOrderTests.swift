import RotationGraph
import Testing

@Suite("Order of graphs")
struct AdjacencyTableOrderTests {
  @Test("A graph without a cycle is ordered, every node before the nodes of its list")
  func orders() {
    for seed in UInt64(0)..<600 {
      let graph = RandomGraph(seed: seed)
      guard case .order(let order) = graph.table.topologicalOrder() else {
        Issue.record("seed \(seed): no order")
        continue
      }
      #expect(order.sorted() == (0..<Int32(graph.count)).map { $0 }, "seed \(seed)")
      var place = [Int](repeating: 0, count: graph.count)
      for (position, node) in order.enumerated() { place[Int(node)] = position }
      for node in 0..<graph.count {
        #expect(graph.table[node].allSatisfy { place[node] < place[Int($0)] }, "seed \(seed)")
      }
      if graph.table.isInOrder { #expect(order == order.sorted(), "seed \(seed)") }
    }
  }

  @Test("A graph with a cycle shows one, edge by edge")
  func cycles() {
    var cyclic = 0
    for seed in UInt64(0)..<600 {
      let graph = RandomGraph(seed: seed, cyclic: true)
      let hasCycle = (0..<graph.count).contains { graph.reaches[$0][$0] }
      switch graph.table.topologicalOrder() {
      case .order: #expect(!hasCycle, "seed \(seed)")
      case .cycle(let cycle):
        cyclic += 1
        #expect(hasCycle, "seed \(seed)")
        #expect(!cycle.isEmpty && Set(cycle).count == cycle.count, "seed \(seed)")
        for (node, next) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) {
          #expect(graph.table[Int(node)].contains(next), "seed \(seed)")
        }
      }
    }
    #expect(cyclic > 100)
  }

  @Test("An edge that stands twice does not hold its end back for ever")
  func parallelEdges() {
    let table = AdjacencyTable([[], [0, 0], [1, 1, 0]] as [[Int32]])
    #expect(table.topologicalOrder() == .order([2, 1, 0]))
  }

  @Test("No nodes are in order")
  func empty() {
    #expect(AdjacencyTable([] as [[Int32]]).topologicalOrder() == .order([]))
  }

  @Test("Seen from the other end twice, a table with rising lists is itself")
  func reversedTwice() {
    for seed in UInt64(0)..<200 {
      let table = RandomGraph(seed: seed).table
      let rising = AdjacencyTable((0..<table.count).map { table[$0].sorted() })
      #expect(table.reversed().reversed() == rising, "seed \(seed)")
    }
  }
}
