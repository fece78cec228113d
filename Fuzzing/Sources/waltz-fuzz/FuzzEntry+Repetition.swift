import PlanCompiler
import PlanText
import Reports

extension FuzzEntry {
  /// A text that repeats a part of itself some thousand times: time must grow with the bytes, and no faster.
  ///
  /// The first two bytes say which part is repeated. What takes the square of its length takes seconds here,
  /// and nothing that can be noticed in the inputs of the other entries. How long a mistake takes to tell
  /// depends on the machine and on what else it does, so a text that takes long is held to its quarter: four
  /// times as long is as it should be, sixteen times is the square.
  static let repetition = FuzzEntry(name: "repetition", isBounded: false) { bytes in
    guard bytes.count > 4 else { return }
    let length = 64_000
    let seconds = leastSeconds(of: repeating(bytes, upTo: length), enough: 0.4)
    guard seconds > 0.4 else { return }
    let quarter = leastSeconds(of: repeating(bytes, upTo: length / 4), enough: 0)
    expect(
      seconds <= 8 * quarter,
      "\(length) bytes take \(seconds) s of the processor's time, a quarter of them \(quarter) s")
  }

  /// The text after the first two bytes, with the part that they say repeated up to a length.
  private static func repeating(_ bytes: [UInt8], upTo length: Int) -> SourceText {
    let text = bytes.dropFirst(2)
    let first = text.startIndex + Int(bytes[0]) * text.count / 256
    let count = max(1, Int(bytes[1]) * (text.endIndex - first) / 256)
    let part = text[first..<min(text.endIndex, first + count)]
    var long = Array(text[..<first])
    while long.count < length { long += part }
    return SourceText(name: "plan.yaml", bytes: long + text[part.endIndex...])
  }

  /// What it takes to check a plan and to report on it: the least of three times, or the first that is
  /// short enough.
  private static func leastSeconds(of source: SourceText, enough: Double) -> Double {
    var least = Double.infinity
    for _ in 0..<3 where least > enough {
      let seconds = cpuSeconds {
        var sources = SourceMap()
        let id = sources.add(source)
        let diagnostics = checkPlans(source, id: id).diagnostics
        _ = DiagnosticText(sources).render(diagnostics)
        _ = diagnosticJSON(diagnostics, sources: sources)
      }
      least = min(least, seconds)
    }
    return least
  }
}
