import ArgumentParser
import PlanText
import Reports

struct PlanValidateCommand: AsyncParsableCommand {
  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error
    case warning

    var severity: Severity { self == .error ? .error : .warning }
  }

  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract:
      "Checks plans, the certificates they name and scenarios, and proves every plan's graph.",
    discussion: """
      A finding that is meant to be as it is can be suppressed in the file, with a reason: \
      `# waltz:ignore CODE reason` on the line before, or behind the value.

      In folders and patterns only files that say in apiVersion or kind that they are Waltz's are checked; \
      the others are counted. A file that is named itself is checked whatever it is.

      Paths in reports are relative to the root of the repository, the nearest folder with a .git. Without \
      a format on standard output, findings are printed for people.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Files, folders and quoted patterns such as 'plans/**/*.yaml'; - is standard input. The default is \
      the current folder.
      """,
      valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      """
      How to print, and the file to print to: text, json, sarif, junit, github, gitlab, checkstyle or \
      rdjson. May be given several times.
      """,
      valueName: "format[=file]"))
  var formats: [FormatRequest] = []

  @Option(help: ArgumentHelp("What fails the check: error or warning.", valueName: "severity"))
  var failOn = Threshold.error

  @Flag(help: "Make the changes that are certain, then check again.")
  var fix = false

  @Flag(help: "With --fix: print what would change as a unified diff, and change nothing.")
  var diff = false

  @OptionGroup var overlays: OverlayOptions

  @Option(help: ArgumentHelp("The name of standard input in reports.", valueName: "path"))
  var stdinName: String?

  @OptionGroup var access: PlanAccessOptions

  @OptionGroup var certificates: CertificateOptions

  @Option(
    help: ArgumentHelp(
      "How many files to check at once. The default is one a processor.", valueName: "count"))
  var jobs: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
    if formats.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        "Two formats can not share standard output. Name a file, for example: --format sarif=waltz.sarif."
      )
    }
    if diff, !fix { throw ValidationError("--diff shows what --fix would change; give both.") }
    if fix, !diff, let stream = (paths + overlays.paths).first(where: Files.isStream) {
      let name = Files.isStandardInput(stream) ? "standard input" : stream
      throw ValidationError("--fix changes files; \(name) is none.")
    }
  }

  func run() async throws {
    let folder = WorkingFolder()
    let reports = formats.compactMap(\.file)
    try folder.checkOutputs(reports, admitting: access.admitted)
    let found = try PlanPaths(admitted: access.admitted, folder: folder)
      .files(paths.isEmpty ? ["."] : paths)
    try folder.checkApart(reports, from: found.map(\.path) + overlays.paths)
    let (read, others) = await ReadFile.read(
      found, standardInput: stdinName ?? SourceText.standardInputName, jobs: jobs)
    guard !read.isEmpty else { throw nothingToCheck(others) }
    let checks = PlanFile.Checks(
      proves: true,
      overlays: try overlays.read(
        behind: read.count, besides: found.map(\.path), admitting: access.admitted),
      review: certificates.review(admitting: access.admitted), admitted: access.admitted)
    var files = await PlanFiles.check(read, checks, jobs: jobs)
    var fixed = 0
    if diff {
      let changes = files.mendingDiff(checks, color: output.color.applies(to: Terminal.output))
      Terminal.output.write(changes)
      for failure in files.failures { Terminal.error.write(failure) }
      if !files.failures.isEmpty { throw ExitStatus.environment }
      if !changes.isEmpty { throw ExitStatus.findings }
      return
    }
    if fix {
      let (mended, changes) = try await files.mending(checks)
      Terminal.error.write(changes.map(\.lines).joined())
      fixed = changes.reduce(0) { $0 + $1.made.count }
      files = mended
    }
    for failure in files.failures { Terminal.error.write(failure) }
    try report(files, others: others, fixed: fixed, in: folder)
    if !files.failures.isEmpty { throw ExitStatus.environment }
    let threshold = failOn.severity
    if files.diagnostics.contains(where: { $0.severity >= threshold && $0.suppression == nil }) {
      throw ExitStatus.findings
    }
  }

  /// A job that checks nothing must not be green because of it.
  private func nothingToCheck(_ others: Int) -> CommandError {
    let named = paths.isEmpty ? "the current folder" : paths.joined(separator: ", ")
    let count = others == 1 ? "The one file" : "None of the \(others) files"
    return CommandError(
      .environment,
      "\(count) in \(named) is \(others == 1 ? "no plan" : "a plan"), overlay or scenario. Waltz's documents say "
        + "`apiVersion: waltz/v1` and their `kind`; a file that is named by itself is checked in any case."
    )
  }

  private func report(
    _ files: PlanFiles, others: Int, fixed: Int, in folder: WorkingFolder
  ) throws {
    var requests = formats
    if !requests.contains(where: { $0.file == nil }) { requests.append(FormatRequest(.text)) }
    var report: DiagnosticReport?
    for request in requests {
      guard case .report(let format) = request.kind else {
        try writeText(summary(of: files, others: others, fixed: fixed), of: files, to: request.file)
        continue
      }
      let whole = report ?? self.report(of: files, in: folder)
      report = whole
      if let file = request.file {
        try Files.write(format.bytes(of: whole), to: file, .inPlaceIfNeeded)
      } else {
        Terminal.output.write(format.bytes(of: whole))
      }
      if format == .github, let summary = Environment.variable("GITHUB_STEP_SUMMARY"),
        !summary.isEmpty
      {
        try folder.checkOutputs([summary], admitting: access.admitted)
        try Files.append(Array(whole.gitHubSummary().utf8), to: summary)
      }
    }
  }

  private func report(of files: PlanFiles, in folder: WorkingFolder) -> DiagnosticReport {
    DiagnosticReport(
      files.diagnostics, sources: files.sources,
      paths: files.files.map { file in
        file.path == "-" && stdinName == nil
          ? .init(SourceText.standardInputName, isInside: false)
          : folder.reportPath(of: file.source.name)
      } + overlays.paths.map(folder.reportPath(of:)),
      failures: files.files.enumerated().compactMap { position, file in
        file.failure.map { .init(source: position, $0.message) }
      },
      fileCount: files.readCount, failOn: failOn.severity, version: ToolVersion.text)
  }

  private func writeText(_ summary: String, of files: PlanFiles, to file: String?) throws {
    if let file {
      let text = DiagnosticText(files.sources).render(files.diagnostics)
      try Files.write(Array((text + summary).utf8), to: file, .inPlaceIfNeeded)
    } else {
      files.report(output.color)
      Terminal.output.write(summary)
    }
  }

  /// The last line: what was found, and in how many files.
  private func summary(of files: PlanFiles, others: Int, fixed: Int) -> String {
    let count = files.readCount
    var parts: [String] = []
    if !files.diagnostics.isEmpty {
      parts.append(DiagnosticText.summary(of: files.diagnostics, files: count))
    } else if count > 0 {
      parts.append(count == 1 ? "1 file is valid" : "\(count) files are valid")
    }
    if fixed > 0 { parts.append("\(fixed) fixed") }
    if !files.failures.isEmpty { parts.append("\(files.failures.count) not read") }
    if others > 0 {
      parts.append(others == 1 ? "1 other is no plan" : "\(others) others are no plans")
    }
    let unopened = files.files.reduce(0) { $0 + $1.unopenedCertificates }
    return parts.joined(separator: "; ") + ".\n"
      + (unopened == 0
        ? ""
        : unopened == 1
          ? "1 certificate was not opened: its password is asked for with --live only.\n"
          : "\(unopened) certificates were not opened: their passwords are asked for with --live only.\n")
  }
}
