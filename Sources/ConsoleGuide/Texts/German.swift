extension GuideTexts {
  /// The texts in German.
  static let german = GuideTexts(
    [
      germanChecks, germanBackups, germanPartnerships, germanClients, germanCertificates,
      germanUpgrades, germanWaits,
    ],
    GuideWords(
      lookLead: "Sie sehen: ",
      proofLead: "Daran erkennen Sie, dass es geklappt hat: ",
      troubleLead: "Wenn nicht: ",
      and: "und",
      console: "{address}, Port {port}",
      environment: "in der Umgebungsvariablen {name} des Rechners, auf dem Waltz läuft",
      passwordFile: "in der Datei {name} auf dem Rechner, auf dem Waltz läuft",
      program: """
        das, was das Programm {name} auf dem Rechner ausgibt, auf dem Waltz läuft, aufgerufen wie \
        im Plan
        """,
      on: "eingeschaltet",
      off: "ausgeschaltet",
      unseen: "nicht gesehen",
      clientsOf: "die Clients von {name}"))
}
