import PlanModel
import PlanText
import RotationGraph

/// A graph taken apart so that a test can spoil it; steps keep their positions until it is put together.
struct GraphMutation {
  var plan: RotationPlan
  var steps: [Step]
  var dependencies: [[Int32]]

  init(_ graph: StepGraph) {
    plan = graph.plan
    steps = graph.steps
    dependencies = graph.steps.indices.map { Array(graph.dependencies[$0]) }
  }

  /// The graph as it is now, with no repair but rising lists.
  var graph: StepGraph {
    StepGraph(
      plan: plan, steps: steps,
      dependencies: AdjacencyTable(dependencies.map { Array(Set($0)).sorted() }))
  }

  mutating func drop(_ dependency: Int32, of step: Int) {
    dependencies[step].removeAll { $0 == dependency }
  }

  /// Takes a step out. Whoever waited for it waits for what it waited for where `bridging`.
  mutating func remove(_ step: Int, bridging: Bool) {
    let own = dependencies[step]
    steps.remove(at: step)
    dependencies.remove(at: step)
    for other in dependencies.indices {
      if dependencies[other].contains(Int32(step)), bridging {
        dependencies[other].append(contentsOf: own)
      }
      dependencies[other] = dependencies[other].filter { $0 != Int32(step) }
        .map { $0 > Int32(step) ? $0 - 1 : $0 }
    }
  }

  /// Makes one step of two: `step` goes, and whoever waited for it waits for `other`, which also takes
  /// over what it waited for.
  mutating func merge(_ step: Int, into other: Int) {
    for position in dependencies.indices
    where position != other && dependencies[position].contains(Int32(step)) {
      dependencies[position].append(Int32(other))
    }
    dependencies[other].append(contentsOf: dependencies[step].filter { $0 < Int32(other) })
    for position in dependencies.indices { drop(Int32(step), of: position) }
    remove(step, bridging: false)
  }

  /// Exchanges what two steps do, channel and reversal included, and leaves their places.
  mutating func swapActions(_ first: Int, _ second: Int) {
    let step = steps[first]
    steps[first] = Step(steps[second].action, on: step.target, by: steps[second].channel)
    steps[second] = Step(step.action, on: steps[second].target, by: step.channel)
  }

  /// Puts a second copy of a step at the end, after the same steps.
  mutating func duplicate(_ step: Int) {
    steps.append(steps[step])
    dependencies.append(dependencies[step])
  }

  /// Edges as ids, to tell whether a mutation changed anything that has a meaning.
  static func edges(_ graph: StepGraph) -> Set<String> {
    var edges: Set<String> = []
    for step in graph.steps.indices {
      edges.insert(graph.id(of: step))
      for dependency in graph.dependencies[step] {
        edges.insert(graph.id(of: Int(dependency)) + " > " + graph.id(of: step))
      }
    }
    return edges
  }
}
