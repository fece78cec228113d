import PlanModel

extension PutBackWords {
  static let german = PutBackWords(
    openings: [
      .certificateUnproven: (
        "Prüfen Sie an jedem TLS-Port von {name}, welches Zertifikat er zeigt",
        ". Zeigen einige Ports das neue und andere das alte, starten Sie die Dienste des Servers neu."
      ),
      .verificationOff: ("Schalten Sie die sichere Kommunikation in {name} wieder ein", "."),
      .clientsOnHTTP: (
        "Stellen Sie die Clients von {name} wieder auf HTTPS um",
        ", sobald die sichere Kommunikation wieder eingeschaltet ist."
      ),
      .replicationBroken: (
        "Richten Sie die Replikation {name} wieder ein",
        ", sobald an beiden Standorten nichts mehr offen ist."
      ),
    ],
    ifItIs: ", falls das nötig ist",
    nothingChanged: "Es wurde kein Zertifikat geändert, das geht also sofort.",
    clientsHaveIt: "Die Clients haben das neue Zertifikat, das geht also sofort.",
    notBefore:
      "Erst wenn die Clients das neue Zertifikat haben: Ein Client ohne das Zertifikat ist verwaist. Warten "
      + "Sie mindestens einen Tag, besser eine Woche, und prüfen Sie in der Konsole, ob sich die Clients beim "
      + "Management-Server melden.",
    record:
      "Was vor der ersten Änderung galt, steht in den Ereignissen von record-settings. Stellen Sie alles wieder "
      + "her, bevor ein neuer Lauf für diese Standorte beginnt: Er hält fest, was er vorfindet, und würde dahin "
      + "zurückkehren.")
}
