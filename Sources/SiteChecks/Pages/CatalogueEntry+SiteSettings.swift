package import PlanText

extension CatalogueEntry {
  /// The pages about settings that somebody changed before.
  static let settingsPages: [CatalogueEntry] = [verificationOff, listsOnHTTP]

  package static let verificationOff = CatalogueEntry(
    "L019", "Verification is off before the rotation begins",
    explanation: """
      Clients of a site do not verify their server, in at least half of the locations that have settings of their \
      own. In fewer it is a note.

      A rotation puts back what it found. If an earlier one switched verification off and was aborted, or somebody \
      did so by hand, "off" would be recorded as what to go back to: the new run would end well, and these clients \
      would accept any server for good, without anybody having decided it.

      If an earlier run of the site in the same state directory did not get as far as switching it on, the new one \
      takes over what that run recorded, and all is well: `record-settings` says so. This check does not look there. If \
      nobody knows of such a run, write 'recorded: { \
      verification: on }' for the site, and all of its clients verify in the end. If its clients never verified, \
      write 'recorded: { verification: as-found }'.
      """,
    bad: ExamplePlan.told("no group of the site verifies its server"),
    good: ExamplePlan.told("no group of the site verifies its server").replacing(
      "    servers:\n", with: "    recorded: { verification: on }\n    servers:\n"))

  package static let listsOnHTTP = CatalogueEntry(
    "L020", "Clients seem to use HTTP before the rotation begins",
    explanation: """
      Locations of a site have a management server list whose name speaks of HTTP, or of being a copy. A copy in fewer \
      than half of all locations is a warning. SEPM's API tells the name of a list and nothing more.

      A rotation by suspend-verification copies the list of the clients, sets the copy to HTTP, and assigns the \
      original again in the end. If an earlier one was aborted in between, the copy would be recorded as the original: \
      clients would stay on HTTP for good.

      If an earlier run of the site in the same state directory did not get as far as HTTPS, the new one takes over \
      what that run recorded. Otherwise assign the right list in the console first: Policies ▸ Policy Components ▸ \
      Management Server Lists. If the list is right and only called so, write 'recorded: { serverLists: as-found }' \
      for the site.
      """,
    bad: ExamplePlan.told("clients have the list 'Copy of Default Management Server List'"),
    good: ExamplePlan.told("clients have the list 'Copy of Default Management Server List'")
      .replacing(
        "    servers:\n", with: "    recorded: { serverLists: as-found }\n    servers:\n"))
}
