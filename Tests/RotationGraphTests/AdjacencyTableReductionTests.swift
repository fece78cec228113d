import RotationGraph
import Testing

@Suite("Transitive reduction")
struct AdjacencyTableReductionTests {
  @Test("Exactly the edges stay that no longer path replaces")
  func bruteForce() {
    for seed in UInt64(0)..<800 {
      let graph = RandomGraph(seed: seed)
      let wanted = (0..<graph.count).map { node in
        graph.table[node].filter { end in
          !graph.table[node].contains { graph.reaches[Int($0)][Int(end)] }
        }
      }
      #expect(graph.table.transitiveReduction() == AdjacencyTable(wanted), "seed \(seed)")
    }
  }

  @Test("A cyclic graph has no reduction, parallel edges become one")
  func edgeCases() {
    #expect(AdjacencyTable([[1], [0]] as [[Int32]]).transitiveReduction() == nil)
    #expect(
      AdjacencyTable([[1, 1], []] as [[Int32]]).transitiveReduction()
        == AdjacencyTable([[1], []] as [[Int32]]))
  }
}
