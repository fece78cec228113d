import ArgumentParser
import PlanText
import PlanWorkspace
import Reports
import WorkingTree

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
      A finding that is intended can be suppressed in the file, with a reason: `# waltz:ignore \
      CODE reason` on the line before, or after the value.

      In folders and patterns, only files whose apiVersion or kind is Waltz's are checked; the \
      others are counted. A file that is named directly is always checked.

      Paths in reports are relative to the root of the repository, the nearest folder with a .git. \
      If no --format uses standard output, the findings are printed for people.
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
      An output format, or FORMAT=FILE to write it to a file: text, json, sarif, junit, github, \
      gitlab, checkstyle or rdjson. Can be given several times.
      """,
      valueName: "format[=file]"))
  var formats: [ReportRequest] = []

  @Option(
    help: ArgumentHelp(
      "The lowest severity that fails the check: error or warning.", valueName: "severity"))
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
      "How many files to check at once. The default is one for each processor.", valueName: "count")
  )
  var jobs: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
    if formats.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        "Two formats cannot share standard output. Name a file, for example: --format sarif=waltz.sarif."
      )
    }
    if diff, !fix { throw ValidationError("--diff shows what --fix would change: give both.") }
    let folder = Environment.workingFolder()
    if fix, !diff, let stream = (paths + overlays.paths).first(where: folder.isStream) {
      let name = StandardInput.isMeant(by: stream) ? "standard input" : stream
      throw ValidationError("--fix changes files; \(name) is not a file.")
    }
  }

  func run() async throws {
    var request = Validation.Request(paths)
    let lab = certificates.labFolder(in: access.folder)
    let folder = access.admitting(lab: lab).folder
    request.overlays = overlays.paths(inLab: lab)
    request.outputs = formats.compactMap(\.file)
    request.standardInput = stdinName
    request.certificates = try await certificates.review(in: folder)
    request.jobs = jobs ?? Environment.coreCount
    var validation = try await Validation(request, in: folder)
    if diff { return try showChanges(of: validation) }
    if fix {
      try await validation.mend()
      for change in validation.changes {
        Terminal.error.write(change.lines(unicode: Environment.speaksUnicode))
      }
    }
    try checkRead(validation.files) { try report(validation) }
    if validation.fails(at: failOn.severity) { throw ExitStatus.findings }
  }

  private func showChanges(of validation: Validation) throws {
    let color = output.color.applies(to: .output)
    let changes = Printout(report: validation.mendingDiff(color: color), color: color)
    Terminal.output.write(changes)
    try checkRead(validation.files) {}
    if !changes.isEmpty { throw ExitStatus.findings }
  }

  /// Says which files could not be read, before what is said of the others.
  private func checkRead(_ files: PlanFiles, _ report: () throws -> Void) throws {
    for failure in files.failures { Terminal.error.write(CommandError(failure)) }
    try report()
    if !files.failures.isEmpty { throw ExitStatus.environment }
  }

  private func report(_ validation: Validation) throws {
    try validation.deliver(
      formats, failOn: failOn.severity, version: ToolVersion.text,
      jobSummary: Environment.variable("GITHUB_STEP_SUMMARY")
    ) { printed in
      switch printed {
      case .report(let report): Terminal.output.write(report)
      case .text:
        let files = validation.files
        Terminal.error.write(files.diagnostics, in: files.sources, output.color)
        Terminal.output.write(Printout(report: validation.summary))
      }
    }
  }
}

extension ReportRequest: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }

  package static var allValueStrings: [String] { names }
}
