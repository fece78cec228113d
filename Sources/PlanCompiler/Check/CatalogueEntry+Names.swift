package import PlanText

extension CatalogueEntry {
  /// The pages about what a plan means.
  package static let meaningPages: [CatalogueEntry] = Array(
    [
      namePages, waitPages, cohortPages, strategyPages, versionPages, sitePages, replicationPages,
      certificateUsePages, scopePages, automationPages,
      apiPages, commandPages, productPages, clientPages, protectionPages,
    ].joined())

  /// The pages about names of sites and plans.
  static let namePages: [CatalogueEntry] = [unknownSite, planNameTwice]

  package static let unknownSite = CatalogueEntry(
    "M001", "No site bears this name",
    explanation: """
      A partnership, a wave or an authority names a site that is not under 'sites'.

      A partnership with a site that does not exist would stay unbroken while certificates \
      change. A replication that meets a certificate it does not trust fails, and may carry a \
      half-done change to the partner first.

      Correct the name, or declare the site.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlim], break: suspend }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  package static let planNameTwice = CatalogueEntry(
    "M080", "Two plans of one file have one name",
    explanation: """
      A file holds several plans, one after each '---', and two of them have the same \
      'metadata.name'.

      The name tells plans apart: '--plan NAME' chooses by it, and runs are named after it. Of two \
      plans with one name the second can never be chosen, and in the list of runs nobody could tell \
      whose certificates were changed. As a rule a plan was copied and its name was not.

      Give each plan its own name.
      """,
    bad: ExamplePlan().text + "---\n" + ExamplePlan().text,
    good: ExamplePlan().text + "---\n"
      + ExamplePlan.with { $0.header = $0.header.replacing("example", with: "second-example") })
}
