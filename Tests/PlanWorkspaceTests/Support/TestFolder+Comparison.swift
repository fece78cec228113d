import CanonicalJSON
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import WorkingTree

/// A comparison with what was said on the way.
struct Compared {
  let comparison: PlanComparison
  let errors: String
  let invalidRevision: [String]

  /// What is printed for people.
  var text: String { PlanDiffText.text(of: comparison.shown, TextLayout()) }

  var markdown: String {
    PlanDiffMarkdown.text(of: comparison.plans, invalid: comparison.invalid)
  }

  func json() throws -> JSONValue {
    try JSONValue(
      parsing: PlanDiffJSON.text(of: comparison.plans, invalid: comparison.invalid))
  }
}

extension TestFolder {
  /// Compares two sides as seen from this folder, or from one in it.
  func comparison(
    of sides: PlanComparison.Sides, named name: String? = nil, overlays: [String] = [],
    in inner: String = "."
  ) async throws -> Compared {
    var errors = ""
    var invalid: [String] = []
    let folder = WorkingFolder(at: FolderPath(spelled: try working().place.text + "/" + inner))
    let comparison = try await PlanComparison(
      of: sides, named: name, overlays: overlays, in: folder
    ) { notice in
      switch notice {
      case .errors(let diagnostics, let sources):
        errors += DiagnosticText(sources).render(diagnostics)
      case .invalid(let paths, _): invalid += paths
      }
    }
    return Compared(comparison: comparison, errors: errors, invalidRevision: invalid)
  }

  /// Compares the plans of a repository in this folder with a revision.
  func diff(
    _ base: String, _ paths: String..., in inner: String = ".", overlays: [String] = [],
    path: String = "/usr/bin:/bin"
  ) async throws -> Compared {
    try await comparison(
      of: .revision(
        base, paths: paths.isEmpty ? ["."] : paths, variables: ["PATH": path, "HOME": self.path]),
      overlays: overlays, in: inner)
  }
}
