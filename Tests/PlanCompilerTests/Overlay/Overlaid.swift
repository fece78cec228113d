import PlanCompiler
import PlanSyntax
import PlanText
import Redaction

/// A plan with overlays, as the tests read them: the plan is source 0, the overlays follow.
struct Overlaid {
  let sources: SourceMap
  let syntax: SyntaxResult

  init(_ plan: String, _ overlays: String..., limits: SyntaxLimits = .standard) {
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", text: plan)
    let id = sources.add(source)
    var merged = PlanOverlays(limits: limits)
    for (number, text) in overlays.enumerated() {
      let overlay = SourceText(name: "overlay-\(number + 1).yaml", text: text)
      merged.add(overlay, id: sources.add(overlay))
    }
    self.sources = sources
    syntax = merged.applied(to: parseSyntax(source, id: id, limits: limits))
  }

  /// Decoded, and checked too where it is asked for.
  func reading(checks: Bool = true) -> PlanReading {
    var reading = checks ? checkPlans(syntax) : readPlans(syntax)
    reading.diagnostics = reading.diagnostics.inOrder()
    return reading
  }

  /// `F012 overlay-1.yaml: many`: the code, the file and the text of each diagnostic that is no note.
  func found(checks: Bool = true) -> [String] {
    reading(checks: checks).diagnostics.filter { $0.severity != .note }.map {
      "\($0.code) \(place($0.span))"
    }
  }

  /// The file and the text of a place.
  func place(_ span: SourceSpan) -> String {
    guard let source = sources[span.source] else { return "nowhere" }
    let text = String(decoding: source.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    return "\(source.name): \(text)"
  }
}
