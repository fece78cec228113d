import ArgumentParser
import PlanText
import Reports

struct PlanValidateCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error
    case warning

    var severity: Severity { self == .error ? .error : .warning }
  }

  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks plans and scenarios, and proves the invariants of every plan's graph.")

  @Argument(
    help: ArgumentHelp(
      "Files and folders; - is standard input. The default is the current folder.",
      valueName: "path"))
  var paths: [String] = []

  @Option(help: "How to print: text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("What fails the check: error or warning.", valueName: "severity"))
  var failOn = Threshold.error

  @OptionGroup var output: OutputOptions

  func run() async throws {
    var found: [String] = []
    for path in paths.isEmpty ? ["."] : paths {
      let files = Files.isFolder(path) ? try Files.yamlFiles(below: path) : [path]
      if files.isEmpty {
        throw CommandError(.environment, "There is no YAML file in the folder \(path).")
      }
      found += files
    }
    let files = await PlanFiles.read(found, PlanFile.Checks(proves: true))
    for failure in files.failures { Terminal.error.write("waltz: \(failure.message)\n") }
    switch format {
    case .text:
      files.report(output.color)
      Terminal.output.write(summary(of: files.diagnostics, files: files.files.count))
    case .json:
      Terminal.output.write(diagnosticJSON(files.diagnostics, sources: files.sources))
    }
    if !files.failures.isEmpty { throw ExitStatus.environment }
    if files.diagnostics.contains(where: { $0.severity >= failOn.severity }) {
      throw ExitStatus.findings
    }
  }

  /// The last line: what was found, and in how many files.
  private func summary(of diagnostics: [Diagnostic], files: Int) -> String {
    guard diagnostics.isEmpty else {
      return DiagnosticText.summary(of: diagnostics, files: files) + "\n"
    }
    return files == 1 ? "1 file is valid.\n" : "\(files) files are valid.\n"
  }
}
