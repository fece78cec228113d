import DocumentForm
package import Notifications
import PlanSyntax
package import PlanText

/// What came of reading `notify.yaml`.
package struct NewsSettingsReading: Sendable {
  /// The settings; nil where an error makes them unusable.
  package let settings: NewsSettings?

  /// What is wrong, in the order in which it was found.
  package let diagnostics: [Diagnostic]

  /// Reads the first document of a source.
  package init(_ source: SourceText, id: SourceID) {
    let syntax = parseSyntax(source, id: id)
    guard let tree = syntax.documents.first else {
      settings = nil
      diagnostics = syntax.diagnostics
      return
    }
    let (draft, mistakes) = newsDocument.decode(tree)
    diagnostics =
      syntax.diagnostics + mistakes.withoutConsequences(of: syntax.diagnostics, in: tree)
    settings = diagnostics.hasErrors ? nil : draft
  }
}

/// The JSON Schema (draft 2020-12) of `notify.yaml`, from the declaration that decodes it.
package func newsSettingsSchema() -> [UInt8] {
  newsDocument.schema(
    id: "https://waltz.invalid/schemas/notifications.schema.json",
    title: "Waltz notifications",
    description: "Who is told what of the runs of a state directory, apiVersion waltz/v1.")
}
