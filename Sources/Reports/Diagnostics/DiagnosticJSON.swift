internal import CanonicalJSON
public import PlanText

/// Diagnostics as one JSON document: what `waltz plan validate --format json` prints.
///
/// Lines and columns count from 1, columns in Unicode scalars; offsets count bytes from 0. A place in no
/// source has neither file nor range. Indented by two spaces, with a line feed at the end.
public func diagnosticJSON(_ diagnostics: [Diagnostic], sources: SourceMap) -> [UInt8] {
  let tables = LineTables(sources, for: diagnostics)
  let errors = diagnostics.count { $0.severity == .error }
  var writer = JSONWriter(indent: 2, capacity: 256 + 640 * diagnostics.count)
  writer.object { writer in
    writer.member("formatVersion", "1.0")
    writer.member("valid", errors == 0)
    writer.member("errorCount", errors)
    writer.member("warningCount", diagnostics.count { $0.severity == .warning })
    writer.key("diagnostics")
    writer.array { writer in
      for diagnostic in diagnostics { write(tables.masked(diagnostic), tables, to: &writer) }
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
