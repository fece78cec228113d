package import PlanText

extension CatalogueEntry {
  /// The pages about what an overlay is. Its examples are overlays, for the plan that `waltz plan init`
  /// might have written.
  package static let overlayPages: [CatalogueEntry] = [overlayNoMapping]

  package static let overlayNoMapping = CatalogueEntry(
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
