import PlanModel

extension GuideTexts {
  /// What is looked at before and after.
  static let germanChecks: [Action: GuideText] = [
    .checkCertificate: GuideText(
      title: "Zertifikat {certificate} für {server} prüfen",
      actions: [
        """
        Waltz untersucht {file} noch einmal zum heutigen Datum: Schlüssel, Kette, Namen und \
        Gültigkeit. Niemand muss etwas tun.
        """,
        .when(
          .isPinned,
          """
          Der Fingerabdruck muss {fingerprint} sein, so wie ihn der Plan festlegt oder eine \
          Prüfung gesehen hat.
          """),
      ],
      proof: [
        """
        der Schritt gelingt und zeigt den Fingerabdruck. Notieren Sie ihn: Die Ports von {server} \
        werden später damit verglichen.
        """
      ],
      trouble: [
        """
        `waltz certificate inspect` sagt, was an der Datei falsch ist und wie man es behebt. Noch \
        ist nichts geändert: Berichtigen Sie Datei oder Plan, dann `waltz retry`.
        """
      ]),
    .checkServer: GuideText(
      title: "Server {server} prüfen",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz fragt die REST-API von Site {site} nach Version, Rechten, Uhr, Datenbank und \
          Clientversionen und sieht sich die Ports {ports} von {address} an. Niemand muss etwas \
          tun.
          """),
        .when(
          .withoutAPI,
          """
          Site {site} hat im Plan keine REST-API: Waltz sieht sich nur die Ports {ports} von \
          {address} an. Prüfen Sie von Hand, ob die Dienste laufen, ob die Uhr stimmt und ob kein \
          Client die Version 14.2 oder 14.2.1 hat, falls die Site per Failover umgestellt wird.
          """),
      ],
      proof: ["der Schritt gelingt und zeigt, was er vorgefunden hat."],
      trouble: [
        """
        starten Sie den Dienst, der nicht antwortet, stellen Sie die Uhr oder berichtigen Sie den \
        Plan. Noch ist nichts geändert.
        """
      ]),
    .recordSettings: GuideText(
      title: "Einstellungen von Site {site} festhalten",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz macht das über die REST-API. Alles Weitere gilt für den Fall, dass es das laut \
          eigener Meldung nicht kann.
          """),
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        "Gehen Sie jede Domäne durch: Admin ▸ Domänen ▸ die Domäne ▸ Domäne verwalten.",
        """
        Gehen Sie dort unter Clients jede Gruppe durch, die nicht von der übergeordneten erbt. \
        Notieren Sie zur Gruppe, ob unter Richtlinien ▸ Allgemeine Einstellungen ▸ \
        Sicherheitseinstellungen die sichere Kommunikation zwischen Management-Server und Clients \
        mit digitalen Zertifikaten zur Authentifizierung eingeschaltet ist.
        """,
        "Notieren Sie zu jedem Standort der Gruppe den Namen seiner Verwaltungsserverliste.",
        """
        Notieren Sie zu jedem Replikationspartner den Zeitplan: Admin ▸ Server ▸ Lokaler Standort \
        ▸ Replikationspartner.
        """,
      ],
      proof: [
        """
        zu jedem Standort jeder Gruppe, die nicht erbt, gibt es eine Zeile, und zwar in jeder \
        Domäne.
        """
      ],
      trouble: [
        """
        machen Sie nicht weiter: Was nicht festgehalten ist, lässt sich nicht zurückstellen. Eine \
        vergessene Gruppe prüft weiter und verliert ihre Clients.
        """
      ]),
    .confirmSettings: GuideText(
      title: "Einstellungen von Site {site} bestätigen",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz macht das über die REST-API und gibt aus, was abweicht. Alles Weitere gilt für \
          den Fall, dass es das laut eigener Meldung nicht kann.
          """),
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        """
        Vergleichen Sie in jeder Domäne Gruppe für Gruppe und Standort für Standort sichere \
        Kommunikation und Verwaltungsserverliste mit dem, was festgehalten wurde.
        """,
        .each(.recordedList, "Festgehalten: Liste {list} bei {places}."),
        .each(
          .recordedVerification,
          "Festgehalten: sichere Kommunikation {verification} bei {places}."),
      ],
      proof: ["nichts weicht von dem ab, was festgehalten wurde."],
      trouble: [
        """
        stellen Sie in der Konsole von Hand zurück, was abweicht, dann `waltz retry`. Ändern Sie \
        nichts, was nicht festgehalten wurde.
        """
      ]),
    .verifyReplication: GuideText(
      title: "Sehen, dass {sites} wieder replizieren",
      actions: [
        """
        Waltz wartet auf eine Replikation, die nach dem Wiederherstellen der Partnerschaft \
        gelingt. Niemand muss etwas tun.
        """,
        .each(
          .side,
          """
          Selbst nachsehen: auf Site {side} ({console}) zeigt Admin ▸ Server ▸ Lokaler Standort ▸ \
          Replikationspartner ▸ {partner} den letzten Lauf.
          """),
      ],
      proof: [
        """
        beide Seiten zeigen einen Erfolg nach dem Wiederherstellen, und eine Gruppe, die Sie zur \
        Probe auf der einen Seite anlegen, erscheint auf der anderen.
        """
      ],
      trouble: [
        """
        lesen Sie auf beiden Seiten `tomcat\\logs\\scm-server-0.log`. Üblich sind verschiedene \
        Versionen, ein Port {authorityPort}, der zwischen den Sites gesperrt ist, und ein \
        Partner, der nur auf einer Seite hinzugefügt wurde.
        """
      ]),
  ]
}
