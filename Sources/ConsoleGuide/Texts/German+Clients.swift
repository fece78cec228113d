import PlanModel

extension GuideTexts {
  /// What is changed for clients: their list, and whether they verify.
  static let germanClients: [Action: GuideText] = [
    .switchClientsToHTTP: GuideText(
      title: "Clients von Site {site} auf HTTP umstellen",
      actions: [
        """
        Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}). \
        Tun Sie das Folgende in jeder Domäne (Admin ▸ Domänen ▸ die Domäne ▸ Domäne verwalten).
        """,
        """
        Notieren Sie, bevor Sie etwas ändern, welche Gruppen und Standorte welche \
        Verwaltungsserverliste haben.
        """,
        """
        Richtlinien ▸ Richtlinienkomponenten ▸ Management-Server-Listen: Markieren Sie die \
        Verwaltungsserverliste, die die Clients verwenden; Aufgaben ▸ Liste kopieren, dann \
        Aufgaben ▸ Liste einfügen. Verwenden die Clients mehrere Listen, kopieren Sie jede.
        """,
        """
        Doppelklicken Sie auf die Kopie und geben Sie ihr einen Namen, der sagt, wozu sie da ist, \
        etwa „{site} HTTP Umstellung“. Wählen Sie „HTTP-Protokoll verwenden“.
        """,
        .each(
          .server,
          """
          In der Kopie, bei {server} ({address}): Bearbeiten ▸ HTTP-Port anpassen, 8014, sofern \
          der Port auf dem Server nicht geändert wurde; OK.
          """),
        """
        Rechtsklick auf die Kopie ▸ Zuweisen; alle Gruppen und alle Standorte wählen, die das \
        Original hatten; Zuweisen ▸ Ja. Ein vergessener Standort behält seine alte Liste.
        """,
        .each(.recordedList, "Vorher festgehalten: Liste {list} bei {places}."),
      ],
      look: [
        """
        die Kopie steht unter den Listen, mit HTTP bei jedem Server, und alle Gruppen und \
        Standorte sind ihr zugewiesen.
        """
      ],
      proof: [
        """
        in keiner Domäne hat eine Gruppe oder ein Standort noch die alte Liste, und die Clients \
        melden sich weiter (Clients ▸ die Gruppe, Spalte mit der letzten Statusänderung).
        """
      ],
      trouble: [
        """
        melden sich Clients nicht mehr, weisen Sie sofort wieder die ursprüngliche Liste zu und \
        finden Sie heraus, ob Port 8014 von {servers} für sie gesperrt ist. Machen Sie erst \
        weiter, wenn sie über HTTP kommen.
        """
      ]),
    .disableVerification: GuideText(
      title: "Prüfung bei Site {site} ausschalten",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz macht das über die REST-API. Alles Weitere gilt für den Fall, dass es das laut \
          eigener Meldung nicht kann.
          """),
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        """
        In jeder Domäne (Admin ▸ Domänen ▸ die Domäne ▸ Domäne verwalten), bei jeder Gruppe, die \
        nicht erbt, auch wenn sie kein HTTPS verwendet: Clients ▸ die Gruppe ▸ Richtlinien ▸ \
        Allgemeine Einstellungen ▸ Sicherheitseinstellungen; das Häkchen bei der sicheren \
        Kommunikation zwischen Management-Server und Clients mit digitalen Zertifikaten zur \
        Authentifizierung entfernen; OK.
        """,
        .each(
          .recordedVerification,
          "Vorher festgehalten: sichere Kommunikation {verification} bei {places}."),
      ],
      look: ["das Häkchen fehlt in jeder Gruppe, die Sie wieder öffnen."],
      proof: [
        """
        die Richtlinie jeder dieser Gruppen hat eine neue Seriennummer (Clients ▸ die Gruppe ▸ \
        Details).
        """
      ],
      trouble: [
        """
        machen Sie mit einer Gruppe, in der das Häkchen wiederkommt, nicht weiter: Ihre Clients \
        gehen verloren, wenn das Zertifikat wechselt.
        """
      ]),
    .enableVerification: GuideText(
      title: "Prüfung bei Site {site} wieder einschalten",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz macht das über die REST-API. Alles Weitere gilt für den Fall, dass es das laut \
          eigener Meldung nicht kann.
          """),
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        """
        In jeder Domäne (Admin ▸ Domänen ▸ die Domäne ▸ Domäne verwalten), Gruppe für Gruppe: \
        Clients ▸ die Gruppe ▸ Richtlinien ▸ Allgemeine Einstellungen ▸ Sicherheitseinstellungen; \
        die sichere Kommunikation zwischen Management-Server und Clients mit digitalen \
        Zertifikaten zur Authentifizierung so einstellen, wie sie festgehalten wurde. Eine \
        Gruppe, die vorher nicht geprüft hat, fängt nicht damit an.
        """,
        .each(
          .recordedVerification,
          "Festgehalten: sichere Kommunikation {verification} bei {places}."),
        .when(
          .unrecorded,
          """
          In einem Lauf steht hier, was `record-settings` bei jeder Gruppe und jedem Standort gesehen hat.
          """),
      ],
      look: ["jede Gruppe hat das Häkchen so, wie es festgehalten wurde."],
      proof: [
        """
        die Richtlinie jeder geänderten Gruppe hat eine neue Seriennummer (Clients ▸ die Gruppe ▸ \
        Details).
        """
      ],
      trouble: [
        """
        melden sich Clients nicht mehr, entfernen Sie das Häkchen wieder und warten Sie auf sie: \
        Wer das neue Zertifikat noch nicht hat, darf nicht prüfen.
        """
      ]),
    .switchClientsToHTTPS: GuideText(
      title: "Clients von Site {site} zurück auf HTTPS stellen",
      actions: [
        """
        Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}). \
        Tun Sie das Folgende in jeder Domäne (Admin ▸ Domänen ▸ die Domäne ▸ Domäne verwalten).
        """,
        """
        Richtlinien ▸ Richtlinienkomponenten ▸ Management-Server-Listen: Rechtsklick auf die \
        ursprüngliche Verwaltungsserverliste ▸ Zuweisen; alle Gruppen und Standorte wählen, die \
        sie vorher hatten; Zuweisen ▸ Ja. Gab es mehrere Listen, tun Sie das für jede.
        """,
        .each(.recordedList, "Festgehalten: Liste {list} bei {places}."),
        .when(
          .unrecorded,
          """
          In einem Lauf steht hier, was `record-settings` bei jeder Gruppe und jedem Standort gesehen hat.
          """),
        "Hat kein Standort mehr die Kopie mit HTTP, markieren Sie sie ▸ Aufgaben ▸ Liste löschen.",
      ],
      look: ["die Kopie ist weg, und jede Gruppe und jeder Standort hat die eigene Liste."],
      proof: [
        """
        jede Gruppe und jeder Standort hat die Liste, die festgehalten wurde, und zwar in jeder \
        Domäne.
        """
      ],
      trouble: [
        """
        melden sich Clients nicht mehr, weisen Sie wieder die Kopie mit HTTP zu. Sehen Sie dann \
        nach, welches Zertifikat der HTTPS-Port jedes Servers vorlegt ({servers}).
        """
      ]),
  ]
}
