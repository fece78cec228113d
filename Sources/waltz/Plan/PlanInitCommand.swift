import ArgumentParser
import PlanText
import PlanWorkspace
import Reports
import WorkingTree

struct PlanInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a commented plan to start from; asks nothing.")

  @Argument(
    help: ArgumentHelp(
      "Where to write; - is standard output. An existing file is left alone.",
      valueName: "file"))
  var path = "rotation.yaml"

  func run() throws {
    if path == "-" {
      return Terminal.output.write(Printout(report: StartingPlan.text(for: "rotation.yaml")))
    }
    let folder = Environment.workingFolder()
    guard !folder.exists(path) else {
      throw CommandError(
        .environment, "\(path) already exists. Name another file: `waltz plan init FILE`.")
    }
    let word = shellWord(visibleLine(path, unicode: Environment.speaksUnicode))
    try folder.write(Array(StartingPlan.text(for: word).utf8), to: path)
    Terminal.error.write("Fill in \(word), then run `waltz plan validate \(word)`.\n")
  }
}
