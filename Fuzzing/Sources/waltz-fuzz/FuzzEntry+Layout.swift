import DiagnosticCatalogue
import PlanCompiler
import PlanLayout
import PlanSyntax
import PlanText
import Redaction

extension FuzzEntry {
  /// The canonical layout: laid out again it stays as it is, and the plans mean what they meant.
  static let layout = FuzzEntry(name: "layout") { bytes in
    let id = SourceID(index: 0)
    let source = SourceText(name: "plan.yaml", bytes: bytes)
    switch canonicalLayout(of: source, id: id) {
    case .refused(let diagnostics): expect(diagnostics.hasErrors, "refused without an error")
    case .changed: expect(false, "the layout changes the document")
    case .text(let text):
      let result = SourceText(name: "plan.yaml", bytes: text)
      guard case .text(let again) = canonicalLayout(of: result, id: id) else {
        return expect(false, "the layout cannot be laid out")
      }
      expect(again == text, "laid out twice, it changes twice")
      expect(
        checkPlans(source, id: id).plans == checkPlans(result, id: id).plans,
        "laid out, the plans mean something else")
    }
  }

  /// Overlays, merged onto a plan that is good.
  static let overlay = FuzzEntry(name: "overlay") { bytes in
    var sources = SourceMap(hiding: hiddenText(in:))
    let plan = SourceText(name: "plan.yaml", text: Catalogue.all.page("F001")?.good ?? "")
    let id = sources.add(plan)
    let overlay = SourceText(name: "overlay.yaml", bytes: bytes)
    var overlays = PlanOverlays()
    overlays.add(overlay, id: sources.add(overlay))
    let merged = overlays.applied(to: parseSyntax(plan, id: id))
    for tree in merged.documents {
      for origin in valueOrigins(of: tree, in: sources) {
        expect(!origin.path.isEmpty, "a value has no path")
      }
    }
    expectReport(checkPlans(merged).diagnostics.inOrder(), in: sources)
  }
}
