package import PlanText

extension CatalogueEntry {
  /// The pages about replication partners.
  static let partnerPages: [CatalogueEntry] = [unplannedPartner, partnerNotListed]

  package static let unplannedPartner = CatalogueEntry(
    "L017", "The site replicates with a partner that is not planned",
    explanation: """
      SEPM lists a replication partner of the site, and the plan has no partnership with it.

      Replication carries management server lists, certificates and policies. One that goes on while certificates \
      change brings half a change to clients of the partner, which nobody waits for: they are orphaned at a site \
      that the plan does not even name.

      Add the partner under 'sites', with its servers, and the pair under 'replication'. A site without new \
      certificates takes part in breaking, restoring and verifying the replication and nothing else. If the partner \
      is gone for good, delete it in the console (Admin ▸ Servers ▸ Local Site ▸ Replication Partners).
      """,
    bad: ExamplePlan.told("the site replicates with berlin"),
    good: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }",
      berlinRotates: false
    ).replacing("sites:\n  paris", with: "# the site replicates with berlin\nsites:\n  paris"))

  package static let partnerNotListed = CatalogueEntry(
    "L018", "SEPM does not list a partner of the plan",
    severity: .warning,
    explanation: """
      The plan says that two sites replicate, and SEPM does not list the partner.

      Breaking would be found done at once. But in the end the plan would have the partner *added*, and that \
      overwrites the database of the site that is not the 'authority' with the other's: two sites that never \
      belonged together would become copies of one.

      Remove the partnership if the sites do not replicate. If an earlier run broke it and ended before it was \
      restored, the plan is right: write `# waltz:ignore L018 reason` on the line before.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: paris }",
      berlinRotates: false
    ).replacing("sites:\n  paris", with: "# the site replicates with nobody\nsites:\n  paris"),
    good: ExamplePlan.told("the site replicates with nobody"))
}
