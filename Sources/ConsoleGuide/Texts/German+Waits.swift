import PlanModel

extension GuideTexts {
  /// What is waited for, and what to look at meanwhile.
  static let germanWaits: [Action: GuideText] = [
    .awaitVerificationDisabled: wait(
      "Warten, bis die Clients von Site {site} nicht mehr prüfen",
      "die Richtlinie, die das Prüfen ausschaltet",
      "Ein Client, den sie nicht erreicht, ist verwaist, sobald das Zertifikat wechselt."),
    .awaitCertificateReceived: wait(
      "Warten, bis die Clients von Site {site} das neue Zertifikat haben",
      "die Verwaltungsserverliste mit dem neuen Zertifikat",
      """
      Ein Client, den sie nicht erreicht, ist verwaist, sobald er prüft oder zuerst auf das neue \
      Zertifikat trifft.
      """),
    .awaitVerificationEnabled: wait(
      "Warten, bis die Clients von Site {site} wieder prüfen",
      "die Richtlinie, die das Prüfen einschaltet",
      "Ein Client, den sie nicht erreicht, prüft weiterhin nicht."),
    .awaitHTTPSRestored: wait(
      "Warten, bis die Clients von Site {site} wieder HTTPS verwenden",
      "die Verwaltungsserverliste mit HTTPS",
      "Ein Client, den sie nicht erreicht, bleibt bei HTTP."),
  ]

  private static func wait(_ title: String, _ what: String, _ danger: String) -> GuideText {
    GuideText(
      title: title,
      actions: [
        GuideLine(
          stringLiteral:
            """
            Waltz zählt alle {every}, wie viele der Clients, die in den letzten {activeWithin} \
            gesehen wurden, \(what) haben. Niemand muss etwas tun.
            """),
        """
        Der Schritt ist geschafft, wenn {adopted} davon so weit sind und das {holdFor} lang so \
        bleibt, aber nicht vor Ablauf von {minimum}.
        """,
        .each(.cohort, "Von der Kohorte {cohort}, {excluded}, müssen {cohortShare} so weit sein."),
        .each(.exclusion, "Nicht gezählt, {excluded}: {reason}."),
        .when(.holds, "Nach {deadline} wartet er weiter und fragt den Operator."),
        .when(.fails, "Nach {deadline} schlägt er fehl, und an dieser Site geht nichts weiter."),
        .when(
          .proceeds,
          """
          Nach {deadline} geht die Umstellung weiter, wenn mindestens {floor} so weit sind, sonst \
          wartet sie weiter.
          """),
        """
        Sehen Sie einmal am Tag nach: `waltz status --stragglers` nennt, wer fehlt und warum. \
        Schalten Sie Rechner ein, holen Sie Notebooks ins Netz zurück, löschen Sie Einträge von \
        Rechnern, die es nicht mehr gibt.
        """,
      ],
      proof: ["der Anteil steigt von Tag zu Tag, und der Schritt endet von selbst."],
      trouble: [
        GuideLine(
          stringLiteral:
            """
            steht der Anteil tagelang, sind Rechner aus, eine Gruppe lädt keine Richtlinien \
            herunter, oder ein Standort wurde vergessen. \(danger) Überspringen Sie das Warten \
            nicht; lassen Sie ihm mehr Zeit.
            """)
      ])
  }
}
