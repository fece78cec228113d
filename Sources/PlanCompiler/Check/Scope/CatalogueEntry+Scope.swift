package import PlanText

extension CatalogueEntry {
  /// The pages about what a plan rotates at all.
  static let scopePages: [CatalogueEntry] = [nothingToRotate, idleSite, operatorOnly]

  package static let nothingToRotate = CatalogueEntry(
    "M034", "The plan rotates nothing",
    explanation: """
      No server of the plan names a certificate.

      A server is rotated when it names one. There would be no steps, and a run that succeeds at \
      once would look like a rotation.

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
      A site gets no certificate and replicates with no site of the plan, so that no step \
      touches it.

      Often its partnership has been forgotten: its replication would run while its partner's \
      certificate changes, fail, and may carry half a change over.

      Add its partnership, name certificates at its servers, or remove the site.
      """,
    bad: ExamplePlan.pair("", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", berlinRotates: false))

  package static let operatorOnly = CatalogueEntry(
    "M052", "Everything is done by people",
    severity: .note,
    explanation: """
      Neither a REST API nor a command is named, so that every step that changes something is a \
      gate: it waits until a person has done it in the console.

      That is the usual way where nothing else is allowed. The count says how many times \
      somebody has to be there; and since nothing counts the clients that have adopted a change, \
      each wait ends on a person's word too.

      There is nothing to do if this is meant. With 'api' the waits are measured.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
    },
    good: ExamplePlan().text)
}
