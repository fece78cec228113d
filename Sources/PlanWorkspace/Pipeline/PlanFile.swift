import CertificateChecks
package import PlanCompiler
import PlanModel
package import PlanSyntax
package import PlanText
import Redaction
package import WorkingTree

/// One file on its way through ``PlanPipeline``: what was read, and what the stages so far have made of it.
package struct PlanFile: Sendable {
  package let read: ReadFile
  package let id: SourceID

  /// The source with what of it is not shown.
  package let shown: ShownSource

  /// The documents as they are written.
  package let syntax: SyntaxResult

  /// The documents with every overlay merged onto them.
  package internal(set) var merged: SyntaxResult

  /// The plans that can be compiled, as far as that can be told before it is tried.
  var usable: [RotationPlan] = []

  /// The usable plans with their graphs.
  package internal(set) var plans: [ProvedPlan] = []

  /// What is wrong, in the order in which it was found.
  package internal(set) var findings: [Diagnostic] = []

  /// What was found for each plan at the certificates that it names; nil where nobody looked.
  var evidence: [CertificateEvidence]?

  /// Whether every site of the plans was asked and told all.
  var hasSeenSites = false

  /// Why the file could not be read, examined or written.
  package internal(set) var failure: WorkspaceError?

  init(_ read: ReadFile, id: SourceID, syntax: SyntaxResult) {
    self.read = read
    self.id = id
    shown = ShownSource(read.source) { hiddenText(in: $0, of: syntax) }
    self.syntax = syntax
    merged = syntax
    failure = read.failure
  }

  /// The file as it was parsed; what other stages made of it is gone.
  var asParsed: PlanFile {
    var file = self
    (file.merged, file.usable, file.plans, file.findings) = (syntax, [], [], [])
    (file.evidence, file.hasSeenSites, file.failure) = (nil, false, read.failure)
    return file
  }

  /// As the user gave it; `-` is standard input.
  package var path: String { read.path }

  /// Empty where the file could not be read.
  package var source: SourceText { read.source }

  /// The certificates in files that could not be opened without asking for their passwords.
  var unopenedCertificates: Int { evidence?.reduce(0) { $0 + $1.unopened } ?? 0 }
}

extension SyntaxResult {
  /// What the documents of a file are.
  package enum Content: Sendable {
    /// Plans, and whatever is neither of the others: a mistake in `kind` is a mistake in a plan.
    case plans

    /// Overlays and nothing else. One that stands among plans is a plan of the wrong kind: what is said of a
    /// file must not keep its plans from being checked.
    case overlay

    /// A scenario, whatever stands beside it.
    case scenario
  }

  package var content: Content {
    if documents.contains(where: \.holdsScenario) { return .scenario }
    let written = documents.lazy.filter { $0.root != nil }
    return !written.isEmpty && written.allSatisfy(\.holdsOverlay) ? .overlay : .plans
  }

  /// Whether there is no plan in the file, well written or not.
  var holdsNoPlan: Bool {
    switch content {
    case .plans: false
    case .overlay: true
    case .scenario: documents.allSatisfy { $0.root == nil || $0.holdsScenario }
    }
  }
}

extension SyntaxTree {
  /// Whether the document says that it is a scenario.
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
