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

    /// The name of standard input.
    var standardInput = "<stdin>"

    /// The look at the certificates that plans name; nil for none.
    var review: CertificateReview?

    /// Folders outside of the repository that plans may name files in.
    var admitted: [String] = []

    /// Whether what finds this kind of thing runs. Without their passwords not all certificates are seen.
    func include(_ page: CatalogueEntry) -> Bool {
      page.code.first != "C" || review?.live != nil
    }
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

  /// Reads a file and checks it.
  init(reading path: String, as id: SourceID, _ checks: Checks) {
    let name = path == "-" ? checks.standardInput : path
    do {
      let bytes = try Files.read(path, limit: SyntaxLimits.standard.size)
      self.init(SourceText(name: name, bytes: bytes), path: path, as: id, checks)
    } catch {
      self.init(path: path, source: SourceText(name: name, bytes: []), id: id)
      failure = CommandError(error)
    }
  }

  /// Checks what was read. All checks of a file run here, one after the other.
  init(_ source: SourceText, path: String, as id: SourceID, _ checks: Checks) {
    self.init(path: path, source: source, id: id)
    let syntax = look(checks)
    diagnostics = suppress(diagnostics, in: source, id: id, of: syntax, wasChecked: checks.include)
    diagnostics = checks.overlays.suppressing(diagnostics)
  }

  /// The same with the look at certificates, which may have to wait for programs and servers.
  static func reviewed(
    _ source: SourceText, path: String, as id: SourceID, _ checks: Checks
  ) async -> PlanFile {
    guard let review = checks.review else { return PlanFile(source, path: path, as: id, checks) }
    var file = PlanFile(path: path, source: source, id: id)
    let syntax = file.look(checks)
    do {
      let outcome = try await review.look(at: file.plans, of: path)
      file.diagnostics += outcome.diagnostics
      file.unopenedCertificates = outcome.unopened
    } catch {
      file.failure = CommandError(error)
    }
    file.diagnostics = checks.overlays.suppressing(
      suppress(file.diagnostics, in: source, id: id, of: syntax, wasChecked: checks.include))
    return file
  }

  /// Reads a file and checks it with the look at certificates.
  static func reviewed(reading path: String, as id: SourceID, _ checks: Checks) async -> PlanFile {
    let name = path == "-" ? checks.standardInput : path
    do {
      let bytes = try Files.read(path, limit: SyntaxLimits.standard.size)
      return await reviewed(SourceText(name: name, bytes: bytes), path: path, as: id, checks)
    } catch {
      var file = PlanFile(path: path, source: SourceText(name: name, bytes: []), id: id)
      file.failure = CommandError(error)
      return file
    }
  }

  private mutating func look(_ checks: Checks) -> SyntaxResult {
    let syntax = parseSyntax(source, id: id)
    guard !syntax.documents.contains(where: \.holdsScenario) else {
      diagnostics = readScenario(source, id: id).diagnostics
      return syntax
    }
    guard !syntax.documents.contains(where: \.holdsOverlay) else {
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

extension SyntaxTree {
  /// Whether the document says that it is a scenario; anything else is read as a plan, so that a mistake
  /// in `kind` is a mistake in a plan.
  var holdsScenario: Bool { isOf("EstateScenario") }

  /// Whether the document says that it is an overlay.
  fileprivate var holdsOverlay: Bool { isOf("RotationPlanOverlay") }

  private func isOf(_ kind: StaticString) -> Bool {
    guard let root else { return false }
    return entries(of: root).contains { entry in
      scalar(entry.key, is: "kind") && scalar(entry.value, is: kind)
    }
  }
}
