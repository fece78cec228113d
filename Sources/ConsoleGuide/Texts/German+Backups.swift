import PlanModel

extension GuideTexts {
  /// What is kept, and what is thrown away again.
  static let germanBackups: [Action: GuideText] = [
    .backUpServer: GuideText(
      title: "Server {server} sichern",
      actions: [
        "Melden Sie sich als Administrator an Windows auf {server} ({address}) an.",
        """
        Starten Sie Start ▸ Symantec Endpoint Protection Manager ▸ Sicherung und \
        Wiederherstellung der Datenbank, klicken Sie auf Sichern und warten Sie, bis es fertig \
        ist.
        """,
        .when(
          .severalServers,
          """
          Die Server von Site {site} teilen sich eine Datenbank: Ist sie für diese Umstellung \
          schon auf einem anderen ({others}) gesichert, genügt das.
          """),
        """
        Kopieren Sie die neue Sicherung aus `data\\backup` im Ordner von Symantec Endpoint \
        Protection Manager auf einen anderen Rechner.
        """,
        """
        Kopieren Sie auch die neueste `recovery_*.zip` aus `Server Private Key Backup` im selben \
        Ordner dorthin: Sie enthält den Schlüssel, den {server} jetzt verwendet.
        """,
        """
        Schreiben Sie beide Dateinamen mit SHA-256 (PowerShell: `Get-FileHash DATEI`) in die \
        Notiz der Freigabe. Heben Sie die Dateien getrennt von denen anderer Sites auf: Eine \
        Wiederherstellungsdatei aus einem anderen Verbund macht die Registrierung der Clients \
        kaputt.
        """,
      ],
      look: [
        """
        das Sicherungsprogramm meldet, dass es fertig ist, und die Sicherung trägt das heutige \
        Datum.
        """
      ],
      proof: [
        "beide Dateien liegen auf dem anderen Rechner, mit demselben SHA-256 wie die Originale."
      ],
      trouble: [
        """
        schaffen Sie Platz oder besorgen Sie die Rechte, und sichern Sie noch einmal. Noch ist \
        nichts geändert. Ohne Sicherung gibt es keinen Rückweg, also machen Sie nicht weiter.
        """
      ]),
    .keepRecoveryFile: GuideText(
      title: "Neue Wiederherstellungsdatei von {server} aufheben",
      actions: [
        "Melden Sie sich als Administrator an Windows auf {server} ({address}) an.",
        """
        Kopieren Sie die neueste `recovery_*.zip` aus `Server Private Key Backup` im Ordner von \
        Symantec Endpoint Protection Manager auf einen anderen Rechner. Das Aktualisieren des \
        Zertifikats hat sie angelegt: Ihre Zeit ist die davon oder später.
        """,
        """
        Heben Sie sie neben der Datei von vor der Umstellung auf, die den alten Schlüssel \
        enthält. Schreiben Sie Name und SHA-256 (PowerShell: `Get-FileHash DATEI`) in die Notiz \
        der Freigabe.
        """,
      ],
      look: ["`Server Private Key Backup` enthält eine Datei mehr als vor dem Aktualisieren."],
      proof: ["die Kopie auf dem anderen Rechner hat denselben SHA-256 wie das Original."],
      trouble: [
        """
        gibt es keine neuere Datei, kopieren Sie stattdessen `tomcat\\etc\\keystore.jks` und \
        `tomcat\\conf\\server.xml`, halten Sie beide so geheim wie einen Schlüssel, und vermerken \
        Sie es in der Notiz. Die Umstellung geht inzwischen weiter; nur ihr Ende wartet darauf.
        """
      ]),
    .backUpDatabase: GuideText(
      title: "Datenbank von Site {site} noch einmal sichern",
      actions: [
        """
        Melden Sie sich als Administrator an Windows auf einem Server von Site {site} ({servers}) \
        an.
        """,
        """
        Starten Sie Start ▸ Symantec Endpoint Protection Manager ▸ Sicherung und \
        Wiederherstellung der Datenbank, klicken Sie auf Sichern und warten Sie, bis es fertig \
        ist. Bei SQL Server tut es auch eine Sicherung mit dessen eigenen Mitteln.
        """,
        """
        Kopieren Sie die neue Sicherung auf einen anderen Rechner. Schreiben Sie Name und SHA-256 \
        (PowerShell: `Get-FileHash DATEI`) in die Notiz der Freigabe.
        """,
        """
        Als Nächstes kommt das Upgrade und ändert das Schema endgültig: Eine Sicherung lässt sich \
        nur mit der Version wiederherstellen, die sie gemacht hat. Heben Sie also auch das \
        Installationsprogramm der jetzigen Version auf.
        """,
      ],
      look: [
        """
        das Sicherungsprogramm meldet, dass es fertig ist, und die Sicherung trägt das heutige \
        Datum.
        """
      ],
      proof: [
        "die Sicherung liegt auf dem anderen Rechner, mit demselben SHA-256 wie das Original."
      ],
      trouble: [
        "machen Sie kein Upgrade. Die Site ist umgestellt und läuft: Das Upgrade kann warten."
      ]),
    .discardBackup: GuideText(
      title: "Sicherung von {server} verwerfen",
      actions: [
        """
        Löschen Sie auf dem anderen Rechner die Wiederherstellungsdateien und \
        Datenbanksicherungen von {server} ({address}), die bei dieser Umstellung entstanden sind. \
        Sie enthalten einen privaten Schlüssel: Leeren Sie auch den Papierkorb.
        """,
        "Lassen Sie die neueste Wiederherstellungsdatei dort, wo Ihre Notfallplanung sie erwartet.",
      ],
      proof: ["die Dateien, die in der Notiz der Freigabe stehen, sind weg."],
      trouble: ["besorgen Sie die Rechte zum Löschen. Sonst wartet nichts darauf."]),
    .discardDatabaseBackup: GuideText(
      title: "Sicherung der Datenbank von Site {site} verwerfen",
      actions: [
        """
        Löschen Sie auf dem anderen Rechner die Datenbanksicherung von Site {site}, die für das \
        Upgrade gemacht wurde.
        """
      ],
      proof: ["die Datei, die in der Notiz der Freigabe steht, ist weg."],
      trouble: ["besorgen Sie die Rechte zum Löschen. Sonst wartet nichts darauf."]),
  ]
}
