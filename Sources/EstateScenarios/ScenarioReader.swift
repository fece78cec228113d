import DocumentForm
public import Estate
public import PlanModel
public import PlanSyntax
public import PlanText

/// What came of reading a scenario file.
public struct ScenarioReading: Sendable {
  /// The scenario; nil where an error makes it unusable.
  public var scenario: Scenario?

  /// What is wrong, in the order in which it was found.
  public var diagnostics: [Diagnostic]

  /// The sites, and servers as `site/server`, that faults name.
  var targets: [Located<String>] = []

  /// What the scenario names that a plan does not have.
  public func check(against plan: RotationPlan) -> [Diagnostic] {
    let names =
      plan.sites.map(\.name.value)
      + plan.sites.flatMap { site in site.servers.map { site.name.value + "/" + $0.name.value } }
    let known = Set(names)
    var near = NearNames(names)
    var found = DiagnosticList()
    for target in targets where !known.contains(target.value) {
      found.append(.unknownScenarioTarget, in: target.span.source) {
        Diagnostic(
          .unknownScenarioTarget, at: target.span,
          "The plan '\(plan.name.value)' has no site or server '\(target.value)'.",
          help: near.nearest(to: target.value).map { "Did you mean '\($0)'?" }
            ?? "Leave the key out to take the first that fits.")
      }
    }
    return found.all
  }
}

/// Reads the first document of a source as a scenario (`kind: EstateScenario`).
public func readScenario(_ source: SourceText, id: SourceID) -> ScenarioReading {
  readScenario(parseSyntax(source, id: id))
}

/// Reads the first document of a source that was parsed as a scenario.
public func readScenario(_ syntax: SyntaxResult) -> ScenarioReading {
  guard let tree = syntax.documents.first else {
    return ScenarioReading(scenario: nil, diagnostics: syntax.diagnostics)
  }
  let (draft, mistakes) = estateScenario.decode(tree)
  let diagnostics =
    syntax.diagnostics + mistakes.withoutConsequences(of: syntax.diagnostics, in: tree)
  return ScenarioReading(
    scenario: diagnostics.hasErrors ? nil : draft?.scenario, diagnostics: diagnostics,
    targets: draft?.targets ?? [])
}

/// The JSON Schema (draft 2020-12) of scenario files, from the declaration that decodes them.
public func estateScenarioSchema() -> [UInt8] {
  estateScenario.schema(
    id: "https://waltz.invalid/schemas/estate-scenario.schema.json",
    title: "Waltz estate scenario",
    description: "The simulated world in which a rotation plan is tried, apiVersion waltz/v1.")
}
