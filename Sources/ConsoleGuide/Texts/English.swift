extension GuideTexts {
  /// The texts in English.
  static let english = GuideTexts(
    [
      englishChecks, englishBackups, englishPartnerships, englishClients, englishCertificates,
      englishUpgrades, englishWaits,
    ],
    GuideWords(
      lookLead: "You see: ",
      proofLead: "It worked if: ",
      troubleLead: "If not: ",
      and: "and",
      console: "{address}, port {port}",
      environment: "in the environment variable {name} of the machine on which Waltz runs",
      passwordFile: "in the file {name} on the machine on which Waltz runs",
      program: """
        printed by the program {name} on the machine on which Waltz runs, as the plan calls it
        """,
      on: "on",
      off: "off",
      unseen: "not seen",
      clientsOf: "the clients of {name}"))
}
