package import PlanText

extension CatalogueEntry {
  /// The pages about what a plan means.
  package static let meaningPages: [CatalogueEntry] = Array(
    [
      namePages, waitPages, cohortPages, strategyPages, versionPages, sitePages, replicationPages,
      certificateUsePages, scopePages, automationPages,
      apiPages, commandPages, productPages, clientPages, protectionPages,
      absencePages,
    ].joined())

  /// The pages about names of sites and plans.
  static let namePages: [CatalogueEntry] = [unknownSite, planNameTwice]

  package static let unknownSite = CatalogueEntry(
    "M001", "No site has this name",
    explanation: """
      A partnership, a wave or an authority names a site that is not under 'sites'.

      The partnership that was meant would not be broken while certificates change. Replication \
      fails when it meets a certificate that it does not trust, and may carry a half-done change \
      to the partner before that.

      Correct the name, or declare the site.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlim], authority: paris }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], authority: paris }]"))

  package static let planNameTwice = CatalogueEntry(
    "M080", "Two plans in one file have the same name",
    explanation: """
      A file holds several plans, one after each '---', and two of them have the same \
      'metadata.name'.

      The name tells plans apart: '--plan NAME' chooses by it, and runs are named after it. If two \
      plans have the same name, the second can never be chosen, and in the list of runs nobody \
      could tell whose certificates were changed. Usually a plan was copied and its name was not \
      changed.

      Give each plan its own name.
      """,
    bad: ExamplePlan().text + "---\n" + ExamplePlan().text,
    good: ExamplePlan().text + "---\n"
      + ExamplePlan.with { $0.header = $0.header.replacing("example", with: "second-example") })
}
