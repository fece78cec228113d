import DocumentForm
import PlanModel
public import PlanSyntax
public import PlanText

/// The overlays of an invocation: what plans say differently in one environment.
///
/// An overlay has the form of a plan. `apiVersion` and `kind` may be left out; where they are there they
/// must fit, and `kind` is `RotationPlan` or `RotationPlanOverlay`. Every document of an overlay's file
/// applies to every plan, in order; `metadata.name` is merged as any other key.
public struct PlanOverlays: Sendable {
  /// An overlay's file.
  public struct File: Sendable {
    /// What it holds.
    public let source: SourceText

    /// How its places name it.
    public let id: SourceID

    /// What came of reading it.
    package let syntax: SyntaxResult
  }

  /// The files in order.
  public private(set) var files: [File] = []

  private var trees: [SyntaxTree] = []

  /// What is wrong with them by themselves.
  public private(set) var diagnostics: [Diagnostic] = []
  private let limits: SyntaxLimits

  /// No overlays; files are read within limits.
  public init(limits: SyntaxLimits = .standard) {
    self.limits = limits
  }

  /// Whether there are none.
  public var isEmpty: Bool { files.isEmpty }

  /// Adds the overlays of a file, which apply after those before.
  public mutating func add(_ source: SourceText, id: SourceID) {
    add(source, parseSyntax(source, id: id, limits: limits), id: id)
  }

  /// The same overlays with another text in the place of one.
  package func replacing(_ id: SourceID, with source: SourceText) -> PlanOverlays {
    var result = PlanOverlays(limits: limits)
    for file in files {
      if file.id == id {
        result.add(source, id: id)
      } else {
        result.add(file.source, file.syntax, id: file.id)
      }
    }
    return result
  }

  /// Adds the overlays of a file that was parsed.
  package mutating func add(_ source: SourceText, _ syntax: SyntaxResult, id: SourceID) {
    files.append(File(source: source, id: id, syntax: syntax))
    diagnostics += syntax.diagnostics.map(\.ofOverlay)
    for tree in syntax.documents {
      if let problem = problem(of: tree) {
        diagnostics.append(problem)
      } else {
        trees.append(tree)
        if let warning = wholePlan(tree) { diagnostics.append(warning) }
      }
    }
  }

  /// The plans of a source with every overlay merged onto them; what is wrong with the overlays is wrong
  /// with the plans.
  public func applied(to syntax: SyntaxResult) -> SyntaxResult {
    guard !isEmpty else { return syntax }
    var result = syntax
    var diagnostics = DiagnosticList()
    diagnostics.append(contentsOf: syntax.diagnostics + self.diagnostics)
    var budget = limits.overlaidNodes
    for index in result.documents.indices {
      for overlay in trees {
        // What a merge costs beside its nodes is counted as some nodes more.
        budget -= result.documents[index].nodeCount + overlay.nodeCount + 64
        guard budget >= 0 else {
          diagnostics.append(tooMuch(overlay, result.documents.count))
          result.diagnostics = diagnostics.all
          return result
        }
        let (tree, found) = result.documents[index].merged(
          with: overlay, skipping: ["apiVersion", "kind"], limits: limits)
        result.documents[index] = tree
        diagnostics.append(contentsOf: found)
      }
    }
    result.diagnostics = diagnostics.all
    return result
  }

  /// The diagnostics with the suppressions of the overlays applied. Which are not used is not said: another
  /// plan may use them.
  public func suppressing(_ diagnostics: [Diagnostic], catalogue: Catalogue) -> [Diagnostic] {
    files.reduce(diagnostics) { found, file in
      suppress(found, in: file.source, id: file.id, of: file.syntax, catalogue: catalogue) { _ in
        false
      }
    }
  }

  private func tooMuch(_ overlay: SyntaxTree, _ documents: Int) -> Diagnostic {
    let place = overlay.root.map(overlay.span(of:)) ?? .none
    return Diagnostic(
      .tooManyNodes,
      at: SourceSpan(source: place.source, start: Int(place.start), end: Int(place.start) + 1),
      "\(trees.count) overlays on \(documents) documents, one after the other, give more than "
        + "\(limits.overlaidNodes) values.",
      help: "Check fewer plans at once, or combine overlays.")
  }

  /// A warning for an overlay that says it is a plan and has all that a plan needs.
  private func wholePlan(_ tree: SyntaxTree) -> Diagnostic? {
    guard let root = tree.root else { return nil }
    let kind = tree.entries(of: root).first { tree.scalar($0.key, is: "kind") }
    guard let kind, tree.string(of: kind.value) == rotationPlan.kind else { return nil }
    let (plan, mistakes) = rotationPlan.decode(tree)
    guard let plan, !mistakes.hasErrors else { return nil }
    return Diagnostic(
      .overlayIsPlan, at: tree.span(of: kind.value),
      "The overlay is a whole plan, '\(plan.name.value)': its sites are added to those of the plan, and "
        + "its values replace the plan's.",
      help: "Name only one of the two plans, or keep only what is different and write 'kind: "
        + "RotationPlanOverlay'.")
  }

  private func problem(of tree: SyntaxTree) -> Diagnostic? {
    guard let root = tree.root else { return nil }
    guard tree.kind(of: root) == .mapping else {
      let found =
        tree.kind(of: root) == .sequence
        ? "a list" : tree.isNull(root) ? "'\(tree.string(of: root))', which is nothing" : "a text"
      return Diagnostic(
        .overlayNoMapping, at: tree.span(of: root),
        "An overlay starts with keys of a plan, but this is \(found).",
        help: "Write it like this: 'waits: { default: { minimum: 2d } }'.")
    }
    for entry in tree.entries(of: root) {
      let text = tree.string(of: entry.value)
      let place = tree.span(of: entry.value)
      if tree.scalar(entry.key, is: "apiVersion"), text != rotationPlan.apiVersion {
        return Diagnostic(
          .wrongAPIVersion, at: place,
          "The overlay is written for '\(text)'; this program understands '\(rotationPlan.apiVersion)'.",
          help: "Write 'apiVersion: \(rotationPlan.apiVersion)', or leave the key out.")
      }
      let kinds = [rotationPlan.kind, "RotationPlanOverlay"]
      if tree.scalar(entry.key, is: "kind"), !kinds.contains(text) {
        return Diagnostic(
          .wrongKind, at: place,
          "The overlay is of kind '\(text)', but 'RotationPlanOverlay' or 'RotationPlan' was "
            + "expected.",
          help: nearest(to: text, among: kinds).map { "Did you mean '\($0)'?" }
            ?? "Write 'kind: RotationPlanOverlay', or leave the key out.")
      }
    }
    return nil
  }
}

extension Diagnostic {
  /// A diagnostic of syntax in the words of overlays.
  fileprivate var ofOverlay: Diagnostic {
    guard entry == .noDocument else { return self }
    return Diagnostic(
      entry, at: span, detail,
      help:
        "Write what the overlay changes, for example 'waits: { default: { minimum: 2d } }', or "
        + "leave the overlay out.",
      related: related, severity: severity)
  }
}
