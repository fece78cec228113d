package import PlanText
package import Reports
import WorkingTree

extension Validation {
  /// What goes to standard output.
  package enum Printed: Sendable, Equatable {
    /// The findings for people, and ``Validation/summary``.
    case text
    case report(Printout)
  }

  /// Writes what is asked for into its files, and hands over what goes to standard output: text where no
  /// request is for that.
  ///
  /// * `jobSummary`: The file that a job of GitHub takes its summary from, added to with the format `github`.
  /// - Throws: ``WorkspaceError`` where a file cannot be written.
  package func deliver(
    _ requests: [ReportRequest], failOn threshold: Severity, version: String,
    jobSummary: String? = nil, toOutput: (Printed) -> Void
  ) throws {
    let isForNobody = requests.allSatisfy { $0.file != nil }
    var made: DiagnosticReport?
    for request in requests + (isForNobody ? [ReportRequest(.text)] : []) {
      guard case .report(let format) = request.kind else {
        if let file = request.file {
          let text = DiagnosticText(files.sources).render(files.diagnostics) + summary
          try folder.write(Array(text.utf8), to: file, .inPlaceIfNeeded)
        } else {
          toOutput(.text)
        }
        continue
      }
      let report = made ?? report(failOn: threshold, version: version)
      made = report
      if let file = request.file {
        try folder.write(format.bytes(of: report), to: file, .inPlaceIfNeeded)
      } else {
        toOutput(.report(format.printout(of: report)))
      }
      if format == .github, let jobSummary, !jobSummary.isEmpty {
        try folder.append(Array(report.gitHubSummary().utf8), to: jobSummary)
      }
    }
  }

  private var folder: WorkingFolder { pipeline.folder }
}
