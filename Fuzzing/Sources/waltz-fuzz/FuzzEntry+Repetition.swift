import PlanCompiler
import PlanText
import Reports

extension FuzzEntry {
  /// A text that repeats a part of itself some thousand times: time must grow with the bytes, and no faster.
  ///
  /// The first two bytes say which part is repeated. What takes the square of its length takes seconds here,
  /// and nothing that can be noticed in the inputs of the other entries.
  static let repetition = FuzzEntry(name: "repetition") { bytes in
    guard bytes.count > 4 else { return }
    let text = bytes.dropFirst(2)
    let first = text.startIndex + Int(bytes[0]) * text.count / 256
    let length = max(1, Int(bytes[1]) * (text.endIndex - first) / 256)
    let part = text[first..<min(text.endIndex, first + length)]
    var long = Array(text[..<first])
    while long.count < 64_000 { long += part }
    long += text[part.endIndex...]

    let source = SourceText(name: "plan.yaml", bytes: long)
    var seconds = 1.0e9
    for _ in 0..<3 where seconds > 0.8 {
      let time = cpuSeconds {
        var sources = SourceMap()
        let id = sources.add(source)
        let diagnostics = checkPlans(source, id: id).diagnostics
        _ = DiagnosticText(sources).render(diagnostics)
        _ = diagnosticJSON(diagnostics, sources: sources)
      }
      seconds = min(seconds, time)
    }
    expect(seconds <= 0.8, "\(long.count) bytes take \(seconds) s of the processor's time")
  }
}
