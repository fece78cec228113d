internal import CanonicalJSON
internal import PlanText

/// A report in the Reviewdog Diagnostic Format (`rdjson`). Its columns count bytes of UTF-8 from 1, and
/// the end of a range is behind its last byte. What is suppressed is left out.
func reviewdogJSON(_ report: DiagnosticReport) -> [UInt8] {
  var writer = JSONWriter(indent: 2, capacity: 256 + 640 * report.diagnostics.count)
  writer.object { writer in
    writer.key("source")
    writer.object { $0.member("name", "waltz") }
    writer.key("diagnostics")
    writer.array { writer in
      for diagnostic in report.open { write(diagnostic, report, to: &writer) }
    }
  }
  writer.newLine()
  return writer.bytes
}

private func write(
  _ diagnostic: Diagnostic, _ report: DiagnosticReport, to writer: inout JSONWriter
) {
  writer.object { writer in
    writer.member("message", report.message(of: diagnostic))
    writer.key("location")
    writeLocation(diagnostic.span, report, to: &writer)
    writer.member("severity", severity(diagnostic.severity))
    writer.key("code")
    writer.object { $0.member("value", diagnostic.code) }
    // A suggestion is one change to the file of the finding.
    let suggestions = diagnostic.fixes.filter {
      $0.edits.count == 1 && $0.edits[0].span.source == diagnostic.span.source
    }
    if !suggestions.isEmpty {
      writer.key("suggestions")
      writer.array { writer in
        for edit in suggestions.map({ $0.edits[0] }) {
          writer.object { writer in
            writeRange(edit.span, report, to: &writer)
            writer.member("text", edit.replacement)
          }
        }
      }
    }
    let related = diagnostic.related.filter { report.tables[$0.span.source] != nil }
    if !related.isEmpty {
      writer.key("related_locations")
      writer.array { writer in
        for related in related {
          writer.object { writer in
            writer.member("message", related.message)
            writer.key("location")
            writeLocation(related.span, report, to: &writer)
          }
        }
      }
    }
  }
}

private func writeLocation(
  _ span: SourceSpan, _ report: DiagnosticReport, to writer: inout JSONWriter
) {
  writer.object { writer in
    writer.member("path", (report.path(of: span.source) ?? report.paths.first)?.text ?? ".")
    writeRange(span, report, to: &writer)
  }
}

/// Writes the member `range`, where the place is known.
private func writeRange(
  _ span: SourceSpan, _ report: DiagnosticReport, to writer: inout JSONWriter
) {
  guard let table = report.tables[span.source],
    let (start, end) = report.tables.positions(of: span)
  else { return }
  writer.key("range")
  writer.object { writer in
    for (name, position) in [("start", start), ("end", end)] {
      writer.key(name)
      writer.object { writer in
        writer.member("line", position.line)
        let lineStart = table.line(position.line).startIndex
        writer.member("column", max(position.offset - lineStart, 0) + 1)
      }
    }
  }
}

private func severity(_ severity: Severity) -> String {
  switch severity {
  case .error: "ERROR"
  case .warning: "WARNING"
  case .note: "INFO"
  }
}
