import PlanText
internal import PlanText

/// What makes a finding the same finding on the next commit, although lines were added above it.
///
/// FNV-1a (128 bits, lower-case hexadecimal) over the code, the path, the text of the line without blanks
/// around it, and how many findings of the same kind on an equal line of the same file stand before it.
/// What the line hides is replaced by three asterisks before, so that nothing can be learnt of it from the
/// hash. Of a line over 400 bytes the marked place alone counts, at most 400 bytes of it.
struct Fingerprints {
  /// By the position of the finding in the report.
  let all: [String]

  private static let longest = 400

  init(of report: DiagnosticReport) {
    var seen: [String: Int] = [:]
    all = report.diagnostics.map { diagnostic in
      var base = Array("\(diagnostic.code)\n\(report.somePath(of: diagnostic))\n".utf8)
      base += Self.text(of: diagnostic.span, report.tables)
      let first = Self.hash(base)
      let before = seen[first, default: 0]
      seen[first] = before + 1
      return before == 0 ? first : Self.hash(base + Array("\n\(before)".utf8))
    }
  }

  private static func text(of span: SourceSpan, _ tables: LineTables) -> [UInt8] {
    guard let table = tables[span.source] else { return [] }
    let line = table.line(table.position(at: Int(span.start)).line)
    var range = line.startIndex..<line.endIndex
    if range.count > longest {
      let start = min(max(Int(span.start), range.lowerBound), range.upperBound)
      range = start..<min(max(Int(span.end), start), start + longest, range.upperBound)
    }
    let text = tables.shownBytes(range, of: span.source)
    let start = text.firstIndex { !$0.isBlank } ?? text.endIndex
    let end = text.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start
    return Array(text[start..<end])
  }

  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in bytes {
      hash ^= UInt128(byte)
      hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
