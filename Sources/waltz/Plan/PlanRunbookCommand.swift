import ArgumentParser
import PlanWorkspace
import Reports
import RotationGraph
import WorkingTree

/// What a runbook is written as.
enum RunbookFormat: String, ExpressibleByArgument, CaseIterable {
  case markdown
  case html
}

struct PlanRunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Writes a whole rotation as a document to read, print and take along.")

  @OptionGroup var plan: PlanOptions
  @OptionGroup var language: LanguageOptions

  @Option(help: "Output format: markdown, or html, which is one file without a script.")
  var format = RunbookFormat.markdown

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var destination = "-"

  func run() throws {
    let folder = plan.access.folder
    try folder.checkApart([destination], from: [plan.path] + plan.overlays.paths)
    let graph = try plan.read().graph()
    let (words, start) = (language.language, plan.folderOfPaths)
    let text =
      switch format {
      case .markdown:
        Printout(report: RotationRunbook.markdown(of: graph, in: words, folder: start))
      case .html: Printout(report: RotationRunbook.html(of: graph, in: words, folder: start))
      }
    if destination == "-" {
      Terminal.output.write(text)
    } else {
      try folder.write(text.bytes, to: destination, .inPlaceIfNeeded)
      Terminal.error.write("\(destination): \(graph.graph.steps.count) steps, \(graph.digest)\n")
    }
  }
}

extension PlanOptions {
  /// Where relative paths of the plan start, as the user wrote it; nil where it comes from standard input.
  var folderOfPaths: String? {
    path == "-" ? nil : path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
