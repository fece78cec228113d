import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import RotationGraph
import WorkingTree

/// One side of a comparison: the plans of some files, compiled.
struct PlanSide {
  /// A plan and the file that it stands in.
  struct Plan {
    let path: String
    let graph: SealedGraph

    var name: String { graph.graph.plan.name.value }
  }

  private(set) var plans: [Plan] = []
  /// The files of which no plan, or not every one, could be compiled, with how much is wrong with them.
  private(set) var invalid: [(path: String, errors: Int)] = []

  /// The files that were looked into, behind the overlays.
  private(set) var sources = SourceMap()
  private var findings: [Diagnostic] = []

  private let pipeline: PlanPipeline

  /// A side without plans; the overlays of the pipeline, numbered from 0, are merged onto every plan that is
  /// read.
  init(_ pipeline: PlanPipeline) {
    self.pipeline = pipeline
    for overlay in pipeline.overlays.files { sources.add(overlay.shown) }
  }

  /// Why files are invalid, in their order.
  var errors: [Diagnostic] {
    findings.filter { $0.severity == .error }.inOrder().limitedToCommand()
  }

  /// Which documents of a file are meant.
  enum Selection {
    /// All: the user named the file.
    case everything

    /// Those of a file that is a plan, well written or not: it was found in a folder with others.
    case plansOnly
  }

  /// Reads the plans of a file, or the graph that `waltz plan compile` made of one, and says which they are;
  /// what is wrong with them is kept.
  @discardableResult
  mutating func read(
    _ bytes: [UInt8], path: String, as selection: Selection
  ) throws -> [Plan] {
    let found = try plansFound(in: bytes, path: path, as: selection)
    plans += found
    return found
  }

  private mutating func plansFound(
    in bytes: [UInt8], path: String, as selection: Selection
  ) throws -> [Plan] {
    if GraphFile.isGraph(bytes) {
      guard pipeline.overlays.isEmpty else {
        throw WorkspaceError(
          .arguments, "`\(path)` is a compiled graph; an overlay can be merged only onto a plan.")
      }
      // Sealed anew: a digest counts the canonical bytes, whoever laid the file out.
      do {
        return [Plan(path: path, graph: seal(try SealedGraph(canonicalBytes: bytes).graph))]
      } catch {
        throw WorkspaceError(.environment, "`\(path)`: \(error.message)")
      }
    }
    let source = SourceText(name: SourceText.name(of: path), bytes: bytes)
    if selection == .plansOnly, !source.isOfWaltz { return [] }
    let parsed = pipeline.parse(
      ReadFile(path: path, source: source), as: SourceID(position: sources.sources.count))
    if selection == .plansOnly, parsed.syntax.holdsNoPlan { return [] }
    sources.add(parsed.shown)
    let file = pipeline.check(parsed)
    findings += file.findings
    // One mistake that was found in two ways is one.
    let errors = file.findings.filter { $0.severity == .error }.inOrder().total
    if errors > 0 { invalid.append((path: source.name, errors: errors)) }
    guard !file.findings.hasErrors else { return [] }
    return file.plans.compactMap { proved in
      proved.sealed().map { Plan(path: path, graph: $0) }
    }
  }

  /// Adds plans that were read elsewhere.
  mutating func add(_ found: [Plan]) { plans += found }

  /// Whether the file is one with errors.
  func isInvalid(_ path: String) -> Bool { invalid.contains { $0.path == path } }

  /// Leaves the plan of one name.
  mutating func keep(_ name: String) { plans.removeAll { $0.name != name } }

  /// Leaves no plan.
  mutating func keepNone() { plans = [] }
}
