package import PlanText

extension CatalogueEntry {
  /// The pages about secrets that stand in a plan.
  package static let secretPages: [CatalogueEntry] = [literalSecret]

  package static let literalSecret = CatalogueEntry(
    "F020", "A secret is written in the document",
    explanation: """
      A secret is written out where a reference to it belongs.

      Plans are kept in Git, reviewed, and stored with every run, so everybody who ever sees the \
      plan knows the secret. Anybody who has a keystore and its password can pose as the manager \
      to every client.

      Move the secret into an environment variable, a file or a vault, and refer to it. Change the \
      secret if the file was ever shared: removing the line does not remove it from the history.
      """,
    bad: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026: { pkcs12: certs/paris.p12, password: changeit }"
    },
    good: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026: { pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }"
    })
}
