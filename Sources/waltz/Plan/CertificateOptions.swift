import ArgumentParser
import PlanWorkspace
import RotationEngine
import WorkingTree

/// Where links and plans of a repository may lead.
struct PlanAccessOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-outside"),
    help: ArgumentHelp(
      "A folder outside the repository that links and plans may lead to; can be given several times.",
      valueName: "folder"))
  var admitted: [String] = []

  /// The working folder, whose links and plans may lead to those folders.
  var folder: WorkingFolder { Environment.workingFolder(admitting: admitted) }

  func validate() throws {
    let folder = Environment.workingFolder()
    for name in admitted where !folder.isFolder(name) {
      throw ValidationError("--allow-outside: there is no folder \(name).")
    }
  }
}

/// What `plan validate` looks at beyond the text of a plan.
struct CertificateOptions: ParsableArguments {
  @Flag(help: "Do not open the files that plans name.")
  var noFiles = false

  @Flag(
    help: """
      Follow references to passwords, which may run programs, and look at what the servers serve. \
      Only for plans that you trust.
      """)
  var live = false

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp(
      "When the rotation would start: 2026-01-10 or 2026-01-10T08:00:00Z. The default is now.",
      valueName: "time"))
  var start: Instant?

  @Option(
    name: .customLong("tls-port"),
    help: ArgumentHelp(
      "A TLS port of the servers, for --live; can be given several times. The default are the "
        + "'ports' of each server: 8443, 443, 8445 and 8446 unless the plan has others.",
      valueName: "port"))
  var ports: [UInt16] = []

  @Option(
    help: ArgumentHelp(
      "How many seconds --live waits for a port; programs get six times as long.",
      valueName: "seconds"))
  var patience = 5

  func validate() throws {
    if live, noFiles { throw ValidationError("--live also reads files: leave out --no-files.") }
    if !live, !ports.isEmpty { throw ValidationError("--tls-port needs --live.") }
    guard (1...600).contains(patience) else {
      throw ValidationError("--patience must be from 1 to 600.")
    }
  }

  /// The look at certificates that is asked for; nil for none.
  var review: CertificateReview? {
    guard !noFiles else { return nil }
    let live = LiveReview(
      ports: ports, variables: Environment.variables, patience: .seconds(patience))
    return CertificateReview(
      start: (start ?? Environment.now()).milliseconds / 1_000, live: self.live ? live : nil)
  }
}

/// A day or an instant of the command line, in UTC.
extension Instant: ExpressibleByArgument {
  package init?(argument: String) {
    guard let instant = Instant(argument) ?? Instant(argument + "T00:00:00Z") else { return nil }
    self = instant
  }
}
