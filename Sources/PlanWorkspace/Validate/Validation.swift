import PlanCompiler
package import PlanText
package import Reports
package import WorkingTree

/// What `plan validate` looks at, and what it came to.
package struct Validation: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// Files, folders and patterns; the working folder where there are none.
    package var paths: [String]

    package var overlays: [String] = []

    /// The files that reports go to.
    package var outputs: [String] = []

    /// What standard input is called in reports; nil where nobody says.
    package var standardInput: String?

    /// The look at certificates; nil for none.
    package var certificates: CertificateReview?

    /// How many files are checked at once.
    package var jobs = 1

    package init(_ paths: [String]) {
      self.paths = paths
    }
  }

  private let request: Request
  let pipeline: PlanPipeline

  /// The files, with what is wrong with them.
  package private(set) var files: PlanFiles

  /// How many files were found beside them that are none of Waltz's.
  let others: Int

  /// What ``mend()`` has changed.
  package private(set) var changes: [PlanFiles.Mended] = []

  /// Finds, reads and checks the files.
  ///
  /// - Throws: ``WorkspaceError`` where there is nothing to check, a link leads out of the repository, an overlay
  ///   cannot be read, or a report would take the place of what is read.
  package init(_ request: Request, in folder: WorkingFolder) async throws {
    self.request = request
    try folder.checkOutputs(request.outputs)
    let found = try PlanPaths(in: folder).files(request.paths.isEmpty ? ["."] : request.paths)
    try folder.checkApart(request.outputs, from: found.map(\.path) + request.overlays)
    let read: [ReadFile]
    (read, others) = await ReadFile.read(
      found, in: folder, standardInput: request.standardInput ?? SourceText.standardInputName,
      jobs: request.jobs)
    guard !read.isEmpty else { throw Self.nothing(at: request.paths, others) }
    pipeline = PlanPipeline(
      try PlanOverlays(
        reading: request.overlays, behind: read.count, besides: found.map(\.path), in: folder),
      certificates: request.certificates, in: folder)
    files = await PlanFiles.review(read, pipeline, jobs: request.jobs)
  }

  /// A job that checks nothing must not be green because of it.
  private static func nothing(at paths: [String], _ others: Int) -> WorkspaceError {
    let named = paths.isEmpty ? "the current folder" : paths.joined(separator: ", ")
    let count = others == 1 ? "The one file" : "None of the \(others) files"
    return WorkspaceError(
      .environment,
      "\(count) in \(named) is \(others == 1 ? "no plan" : "a plan"), overlay or scenario. Waltz's documents say "
        + "`apiVersion: waltz/v1` and their `kind`; a file that is named by itself is checked in any case."
    )
  }

  /// Makes every certain fix in the files and overlays, and checks what changed again. A file that cannot be
  /// written keeps its findings and is counted among those that failed.
  ///
  /// - Throws: ``WorkspaceError`` where an overlay cannot be written; nothing else is then.
  package mutating func mend() async throws {
    (files, changes) = try await files.mending(pipeline)
  }

  /// What ``mend()`` would change, as a unified diff; empty where that is nothing.
  package func mendingDiff(color: Bool) -> String { files.mendingDiff(pipeline, color: color) }

  /// Whether there is a finding as severe as that which nobody has suppressed.
  package func fails(at threshold: Severity) -> Bool {
    files.diagnostics.contains { $0.severity >= threshold && $0.suppression == nil }
  }

  /// The findings as programs take them.
  package func report(failOn threshold: Severity, version: String) -> DiagnosticReport {
    func path(_ name: String) -> DiagnosticReport.Path {
      let path = pipeline.folder.publicPath(of: name)
      return .init(path.text, isInside: path.isInside)
    }
    return DiagnosticReport(
      files.diagnostics, sources: files.sources,
      paths: files.files.map { file in
        file.path == "-" && request.standardInput == nil
          ? .init(SourceText.standardInputName, isInside: false) : path(file.source.name)
      } + request.overlays.map(path),
      failures: files.files.enumerated().compactMap { position, file in
        file.failure.map { .init(source: position, $0.message) }
      },
      fileCount: files.readCount, failOn: threshold, version: version)
  }

  /// The last line for people: what was found, and in how many files.
  package var summary: String {
    let count = files.readCount
    var parts: [String] = []
    if !files.diagnostics.isEmpty {
      parts.append(DiagnosticText.summary(of: files.diagnostics, files: count))
    } else if count > 0 {
      parts.append(count == 1 ? "1 file is valid" : "\(count) files are valid")
    }
    let fixed = changes.reduce(0) { $0 + $1.made.count }
    if fixed > 0 { parts.append("\(fixed) fixed") }
    if !files.failures.isEmpty { parts.append("\(files.failures.count) not read") }
    if others > 0 {
      parts.append(
        others == 1 ? "1 other file is not a plan" : "\(others) other files are not plans")
    }
    let unopened = files.files.reduce(0) { $0 + $1.unopenedCertificates }
    return parts.joined(separator: "; ") + ".\n"
      + (unopened == 0
        ? ""
        : unopened == 1
          ? "1 certificate was not opened: only --live asks for its password.\n"
          : "\(unopened) certificates were not opened: only --live asks for their passwords.\n")
  }
}
