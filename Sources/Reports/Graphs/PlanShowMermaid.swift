import PlanModel
import PlanText
public import RotationGraph

/// `waltz plan show --format mermaid`: a flowchart that code hosts draw in a Markdown file.
public enum PlanShowMermaid {
  /// The document with a final line end.
  public static func text(of sealed: SealedGraph) -> String {
    let graph = sealed.graph
    let groups = StepGroups(graph)
    var lines = ["flowchart TD"]
    for group in groups.sites {
      let name = escaped(graph.plan.sites[group.site].name.value)
      lines.append("  subgraph site\(group.site)[\"\(name)\"]")
      for step in group.steps { lines.append("    " + node(step, of: graph)) }
      lines.append("  end")
    }
    for step in groups.partnerships { lines.append("  " + node(step, of: graph)) }
    for step in graph.steps.indices {
      for dependency in graph.dependencies[step] { lines.append("  s\(dependency) --> s\(step)") }
    }
    let marked = graph.steps.indices.filter { graph.steps[$0].isPointOfNoReturn }
    if !marked.isEmpty {
      lines.append("  classDef noReturn stroke:#c00,stroke-width:3px")
      lines.append("  class \(marked.map { "s\($0)" }.joined(separator: ",")) noReturn")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func node(_ position: Int, of graph: StepGraph) -> String {
    let (action, target) = graph.label(of: position)
    let label = escaped(action) + (target.map { "<br/>" + escaped($0) } ?? "")
    return switch StepKind(graph.steps[position]) {
    case .observation: "s\(position)([\"\(label)\"])"
    case .change: "s\(position)[\"\(label)\"]"
    case .gate: "s\(position)[[\"\(label)\"]]"
    case .wait: "s\(position){{\"\(label)\"}}"
    }
  }

  /// Text inside a quoted label; Mermaid knows no backslash but character codes between `#` and `;`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "#", ";", "<", ">", "&", "`", "\\", "\n", "\r": result += "#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
