import ArgumentParser
import Reports

struct PlanInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a commented plan to start from; asks nothing.")

  @Argument(
    help: ArgumentHelp(
      "Where to write; - is standard output. A file that is there is left alone.",
      valueName: "file"))
  var path = "rotation.yaml"

  func run() throws {
    if path == "-" { return Terminal.output.write(StartingPlan.text(for: "rotation.yaml")) }
    guard !Files.exists(path) else {
      throw CommandError(
        .environment, "\(path) is there already. Name another file: `waltz plan init FILE`.")
    }
    try WorkingFolder().checkOutputs([path])
    let word = Self.shellWord(visibleLine(path, unicode: Environment.speaksUnicode))
    try Files.write(Array(StartingPlan.text(for: word).utf8), to: path)
    Terminal.error.write("\(word) is yours to fill in; then `waltz plan validate \(word)`.\n")
  }

  /// A path as a shell takes it.
  private static func shellWord(_ path: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@%,:")
    return path.allSatisfy { plain.contains($0) || !$0.isASCII }
      ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }
}
