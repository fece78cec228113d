import EstateScenarios
import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Reports
import RotationGraph

/// The plans of an invocation, with everything that is wrong with them.
struct PlanFiles {
  /// A plan of a file.
  struct Plan {
    let path: String
    let source: SourceID
    let plan: RotationPlan
  }

  private(set) var sources = SourceMap()
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var plans: [Plan] = []
  private(set) var fileCount = 0

  /// Reads one file. Its plans are checked, not yet compiled.
  mutating func read(_ path: String) throws {
    let limits = SyntaxLimits.standard
    let bytes = try Files.read(path, limit: limits.size)
    let source = SourceText(name: path == "-" ? "<stdin>" : path, bytes: bytes)
    let id = sources.add(source)
    fileCount += 1
    let syntax = parseSyntax(source, id: id, limits: limits)
    if syntax.documents.contains(where: \.holdsScenario) {
      diagnostics += readScenario(source, id: id).diagnostics
      return
    }
    let reading = checkPlans(syntax)
    diagnostics += reading.diagnostics
    for plan in reading.plans {
      if let plan { plans.append(Plan(path: path, source: id, plan: plan)) }
    }
  }

  /// Compiles every plan.
  mutating func compileAll() -> [SealedGraph] {
    var graphs: [SealedGraph] = []
    for plan in plans {
      let (graph, problems) = compile(plan.plan)
      diagnostics += problems
      if let graph { graphs.append(graph) }
    }
    return graphs
  }

  /// Proves that every plan can be compiled: one that can not is no good plan.
  mutating func proveAll() {
    for plan in plans { diagnostics += prove(plan.plan) }
  }

  /// The one plan of one file, compiled; findings go to standard error.
  ///
  /// - Throws: ``ExitStatus/findings`` where there is no usable plan.
  static func compiled(
    _ path: String, named name: String?, color: ColorChoice
  ) throws -> (graph: SealedGraph, text: [UInt8]) {
    var files = PlanFiles()
    try files.read(path)
    if let name { files.plans.removeAll { $0.plan.name.value != name } }
    let graphs = files.diagnostics.hasErrors ? [] : files.compileAll()
    files.report(color, from: .warning)
    guard !files.diagnostics.hasErrors else { throw ExitStatus.findings }
    guard let graph = graphs.first else {
      throw CommandError(
        .findings,
        name.map { "\(path) holds no plan named `\($0)`." } ?? "\(path) holds no rotation plan.")
    }
    guard graphs.count == 1 else {
      let names = graphs.map(\.graph.plan.name.value).joined(separator: ", ")
      throw CommandError(
        .usage, "\(path) holds \(graphs.count) plans: \(names). Say which with --plan.")
    }
    return (graph, files.sources.sources.first?.bytes ?? [])
  }

  /// Prints what was found, for people; notes are for who asks whether the plan is good.
  func report(_ color: ColorChoice, from severity: Severity = .note) {
    Terminal.error.write(
      diagnostics.inOrder().filter { $0.severity >= severity }, in: sources, color)
  }
}

extension SyntaxTree {
  /// Whether the document says that it is a scenario; anything else is read as a plan, so that a mistake
  /// in `kind` is a mistake in a plan.
  fileprivate var holdsScenario: Bool {
    guard let root else { return false }
    return entries(of: root).contains { entry in
      scalar(entry.key, is: "kind") && scalar(entry.value, is: "EstateScenario")
    }
  }
}
