extension CatalogueEntry {
  /// The pages on overlays, by code. Their examples are overlays, for the plan that `waltz plan init` might
  /// have written.
  public static let overlayPages: [CatalogueEntry] = [
    overlayRemovesNothing, overlayWithoutValue, overlayNoMapping,
  ]

  public static let overlayRemovesNothing = CatalogueEntry(
    "F023", "The overlay removes a key that is not there", severity: .warning,
    explanation: """
      'null' in an overlay removes the key from the plan. Here the plan, with the overlays \
      before this one, has no such key, so that nothing is removed.

      Either the name is misspelt and what should be gone is still there, or the plan has \
      changed and the line is left over. A server that was meant to be taken out of a rotation \
      and is not gets a new certificate with the others.

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

  public static let overlayWithoutValue = CatalogueEntry(
    "F024", "The overlay gives a key without a value",
    explanation: """
      A key of an overlay is empty. YAML reads an empty value as null, and null removes.

      A key is also left empty by accident, for example where everything below it was commented \
      out. An overlay that silently takes a site out of the plan leaves its clients to run into \
      the expiry of the old certificate, so that a removal has to be written.

      Write 'null' or '~' to remove the key, a value to set it, or leave the key out.
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

  public static let overlayNoMapping = CatalogueEntry(
    "F025", "The overlay is no mapping",
    explanation: """
      An overlay has the form of a plan, of which it says only what is different in one \
      environment: it starts with keys such as 'sites' or 'waits'. This one is a list or a text.

      It would replace the whole plan, with all that it says of servers and waits.

      Write the keys that lead to the value, as they stand in the plan.
      """,
    bad: "- sites\n",
    good: "waits: { default: { minimum: 2d } }\n")
}
