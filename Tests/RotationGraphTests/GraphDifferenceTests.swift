import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("What differs between two graphs")
struct GraphDifferenceTests {
  private func graph(_ sites: [String], _ steps: [(Step, [Int32])]) -> StepGraph {
    StepGraph(
      plan: RotationPlan(
        name: Located("p"),
        sites: sites.map { name in
          Site(name: Located(name), servers: [Server(name: Located("s"), address: Located("s"))])
        }),
      steps: steps.map(\.0),
      dependencies: AdjacencyTable(steps.map(\.1)))
  }

  private func step(_ action: Action, _ site: Int, _ channel: Channel = .probe) -> Step {
    Step(action, on: .site(site), by: channel)
  }

  @Test("A graph does not differ from itself")
  func same() {
    let one = graph(["a"], [(step(.recordSettings, 0), []), (step(.confirmSettings, 0), [0])])
    #expect(GraphDifference(from: one, to: one).isEmpty)
  }

  @Test("Sites in another order are the same steps")
  func positions() {
    let one = graph(["a", "b"], [(step(.recordSettings, 0), []), (step(.recordSettings, 1), [])])
    let two = graph(["b", "a"], [(step(.recordSettings, 0), []), (step(.recordSettings, 1), [])])
    #expect(GraphDifference(from: one, to: two).isEmpty)
  }

  @Test("Steps that come, go, wait for others and change their channel are told apart")
  func changes() throws {
    let old = graph(
      ["a"],
      [
        (step(.recordSettings, 0), []), (step(.switchClientsToHTTP, 0), [0]),
        (step(.disableVerification, 0), [1]), (step(.enableVerification, 0), [2]),
      ])
    let new = graph(
      ["a"],
      [
        (step(.recordSettings, 0), []), (step(.disableVerification, 0), [0]),
        (step(.enableVerification, 0, .api), [1]), (step(.confirmSettings, 0), [2]),
      ])
    let difference = GraphDifference(from: old, to: new)
    #expect(difference.added == [3])
    #expect(difference.removed == [1])
    try #require(difference.changed.count == 2)
    #expect(difference.changed[0].old == 2 && difference.changed[0].new == 1)
    #expect(difference.changed[0].addedDependencies == [0])
    #expect(difference.changed[0].removedDependencies == [1])
    #expect(difference.changed[0].aspects == .dependencies)
    #expect(new.id(of: difference.changed[1].new) == "enable-verification/a")
    #expect(difference.changed[1].aspects == .channel)
    #expect(difference.changed[1].addedDependencies.isEmpty)
    #expect(difference.addedEdges == 2)
    #expect(difference.removedEdges == 2)
  }
}
