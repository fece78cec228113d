internal import CanonicalJSON
internal import PlanText

/// A report as SARIF 2.1.0 (OASIS): one run with the rules that found something.
func sarifLog(_ report: DiagnosticReport) -> [UInt8] { SARIF(report).bytes() }

/// One report on its way to SARIF.
///
/// Paths are relative to `SRCROOT`, of which only a description is given, so that the bytes are the same on
/// every machine. Columns count Unicode scalars, as everywhere in Waltz, and `endColumn` is the one behind
/// the last; the offsets count bytes.
struct SARIF {
  /// What GitHub takes in one run; a report of more is refused there.
  static let resultLimit = 25_000

  let report: DiagnosticReport
  private let fingerprints: Fingerprints

  /// The findings that are written, by their position in the report.
  private let positions: [Int]

  /// The kinds of those, by code.
  private let rules: [CatalogueEntry]
  private let ruleIndices: [String: Int]

  init(_ report: DiagnosticReport, limit: Int = SARIF.resultLimit) {
    self.report = report
    fingerprints = Fingerprints(of: report)
    positions = Self.positions(of: report.diagnostics, limit: limit)
    var pages: [String: CatalogueEntry] = [:]
    for position in positions {
      let page = report.diagnostics[position].entry
      pages[page.code] = page
    }
    rules = pages.values.sorted { $0.code < $1.code }
    ruleIndices = Dictionary(
      uniqueKeysWithValues: rules.enumerated().map { ($0.element.code, $0.offset) })
  }

  /// All findings, or where there are too many the gravest in their order.
  private static func positions(of diagnostics: [Diagnostic], limit: Int) -> [Int] {
    guard diagnostics.count > limit else { return Array(diagnostics.indices) }
    var kept: [Int] = []
    for severity in [Severity.error, .warning, .note] {
      for position in diagnostics.indices
      where kept.count < limit && diagnostics[position].severity == severity {
        kept.append(position)
      }
    }
    return kept.sorted()
  }

  func bytes() -> [UInt8] {
    var writer = JSONWriter(indent: 2, capacity: 4096 + 2048 * positions.count)
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.key("runs")
      writer.array { writer in
        writer.object { writer in
          writeTool(to: &writer)
          writeInvocation(to: &writer)
          writer.key("automationDetails")
          writer.object { $0.member("id", "waltz/plan-validate/") }
          writer.member("columnKind", "unicodeCodePoints")
          writer.key("originalUriBaseIds")
          writer.object { writer in
            writer.key("SRCROOT")
            writer.object { writer in
              writeText("The root of the repository.", as: "description", to: &writer)
            }
          }
          writer.key("results")
          writer.array { writer in
            for position in positions { writeResult(position, to: &writer) }
          }
        }
      }
    }
    writer.newLine()
    return writer.bytes
  }

  private func writeTool(to writer: inout JSONWriter) {
    writer.key("tool")
    writer.object { writer in
      writer.key("driver")
      writer.object { writer in
        writer.member("name", "waltz")
        writer.member("semanticVersion", report.version)
        writer.key("rules")
        writer.array { writer in
          for page in rules { write(page, to: &writer) }
        }
      }
    }
  }

  private func write(_ page: CatalogueEntry, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", page.code)
      writer.member("name", Self.name(of: page))
      writeText(page.title + ".", as: "shortDescription", to: &writer)
      writeText(Self.firstParagraph(of: page), as: "fullDescription", to: &writer)
      writer.key("defaultConfiguration")
      writer.object { $0.member("level", page.severity.rawValue) }
      writer.key("help")
      writer.object { writer in
        writer.member("text", Self.printable(CataloguePage.text(of: page)))
        writer.member("markdown", Self.printable(CataloguePage.markdown(of: page)))
      }
    }
  }

  /// The title as one word: `AKeyStandsTwiceInOneMapping`.
  private static func name(of page: CatalogueEntry) -> String {
    page.title.split { !$0.isLetter && !$0.isNumber }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
  }

  /// A page without the control characters that the examples of some are about.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 && $0 != "\n" ? "\u{FFFD}" : $0 }))
  }

  private static func firstParagraph(of page: CatalogueEntry) -> String {
    let lines = page.explanation.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { !$0.isEmpty }.joined(separator: " ")
  }

  private func writeInvocation(to writer: inout JSONWriter) {
    writer.key("invocations")
    writer.array { writer in
      writer.object { writer in
        writer.member("executionSuccessful", report.failures.isEmpty)
        let left = report.diagnostics.count - positions.count
        guard left > 0 || !report.failures.isEmpty else { return }
        writer.key("toolExecutionNotifications")
        writer.array { writer in
          for failure in report.failures {
            writeNotification("error", failure.message, to: &writer) { writer in
              guard report.paths.indices.contains(failure.source) else { return }
              writer.key("locations")
              writer.array { writer in
                writer.object { writer in
                  writer.key("physicalLocation")
                  writer.object { writer in
                    writeArtifact(report.paths[failure.source], to: &writer)
                  }
                }
              }
            }
          }
          if left > 0 {
            writeNotification(
              "warning",
              "A run may hold only \(positions.count) of the \(report.diagnostics.count) findings; "
                + "\(left) are left out, the least severe first.", to: &writer
            ) { _ in }
          }
        }
      }
    }
  }

  private func writeNotification(
    _ level: String, _ message: String, to writer: inout JSONWriter,
    _ more: (inout JSONWriter) -> Void
  ) {
    writer.object { writer in
      writer.member("level", level)
      writeText(message, as: "message", to: &writer)
      more(&writer)
    }
  }

  private func writeResult(_ position: Int, to writer: inout JSONWriter) {
    let diagnostic = report.diagnostics[position]
    writer.object { writer in
      writer.member("ruleId", diagnostic.code)
      writer.member("ruleIndex", ruleIndices[diagnostic.code] ?? -1)
      writer.member("level", diagnostic.severity.rawValue)
      writeText(report.message(of: diagnostic), as: "message", to: &writer)
      if diagnostic.omitted > 0 { writer.member("occurrenceCount", 1 + diagnostic.omitted) }
      writer.key("locations")
      writer.array { writer in writeLocation(diagnostic.span, to: &writer) }
      let related = diagnostic.related.filter { report.tables[$0.span.source] != nil }
      if !related.isEmpty {
        writer.key("relatedLocations")
        writer.array { writer in
          for (index, related) in related.enumerated() {
            writeLocation(related.span, id: index + 1, related.message, to: &writer)
          }
        }
      }
      writer.key("partialFingerprints")
      writer.object { $0.member("waltzFinding/v1", fingerprints.all[position]) }
      if !diagnostic.fixes.isEmpty {
        writer.key("fixes")
        writer.array { writer in
          for fix in diagnostic.fixes { write(fix, to: &writer) }
        }
      }
      // An empty list says that it is not suppressed; absent members say that nobody knows.
      writer.key("suppressions")
      writer.array { writer in
        guard let suppression = diagnostic.suppression else { return }
        writer.object { writer in
          writer.member("kind", "inSource")
          writer.member("justification", suppression.reason)
          writer.key("location")
          writeBareLocation(suppression.span, to: &writer)
        }
      }
    }
  }

  func writeText(_ text: String, as name: String, to writer: inout JSONWriter) {
    writer.key(name)
    writer.object { $0.member("text", text) }
  }
}
