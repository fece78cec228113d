import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import RotationGraph

/// Lowering, verifying and sealing 100,000 steps.
enum CompileBenchmark {
  /// Seven steps for each server and ten for each site of ten servers are eighty a site.
  static let servers = 12_500

  static func run(into table: inout Table) throws -> SealedGraph {
    let plan = try plan(PlanWriter.estate(servers: servers))
    var graph = lower(plan)
    guard graph.steps.count >= 100_000 else {
      throw BenchmarkError("\(graph.steps.count) steps where 100,000 are to be measured.")
    }
    let lowering = quickest(of: 5) { graph = lower(plan) }
    var diagnostics: [Diagnostic] = []
    let verifying = quickest(of: 5) { diagnostics = verify(graph) }
    guard diagnostics.isEmpty else {
      throw BenchmarkError("The verifier has objections: \(diagnostics[0].detail)")
    }
    var sealed = seal(graph)
    let sealing = quickest(of: 5) { sealed = seal(graph) }
    let steps = "\(graph.steps.count) steps"
    table.row(
      "\(steps) lowered and verified", Table.time(lowering + verifying),
      target: "<= 0.5 s", isMet: lowering + verifying <= 0.5)
    table.row("\(steps) sealed", Table.time(sealing), target: "<= 0.5 s", isMet: sealing <= 0.5)
    return sealed
  }

  /// Reads a plan that must be without mistakes.
  static func plan(_ text: String) throws -> RotationPlan {
    var sources = SourceMap()
    let source = SourceText(name: "generated.yaml", text: text)
    let reading = checkPlans(source, id: sources.add(source))
    guard let plan = reading.plans.first.flatMap({ $0 }) else {
      throw BenchmarkError(
        "The generated plan is not valid: "
          + (reading.diagnostics.first { $0.severity == .error }?.detail ?? "no plan"))
    }
    return plan
  }
}
