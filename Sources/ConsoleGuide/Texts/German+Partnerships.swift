import PlanModel

extension GuideTexts {
  /// What is done on both sides of a partnership.
  static let germanPartnerships: [Action: GuideText] = [
    .breakReplication: GuideText(
      title: "Replikation zwischen {sites} unterbrechen",
      actions: [
        """
        Sehen Sie auf beiden Seiten nach, dass keine Replikation läuft: Admin ▸ Server ▸ Lokaler \
        Standort ▸ Replikationspartner. Läuft eine, warten Sie ihr Ende ab.
        """,
        .each(
          .side, when: .deletes,
          """
          Auf Site {side} ({console}): als Systemadministrator anmelden; Admin ▸ Server ▸ Lokaler \
          Standort ▸ Replikationspartner ▸ Rechtsklick auf {partner} ▸ Löschen ▸ Ja; dann \
          abmelden.
          """),
        .each(
          .side, when: .reschedules,
          """
          Auf Site {side} ({console}): als Systemadministrator anmelden; Admin ▸ Server ▸ Lokaler \
          Standort ▸ Replikationspartner ▸ {partner} ▸ Bearbeiten; den ganzen Zeitplan \
          aufschreiben, denn er wird am Ende wiederhergestellt; dann auf wöchentlich stellen.
          """),
        .when(
          .dated,
          """
          Wählen Sie Tag und Stunde so, dass der nächste Lauf nicht vor {until} (UTC) kommt: Die \
          Unterbrechung dauert höchstens {longest}.
          """),
        .when(
          .undated,
          """
          Wählen Sie Tag und Stunde so, dass bis zum nächsten Lauf eine ganze Woche vergeht: Die \
          Unterbrechung dauert höchstens {longest}.
          """),
        .when(
          .reschedules,
          """
          Replizieren Sie auf einer der beiden Seiten jetzt einmal (Rechtsklick auf den Partner ▸ \
          Jetzt replizieren), damit beide den neuen Zeitplan übernehmen, und warten Sie das Ende \
          ab.
          """),
      ],
      look: [
        .each(
          .side, when: .deletes,
          "{partner} steht nicht mehr unter den Replikationspartnern von {side}."),
        .each(.side, when: .reschedules, "{side} zeigt den neuen Zeitplan für {partner}."),
      ],
      proof: ["beide Sites sagen dasselbe, nachdem Sie sich neu angemeldet haben."],
      trouble: [
        """
        führen Sie es auch auf der anderen Seite zu Ende: Nur auf einer unterbrochen, versucht es \
        die andere weiter und scheitert. An den Servern ist noch nichts geändert.
        """
      ]),
    .restoreReplication: GuideText(
      title: "Replikation zwischen {sites} wiederherstellen",
      actions: [
        .when(
          .deletes,
          """
          Sehen Sie nach, ob die Server beider Sites dieselbe Version haben. Wenn nicht, hören \
          Sie hier auf und machen erst das Upgrade: Ein Manager startet nicht mit der Datenbank \
          einer anderen Version.
          """),
        .when(
          .deletes,
          """
          Auf Site {other} ({console}), nicht auf {authority}: als Systemadministrator anmelden; \
          Admin ▸ Server ▸ Lokaler Standort ▸ Replikationspartner ▸ Vorhandenen \
          Replikationspartner hinzufügen.
          """),
        .when(
          .deletes,
          """
          Geben Sie Server {authorityServer} von Site {authority} an, Adresse {authorityAddress}, \
          Port {authorityPort}, und einen Systemadministrator von {authority}.
          """),
        .when(
          .deletes,
          """
          Achten Sie auf die Richtung: Die Datenbank von {other} wird mit der von {authority} \
          überschrieben. Was in Gruppen und Richtlinien von {other} seit der Unterbrechung \
          geändert wurde, geht verloren.
          """),
        .when(
          .deletes,
          """
          Lassen Sie die erste Replikation zu Ende laufen. Sie überträgt alles, was bei einer \
          großen Datenbank Stunden dauert; starten Sie inzwischen keinen Dienst neu.
          """),
        .each(
          .side, when: .reschedules,
          """
          Auf Site {side} ({console}): Admin ▸ Server ▸ Lokaler Standort ▸ Replikationspartner ▸ \
          {partner} ▸ Bearbeiten; den Zeitplan so einstellen, wie er aufgeschrieben wurde.
          """),
        .when(
          .reschedules,
          """
          Replizieren Sie auf einer der beiden Seiten jetzt einmal zur Probe, und warten Sie das \
          Ende ab.
          """),
      ],
      look: [.each(.side, "{partner} steht unter den Replikationspartnern von {side}.")],
      proof: ["beide Seiten zeigen den Partner, und der erste Lauf danach endet erfolgreich."],
      trouble: [
        """
        prüfen Sie, ob Port {authorityPort} von {authorityAddress} von der anderen Site aus \
        erreichbar ist und die Anmeldung stimmt. Versuchen Sie es nicht in der anderen Richtung: \
        Das würde {authority} überschreiben.
        """
      ]),
  ]
}
