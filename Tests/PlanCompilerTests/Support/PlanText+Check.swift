import PlanModel
import PlanSyntax
import PlanText
import Testing

@testable import PlanCompiler

/// Decodes the documents of a source without checking what they mean.
func readPlans(_ syntax: SyntaxResult) -> PlanReading {
  var reading = PlanReading(plans: [], diagnostics: syntax.diagnostics)
  for tree in syntax.decodable {
    let (plan, mistakes) = decodePlan(tree)
    reading.diagnostics += syntax.withoutConsequences(mistakes, in: tree)
    let isUsable = !syntax.diagnostics.hasErrors && !mistakes.hasErrors
    reading.plans.append(isUsable ? plan : nil)
  }
  return reading
}

/// Parses, decodes and checks a text; what is wrong is in order.
func reading(_ text: String, checks: Bool = true) -> PlanReading {
  let source = SourceText(name: "plan.yaml", text: text)
  let syntax = parseSyntax(source, id: SourceID(index: 0))
  var reading = checks ? checkPlans(syntax) : readPlans(syntax)
  reading.diagnostics = reading.diagnostics.inOrder()
  return reading
}

/// The one plan of a text without mistakes of form.
func decodedPlan(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> RotationPlan {
  let reading = reading(text, checks: false)
  #expect(reading.diagnostics.map(\.detail) == [], sourceLocation: sourceLocation)
  return try #require(reading.plans.first ?? nil, sourceLocation: sourceLocation)
}

/// Expects exactly the marked diagnostics; notes are looked at only with `notes`.
func expectMarked(
  _ marked: String, checks: Bool = true, notes: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let fixture = MarkedText(marked)
  let reading = reading(fixture.text, checks: checks)
  let relevant = reading.diagnostics.filter { notes || $0.severity != .note }
  let found = MarkedText.found(relevant, in: fixture.text)
  #expect(
    found == fixture.expectations,
    "\(relevant.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}
