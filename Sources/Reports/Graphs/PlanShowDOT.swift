import PlanModel
import PlanText
public import RotationGraph

/// `waltz plan show --format dot`: for Graphviz, a cluster a site.
public enum PlanShowDOT {
  /// The document with a final line end.
  public static func text(of sealed: SealedGraph) -> String {
    let graph = sealed.graph
    let groups = StepGroups(graph)
    var lines = [
      "digraph \(quoted(graph.plan.name.value)) {",
      "  label=\(quoted(graph.plan.name.value + ": " + GraphHeadline(graph).text));",
      "  labelloc=t;",
      "  fontname=\"Helvetica\";",
      "  node [fontname=\"Helvetica\", fontsize=10];",
    ]
    for group in groups.sites {
      lines.append("  subgraph cluster_\(group.site) {")
      lines.append("    label=\(quoted(graph.plan.sites[group.site].name.value));")
      for step in group.steps { lines.append("    " + node(step, of: graph)) }
      lines.append("  }")
    }
    for step in groups.partnerships { lines.append("  " + node(step, of: graph)) }
    for step in graph.steps.indices {
      for dependency in graph.dependencies[step] { lines.append("  s\(dependency) -> s\(step);") }
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func node(_ position: Int, of graph: StepGraph) -> String {
    let step = graph.steps[position]
    let (action, target) = graph.label(of: position)
    let shape =
      switch StepKind(step) {
      case .observation: "shape=ellipse"
      case .change: "shape=box"
      case .gate: "shape=box, peripheries=2"
      case .wait: "shape=hexagon"
      }
    let label = quoted(target.map { "\(action)\n\($0)" } ?? action)
    let tooltip = quoted(graph.id(of: position))
    let mark = step.isPointOfNoReturn ? ", color=red, penwidth=2" : ""
    return "s\(position) [label=\(label), tooltip=\(tooltip), \(shape)\(mark)];"
  }

  /// A DOT string: quote and backslash are escaped, a line end becomes `\n`.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}
