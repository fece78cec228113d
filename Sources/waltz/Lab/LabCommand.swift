import ArgumentParser
import CanonicalJSON
import Lab
import Reports

struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Serves a plan's estate as SEPM does, on this machine, to try things on.",
    discussion: """
      A lab has SEPM's REST API for every site and TLS listeners for every server, in virtual time. \
      What only the console or a server can do, `waltz lab act` does.
      """,
    subcommands: [
      LabUpCommand.self, LabActCommand.self, LabTruthCommand.self, LabTimeCommand.self,
      LabLogCommand.self, LabFaultCommand.self,
    ])
}

/// Where a lab keeps its world.
struct LabFolderOptions: ParsableArguments {
  static let usual = ".waltz/lab"

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp("The folder of the lab. The default is .waltz/lab.", valueName: "dir"))
  var directory = Self.usual
}

/// Which lab is asked.
struct LabOptions: ParsableArguments {
  @OptionGroup var folder: LabFolderOptions

  @Option(
    help: ArgumentHelp(
      "The control socket of the lab; the default is the one in its folder.", valueName: "path"))
  var control: String?

  /// Asks the lab, prints what it shows, and ends with its status.
  func ask(_ request: ControlRequest) async throws {
    let path = control ?? folder.directory + "/control"
    let reply = try await ControlClient(socketAt: path).ask(request)
    if let message = reply.message {
      Terminal.error.write("waltz: \(message, unicode: Environment.speaksUnicode)\n")
    }
    if reply.result != .null {
      var writer = JSONWriter()
      writer.value(reply.result)
      Terminal.output.write(Printout(jsonLine: writer.bytes))
    }
    switch reply.status {
    case 0: return
    case 1: throw ExitStatus.findings
    case 75: throw ExitStatus.tryAgain
    default: throw ExitStatus.environment
    }
  }
}
