import ArgumentParser

struct PlanInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a commented plan to start from; asks nothing.")

  @Argument(
    help: ArgumentHelp(
      "Where to write; - is standard output. A file that is there is left alone.",
      valueName: "file"))
  var path = "rotation.yaml"

  func run() throws {
    if path == "-" { return Terminal.output.write(StartingPlan.text) }
    guard !Files.exists(path) else {
      throw CommandError(
        .environment, "\(path) is there already. Name another file: `waltz plan init FILE`.")
    }
    try Files.write(Array(StartingPlan.text.utf8), to: path)
    Terminal.error.write("\(path) is yours to fill in; then `waltz plan validate \(path)`.\n")
  }
}
