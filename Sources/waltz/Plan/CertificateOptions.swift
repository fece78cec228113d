import ArgumentParser
import PlanWorkspace
import RotationEngine
import Runs
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

  /// Those folders, absolute.
  var admittedPaths: [String] {
    let folder = Environment.workingFolder()
    return admitted.map { folder.absolute($0).text }
  }

  /// The same, and the folder of a lab: who names it means its certificates and passwords as well.
  func admitting(lab folder: String?) -> PlanAccessOptions {
    guard let folder, Environment.workingFolder().isFolder(folder) else { return self }
    var access = self
    access.admitted.append(folder)
    return access
  }

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
      Follow references to passwords, which may run programs, look at what the servers serve, and log on to \
      the sites' APIs to see whether the rotation could begin. Changes nothing. Only for plans that you trust.
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
      "With --live: check against the lab that keeps itself in this folder, in its time and with its overlay.",
      valueName: "dir"))
  var lab: String?

  @Option(
    help: ArgumentHelp(
      "How many seconds --live waits for a port; programs and answers of an API get six times as long, the "
        + "settings of a site sixty times.",
      valueName: "seconds"))
  var patience = 5

  func validate() throws {
    if live, noFiles { throw ValidationError("--live also reads files: leave out --no-files.") }
    if !live, !ports.isEmpty { throw ValidationError("--tls-port needs --live.") }
    if !live, lab != nil { throw ValidationError("--lab needs --live.") }
    guard (1...600).contains(patience) else {
      throw ValidationError("--patience must be from 1 to 600.")
    }
  }

  /// The look at certificates and sites that is asked for; nil for none.
  ///
  /// - Throws: `RunError` where no lab answers
  func review(in folder: WorkingFolder) async throws -> CertificateReview? {
    guard !noFiles else { return nil }
    var lab: LabTime?
    if let labFolder = labFolder(in: folder) {
      lab = try await Environment.labTime(of: labFolder)
    }
    let time: @Sendable () -> Instant = { [lab] in
      lab?.time(at: Environment.uptime()) ?? Environment.now()
    }
    let speed = lab?.speed ?? 1
    let live = LiveReview(
      ports: ports, variables: Environment.variables, patience: .seconds(patience),
      pace: { Environment.labPace(speed) },
      localTime: { time().milliseconds })
    return CertificateReview(
      start: (start ?? time()).milliseconds / 1_000, live: self.live ? live : nil)
  }

  /// The folder of the lab, absolute; nil where there is none.
  func labFolder(in folder: WorkingFolder) -> String? { lab.map { folder.absolute($0).text } }
}

/// A day or an instant of the command line, in UTC.
extension Instant: ExpressibleByArgument {
  package init?(argument: String) {
    guard let instant = Instant(argument) ?? Instant(argument + "T00:00:00Z") else { return nil }
    self = instant
  }
}
