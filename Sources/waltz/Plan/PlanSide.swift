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
  /// The files of which no plan, or not every one, could be compiled, with how much is wrong with them.
  private(set) var invalid: [(path: String, errors: Int)] = []

  private var sources = SourceMap()
  private var diagnostics: [Diagnostic] = []

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
    if Self.isGraph(bytes) {
      guard overlays.isEmpty else {
        throw CommandError(
          .usage, "`\(path)` is a compiled graph; an overlay is merged onto a plan only.")
      }
      // Sealed anew: a digest counts the canonical bytes, whoever laid the file out.
      do {
        return [Plan(path: path, graph: seal(try SealedGraph(canonicalBytes: bytes).graph))]
      } catch {
        throw CommandError(.environment, "`\(path)`: \(error.message)")
      }
    }
    let source = SourceText(name: SourceText.name(of: path), bytes: bytes)
    if selection == .plansOnly, !source.isOfWaltz { return [] }
    let id = SourceID(position: sources.sources.count)
    let syntax = parseSyntax(source, id: id)
    if selection == .plansOnly, syntax.isOverlay || syntax.isScenario { return [] }
    _ = sources.add(source)
    let file = PlanFile(
      source, path: path, as: id, PlanFile.Checks(overlays: overlays, admitted: admitted),
      syntax: syntax)
    var problems = file.diagnostics
    var found: [Plan] = []
    if !problems.hasErrors {
      for plan in file.plans {
        let (graph, more) = compile(plan)
        problems += more
        if let graph { found.append(Plan(path: path, graph: graph)) }
      }
    }
    diagnostics += problems
    let errors = problems.count { $0.severity == .error }
    if errors > 0 { invalid.append((path: source.name, errors: errors)) }
    return found
  }

  /// Adds plans that were read elsewhere.
  mutating func add(_ found: [Plan]) { plans += found }

  /// Whether the file is one with errors.
  func isInvalid(_ path: String) -> Bool { invalid.contains { $0.path == path } }

  /// Leaves the plan of one name.
  mutating func keep(_ name: String) { plans.removeAll { $0.name != name } }

  /// Leaves no plan.
  mutating func keepNone() { plans = [] }

  /// Errors go to standard error; warnings too where they are about what is to come.
  func report(_ color: ColorChoice, from severity: Severity) {
    Terminal.error.write(
      diagnostics.inOrder().filter { $0.severity >= severity }, in: sources, color)
  }

  private static func isGraph(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(256).filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    return String(decoding: start, as: UTF8.self).hasPrefix("{\"formatVersion\":")
  }
}
