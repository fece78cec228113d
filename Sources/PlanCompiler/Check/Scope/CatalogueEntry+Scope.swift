package import PlanText

extension CatalogueEntry {
  /// The pages about what a plan rotates at all.
  static let scopePages: [CatalogueEntry] = [nothingToRotate, idleSite, operatorOnly]

  package static let nothingToRotate = CatalogueEntry(
    "M034", "The plan rotates nothing",
    explanation: """
      No server of the plan names a certificate.

      Only servers that name a certificate are rotated. There would be no steps, and a run that \
      succeeds at once would look like a rotation.

      Name the new certificate at each server that gets one.
      """,
    bad: ExamplePlan.with {
      $0.certificates = ""; $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: nil)
    },
    good: ExamplePlan().text)

  package static let idleSite = CatalogueEntry(
    "M035", "A site takes part in nothing",
    severity: .warning,
    explanation: """
      A site gets no certificate and replicates with no site of the plan, so no step touches it.

      Often its partnership was forgotten. Its replication would then run while its partner's \
      certificate changes. It would fail, and could carry half a change over before that.

      Add its partnership, name certificates at its servers, or remove the site.
      """,
    bad: ExamplePlan.pair("", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]", berlinRotates: false))

  package static let operatorOnly = CatalogueEntry(
    "M052", "Everything is done by people",
    severity: .note,
    explanation: """
      The plan names neither a REST API nor a command, so every step that changes something is a \
      gate: it waits until a person has done it in the console.

      That is normal where nothing else is allowed. The message says how many times somebody has \
      to be there. And because nothing counts the clients that have adopted a change, each wait \
      also ends on a person's word.

      There is nothing to do if this is intended. With 'api' Waltz measures the waits.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
    },
    good: ExamplePlan().text)
}
