package import PlanText

extension CatalogueEntry {
  /// The pages about laying an overlay over a document. Their examples are overlays, for the plan that
  /// `waltz plan init` might have written.
  package static let mergePages: [CatalogueEntry] = [overlayRemovesNothing, overlayWithoutValue]

  package static let overlayRemovesNothing = CatalogueEntry(
    "F023", "The overlay removes a key that is not there", severity: .warning,
    explanation: """
      'null' in an overlay removes the key from the plan. Here the plan, with the overlays before \
      this one, has no such key, so nothing is removed.

      Either the name is misspelt and what should be gone is still there, or the plan has changed \
      and the line is left over. A server that should have been taken out of the rotation would \
      get a new certificate with the others.

      Correct the name, or remove the line.
      """,
    bad: """
      sites:
        parsi: null
      """,
    good: """
      sites:
        paris: { clients: 100 }
      """)

  package static let overlayWithoutValue = CatalogueEntry(
    "F024", "The overlay gives a key without a value",
    explanation: """
      A key of an overlay is empty. YAML reads an empty value as null, and null removes.

      But a key can also be left empty by accident, for example when everything below it was \
      commented out. An overlay that silently took a site out of the plan would leave its clients \
      with a certificate that expires, so a removal has to be written.

      Write 'null' or '~' to remove the key, write a value to set it, or leave the key out.
      """,
    bad: """
      sites:
        paris:
          # clients: 100
      """,
    good: """
      sites:
        paris:
          clients: 100
      """)
}
