import DocumentForm
public import PlanModel
public import PlanSyntax
public import PlanText

/// What came of reading a source: the plan of every document, and everything that is wrong.
public struct PlanReading: Sendable {
  /// One plan a document, in order; nil where an error makes it unusable.
  public var plans: [RotationPlan?]

  /// What is wrong, in the order in which it was found.
  public var diagnostics: [Diagnostic]
}

/// Decodes and checks the documents of a source: everything that can be said without the files that a
/// plan names.
///
/// Several documents are several plans. A syntax error makes all of them unusable, since a document may
/// have been cut short.
///
/// Where the form of a section is wrong, the rest is still checked; what would follow from the section's
/// mistakes is not reported a second time.
public func checkPlans(_ syntax: SyntaxResult, paths: PathRule = .folderOnly) -> PlanReading {
  var plans: [RotationPlan?] = []
  var found = DiagnosticList()
  found.append(contentsOf: syntax.diagnostics)
  let isCut = syntax.diagnostics.hasErrors
  var names: [String: SourceSpan] = [:]
  for tree in syntax.decodable {
    let (plan, mistakes) = decodePlan(tree)
    found.append(contentsOf: syntax.withoutConsequences(mistakes, in: tree))
    var isUsable = !isCut && !mistakes.hasErrors
    if let plan {
      // Where not all mistakes are kept, nobody knows what they touch.
      let isUnclear = isCut || mistakes.contains { $0.omitted > 0 }
      let doubts =
        isUnclear ? PlanDoubts(.all) : PlanDoubts(in: tree, of: plan, touchedBy: mistakes)
      var findings = tree.naming(replaced: checkPlan(plan, doubting: doubts, paths: paths))
      if let twice = nameTwice(plan.name, &names) { findings.append(twice) }
      found.append(contentsOf: findings)
      isUsable = isUsable && !findings.hasErrors
    }
    plans.append(isUsable ? plan : nil)
  }
  return PlanReading(plans: plans, diagnostics: found.all)
}

/// Reads a source, then decodes and checks its documents.
public func checkPlans(
  _ source: SourceText, id: SourceID, limits: SyntaxLimits = .standard,
  paths: PathRule = .folderOnly
) -> PlanReading {
  checkPlans(parseSyntax(source, id: id, limits: limits), paths: paths)
}

/// Decodes one document: its form, not yet its meaning.
func decodePlan(_ tree: SyntaxTree) -> (plan: RotationPlan?, mistakes: [Diagnostic]) {
  let (plan, found) = rotationPlan.decode(tree)
  return (plan, tree.naming(added: tree.naming(replaced: found)))
}

extension SyntaxResult {
  /// The documents that can be decoded: a broken one that came out as a text has its report already.
  var decodable: [SyntaxTree] {
    guard diagnostics.hasErrors else { return documents }
    return documents.filter { $0.root.map($0.kind(of:)) == .mapping }
  }

  /// Mistakes of a document's form without those that only follow from what is wrong with the syntax.
  func withoutConsequences(_ mistakes: [Diagnostic], in tree: SyntaxTree) -> [Diagnostic] {
    guard diagnostics.hasErrors else { return mistakes }
    return mistakes.withoutConsequences(of: diagnostics, in: tree)
  }
}

/// The report for a plan that is called like one before it in the file.
private func nameTwice(_ name: Located<String>, _ names: inout [String: SourceSpan]) -> Diagnostic?
{
  guard name.span.isKnown, !name.value.isEmpty else { return nil }
  guard let first = names[name.value] else {
    names[name.value] = name.span
    return nil
  }
  return Diagnostic(
    .planNameTwice, at: name.span,
    "Another plan in this file is already called '\(name.value)', so nothing could tell the two "
      + "apart.",
    help: "Give each plan its own 'metadata.name'.",
    // An overlay that names the plan names every plan of the file.
    related: first == name.span ? [] : [.init("The first plan of this name.", at: first)])
}

/// The JSON Schema (draft 2020-12) of rotation plans, from the declaration that decodes them.
public func rotationPlanSchema() -> [UInt8] {
  rotationPlan.schema(
    id: "https://waltz.invalid/schemas/rotation-plan.schema.json",
    title: "Waltz rotation plan",
    description: "A plan that rotates the server certificates of Symantec Endpoint Protection "
      + "Manager, apiVersion waltz/v1.")
}
