import DiagnosticCatalogue
import PlanCompiler
import PlanLayout
import PlanSyntax
import PlanText
import Redaction
import Reports

extension FuzzEntry {
  /// A text that repeats a part of itself some thousand times: time must grow with the bytes, and no faster.
  ///
  /// The first two bytes say which part is repeated. What takes the square of its length takes seconds here,
  /// and nothing that can be noticed in the inputs of the other entries. How long a mistake takes to tell
  /// depends on the machine and on what else it does, so a text that takes long is held to its quarter: four
  /// times as long is as it should be, sixteen times is the square. Each phase is held to its own quarter, or
  /// a long one would hide the others.
  static let repetition = FuzzEntry(name: "repetition", isBounded: false) { bytes in
    guard bytes.count > 4 else { return }
    let length = 64_000
    let whole = RepeatedText(bytes, upTo: length)
    var quarter: RepeatedText?
    for phase in Phase.all {
      var seconds = whole.seconds(of: phase)
      guard seconds > 0.4 else { continue }
      let part = quarter ?? RepeatedText(bytes, upTo: length / 4)
      quarter = part
      let wanted = 8 * part.seconds(of: phase)
      // The machine may have been slow once; it is not so three times.
      for _ in 0..<2 where seconds > wanted { seconds = min(seconds, whole.seconds(of: phase)) }
      expect(
        seconds <= wanted,
        "\(phase.name): \(length) bytes take \(seconds) s of the processor's time, a quarter of them \(wanted / 8) s"
      )
    }
  }
}

/// One thing that is done with a text, whose time is taken alone.
private struct Phase: Sendable {
  let name: String
  let run: @Sendable (RepeatedText) -> Void

  static let all: [Phase] = [
    Phase(name: "check") { _ = checkPlans($0.source, id: $0.id) },
    Phase(name: "text") { _ = DiagnosticText($0.sources).render($0.diagnostics) },
    Phase(name: "json") { _ = diagnosticJSON($0.diagnostics, sources: $0.sources) },
    Phase(name: "layout") { _ = canonicalLayout(of: $0.source, id: $0.id) },
    Phase(name: "hidden text") { _ = hiddenText(in: $0.source) },
    Phase(name: "suppress") {
      _ = suppress($0.diagnostics, in: $0.source, id: $0.id, of: $0.syntax, catalogue: .all)
    },
    Phase(name: "overlay") { text in
      // Documents times overlays are bounded by a limit, up to which they may well grow as a square.
      guard text.syntax.documents.count <= 4 else { return }
      var overlays = PlanOverlays()
      overlays.add(text.source, id: text.id)
      _ = checkPlans(overlays.applied(to: text.syntax))
    },
    Phase(name: "origins") { text in
      guard let tree = text.syntax.documents.first else { return }
      _ = valueOrigins(of: tree, in: text.sources)
    },
  ]
}

/// A text with a part of it repeated, and what its phases start from.
private struct RepeatedText: Sendable {
  let source: SourceText
  let id: SourceID
  let sources: SourceMap
  let syntax: SyntaxResult
  let diagnostics: [Diagnostic]

  /// The text after the first two bytes, with the part that they say repeated up to a length.
  init(_ bytes: [UInt8], upTo length: Int) {
    let text = bytes.dropFirst(2)
    let first = text.startIndex + Int(bytes[0]) * text.count / 256
    let count = max(1, Int(bytes[1]) * (text.endIndex - first) / 256)
    let part = text[first..<min(text.endIndex, first + count)]
    var long = Array(text[..<first])
    while long.count < length { long += part }
    source = SourceText(name: "plan.yaml", bytes: long + text[part.endIndex...])
    var sources = SourceMap(hiding: hiddenText(in:))
    id = sources.add(source)
    self.sources = sources
    syntax = parseSyntax(source, id: id)
    diagnostics = checkPlans(syntax).diagnostics.inOrder()
  }

  /// What a phase takes of the processor's time.
  func seconds(of phase: Phase) -> Double { cpuSeconds { phase.run(self) } }
}
