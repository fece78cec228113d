extension RunbookTexts {
  /// The texts in German.
  static let german = RunbookTexts(
    title: "Betriebsanleitung: {plan}",
    introduction: [
      """
      Dieses Dokument ist aus dem Plan {plan} entstanden, Graph {digest}. Es sagt Schritt für \
      Schritt, was bei der Umstellung der Serverzertifikate geschieht, wer es macht und was zu \
      tun ist, wenn etwas schiefgeht. Erzeugen Sie es neu, wenn sich der Plan ändert.
      """,
      """
      Namen aus dem Plan sind `so` gedruckt, unsichtbare Zeichen darin mit ihrem Code. Alle \
      Zeiten, die Waltz ausgibt, sind UTC.
      """,
    ],
    contents: "Inhalt",
    glance: "Auf einen Blick",
    figures: Figures(
      columns: ["was", "wie viel"],
      clients: "Clients, die der Plan erwartet",
      steps: "Schritte",
      gates: "Schritte, die ein Mensch macht",
      waits: "Warten auf Clients",
      duration: "Dauer",
      verificationOff: "Prüfung ausgeschaltet bei {name}",
      replicationBroken: "Replikation unterbrochen, {name}",
      noReturn: "Schritte, die nichts zurücknimmt",
      estimate: "{expected}, höchstens {worst}"),
    rotated: "Was umgestellt wird",
    rotatedColumns: ["Site", "Server", "Adresse", "TLS-Ports", "Zertifikat", "Version"],
    keeps: "behält das eigene",
    certificates: "Die neuen Zertifikate",
    certificateColumns: ["Zertifikat", "Dateien", "Kennwort", "Fingerabdruck"],
    none: "keines",
    before: "Bevor Sie anfangen",
    beforeLines: [
      """
      Lesen Sie das ganze Dokument einmal. Planen Sie die Leute für die Schritte ein, die ein \
      Mensch macht, und sagen Sie dem Service-Desk Bescheid: Clients, die wochenlang weg waren, \
      könnten sich melden.
      """,
      """
      Halten Sie bereit: die Anmeldung eines Systemadministrators an der Konsole jeder Site, die \
      eines Administrators an Windows auf jedem Server, und wo die Kennwörter der Zertifikate \
      stehen.
      """,
      """
      Prüfen Sie den Plan an den echten Servern: `waltz plan validate --live PLAN`. Probieren Sie \
      ihn aus: `waltz run PLAN --simulate`.
      """,
      "Klären Sie, wer freigeben darf und wer entscheidet, wenn eine Frist abläuft.",
      """
      Lassen Sie inzwischen alles andere an diesen Sites ruhen: keine neuen Gruppen, keine \
      Änderung an Verwaltungsserverlisten, kein Upgrade von Clients, bis die Umstellung beendet \
      ist.
      """,
    ],
    steps: "Die Schritte",
    stepsLines: [
      """
      Ein Schritt beginnt, sobald alles erledigt ist, worauf er folgt; mehrere laufen \
      nebeneinander. Für einen Schritt, den ein Mensch macht, bittet Waltz um eine Freigabe: Tun \
      Sie, was dort steht, und geben Sie den Schritt dann frei. Waltz sieht nach, ob es getan \
      ist, und bittet sonst noch einmal.
      """,
      "`waltz status RUN` sagt jederzeit, was gerade läuft und wer was tun muss.",
    ],
    preparation: "Vorbereitung",
    wave: "Welle {number}: {sites}",
    id: "Schritt",
    who: "Wer",
    person: "ein Mensch, mit Freigabe",
    probe: "Waltz; es sieht nur nach und ändert nichts",
    counting: "Waltz; es zählt Clients und ändert nichts",
    api: "Waltz über die REST-API",
    command: "das Programm {program}",
    checkedBy: "nachgesehen mit {program}",
    after: "Nach",
    afterNothing: "nichts: kann sofort beginnen",
    takes: "Dauert",
    openMeanwhile: "Inzwischen offen",
    nothingOpen: "nichts",
    verificationOff: "Clients von {name} prüfen keine Signaturen",
    clientsOnHTTP: "Clients von {name} verwenden HTTP",
    replicationBroken: "Replikation {name} ist unterbrochen",
    certificateUnproven: "was {name} vorlegt, ist noch nicht geprüft",
    noReturn: "Ab hier gibt es kein Zurück: Diesen Schritt nimmt nichts zurück.",
    whatToDo: "Was zu tun ist",
    whatHappens: "Was geschieht",
    byHand: "Von Hand, wenn das Programm es nicht kann",
    thenSay: "Dann geben Sie den Schritt frei:",
    done: "erledigt um ____________ von ____________",
    trouble: "Wenn etwas schiefgeht",
    troubleLines: [
      .init(
        "Etwas sieht seltsam aus, und Sie brauchen Zeit",
        """
        `waltz pause RUN --note TEXT`. Nichts Neues beginnt; gezählt wird weiter. Mit `waltz unpause \
        RUN --note TEXT` geht es weiter.
        """),
      .init(
        "Ein Schritt ist fehlgeschlagen",
        """
        `waltz status RUN` sagt, warum. Beseitigen Sie die Ursache, dann `waltz retry RUN STEP \
        --note TEXT`. Was davon abhängt, wartet.
        """),
      .init(
        "Waltz wurde beendet, oder sein Rechner ist ausgefallen",
        """
        `waltz resume RUN`. Es sieht nach, was begonnen war, bevor es etwas noch einmal tut.
        """),
      .init(
        "Zweifelhaft",
        """
        Niemand kann sagen, ob ein Schritt geschehen ist. Sehen Sie auf dem Server nach, dann `waltz \
        resolve RUN STEP --done` oder `--not-done`.
        """),
      .init(
        "Clients melden sich nach dem Wechsel eines Zertifikats nicht mehr",
        """
        Machen Sie nicht weiter. Sehen Sie nach, welches Zertifikat jeder Port vorlegt; starten Sie \
        die Dienste neu, die noch das alte haben. Schalten Sie die Prüfung nicht ein.
        """),
      .init(
        "Clients sind verwaist",
        """
        Exportieren Sie die Kommunikationseinstellungen (Clients ▸ die Gruppe ▸ \
        Kommunikationseinstellungen exportieren) und verteilen Sie sie, oder auf dem Rechner \
        `SylinkDrop.exe -silent SYLINK.XML`, dann `smc.exe -updateconfig`.
        """),
      .init(
        "Aufgeben",
        """
        `waltz abort RUN --note TEXT`. Stellen Sie dann zurück, was offen ist, in dieser \
        Reihenfolge: Server mit ungeprüftem Zertifikat, Prüfung, HTTPS, Replikation. `waltz status \
        RUN` sagt, was offen ist und wie es geht.
        """),
    ],
    terms: Terms(
      heading: "Begriffe in einer englischen Konsole",
      introduction: "Viele Konsolen sind auf Englisch installiert. Dort heißt es:",
      columns: ["hier", "in der englischen Konsole"],
      rows: [
        ("Verwaltungsserverliste, Management-Server-Liste", "Management Server List"),
        ("Richtlinien ▸ Richtlinienkomponenten", "Policies ▸ Policy Components"),
        ("Aufgaben ▸ Liste kopieren, Liste einfügen", "Tasks ▸ Copy the List, Paste List"),
        ("HTTP-Protokoll verwenden", "Use HTTP protocol"),
        ("HTTP-Port anpassen", "Customize HTTP port"),
        ("Zuweisen", "Assign"),
        ("Standort einer Gruppe", "Location"),
        (
          "Allgemeine Einstellungen ▸ Sicherheitseinstellungen",
          "General settings ▸ Security Settings"
        ),
        ("sichere Kommunikation", "secure communications"),
        ("Serverzertifikat verwalten", "Manage Server Certificate"),
        ("Serverzertifikat aktualisieren", "Update the server certificate"),
        ("Schlüsselspeicher", "keystore"),
        ("Lokaler Standort ▸ Replikationspartner", "Local Site ▸ Replication Partners"),
        ("Vorhandenen Replikationspartner hinzufügen", "Add Existing Replication Partner"),
        ("Jetzt replizieren", "Replicate Now"),
        ("Domäne verwalten", "Administer Domain"),
        ("Sicherung und Wiederherstellung der Datenbank", "Database Back Up and Restore"),
        (
          "Konfigurationsassistent für den Management-Server",
          "Management Server Configuration Wizard"
        ),
        ("Wiederherstellungsdatei", "recovery file"),
        ("verwaist", "orphaned"),
      ]))
}
