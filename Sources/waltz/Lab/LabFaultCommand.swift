import ArgumentParser
import Estate
import Lab

struct LabFaultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fault",
    abstract: "Lets something go wrong in a lab, or tells what does.",
    discussion: """
      Faults of the API: \(LabFault.Kind.allCases.map(\.rawValue).joined(separator: ", ")). \
      Faults of the estate: \(Trouble.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  /// What goes wrong in the estate itself.
  enum Trouble: String, CaseIterable {
    case noStart = "no-start"
    case clockSkew = "clock-skew"
    case replicationFails = "replication-fails"
    case halfReplication = "half-replication"
  }

  @Argument(help: ArgumentHelp("What goes wrong.", valueName: "fault"))
  var kind: String?

  @Argument(
    help: ArgumentHelp(
      "Where: a site, a server as site/server, or a partnership. The default is everywhere.",
      valueName: "target"))
  var target: String?

  @Flag(help: "Switch it off.")
  var off = false

  @Option(
    help: ArgumentHelp(
      "Only changes of this group; of a second domain the group that begins it.", valueName: "path")
  )
  var group: String?

  @Option(help: ArgumentHelp("Only changes of this location.", valueName: "name"))
  var location: String?

  @Option(
    help: ArgumentHelp(
      "Only calls whose path holds this, or the port that is closed: console, clients, reporting, api.",
      valueName: "text"))
  var path: String?

  @Option(help: ArgumentHelp("The service that does not start.", valueName: "service"))
  var service: Service?

  @Option(help: ArgumentHelp("Only every so manieth call.", valueName: "count"))
  var every = 1

  @Option(help: ArgumentHelp("Only so many times.", valueName: "count"))
  var times: Int?

  @Option(
    help: ArgumentHelp(
      "Seconds of Retry-After, milliseconds of waiting, requests a minute, percent of clients, seconds that a clock is ahead.",
      valueName: "number"))
  var number: Int?

  @OptionGroup var lab: LabOptions

  func run() async throws {
    guard let kind else {
      try await lab.ask(.fault(nil))
      return
    }
    if let fault = LabFault.Kind(rawValue: kind) {
      if fault == .secondDomain, group == nil, !off {
        throw CommandError(.usage, "Say which group begins the second domain: --group PATH.")
      }
      try await lab.ask(
        .fault(
          LabFault(
            fault, target: target, group: group, location: location, detail: path, every: every,
            times: times, number: number, isOn: !off)))
      return
    }
    guard let trouble = Trouble(rawValue: kind) else {
      throw CommandError(.usage, "There is no fault '\(kind)'. `waltz lab fault --help` names all.")
    }
    guard let target else { throw CommandError(.usage, "Say where '\(kind)' happens.") }
    try await lab.ask(.trouble(operation(trouble, on: target)))
  }

  private func operation(_ trouble: Trouble, on target: String) -> EstateOperation {
    switch trouble {
    case .noStart:
      EstateOperation(
        .failStarts, on: target, service: service, number: off ? 0 : Int64(times ?? 1))
    case .clockSkew:
      EstateOperation(.setClockSkew, on: target, number: off ? 0 : Int64(number ?? 120) * 1_000)
    case .replicationFails:
      EstateOperation(.disturbReplication, on: target, detail: off ? nil : "failing")
    case .halfReplication:
      EstateOperation(.disturbReplication, on: target, detail: off ? nil : "half")
    }
  }
}
