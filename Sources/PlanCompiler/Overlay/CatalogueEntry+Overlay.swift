package import PlanText

extension CatalogueEntry {
  /// The pages about what an overlay is. Its examples are overlays, for the plan that `waltz plan init`
  /// might have written.
  package static let overlayPages: [CatalogueEntry] = [overlayNoMapping, overlayIsPlan]

  package static let overlayNoMapping = CatalogueEntry(
    "F025", "The overlay is not a mapping",
    explanation: """
      An overlay has the form of a plan but holds only what is different in one environment. It \
      starts with keys such as 'sites' or 'waits'. This one is a list or a text.

      It would replace the whole plan, with everything that the plan says about servers and waits.

      Write the keys that lead to the value, as they are in the plan.
      """,
    bad: "- sites\n",
    good: "waits: { default: { minimum: 2d } }\n")

  package static let overlayIsPlan = CatalogueEntry(
    "F026", "The overlay is a whole plan", severity: .warning,
    explanation: """
      The file after '--overlay' is of kind 'RotationPlan' and has all that a plan needs: it is a \
      plan of its own. An overlay says only what is different in one environment.

      Its sites and certificates are added to those of the plan, and if both have a value, the \
      overlay's counts. The two plans would be rotated together although nobody reviewed them \
      together, which is rarely intended.

      Name only one of the two plans. If the file is meant as an overlay, keep only what is \
      different and write 'kind: RotationPlanOverlay'.
      """,
    bad: """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: base }
      sites:
        paris:
          clients: 100
          servers:
            p1: { address: p1.example.net }
      """,
    good: """
      apiVersion: waltz/v1
      kind: RotationPlanOverlay
      sites:
        paris:
          clients: 100
      """)
}
