import ArgumentParser
import PlanModel
import PlanWorkspace
import RotationEngine
import Runs
import SEPMClient
import WorkingTree

/// How `plan init` asks SEPM.
struct InquiryOptions: ParsableArguments {
  @Option(
    name: .customLong("from-api"),
    help: ArgumentHelp(
      """
      Ask this SEPM over its REST API, for example https://sepm-par-01.example.net:8446, and write down what it \
      says; once for each site. Nothing is changed there.
      """, valueName: "url"))
  var urls: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --from-api: a system administrator. Once for all sites, or once for each --from-api.",
      valueName: "name"))
  var user: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      With --from-api: where the password is, env:NAME or file:PATH; the plan refers to it, too. Once for all \
      sites, or once for each --from-api. The default is env:SEPM_PASSWORD.
      """, valueName: "reference"))
  var password: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --from-api: trust exactly this certificate, sha256:…, which you compared with the server's; can be given "
        + "several times. Without --pin and --ca the authorities of this machine are asked.",
      valueName: "fingerprint"))
  var pin: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --from-api: trust the authorities of this PEM file.", valueName: "file"))
  var ca: String?

  @Option(
    help: ArgumentHelp(
      "With --from-api: the SEPM is of the lab that keeps itself in this folder; its authority is trusted.",
      valueName: "dir"))
  var lab: String?

  @OptionGroup var access: PlanAccessOptions

  func validate() throws {
    guard !urls.isEmpty else {
      guard user.isEmpty, password.isEmpty, pin.isEmpty, ca == nil, lab == nil else {
        throw ValidationError("--user, --password, --pin, --ca and --lab need --from-api.")
      }
      return
    }
    guard user.count == 1 || user.count == urls.count else {
      throw ValidationError("Give --user once, or once for each --from-api.")
    }
    guard password.count <= 1 || password.count == urls.count else {
      throw ValidationError("Give --password once, or once for each --from-api.")
    }
    guard [pin.isEmpty, ca == nil, lab == nil].count(where: { !$0 }) < 2 else {
      throw ValidationError("Give one of --pin, --ca and --lab.")
    }
    for text in pin where Fingerprint(text) == nil {
      throw ValidationError(
        "--pin takes `sha256:` and the 64 hexadecimal digits of a certificate's SHA-256.")
    }
  }

  /// Asks all of them, and makes a plan of the answers.
  ///
  /// * `path`: Where the plan is written to; paths in it start there.
  /// * `word`: The same as a shell takes it.
  func planText(for path: String, word: String) async throws -> [UInt8] {
    let working = Environment.workingFolder(admitting: access.admitted + (lab.map { [$0] } ?? []))
    let folder = try PlanFolder(ofPlan: path, in: working)
    func pathInPlan(_ path: String) -> String {
      let absolute = working.absolute(path)
      return absolute.text(below: folder.place) ?? absolute.text
    }
    let passwords = try password.map { try PasswordReference($0) }.map {
      reference -> SecretReference in
      switch reference {
      case .environment(let name): .environment(name)
      case .file(let path): .file(pathInPlan(path))
      }
    }
    let questions = urls.indices.map { index in
      EstateInquiry.Question(
        url: urls[index], username: user.count == 1 ? user[0] : user[index],
        password: passwords.count > 1
          ? passwords[index] : passwords.first ?? .environment("SEPM_PASSWORD"))
    }
    var time: @Sendable () -> Int64 = { Environment.now().milliseconds }
    var speed = 1
    let trust: EstateInquiry.Trust
    if let lab {
      let labTime = try await Environment.labTime(of: working.absolute(lab).text)
      time = { labTime.time(at: Environment.uptime()).milliseconds }
      speed = labTime.speed
      trust = .lab(pathInPlan(lab + "/ca.pem"))
    } else if let ca {
      trust = .authorities(pathInPlan(ca))
    } else {
      trust = pin.isEmpty ? .system : .fingerprints(Set(pin.compactMap { Fingerprint($0) }))
    }
    let inquiry = EstateInquiry(
      trust: trust, variables: Environment.variables, folder: folder,
      pace: { [speed] in Environment.labPace(speed) }, localTime: time)
    return try await inquiry.draft(questions).text(for: word, at: time() / 1_000)
  }
}
