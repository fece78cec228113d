import CertificateChecks
import DiagnosticCatalogue
import EstateScenarios
import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText

/// One file that an invocation names: read, checked, and with everything that is wrong with it.
struct PlanFile: Sendable {
  /// What is looked at beyond the text of a plan.
  struct Checks: Sendable {
    /// Whether every plan is lowered and its graph proved.
    var proves = false

    /// What is merged onto every plan.
    var overlays = PlanOverlays()

    /// The look at the certificates that plans name; nil for none.
    var review: CertificateReview?

    /// Folders outside of the repository that plans may name files in.
    var admitted: [String] = []
  }

  /// As the user gave it; `-` is standard input.
  let path: String

  /// Empty where the file could not be read.
  let source: SourceText

  let id: SourceID

  /// The usable plans.
  private(set) var plans: [RotationPlan] = []

  private(set) var diagnostics: [Diagnostic] = []

  /// The certificates in files that could not be opened without asking for their passwords.
  private(set) var unopenedCertificates = 0

  /// Why the file could not be read or written.
  private(set) var failure: CommandError?

  /// Checks what was read, all but the certificates; who has looked into it hands its syntax on.
  init(
    _ source: SourceText, path: String, as id: SourceID, _ checks: Checks,
    syntax parsed: SyntaxResult? = nil
  ) {
    self.init(path: path, source: source, id: id)
    let syntax = look(checks, at: parsed)
    suppress(by: syntax, checks, evidence: nil)
  }

  /// Checks what was read, with the look at certificates where it is asked for, which may have to wait for
  /// programs and servers.
  static func reviewed(
    _ source: SourceText, path: String, as id: SourceID, _ checks: Checks
  ) async -> PlanFile {
    var file = PlanFile(path: path, source: source, id: id)
    let syntax = file.look(checks)
    var evidence: [CertificateEvidence]?
    if let review = checks.review {
      do {
        let outcome = try await review.look(at: file.plans, of: path)
        file.diagnostics += outcome.diagnostics
        file.unopenedCertificates = outcome.unopened
        evidence = outcome.evidence
      } catch {
        file.failure = CommandError(error)
      }
    }
    file.suppress(by: syntax, checks, evidence: evidence)
    return file
  }

  /// Checks what was read, with the look at certificates where it is asked for.
  static func reviewed(_ read: ReadFile, as id: SourceID, _ checks: Checks) async -> PlanFile {
    guard let failure = read.failure else {
      return await reviewed(read.source, path: read.path, as: id, checks)
    }
    return PlanFile(path: read.path, source: read.source, id: id).failing(failure)
  }

  /// The last of all checks: what the file and the overlays say is meant. A comment is called unused only
  /// where the certificates that it is about, if any, were seen.
  private mutating func suppress(
    by syntax: SyntaxResult, _ checks: Checks, evidence: [CertificateEvidence]?
  ) {
    // What an overlay's comments are about is found in the plans that it is merged onto.
    let isOverlay = syntax.isOverlay
    diagnostics = checks.overlays.suppressing(
      PlanCompiler.suppress(diagnostics, in: source, id: id, of: syntax, catalogue: .all) { page in
        guard !isOverlay else { return false }
        guard page.code.first == "C" else { return true }
        return evidence?.allSatisfy { $0.shows(page) } ?? false
      }, catalogue: .all)
  }

  private mutating func look(_ checks: Checks, at parsed: SyntaxResult? = nil) -> SyntaxResult {
    let syntax = parsed ?? parseSyntax(source, id: id)
    guard !syntax.documents.contains(where: \.holdsScenario) else {
      diagnostics = readScenario(source, id: id).diagnostics
      return syntax
    }
    guard !syntax.isOverlay else {
      // Says nothing by itself: it is looked into with the plan that it is for.
      var overlay = PlanOverlays()
      overlay.add(source, id: id)
      diagnostics = overlay.diagnostics
      return syntax
    }
    // Without admitted folders the rule needs no look at the disk.
    let rule =
      checks.admitted.isEmpty
      ? PathRule.folderOnly
      : (try? PlanFolder(ofPlan: path, admitting: checks.admitted).pathRule) ?? .folderOnly
    let reading = checkPlans(checks.overlays.applied(to: syntax), paths: rule)
    diagnostics = reading.diagnostics
    plans = reading.plans.compactMap(\.self)
    if checks.proves {
      for plan in plans { diagnostics += prove(plan) }
    }
    return syntax
  }

  /// The file as it is, with what went wrong with it.
  func failing(_ failure: CommandError) -> PlanFile {
    var copy = self
    copy.failure = failure
    return copy
  }

  private init(path: String, source: SourceText, id: SourceID) {
    self.path = path
    self.source = source
    self.id = id
  }
}

extension SyntaxResult {
  /// Whether all of a file is overlays. One that stands among plans is a plan of the wrong kind: what is said
  /// of a file must not keep its plans from being checked.
  var isOverlay: Bool { isAll(\.holdsOverlay) }

  /// Whether all of a file is scenarios.
  var isScenario: Bool { isAll(\.holdsScenario) }

  private func isAll(_ isMeant: (SyntaxTree) -> Bool) -> Bool {
    let written = documents.lazy.filter { $0.root != nil }
    return !written.isEmpty && written.allSatisfy(isMeant)
  }
}

extension SyntaxTree {
  /// Whether the document says that it is a scenario; anything else is read as a plan, so that a mistake
  /// in `kind` is a mistake in a plan.
  var holdsScenario: Bool { isOf("EstateScenario") }

  /// Whether the document says that it is an overlay.
  fileprivate var holdsOverlay: Bool { isOf("RotationPlanOverlay") }

  /// Whether the document says that it is of a kind.
  private func isOf(_ kind: StaticString) -> Bool {
    guard let root else { return false }
    return entries(of: root).contains { entry in
      scalar(entry.key, is: "kind") && scalar(entry.value, is: kind)
    }
  }
}
