import ArgumentParser
import PlanText
import PlanWorkspace
import Reports
import WorkingTree

struct PlanInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented plan to start from: a template, or what a SEPM says of itself.",
    discussion: """
      With --from-api the plan names sites, servers, replication partners, databases and numbers of clients as SEPM \
      has them. What it does not tell is marked with FILL IN, what somebody has to decide with DECIDE. No password is \
      sent to a server whose certificate is not trusted, and none is written.
      """)

  @Argument(
    help: ArgumentHelp(
      "Where to write; - is standard output. An existing file is left alone.",
      valueName: "file"))
  var path = "rotation.yaml"

  @OptionGroup var inquiry: InquiryOptions

  func run() async throws {
    let folder = Environment.workingFolder()
    let isPrinted = path == "-"
    guard isPrinted || !folder.exists(path) else {
      throw CommandError(
        .environment, "\(path) already exists. Name another file: `waltz plan init FILE`.")
    }
    let word =
      isPrinted
      ? "rotation.yaml" : shellWord(visibleLine(path, unicode: Environment.speaksUnicode))
    let text =
      inquiry.urls.isEmpty
      ? Array(StartingPlan.text(for: word).utf8)
      : try await inquiry.planText(for: path, word: word)
    if isPrinted {
      return Terminal.output.write(Printout(report: String(decoding: text, as: UTF8.self)))
    }
    try folder.write(text, to: path)
    Terminal.error.write("Fill in \(word), then run `waltz plan validate \(word)`.\n")
  }
}
