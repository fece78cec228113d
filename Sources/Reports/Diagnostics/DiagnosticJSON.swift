internal import CanonicalJSON
public import PlanText

/// Diagnostics as one JSON document: what `waltz plan validate --format json` prints.
///
/// Lines and columns count from 1, columns in Unicode scalars; offsets count bytes from 0. A place in no
/// source has neither file nor range. What is suppressed is listed and not counted. What is not listed is counted;
/// `omitted` says how much of which kind that is. A file that could not be
/// read makes the whole invalid: nobody knows what is in it. Indented by two
/// spaces, with a line feed at the end.
public func diagnosticJSON(_ diagnostics: [Diagnostic], sources: SourceMap) -> [UInt8] {
  let tables = LineTables(sources, for: diagnostics)
  return diagnosticJSON(diagnostics.map(tables.masked), notRead: [], tables)
}

/// A report as the same document.
func diagnosticJSON(_ report: DiagnosticReport) -> [UInt8] {
  diagnosticJSON(
    report.diagnostics, notRead: report.failures.map { (report.name(of: $0), $0.message) },
    report.tables)
}

private func diagnosticJSON(
  _ diagnostics: [Diagnostic], notRead: [(file: String?, reason: String)], _ tables: LineTables
) -> [UInt8] {
  let open = diagnostics.filter { $0.suppression == nil }
  var writer = JSONWriter(indent: 2, capacity: 256 + 640 * diagnostics.count)
  writer.object { writer in
    writer.member("formatVersion", "1.2")
    writer.member("valid", !open.hasErrors && notRead.isEmpty)
    writer.member("errorCount", open.filter { $0.severity == .error }.total)
    writer.member("warningCount", open.filter { $0.severity == .warning }.total)
    writer.member("noteCount", open.filter { $0.severity == .note }.total)
    writer.member("suppressedCount", diagnostics.total - open.total)
    writer.key("omitted")
    writer.array { writer in
      for diagnostic in diagnostics where diagnostic.omitted > 0 {
        writer.object { writer in
          writer.member("code", diagnostic.code)
          writer.member("severity", diagnostic.severity.rawValue)
          writer.member("suppressed", diagnostic.suppression != nil)
          writer.member("file", orNull: tables.name(of: diagnostic.span.source))
          writer.member("count", diagnostic.omitted)
        }
      }
    }
    writer.key("notRead")
    writer.array { writer in
      for (file, reason) in notRead {
        writer.object { writer in
          writer.member("file", orNull: file)
          writer.member("reason", reason)
        }
      }
    }
    writer.key("diagnostics")
    writer.array { writer in
      for diagnostic in diagnostics { write(diagnostic, tables, to: &writer) }
    }
  }
  writer.newLine()
  return writer.bytes
}

private func write(_ diagnostic: Diagnostic, _ tables: LineTables, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("code", diagnostic.code)
    writer.member("severity", diagnostic.severity.rawValue)
    writer.member("summary", diagnostic.summary)
    writer.member("detail", diagnostic.detail)
    writer.member("help", orNull: diagnostic.help)
    write(diagnostic.span, tables, to: &writer)
    writer.key("related")
    writer.array { writer in
      for related in diagnostic.related {
        writer.object { writer in
          writer.member("message", related.message)
          write(related.span, tables, to: &writer)
        }
      }
    }
    writer.key("fixes")
    writer.array { writer in
      for fix in diagnostic.fixes { write(fix, tables, to: &writer) }
    }
    writer.key("suppression")
    guard let suppression = diagnostic.suppression else { return writer.null() }
    writer.object { writer in
      writer.member("reason", suppression.reason)
      write(suppression.span, tables, to: &writer)
    }
  }
}

private func write(_ fix: Fix, _ tables: LineTables, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("title", fix.title)
    writer.member("certain", fix.isCertain)
    writer.key("edits")
    writer.array { writer in
      for edit in fix.edits {
        writer.object { writer in
          writer.member("replacement", edit.replacement)
          write(edit.span, tables, to: &writer)
        }
      }
    }
  }
}

/// Writes the members `file` and `range`.
private func write(_ span: SourceSpan, _ tables: LineTables, to writer: inout JSONWriter) {
  writer.member("file", orNull: tables.name(of: span.source))
  writer.key("range")
  guard let (start, end) = tables.positions(of: span) else { return writer.null() }
  writer.object { writer in
    for (name, position) in [("start", start), ("end", end)] {
      writer.key(name)
      writer.object { writer in
        writer.member("line", position.line)
        writer.member("column", position.column)
        writer.member("offset", position.offset)
      }
    }
  }
}
