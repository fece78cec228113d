package import PlanText

/// What an invocation found, for programs: the formats of ``DiagnosticFormat`` are written from it.
package struct DiagnosticReport: Sendable {
  /// How programs know a file.
  package struct Path: Sendable, Equatable {
    /// With forward slashes; relative to the root of the repository where the file is in it.
    package let text: String

    /// Whether it is relative to the root.
    package let isInside: Bool

    /// A path.
    package init(_ text: String, isInside: Bool) {
      self.text = text
      self.isInside = isInside
    }
  }

  /// A file that could not be read.
  package struct Failure: Sendable {
    /// Which; the position of its source.
    package let source: Int

    /// What went wrong.
    package let message: String

    /// A file that could not be read.
    package init(source: Int, _ message: String) {
      self.source = source
      self.message = message
    }
  }

  /// In order, suppressed ones included; nothing in their words that their sources hide.
  let diagnostics: [Diagnostic]

  let failures: [Failure]

  /// How many files were looked into: neither overlays nor those that could not be read.
  let fileCount: Int

  /// What fails the check.
  let failOn: Severity

  /// The version of the program.
  let version: String

  /// How programs know the files, by source.
  package let paths: [Path]

  let sources: SourceMap
  let tables: LineTables

  /// What was found in `sources`, of which `paths` has the path of each.
  ///
  /// * `fileCount`: How many of them were looked into for themselves; nil where all that could be read were.
  package init(
    _ diagnostics: [Diagnostic], sources: SourceMap, paths: [Path], failures: [Failure] = [],
    fileCount: Int? = nil, failOn: Severity = .error, version: String
  ) {
    let tables = LineTables(sources, for: diagnostics)
    self.tables = tables
    self.diagnostics = diagnostics.map(tables.masked)
    self.sources = sources
    self.paths = paths
    self.failures = failures
    self.fileCount = fileCount ?? paths.count - failures.count
    self.failOn = failOn
    self.version = version
  }

  /// The findings that nobody suppressed.
  var open: [Diagnostic] { diagnostics.filter { $0.suppression == nil } }

  /// The path of a source; nil for a source that is not known.
  func path(of id: SourceID) -> Path? {
    Int(id.index) < paths.count ? paths[Int(id.index)] : nil
  }

  /// The path of a finding for formats that demand one: that of the first source where it has none.
  func somePath(of diagnostic: Diagnostic) -> String {
    (path(of: diagnostic.span.source) ?? paths.first)?.text ?? "."
  }

  /// The name of the file of a failure, as the user gave it; nil where it is not known.
  func name(of failure: Failure) -> String? {
    sources.sources.indices.contains(failure.source) ? sources.sources[failure.source].name : nil
  }

  /// The finding and the way out, as one paragraph; and how many more of its kind there are that nobody lists.
  func message(of diagnostic: Diagnostic) -> String {
    [diagnostic.detail, diagnostic.help, diagnostic.omission].compactMap(\.self)
      .joined(separator: " ")
  }
}

extension Diagnostic {
  /// How many more of its kind its file has that are not listed, in a sentence; nil for none.
  var omission: String? {
    omitted == 0 ? nil : "The file has \(Wording.number(omitted)) more like this."
  }
}

/// The formats in which a check of plans is printed for programs.
package enum DiagnosticFormat: String, Sendable, CaseIterable {
  /// The tool's own.
  case json

  /// SARIF 2.1.0: code scanning of GitHub and Azure, viewers in editors.
  case sarif

  /// JUnit's XML: the test report of every CI system.
  case junit

  /// Commands on the standard output of a GitHub Actions job.
  case github

  /// GitLab's Code Quality report.
  case gitlab

  /// Checkstyle's XML: Jenkins, editors, many converters.
  case checkstyle

  /// The Reviewdog Diagnostic Format.
  case rdjson

  /// A report in this format, to be printed.
  package func printout(of report: DiagnosticReport) -> Printout {
    let bytes = bytes(of: report)
    return switch self {
    case .json, .sarif, .gitlab, .rdjson: Printout(json: bytes)
    case .junit, .checkstyle: Printout(report: String(decoding: bytes, as: UTF8.self))
    case .github: Printout(runnerCommands: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The bytes of a report in this format; the same report gives the same bytes.
  package func bytes(of report: DiagnosticReport) -> [UInt8] {
    switch self {
    case .json: diagnosticJSON(report)
    case .sarif: sarifLog(report)
    case .junit: junitXML(report)
    case .github: gitHubCommands(report)
    case .gitlab: gitLabCodeQuality(report)
    case .checkstyle: checkstyleXML(report)
    case .rdjson: reviewdogJSON(report)
    }
  }
}
