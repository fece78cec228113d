import ArgumentParser
import PlanWorkspace
import Reports
import RotationGraph
import WorkingTree

struct PlanCompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Writes the sealed graph of a plan: canonical JSON, the same bytes on every machine.",
    discussion: """
      The digest that it prints is the one that `waltz run --require-digest` takes. `waltz run` takes the file itself \
      as well; who approves it signs it with `ssh-keygen -Y sign -n waltz-graph -f KEY FILE`.
      """)

  @OptionGroup var plan: PlanOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var destination = "-"

  func run() throws {
    let folder = plan.access.folder
    try folder.checkApart([destination], from: [plan.path] + plan.overlays.paths)
    let graph = try plan.read().graph()
    if destination == "-" {
      Terminal.output.write(Printout(jsonLine: graph.canonicalBytes))
    } else {
      try folder.write(graph.canonicalBytes, to: destination, .inPlaceIfNeeded)
      Terminal.error.write("\(destination): \(graph.graph.steps.count) steps, \(graph.digest)\n")
    }
  }
}
