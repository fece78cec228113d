package import PlanText

extension CatalogueEntry {
  /// The pages about what a document says that it is.
  static let kindPages: [CatalogueEntry] = [wrongAPIVersion, wrongKind]

  package static let wrongAPIVersion = CatalogueEntry(
    "F021", "The document is written for another version",
    explanation: """
      'apiVersion' names the version of the language that a document is written in. This program \
      understands another version, so it does not read the rest of the document.

      Its keys may mean something else in the other version, and a wait that is read wrongly \
      protects nobody.

      Write the version that this program understands, or use a program that understands the \
      document's version.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("waltz/v1", with: "waltz/v2")
    },
    good: ExamplePlan().text)

  package static let wrongKind = CatalogueEntry(
    "F022", "The document is of another kind",
    explanation: """
      'kind' says what a document describes: 'RotationPlan' a rotation, 'EstateScenario' what \
      happens to a simulated estate. This document is of another kind.

      Each command reads one kind. Another tool's manifest that happens to be in the folder must \
      not be taken for a plan that changes management servers.

      Correct the word, or give the file to the command that reads its kind.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("RotationPlan", with: "Deployment")
    },
    good: ExamplePlan().text)
}
