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

    /// Whether what finds this kind of thing runs.
    func include(_ page: CatalogueEntry) -> Bool { page.code.first != "C" }
  }

  /// As the user gave it; `-` is standard input.
  let path: String

  /// Empty where the file could not be read.
  let source: SourceText

  let id: SourceID

  /// The usable plans.
  private(set) var plans: [RotationPlan] = []

  private(set) var diagnostics: [Diagnostic] = []

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
    let syntax = parseSyntax(source, id: id)
    if syntax.documents.contains(where: \.holdsScenario) {
      diagnostics = readScenario(source, id: id).diagnostics
    } else if syntax.documents.contains(where: \.holdsOverlay) {
      // Says nothing by itself: it is looked into with the plan that it is for.
      var overlay = PlanOverlays()
      overlay.add(source, id: id)
      diagnostics = overlay.diagnostics
    } else {
      let reading = checkPlans(checks.overlays.applied(to: syntax))
      diagnostics = reading.diagnostics
      plans = reading.plans.compactMap(\.self)
      if checks.proves {
        for plan in plans { diagnostics += prove(plan) }
      }
    }
    diagnostics = suppress(diagnostics, in: source, id: id, of: syntax, wasChecked: checks.include)
    diagnostics = checks.overlays.suppressing(diagnostics)
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
