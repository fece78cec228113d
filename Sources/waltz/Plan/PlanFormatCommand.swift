import ArgumentParser
import PlanLayout
import PlanSyntax
import PlanText
import Reports

struct PlanFormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract:
      "Lays plans, overlays and scenarios out in one way; comments and values stay as they are.",
    discussion: """
      Files are rewritten in place and their names printed; standard input, and what the shell has opened \
      as /dev/stdin or <(...), goes to standard output. In folders and patterns only files that say in \
      apiVersion or kind that they are Waltz's are touched. A file that is not valid YAML is left alone, \
      with what is wrong with it. Every result is read again and compared with what was there before it is \
      written: the steps of a plan never change.

      There is nothing to configure: indentation, blank lines, brackets and the place of comments are \
      decided, the order of keys and the quotes of values are the author's.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Files, folders and quoted patterns such as 'plans/**/*.yaml'; - is standard input. The default is \
      the current folder.
      """,
      valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Write nothing; name the files that would change and end with 1 if there are any.")
  var check = false

  @Flag(help: "Write nothing; show what would change.")
  var diff = false

  @OptionGroup var access: PlanAccessOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let files = try PlanPaths(admitted: access.admitted, folder: WorkingFolder())
      .files(paths.isEmpty ? ["."] : paths)
    var worst: ExitStatus?
    for file in files {
      do {
        guard let status = try format(file.path, isNamed: file.isNamed) else { continue }
        worst = worst == .environment ? worst : status
      } catch {
        let failure = CommandError(error)
        Terminal.error.write(failure)
        worst = .environment
      }
    }
    if let worst { throw worst }
  }

  /// Formats one file; what it means for the command's end, nil where all is well.
  private func format(_ path: String, isNamed: Bool) throws -> ExitStatus? {
    let source = try SourceText(reading: path)
    guard isNamed || source.isOfWaltz else { return nil }
    var sources = SourceMap()
    let id = sources.add(source)
    switch canonicalLayout(of: source, id: id) {
    case .refused(let diagnostics):
      Terminal.error.write(diagnostics.filter { $0.severity == .error }, in: sources, output.color)
      return .findings
    case .changed:
      throw CommandError(
        .environment,
        "\(source.name) was left as it is: its layout would have changed what it says. This is a defect of "
          + "waltz; please report it with the file.")
    case .text(let text):
      return try deliver(SourceText(name: source.name, bytes: text), of: source, to: path)
    }
  }

  private func deliver(
    _ text: SourceText, of source: SourceText, to path: String
  ) throws -> ExitStatus? {
    let isChanged = text != source
    if diff {
      let color = output.color.applies(to: .output)
      Terminal.output.write(UnifiedDiff.text(from: source, to: text, color: color))
    } else if Files.isStream(path), !check {
      Terminal.output.write(text.bytes)
    } else if isChanged {
      if !check { try Files.write(text.bytes, to: path) }
      Terminal.output.write("\(visibleLine(source.name, unicode: Environment.speaksUnicode))\n")
    }
    return check && isChanged ? .findings : nil
  }
}
