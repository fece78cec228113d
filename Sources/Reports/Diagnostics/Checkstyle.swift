internal import PlanText

/// A report as Checkstyle's XML, a file with its findings at a time; what is suppressed is left out.
func checkstyleXML(_ report: DiagnosticReport) -> [UInt8] {
  var findings = [[Diagnostic]](repeating: [], count: report.paths.count)
  for diagnostic in report.open {
    let index = Int(diagnostic.span.source.index)
    if findings.indices.contains(index) {
      findings[index].append(diagnostic)
    } else if !findings.isEmpty {
      findings[0].append(diagnostic)
    }
  }
  var writer = XMLWriter()
  writer.element("checkstyle", ["version": "4.3"]) { writer in
    for (path, findings) in zip(report.paths, findings) {
      writer.element("file", ["name": path.text]) { writer in
        for diagnostic in findings {
          let start = report.tables.positions(of: diagnostic.span)?.start
          writer.element(
            "error",
            [
              "line": "\(start?.line ?? 1)", "column": start.map { "\($0.column)" },
              "severity": severity(diagnostic.severity), "message": report.message(of: diagnostic),
              "source": "waltz.\(diagnostic.code)",
            ])
        }
      }
    }
  }
  return writer.bytes
}

private func severity(_ severity: Severity) -> String {
  switch severity {
  case .error: "error"
  case .warning: "warning"
  case .note: "info"
  }
}
