import ArgumentParser
import Estate
import Forecasts
import PlanText
import PlanWorkspace
import Reports
import RotationGraph
import Runs
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
      OLD and NEW are plans or graphs that `waltz plan compile` made; - is standard input. With \
      --git, the plans in the given files and folders are compared with a revision: BASE itself, \
      or with BASE... the commit where HEAD branched off from it, which shows what a pull request \
      changes.

      The exit status is 4 if plans differ, 0 if none does, 1 if a plan is not valid, and 3 if \
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
    help: ArgumentHelp("Which plan, if the files hold several.", valueName: "name"))
  var name: String?

  @Option(help: "Output format: text, markdown or json.")
  var format = Format.text

  @Flag(help: "Show every line, however many steps differ.")
  var full = false

  @Flag(
    help: """
      Run both plans in the same simulated estates, and show how long they take, what is exposed and how many clients \
      are lost before and after.
      """)
  var forecast = false

  @Option(help: "With --forecast, how many runs of each plan.")
  var runs = 50

  @OptionGroup var access: PlanAccessOptions

  @OptionGroup var overlays: OverlayOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...100_000).contains(runs) else {
      throw ValidationError("--runs is a number from 1 to 100000.")
    }
    if base == nil, paths.count != 2 {
      throw ValidationError("Name two plans, OLD and NEW, or a revision with --git.")
    }
    if base == nil, paths.allSatisfy(StandardInput.isMeant) {
      throw ValidationError("Only one of OLD and NEW can be standard input.")
    }
    if base != nil, paths.contains(where: StandardInput.isMeant) {
      throw ValidationError(
        "Standard input is not in a repository; with --git, name files or folders.")
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
    var forecasts: [String: PlanTrials] = [:]
    if forecast {
      for plan in comparison.plans {
        if let trials = try await trials(of: plan) { forecasts[plan.difference.name] = trials }
      }
    }
    switch format {
    case .text:
      // What is not valid stands on standard error, with its places.
      if !comparison.shown.isEmpty || !comparison.isIncomplete {
        Terminal.output.write(output.color) {
          PlanDiffText.text(of: comparison.shown, $0, full: full, forecasts: forecasts)
        }
      }
    case .markdown:
      Terminal.output.write(
        Printout(
          report: PlanDiffMarkdown.text(
            of: comparison.plans, invalid: comparison.invalid, forecasts: forecasts)))
    case .json:
      Terminal.output.write(
        Printout(
          json:
            PlanDiffJSON.text(
              of: comparison.plans, invalid: comparison.invalid, forecasts: forecasts)))
    }
    if comparison.isIncomplete { throw ExitStatus.findings }
    if comparison.differs { throw ExitStatus.different }
  }

  /// Both plans in the same estates; nil where one side has none, or nothing differs.
  private func trials(of plan: ComparedPlan) async throws -> PlanTrials? {
    guard let old = plan.difference.old, let new = plan.difference.new, old.digest != new.digest
    else { return nil }
    return try await PlanTrials(
      of: [(nil, old), ("after the change", new)], in: Scenario(), seeds: 0..<Int64(runs))
  }

  private func say(_ notice: PlanComparison.Notice) {
    switch notice {
    case .errors(let diagnostics, let sources):
      Terminal.error.write(diagnostics, in: sources, output.color)
    case .invalid(let paths, let revision):
      let paths = paths.joined(separator: ", ")
      Terminal.error.write(
        "waltz: a plan in \(revision) is not valid and counts as no plan: \(paths).\n")
    }
  }
}
