import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// The files of a certificate that were not read.
  mutating func checkFiles(of certificate: Int, _ source: SourceEvidence) {
    for unread in source.unread {
      report(
        unread.trouble, path(of: certificate, unread.part),
        role: unread.part == .key
          ? "the key of certificate \(name(of: certificate))"
          : "certificate \(name(of: certificate))")
    }
  }

  /// The file of a site's authority.
  mutating func checkAuthority(of site: Int, _ source: SourceEvidence?) {
    guard let source, let api = plan.sites[site].api,
      case .certificateAuthority(let path) = api.trust.value
    else { return }
    let place = Located(path, at: api.trust.span)
    let role = "the authority of the API of site '\(plan.sites[site].name.value)'"
    for unread in source.unread { report(unread.trouble, place, role: role) }
    for finding in source.report?.findings ?? [] {
      guard let entry = CatalogueEntry.ofUnusableFile(finding) else { continue }
      report(
        entry, at: place.span, "'\(path)', \(role): \(finding.summary)",
        help: finding.help)
    }
  }

  /// A reference to a secret that was followed.
  mutating func checkPassword(
    _ state: PasswordState, _ reference: Located<SecretReference>?, for owner: String
  ) {
    guard let reference else { return }
    switch state {
    case .none, .notAsked, .resolved(isReadByOthers: false): break
    case .resolved(isReadByOthers: true):
      guard case .file(let path) = reference.value else { return }
      report(
        .secretForAll, at: reference.span,
        "'\(path)' holds the password of \(owner), and other users can read it.",
        help: "Take their rights away: chmod 600 \(path)")
    case .unresolved(.file(let trouble)):
      guard case .file(let path) = reference.value else { return }
      report(trouble, Located(path, at: reference.span), role: "the password of \(owner)")
    case .unresolved(let trouble):
      report(
        .unresolvedSecret, at: reference.span,
        "Cannot read the password of \(owner): \(trouble.words(for: reference.value)).",
        help: trouble.help(for: reference.value))
    }
  }

  /// A file that was not read.
  private mutating func report(_ trouble: FileTrouble, _ path: Located<String>, role: String) {
    let (entry, what, help) = words(for: trouble, path.value)
    report(entry, at: path.span, "'\(path.value)', \(role), \(what)", help: help)
  }

  /// The page of a trouble, what is so of the file, and the way out.
  private func words(
    for trouble: FileTrouble, _ path: String
  ) -> (entry: CatalogueEntry, what: String, help: String) {
    switch trouble {
    case .missing(let part):
      let isWhole = path.split(separator: "/").last.map(String.init) == part
      return (
        .missingFile,
        "is not there" + (isWhole ? "." : ": there is no '\(part)' on the way to it."),
        path.contains("\\")
          ? "Write '/' between folders, on Windows too."
          : "Put the file there, or correct the path, which is relative to the plan's folder."
      )
    case .outside(let link):
      return (
        .linkOutside,
        "is not read: " + (link.map { "the link '\($0)' on its way leads" } ?? "it leads")
          + " out of the folders that a plan may read from.",
        "Put the file itself there, or allow the folder with '--allow-outside FOLDER'."
      )
    case .ofGit:
      return (
        .unreadableFile,
        "is not read: it is in '.git', which belongs to git.",
        "Put the file itself beside the plan."
      )
    case .tooManyLinks:
      return (
        .unreadableFile,
        "is not read: its symbolic links lead in a circle, or there are more than 40.",
        "Put the file itself there."
      )
    case .notAFile(let kind):
      return (.unreadableFile, "is \(kind.rawValue).", "Name an ordinary file.")
    case .tooLarge(let limit):
      return (
        .unreadableFile,
        "is larger than \(limit / 1_024) KiB, which no certificate, key or secret is.",
        "Name a file that holds it and nothing else."
      )
    case .tooMuch(let limit):
      return (
        .unreadableFile,
        "is not read: together the files of the plan are larger than \(limit >> 20) MiB.",
        "Name each certificate only once, or split the plan."
      )
    case .refused(let words):
      return (
        .unreadableFile, "cannot be read: \(words).",
        "Let the user who runs Waltz read it."
      )
    }
  }
}

extension SecretTrouble {
  /// What happened, as the end of a sentence.
  fileprivate func words(for reference: SecretReference) -> String {
    switch (self, reference) {
    case (.notSet, .environment(let name)): "the variable \(name) is not set"
    case (.empty, .environment(let name)): "the variable \(name) is empty"
    case (.empty, .file(let path)): "'\(path)' is empty"
    case (.empty, .command(let arguments)): "'\(arguments.first ?? "")' printed nothing"
    case (.noProgram, .command(let arguments)): "there is no program '\(arguments.first ?? "")'"
    case (.notStarted(let words), .command(let arguments)):
      "'\(arguments.first ?? "")' could not be started: \(words)"
    case (.failed(let status), .command(let arguments)):
      "'\(arguments.first ?? "")' ended with status \(status)"
    case (.killed(let signal), .command(let arguments)):
      "signal \(signal) ended '\(arguments.first ?? "")'"
    case (.tookTooLong(let time), .command(let arguments)):
      "'\(arguments.first ?? "")' did not end within \(time.planNotation)"
    case (.tooLong(let limit), .command(let arguments)):
      "'\(arguments.first ?? "")' printed more than \(limit / 1_024) KiB"
    default: "the reference leads nowhere"
    }
  }

  fileprivate func help(for reference: SecretReference) -> String {
    switch reference {
    case .environment(let name): "Set \(name) in the environment of waltz."
    case .file: "Write the password into the file."
    case .command:
      "Run the program by hand. Waltz runs it in the plan's folder, without input, and it must "
        + "print the password and nothing else."
    }
  }
}
