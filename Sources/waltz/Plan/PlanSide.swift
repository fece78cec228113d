import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import RotationGraph

/// One side of a comparison: the plans of some files, compiled.
struct PlanSide {
  /// A plan and the file that it stands in.
  struct Plan {
    let path: String
    let graph: SealedGraph

    var name: String { graph.graph.plan.name.value }
  }

  private(set) var plans: [Plan] = []
  private(set) var sources = SourceMap()
  private(set) var diagnostics: [Diagnostic] = []

  private let overlays: PlanOverlays
  private let admitted: [String]

  /// A side without plans; the overlays, numbered from 0, are merged onto every plan that is read. Plans may
  /// name files in the admitted folders.
  init(_ overlays: PlanOverlays, admitted: [String]) {
    self.overlays = overlays
    self.admitted = admitted
    for overlay in overlays.files { _ = sources.add(overlay.source) }
  }

  /// Which documents of a file are meant.
  enum Selection {
    /// All: the user named the file.
    case everything

    /// Those that say that they are a plan: the file was found in a folder with others.
    case plansOnly
  }

  /// Reads the plans of a file, or the graph that `waltz plan compile` made of one.
  mutating func read(_ bytes: [UInt8], path: String, as selection: Selection) throws {
    if Self.isGraph(bytes) {
      guard overlays.isEmpty else {
        throw CommandError(
          .usage, "`\(path)` is a compiled graph; an overlay is merged onto a plan only.")
      }
      // Sealed anew: a digest counts the canonical bytes, whoever laid the file out.
      do {
        let graph = try SealedGraph(canonicalBytes: bytes).graph
        plans.append(Plan(path: path, graph: seal(graph)))
      } catch {
        throw CommandError(.environment, "`\(path)`: \(error.message)")
      }
      return
    }
    let source = SourceText(name: path == "-" ? "<stdin>" : path, bytes: bytes)
    if selection == .plansOnly, !Self.holdsPlan(source) { return }
    let id = sources.add(source)
    let file = PlanFile(
      source, path: path, as: id, PlanFile.Checks(overlays: overlays, admitted: admitted))
    diagnostics += file.diagnostics
    guard !file.diagnostics.hasErrors else { return }
    for plan in file.plans {
      let (graph, problems) = compile(plan)
      diagnostics += problems
      if let graph { plans.append(Plan(path: path, graph: graph)) }
    }
  }

  /// Adds a plan that was read elsewhere.
  mutating func add(_ plan: Plan) { plans.append(plan) }

  /// The files with errors, in words.
  var invalidPaths: String {
    var names: [String] = []
    for diagnostic in diagnostics where diagnostic.severity == .error {
      guard let name = sources[diagnostic.span.source]?.name else { continue }
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }

  /// Leaves the plan of one name.
  mutating func keep(_ name: String) { plans.removeAll { $0.name != name } }

  /// Errors go to standard error; warnings too where they are about what is to come.
  func report(_ color: ColorChoice, from severity: Severity) {
    Terminal.error.write(
      diagnostics.inOrder().filter { $0.severity >= severity }, in: sources, color)
  }

  private static func holdsPlan(_ source: SourceText) -> Bool {
    parseSyntax(source, id: .none).documents.contains { $0.isOf("RotationPlan") }
  }

  private static func isGraph(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(256).filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    return String(decoding: start, as: UTF8.self).hasPrefix("{\"formatVersion\":")
  }
}
