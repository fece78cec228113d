import CanonicalJSON
import PlanModel
import PlanText
public import RotationGraph

/// `waltz plan show --format json` (`docs/FORMATS.md`, "Steps of a plan").
public enum PlanShowJSON {
  /// The version of this output; within a major version it only grows.
  public static let formatVersion = "1.0"

  /// The document with a final line end. Steps stand in the order of the graph; what a step does not
  /// have is null.
  public static func text(of sealed: SealedGraph) -> String {
    let graph = sealed.graph
    let ids = graph.steps.indices.map { graph.id(of: $0) }
    var json = JSONWriter(indent: 2, capacity: 512 + ids.count * 400)
    json.object { json in
      json.member("formatVersion", formatVersion)
      json.key("plan")
      json.object { json in
        json.member("name", graph.plan.name.value)
        json.member("digest", sealed.digest)
      }
      CalendarWords.write(graph.plan.calendar, to: &json)
      json.key("steps")
      json.array { json in
        for step in graph.steps.indices { write(step, of: graph, ids: ids, to: &json) }
      }
    }
    json.newLine()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func write(
    _ position: Int, of graph: StepGraph, ids: [String], to json: inout JSONWriter
  ) {
    let step = graph.steps[position]
    let target = graph.name(of: step.target)
    json.object { json in
      json.member("id", ids[position])
      json.member("action", step.action.rawValue)
      switch step.target {
      case .site(let site):
        json.member("site", graph.plan.sites[site].name.value)
        json.member("server", orNull: nil)
        json.member("partnership", orNull: nil)
      case .server(let site, let server):
        json.member("site", graph.plan.sites[site].name.value)
        json.member("server", graph.plan.sites[site].servers[server].name.value)
        json.member("partnership", orNull: nil)
      case .partnership:
        json.member("site", orNull: nil)
        json.member("server", orNull: nil)
        json.member("partnership", target)
      }
      json.member("channel", step.channel.rawValue)
      json.member("effect", step.action.effect.rawValue)
      json.key("dependsOn")
      json.array { json in
        for dependency in graph.dependencies[position] { json.string(ids[Int(dependency)]) }
      }
      json.member("reversal", orNull: step.reversal.map { $0.rawValue + "/" + target })
      json.member("pointOfNoReturn", step.isPointOfNoReturn)
    }
  }
}
