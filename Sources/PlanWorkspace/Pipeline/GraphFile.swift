import PlanCompiler
import PlanModel
import PlanText
package import RotationGraph
package import WorkingTree

/// A sealed graph that `waltz plan compile -o` wrote, read once.
package struct GraphFile: Sendable {
  /// Larger is no graph of a plan that Waltz compiles.
  static let limit = 256 << 20

  /// The graph, proved anew, with the bytes of the file.
  package let graph: SealedGraph

  /// Whether a file holds a graph rather than a plan.
  static func isGraph(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(256).filter { !$0.isBlank && !$0.isBreak }
    return String(decoding: start, as: UTF8.self).hasPrefix("{\"formatVersion\":")
  }

  /// Reads the bytes of a graph that may be run: they are what this version of Waltz would write of what they say, so
  /// that nothing in them is passed over, and the graph keeps the invariants of a rotation.
  ///
  /// - Throws: ``WorkspaceError``
  init(_ bytes: [UInt8], path: String, in folder: WorkingFolder) throws(WorkspaceError) {
    do throws(SealedGraphError) {
      graph = try SealedGraph(canonicalBytes: bytes)
    } catch {
      throw WorkspaceError(.environment, "\(path): \(error.message)")
    }
    let digest = seal(graph.graph).digest
    guard digest == graph.digest else {
      throw WorkspaceError(
        .findings,
        "\(path) is \(graph.digest), and the graph that this version of Waltz reads in it is \(digest). It was "
          + "changed, or another version made it. `waltz plan compile PLAN -o FILE` makes a graph of the plan."
      )
    }
    // What a comment of the plan could accept may have been accepted: the graph has no comments.
    let errors = review(graph.graph, paths: PlanPipeline.pathRule(of: path, in: folder))
      .filter { $0.severity == .error && !$0.canBeSuppressed }
    if let first = errors.first {
      let more = errors.count > 1 ? " \(errors.count - 1) more errors are found." : ""
      throw WorkspaceError(
        .findings,
        "\(path) is a graph that Waltz does not run: \(first.summary): \(first.detail)\(more) "
          + "`waltz explain \(first.code)` says more; the plan is what has to be mended.")
    }
  }
}

/// What a rotation is carried out of: a plan, or a graph that was sealed before.
package enum RotationFile: Sendable {
  case plan(NamedPlan)
  case graph(GraphFile)

  /// Reads the file once, and says what it is.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - name: Which plan, where the file holds several.
  ///   - overlays: What is merged onto a plan; nothing can be onto a graph.
  ///   - folder: Where the paths start.
  /// - Throws: ``WorkspaceError``
  package init(
    _ path: String, named name: String?, overlays: [String], in folder: WorkingFolder
  ) throws(WorkspaceError) {
    let bytes = try folder.read(path, limit: GraphFile.limit)
    guard GraphFile.isGraph(bytes) else {
      let read = ReadFile(
        path: path, source: SourceText(name: SourceText.name(of: path), bytes: bytes))
      self = .plan(try NamedPlan(read, named: name, overlays: overlays, in: folder))
      return
    }
    guard bytes.count <= GraphFile.limit else {
      throw WorkspaceError(
        .findings, "\(path) has more than \(GraphFile.limit >> 20) MiB, which no graph has.")
    }
    guard overlays.isEmpty else {
      throw WorkspaceError(
        .arguments,
        "\(path) is a sealed graph; an overlay can be merged only onto a plan. Compile the plan with it."
      )
    }
    let file = try GraphFile(bytes, path: path, in: folder)
    let found = file.graph.graph.plan.name.value
    if let name, name != found {
      throw WorkspaceError(.arguments, "\(path) is the graph of \(found), not of `\(name)`.")
    }
    self = .graph(file)
  }
}
