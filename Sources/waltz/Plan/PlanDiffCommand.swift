import ArgumentParser
import PlanCompiler
import PlanSyntax
import PlanText
import Reports
import RotationGraph

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
    if base == nil, paths.allSatisfy(Files.isStandardInput) {
      throw ValidationError("One of OLD and NEW is standard input, not both.")
    }
    if base != nil, paths.contains(where: Files.isStandardInput) {
      throw ValidationError("Standard input is in no repository; name files or folders with --git.")
    }
  }

  func run() async throws {
    let (old, new) = try await sides()
    let invalid = invalid(old, new)
    let compared = PlanPairs.compare(
      old.plans, new.plans, invalid: Set(new.invalid.map(\.path)))
    guard !compared.isEmpty || !invalid.isEmpty else {
      throw name.map { CommandError(.usage, "Neither side holds a plan named `\($0)`.") }
        ?? CommandError(.environment, "There is no rotation plan on either side.")
    }
    switch format {
    case .text:
      let differing = compared.filter { !$0.difference.isEmpty }
      let shown = differing.isEmpty && compared.count == 1 ? compared : differing
      // What is not valid stands on standard error, with its places.
      if !shown.isEmpty || invalid.allSatisfy(\.countsAsNone) {
        Terminal.output.write(
          PlanDiffText.text(of: shown, Terminal.output.layout(output.color), full: full))
      }
    case .markdown: Terminal.output.write(PlanDiffMarkdown.text(of: compared, invalid: invalid))
    case .json: Terminal.output.write(PlanDiffJSON.text(of: compared, invalid: invalid))
    }
    if invalid.contains(where: { !$0.countsAsNone }) { throw ExitStatus.findings }
    if compared.contains(where: { !$0.difference.isEmpty }) { throw ExitStatus.different }
  }

  private func invalid(_ old: PlanSide, _ new: PlanSide) -> [InvalidPlanFile] {
    old.invalid.map { .init(path: $0.path, errors: $0.errors, countsAsNone: base != nil) }
      + new.invalid.map { .init(path: $0.path, errors: $0.errors, countsAsNone: false) }
  }

  /// Both sides. A plan of a revision that is not valid counts as none, so that a change which mends it can be
  /// looked at; with two files there is nothing to compare a plan with when the other is not valid.
  private func sides() async throws -> (PlanSide, PlanSide) {
    try WorkingFolder().checkLinks(paths, admitting: access.admitted)
    let merged =
      base == nil
      ? try overlays.read(behind: 0, besides: paths, admitting: access.admitted) : PlanOverlays()
    var old = PlanSide(merged, admitted: access.admitted)
    var new = old
    if let base {
      let plans = try await RepositoryPlans.read(
        paths.isEmpty ? ["."] : paths, since: base, overlays, admitting: access.admitted)
      (old, new) = (plans.old, plans.new)
      if !old.invalid.isEmpty {
        let paths = old.invalid.map(\.path).joined(separator: ", ")
        Terminal.error.write(
          "waltz: a plan in \(base) is not valid and counts as none: \(paths).\n")
      }
    } else {
      try old.read(
        Files.read(paths[0], limit: SyntaxLimits.standard.size), path: paths[0], as: .everything)
      old.report(output.color, from: .error)
      try new.read(
        Files.read(paths[1], limit: SyntaxLimits.standard.size), path: paths[1], as: .everything)
    }
    new.report(output.color, from: .error)
    if base == nil, !(old.invalid + new.invalid).isEmpty {
      old.keepNone()
      new.keepNone()
    }
    if let name {
      old.keep(name)
      new.keep(name)
    }
    return (old, new)
  }
}
