internal import CanonicalJSON
internal import PlanText

/// A report as GitLab's Code Quality artefact (`artifacts:reports:codequality`): a list of findings, each
/// with a fingerprint of its own. What is suppressed is left out.
func gitLabCodeQuality(_ report: DiagnosticReport) -> [UInt8] {
  let fingerprints = Fingerprints(of: report)
  var writer = JSONWriter(indent: 2, capacity: 256 + 512 * report.diagnostics.count)
  writer.array { writer in
    for (position, diagnostic) in report.diagnostics.enumerated()
    where diagnostic.suppression == nil {
      writer.object { writer in
        writer.member("description", report.message(of: diagnostic))
        writer.member("check_name", diagnostic.code)
        writer.member("fingerprint", fingerprints.all[position])
        writer.member("severity", severity(diagnostic.severity))
        writer.key("location")
        writer.object { writer in
          writer.member("path", report.somePath(of: diagnostic))
          writer.key("lines")
          writer.object { writer in
            let lines = report.tables.positions(of: diagnostic.span)
            writer.member("begin", lines?.start.line ?? 1)
            writer.member("end", lines?.end.line ?? 1)
          }
        }
      }
    }
  }
  writer.newLine()
  return writer.bytes
}

/// GitLab has five; `blocker` and `major` are not used.
private func severity(_ severity: Severity) -> String {
  switch severity {
  case .error: "critical"
  case .warning: "minor"
  case .note: "info"
  }
}
