import PlanModel
import PlanText

extension PlanChecker {
  /// Whether a command does what is hoped for, on a real SEPM and after a crash.
  mutating func judge(_ command: CommandTemplate, of rule: AutomationRule) {
    let action = rule.action.value
    let name = action.rawValue
    for arguments in [command.arguments, command.check ?? []] {
      checkSecrets(in: arguments)
    }
    // The other findings would be about a command that has to go.
    if refuseCopy(command, for: action) { return }
    if action.isConsolesOnly {
      report(
        .noCommandLine, at: rule.action.span,
        "SEPM has no command line for '\(name)'.",
        help: "Write 'operator', unless the program drives SEPM's console itself.")
    }
    if let check = command.check {
      if check == command.arguments, let first = check.first {
        report(
          .checkIsCommand, at: first.span,
          "The check of '\(name)' would do what it should observe.",
          help: "Write a program that changes nothing.",
          related: command.arguments.first.map { [.init("The command.", at: $0.span)] } ?? [])
      }
    } else if action.effect == .observable, isWhole(rule) {
      report(
        .commandNotObserved, at: rule.action.span,
        "After a crash nothing can tell whether '\(name)' was done.",
        help: "Add 'check' with a program that observes it.")
    }
    guard action == .restartServices else { return }
    if command.timeout.value > .zero, command.timeout.value < .minutes(5) {
      report(
        .restartTooShort, at: command.timeout.span,
        "SEPM's services would be given \(command.timeout.value.planNotation) to stop and start.",
        help: "Write 'timeout: 15m', or leave it out.")
    }
    checkServices(command.arguments)
  }

  /// A secret that is had with a command whose arguments hold it.
  mutating func check(secretCommand words: [String], at span: SourceSpan) {
    let program = words.first.map(programName) ?? ""
    let isPrinted =
      ["echo", "printf"].contains(program) && words.count > 1
      && !words.dropFirst().allSatisfy { isReference($0[...]) || $0.hasPrefix("-") }
    guard isPrinted || !secretPositions(in: words).isEmpty else { return }
    reportSecret(
      at: span,
      isPrinted
        ? "The command prints a secret that is written in the plan."
        : "The command that asks for the secret has a secret among its arguments.")
  }

  /// Arguments that look like secrets.
  mutating func checkSecrets(in arguments: [Located<String>]) {
    for position in secretPositions(in: arguments.map(\.value)) {
      reportSecret(
        at: arguments[position].span, "An argument of the command looks like a secret.")
    }
  }

  private mutating func reportSecret(at span: SourceSpan, _ detail: String) {
    report(
      .secretInCommand, at: span, detail,
      help:
        "Let the program read the secret itself, from a file, its environment or a vault. Change "
        + "the secret if this file was ever shared.",
      conceals: true)
  }

  /// Refuses a command that puts key files where SEPM's web servers read them
  /// (`docs/SEPM.md`, "Replacing files is no rotation").
  private mutating func refuseCopy(_ command: CommandTemplate, for action: Action) -> Bool {
    guard action.changesCertificate else { return false }
    let places = ["keystore.jks", "tomcat", "apache"]
    for argument in command.arguments {
      // Whole names of a path: 'paris-keystore.jks' and 'sepm-tomcat-01' are other places.
      let names = argument.value.lowercased().split(whereSeparator: "/\\:=\"' \t\n,".contains)
      guard let place = places.first(where: { names.contains($0[...]) }) else { continue }
      report(
        .keystoreCopied, at: argument.span,
        "The command names '\(place)', as if copying files were enough: SEPM's wizard also writes "
          + "the certificate into the database and the signatures of the management server list. "
          + "Clients would get a list without the new certificate.",
        help: "Write '\(action.rawValue): operator'.")
      return true
    }
    return false
  }

  /// The services that hold the certificate (`docs/SEPM.md`, "Services and ports").
  private mutating func checkServices(_ arguments: [Located<String>]) {
    let services = ["semsrv", "semwebsrv", "semapisrv"]
    let texts = arguments.map { $0.value.lowercased() }
    let missing = services.filter { service in !texts.contains { $0.place(of: service) != nil } }
    guard !missing.isEmpty, missing.count < services.count,
      let position = texts.firstIndex(where: { text in
        services.contains { text.place(of: $0) != nil }
      })
    else { return }
    report(
      .servicesLeftOut, at: arguments[position].span,
      "The restart leaves out \(missing.map { "'\($0)'" }.joined(separator: " and ")).",
      help: "Restart 'semsrv', 'semwebsrv' and 'semapisrv'.")
  }

  /// Whether the rule's channel was decoded whole: a check that is wrong is not a check that is missing.
  private mutating func isWhole(_ rule: AutomationRule) -> Bool {
    !doubts.contains(.automation) && doubts.isDisjoint(with: .everySite)
      && !rulesInDoubt.contains(rule.action.span)
  }
}
