import ArgumentParser
import PlanText
import PlanWorkspace
import Reports
import WorkingTree

struct PlanDiffCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two plans: parts, steps, figures, and what a reviewer should look at.",
    usage: """
      waltz plan diff <old> <new> [options]
      waltz plan diff --git <base> [<path> ...] [options]
      """,
    discussion: """
      OLD and NEW are plans or graphs that `waltz plan compile` made; - is standard input. With --git the \
      plans at the paths, files or folders, are compared with a revision: BASE as it is, BASE... as it \
      was when HEAD went its own way, which is what a pull request changes.

      Ends with 4 where plans differ, with 0 where none does, with 1 where a plan is not valid, with 3 where \
      there is no plan at all.
      """)

  @Argument(
    help: ArgumentHelp(
      "OLD and NEW; with --git the files and folders to look at.", valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .customLong("git"),
    help: ArgumentHelp("Compare with this revision of the repository.", valueName: "base"))
  var base: String?

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp("Which plan, where the files hold several.", valueName: "name"))
  var name: String?

  @Option(help: "How to print: text, markdown or json.")
  var format = Format.text

  @Flag(help: "Show every line, however many steps differ.")
  var full = false

  @OptionGroup var access: PlanAccessOptions

  @OptionGroup var overlays: OverlayOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if base == nil, paths.count != 2 {
      throw ValidationError("Name two plans, OLD and NEW, or a revision with --git.")
    }
    if base == nil, paths.allSatisfy(StandardInput.isMeant) {
      throw ValidationError("One of OLD and NEW is standard input, not both.")
    }
    if base != nil, paths.contains(where: StandardInput.isMeant) {
      throw ValidationError("Standard input is in no repository; name files or folders with --git.")
    }
  }

  func run() async throws {
    let sides =
      base.map { base in
        PlanComparison.Sides.revision(
          base, paths: paths.isEmpty ? ["."] : paths, variables: Environment.variables)
      } ?? .files(old: paths[0], new: paths[1])
    let comparison = try await PlanComparison(
      of: sides, named: name, overlays: overlays.paths, in: access.folder, say)
    switch format {
    case .text:
      // What is not valid stands on standard error, with its places.
      if !comparison.shown.isEmpty || !comparison.isIncomplete {
        Terminal.output.write(
          PlanDiffText.text(
            of: comparison.shown, Terminal.output.layout(output.color), full: full))
      }
    case .markdown:
      Terminal.output.write(
        PlanDiffMarkdown.text(of: comparison.plans, invalid: comparison.invalid))
    case .json:
      Terminal.output.write(PlanDiffJSON.text(of: comparison.plans, invalid: comparison.invalid))
    }
    if comparison.isIncomplete { throw ExitStatus.findings }
    if comparison.differs { throw ExitStatus.different }
  }

  private func say(_ notice: PlanComparison.Notice) {
    switch notice {
    case .errors(let diagnostics, let sources):
      Terminal.error.write(diagnostics, in: sources, output.color)
    case .invalid(let paths, let revision):
      let paths = paths.joined(separator: ", ")
      Terminal.error.write(
        "waltz: a plan in \(revision) is not valid and counts as none: \(paths).\n")
    }
  }
}
