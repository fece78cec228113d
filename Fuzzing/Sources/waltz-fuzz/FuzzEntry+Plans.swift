import CanonicalJSON
import DiagnosticCatalogue
import EstateScenarios
import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Redaction
import Reports
import RotationGraph

extension FuzzEntry {
  /// From bytes to syntax trees: every place lies in the text and every text is UTF-8.
  static let syntax = FuzzEntry(name: "syntax") { bytes in
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", bytes: bytes)
    let id = sources.add(source)
    let syntax = parseSyntax(source, id: id)
    for tree in syntax.documents { expectPlaces(of: tree, in: source) }
    expectComments(in: source, id: id, syntax)
    expectReport(syntax.diagnostics, in: sources)
    expect(
      !syntax.documents.isEmpty || !syntax.diagnostics.isEmpty || bytes.isEmpty,
      "nothing came of it")
  }

  /// From bytes to sealed graphs and everything that is printed of them.
  static let plan = FuzzEntry(name: "plan") { bytes in
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", bytes: bytes)
    let id = sources.add(source)
    let reading = checkPlans(source, id: id)
    var diagnostics = reading.diagnostics
    for case let plan? in reading.plans {
      let proved = prove(plan)
      diagnostics += proved.diagnostics
      if let graph = proved.sealed() { expectShown(graph) }
    }
    expect(
      diagnostics.hasErrors || reading.plans.allSatisfy { $0 != nil },
      "a plan is unusable, and no error says why")
    expectReport(diagnostics.inOrder(), in: sources)
  }

  /// Scenario files, held against a plan.
  static let scenario = FuzzEntry(name: "scenario") { bytes in
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "scenario.yaml", bytes: bytes)
    let id = sources.add(source)
    let reading = readScenario(source, id: id)
    expect(
      (reading.scenario != nil) != reading.diagnostics.hasErrors,
      "a scenario and an error, or neither")
    var diagnostics = reading.diagnostics
    if let examplePlan { diagnostics += reading.check(against: examplePlan) }
    expectReport(diagnostics.inOrder(), in: sources)
  }

  private static let examplePlan: RotationPlan? = {
    let source = SourceText(name: "plan.yaml", text: Catalogue.all.page("F001")?.good ?? "")
    return checkPlans(source, id: SourceID(index: 0)).plans.first ?? nil
  }()
}

/// What is printed of a graph can be printed, and the graph read back is the same.
private func expectShown(_ graph: SealedGraph) {
  expect(
    (try? SealedGraph(canonicalBytes: graph.canonicalBytes))?.graph.steps.count
      == graph.graph.steps.count, "the graph cannot be read back")
  expect((try? JSONValue(parsing: graph.canonicalBytes)) != nil, "the graph is no JSON")
  // Large graphs take their time, linear or not; what is printed of them is no different.
  guard graph.graph.steps.count < 500 else { return }
  expect(
    (try? JSONValue(parsing: Array(PlanShowJSON.text(of: graph).utf8))) != nil,
    "plan show prints no JSON")
  expectPrintable(PlanShowTable.text(of: graph, width: 80))
  expectPrintable(PlanShowDOT.text(of: graph))
  expectPrintable(PlanShowMermaid.text(of: graph))
}
