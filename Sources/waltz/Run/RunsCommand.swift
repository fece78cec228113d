import ArgumentParser
import Reports
import RotationEngine
import RunStore

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs of the state directory, the newest first.")

  @Option(help: "How to print: text or json.")
  var format = RunFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let file = try state.open(.reading)
    let runs = try file.runs().map { run in
      RunListing(run: run.id, state: try RunArchive(run.id, in: file).state)
    }
    switch format {
    case .text:
      Terminal.output.write(RunsTable.text(runs, layout: Terminal.output.layout(output.color)))
    case .json: Terminal.output.write(RunsTable.json(runs))
    }
  }
}

extension RunSession {
  /// Whether the holder of a lease is at work, as far as it can be told from here.
  static func isAlive(_ lease: LeaseTerm) -> Bool {
    let own = ProcessIdentity.current(user: Environment.user)
    guard lease.identity.bootID == own.bootID else { return lease.expiresAt > Environment.now() }
    return ProcessIdentity.isAlive(lease.identity)
  }
}

struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Prints a run's events as JSON Lines.")

  @Argument(
    help: ArgumentHelp("The run; may be left out where only one is meant.", valueName: "run"))
  var name: String?

  @Flag(help: "Go on with each event that comes, until the run ends.")
  var follow = false

  @Option(help: ArgumentHelp("The first event to print.", valueName: "seq"))
  var from = 1

  @OptionGroup var state: StateOptions

  func run() async throws {
    let file = try state.open(.reading)
    let id = try file.resolve(name, scope: .any)
    var next = from
    while true {
      var buffer: [UInt8] = []
      var lastType = ""
      try file.forEachEvent(of: id, from: next) { event in
        buffer += event.bytes
        buffer.append(0x0A)
        next = event.sequence + 1
        lastType = event.type
        if buffer.count >= 1 << 16 {
          Terminal.output.write(buffer)
          buffer.removeAll(keepingCapacity: true)
        }
        return true
      }
      Terminal.output.write(buffer)
      if lastType.isEmpty { lastType = try file.summary(of: id).lastType ?? "" }
      guard follow, !["run-succeeded", "run-failed", "run-aborted"].contains(lastType) else {
        return
      }
      try await Task.sleep(for: .milliseconds(500))
    }
  }
}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Proves that nothing recorded of a run was altered, or names the first thing that was.")

  @Argument(
    help: ArgumentHelp("The run; may be left out where only one is meant.", valueName: "run"))
  var name: String?

  @OptionGroup var state: StateOptions

  func run() throws {
    let file = try state.open(.reading)
    let id = try file.resolve(name, scope: .any)
    switch try file.verify(id) {
    case .intact(let events, let head):
      Terminal.output.write("\(id): \(events) events, nothing altered; the last hash is \(head).\n")
    case .altered(let alteration):
      Terminal.output.write("\(id): \(alteration.message)\n")
      throw ExitStatus.findings
    }
  }
}
