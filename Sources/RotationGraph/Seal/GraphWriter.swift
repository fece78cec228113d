import CanonicalJSON
import PlanModel

/// Writes the canonical bytes of a graph.
///
/// Members stand in a fixed order; a member of a step that does not apply is left out, since a graph has
/// many steps. Positions refer to the arrays of the same document.
enum GraphWriter {
  static func bytes(of graph: StepGraph) -> [UInt8] {
    var json = JSONWriter(capacity: 4_096 + graph.steps.count * 110)
    json.object { json in
      json.member("formatVersion", SealedGraph.formatVersion)
      json.member("kind", "RotationGraph")
      json.key("plan")
      json.plan(graph.plan)
      json.key("steps")
      json.array { json in
        for step in graph.steps.indices {
          json.step(graph.steps[step], after: graph.dependencies[step])
        }
      }
    }
    return json.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func step(_ step: Step, after dependencies: ArraySlice<Int32>) {
    object { json in
      json.member("action", step.action.rawValue)
      switch step.target {
      case .site(let site): json.member("site", site)
      case .server(let site, let server):
        json.member("site", site)
        json.member("server", server)
      case .partnership(let partnership): json.member("partnership", partnership)
      }
      json.member("channel", step.channel.rawValue)
      if let reversal = step.reversal { json.member("reversal", reversal.rawValue) }
      if step.isPointOfNoReturn { json.member("pointOfNoReturn", true) }
      json.key("dependsOn")
      json.array { json in
        for dependency in dependencies { json.integer(dependency) }
      }
    }
  }
}
