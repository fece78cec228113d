import ArgumentParser
import PlanText
import Reports

struct PlanValidateCommand: ParsableCommand {
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

  func run() throws {
    var files = PlanFiles()
    for path in paths.isEmpty ? ["."] : paths {
      let found = Files.isFolder(path) ? try Files.yamlFiles(below: path) : [path]
      if found.isEmpty {
        throw CommandError(.environment, "There is no YAML file in the folder \(path).")
      }
      for file in found { try files.read(file) }
    }
    files.proveAll()
    let diagnostics = files.diagnostics.inOrder()
    switch format {
    case .text:
      files.report(output.color)
      Terminal.output.write(summary(of: diagnostics, files: files.fileCount))
    case .json:
      Terminal.output.write(diagnosticJSON(diagnostics, sources: files.sources))
    }
    if diagnostics.contains(where: { $0.severity >= failOn.severity }) {
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
