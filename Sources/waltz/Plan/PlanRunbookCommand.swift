import ArgumentParser
import PlanWorkspace
import Reports
import RotationGraph
import WorkingTree

struct PlanRunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Writes a whole rotation as a document to read, print and take along (Markdown).")

  @OptionGroup var plan: PlanOptions
  @OptionGroup var language: LanguageOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var destination = "-"

  func run() throws {
    let folder = plan.access.folder
    try folder.checkApart([destination], from: [plan.path] + plan.overlays.paths)
    let graph = try plan.read().graph()
    let text = Printout(
      report: RotationRunbook.markdown(
        of: graph, in: language.language, folder: plan.folderOfPaths))
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
