import ArgumentParser
import Lab
import PlanModel

struct LabTruthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truth",
    abstract: "Prints what is so in a lab: orphans, services, certificates, settings, replication.")

  @OptionGroup var lab: LabOptions

  func run() async throws { try await lab.ask(.truth) }
}

struct LabLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Prints everything that was done to a lab, when, by whom and what came of it.")

  @OptionGroup var lab: LabOptions

  func run() async throws { try await lab.ask(.log) }
}

struct LabTimeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time",
    abstract: "Tells a lab's time, changes its speed or lets time go on at once.")

  @Option(help: ArgumentHelp("Seconds of the lab in a real one.", valueName: "factor"))
  var speed: Int?

  @Option(help: ArgumentHelp("Let this time pass at once: 7d, 90m.", valueName: "duration"))
  var advance: String?

  @OptionGroup var lab: LabOptions

  func validate() throws {
    if let speed, !(0...1_000_000).contains(speed) {
      throw ValidationError("--speed must be from 0 to 1000000.")
    }
    if let advance, Duration(planNotation: advance) == nil {
      throw ValidationError("--advance takes a duration such as 7d or 90m.")
    }
  }

  func run() async throws {
    try await lab.ask(
      .time(
        speed: speed,
        advanceMilliseconds: advance.flatMap { Duration(planNotation: $0)?.milliseconds }))
  }
}
