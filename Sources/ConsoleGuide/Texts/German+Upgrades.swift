import PlanModel

extension GuideTexts {
  /// What is upgraded.
  static let germanUpgrades: [Action: GuideText] = [
    .upgradeServer: GuideText(
      title: "Upgrade von {server} auf {upgrade}",
      actions: [
        """
        Sehen Sie nach, ob die Sicherung der Datenbank aus dem Schritt davor auf einem anderen \
        Rechner liegt: Ein Upgrade lässt sich nicht zurücknehmen.
        """,
        "Melden Sie sich als Administrator an Windows auf {server} ({address}) an.",
        .when(
          .severalServers,
          """
          Beenden Sie semsrv, semwebsrv und semapisrv auf den anderen Servern der Site \
          ({others}), und lassen Sie sie beendet: Zwei Manager, die eine Datenbank umstellen, \
          ändern beide ihr Schema.
          """),
        """
        Schließen Sie die Konsole. Starten Sie das Installationsprogramm der Version {upgrade}, \
        und lassen Sie den Upgrade-Assistenten für den Management-Server bis zum Ende \
        durchlaufen; das dauert eine Stunde oder länger.
        """,
        """
        Prüfen Sie die Ports {ports} von {server} und angepasste Ports in \
        Verwaltungsserverlisten: Ein Upgrade kann sie zurückgesetzt haben.
        """,
        .when(
          .severalServers,
          """
          Starten Sie die Dienste auf {others} wieder, außer auf einem Server, der als Nächster \
          das Upgrade bekommt: Die Clients brauchen sie inzwischen. Ein Manager, der älter ist \
          als die Datenbank, startet erst nach seinem Upgrade.
          """),
      ],
      look: [
        """
        der Assistent meldet, dass das Upgrade gelungen ist, und die Konsole zeigt unter Hilfe ▸ \
        Info die Version {upgrade}.
        """
      ],
      proof: [
        """
        semsrv, semwebsrv und semapisrv laufen auf {server}, die Anmeldung an der Konsole \
        gelingt, Clients melden sich, und die Ports {ports} legen weiterhin das neue Zertifikat \
        vor.
        """
      ],
      trouble: [
        """
        lassen Sie die Dienste der anderen Server beendet und lesen Sie \
        `tomcat\\logs\\upgrade-0.log`, bevor Sie den Assistenten noch einmal starten. Der Rückweg \
        ist, die vorige Version neu zu installieren, mit Wiederherstellungsdatei und \
        Datenbanksicherung aus dieser Umstellung.
        """
      ])
  ]
}
