extension RunReport {
  /// The report as one HTML file without a script (`docs/FORMATS.md`, "Report of a run").
  package var html: String { DocumentHTML.text(RunReportDocument(report: self).document) }

  /// The report as Markdown.
  package var markdown: String { DocumentMarkdown.text(RunReportDocument(report: self).document) }

  /// The report for programs, with every count of clients.
  package var json: String { RunReportJSON(report: self).text }
}
