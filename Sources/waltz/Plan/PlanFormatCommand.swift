import ArgumentParser
import PlanWorkspace

struct PlanFormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract:
      "Formats plans, overlays and scenarios; comments and values stay as they are.",
    discussion: """
      Files are rewritten in place and their names are printed. Standard input, and what the shell \
      opens as /dev/stdin or <(...), goes to standard output. In folders and patterns, only files \
      whose apiVersion or kind is Waltz's are touched. A file that is not valid YAML is left \
      alone, and its errors are printed. Every result is read again and compared with the original \
      before it is written: the steps of a plan never change.

      There is nothing to configure: indentation, blank lines, brackets and the position of \
      comments are fixed. The order of keys and the quotes around values stay the author's.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Files, folders and quoted patterns such as 'plans/**/*.yaml'; - is standard input. The default is \
      the current folder.
      """,
      valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Write nothing. Name the files that would change, and exit with 1 if there are any.")
  var check = false

  @Flag(help: "Write nothing. Show what would change.")
  var diff = false

  @OptionGroup var access: PlanAccessOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let folder = access.folder
    let formatter = PlanFormatter(
      check: check, diffColor: diff ? output.color.applies(to: .output) : nil,
      unicode: Environment.speaksUnicode,
      isShown: Terminal.output.isInteractive, in: folder)
    var worst: ExitStatus?
    for file in try PlanPaths(in: folder).files(paths.isEmpty ? ["."] : paths) {
      do {
        switch try formatter.format(file) {
        case .foreign: continue
        case .refused(let diagnostics, let sources):
          Terminal.error.write(diagnostics, in: sources, output.color)
          worst = worst ?? .findings
        case .laidOut(let text, let isFinding):
          Terminal.output.write(text)
          if isFinding { worst = worst ?? .findings }
        }
      } catch {
        Terminal.error.write(CommandError(error))
        worst = .environment
      }
    }
    if let worst { throw worst }
  }
}
