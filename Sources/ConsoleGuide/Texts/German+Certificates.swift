import PlanModel

extension GuideTexts {
  /// What is done to the certificates of servers and databases.
  static let germanCertificates: [Action: GuideText] = [
    .updateCertificate: GuideText(
      title: "Serverzertifikat von {server} aktualisieren",
      actions: [
        """
        Bringen Sie {file} von dem Rechner, auf dem Waltz läuft, auf den Rechner, an dem Sie die \
        Konsole benutzen, und zwar auf einem Weg, auf dem niemand mitliest.
        """,
        .when(
          .fromPEM, "Bringen Sie auch den Schlüssel {key} mit. Er darf nicht verschlüsselt sein."),
        .when(
          .fromDER, "Bringen Sie auch den Schlüssel {key} mit. Er darf nicht verschlüsselt sein."),
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        """
        Admin ▸ Server ▸ {server} ▸ Serverzertifikat verwalten ▸ Weiter ▸ Serverzertifikat \
        aktualisieren ▸ Weiter.
        """,
        .when(.fromPKCS12, "Wählen Sie „PKCS12-Schlüsselspeicher“, dann {file}."),
        .when(
          .fromJKS,
          """
          Wählen Sie „JKS-Schlüsselspeicher“, dann {file}. Das Kennwort des Schlüssels ist \
          dasselbe wie das des Schlüsselspeichers.
          """),
        .when(
          .fromPEM,
          """
          Wählen Sie „Zertifikat und privater Schlüssel“, dann {file} und {key}, beide im \
          PEM-Format.
          """),
        .when(
          .fromDER,
          """
          Wählen Sie „Zertifikat und privater Schlüssel“, dann {file} und {key}, beide im \
          DER-Format.
          """),
        .when(
          .hasPassword,
          """
          Das Kennwort steht hier: {secret}. Tippen Sie es ein, und schreiben Sie es nirgends \
          auf.
          """),
        "Es ist das Zertifikat {certificate} des Plans. Führen Sie den Assistenten zu Ende.",
        """
        Starten Sie noch nichts neu: Das macht der nächste Schritt. Löschen Sie dann die Dateien \
        vom Rechner der Konsole.
        """,
      ],
      look: [
        """
        der Assistent meldet, dass das Zertifikat aktualisiert ist und die Dienste neu gestartet \
        werden müssen.
        """
      ],
      proof: [
        .when(
          .isPinned,
          """
          Serverzertifikat verwalten ▸ Anzeigen zeigt den SHA-256-Fingerabdruck {fingerprint}, \
          und zwar bei {server} und bei keinem anderen.
          """),
        .when(
          .isUnpinned,
          """
          Serverzertifikat verwalten ▸ Anzeigen zeigt den Fingerabdruck, den `check-certificate` \
          bei {server} gefunden hat.
          """),
      ],
      trouble: [
        """
        Meldet der Assistent einen ungültigen privaten Schlüssel oder Schlüsselspeicher: falsches \
        Kennwort, anderes Format oder verschlüsselter Schlüssel. Meldet er einen ungültigen \
        Zertifikatstyp oder Signaturalgorithmus: nicht RSA. Dann gilt noch das alte Zertifikat. \
        Kopieren Sie nicht stattdessen Dateien nach `tomcat` oder `apache`: Was damit vorgelegt \
        wird, nehmen die Clients nicht an.
        """
      ]),
    .restoreCertificate: GuideText(
      title: "Altes Zertifikat von {server} zurückspielen",
      actions: [
        """
        Entpacken Sie die Wiederherstellungsdatei von {server}, die vor der Umstellung gesichert \
        wurde. Darin ist der Schlüsselspeicher `*.jks`, und in den Einstellungen dessen Kennwort \
        als `keystore.password`.
        """,
        "Melden Sie sich als Systemadministrator an der Konsole von Site {site} an ({console}).",
        """
        Admin ▸ Server ▸ {server} ▸ Serverzertifikat verwalten ▸ Weiter ▸ Serverzertifikat \
        aktualisieren ▸ Weiter; wählen Sie „JKS-Schlüsselspeicher“, dann diese Datei mit diesem \
        Kennwort.
        """,
        """
        Starten Sie dann die Dienste von {server} ({address}) neu: semsrv, semwebsrv und \
        semapisrv.
        """,
      ],
      look: ["der Assistent meldet, dass das Zertifikat aktualisiert ist."],
      proof: ["die Ports {ports} von {address} legen wieder das alte Zertifikat vor."],
      trouble: [
        """
        prüfen Sie, ob die Wiederherstellungsdatei die von {server} ist und von vor der \
        Umstellung stammt: Eine aus einem anderen Verbund passt nicht.
        """
      ]),
    .restartServices: GuideText(
      title: "Dienste von {server} neu starten",
      actions: [
        """
        Melden Sie sich als Administrator an Windows auf {server} ({address}) an und öffnen Sie \
        die Dienste.
        """,
        """
        Starten Sie Symantec Endpoint Protection Manager (semsrv) neu und warten Sie, bis der \
        Dienst läuft. Das dauert Minuten.
        """,
        "Starten Sie Symantec Endpoint Protection Manager Webserver (semwebsrv) neu.",
        "Starten Sie Symantec Endpoint Protection Manager API Service (semapisrv) neu.",
        """
        Alle drei, auch wenn die Konsole zu funktionieren scheint: Jeder legt das Zertifikat vor, \
        das er beim Starten geladen hat.
        """,
      ],
      look: ["alle drei werden ausgeführt, gestartet in den letzten Minuten."],
      proof: [
        """
        die Ports {ports} von {address} antworten wieder und legen das neue Zertifikat vor; die \
        Anmeldung an der Konsole gelingt.
        """,
        """
        die Richtlinien sind neu veröffentlicht: In `data\\outbox\\agent`, im Ordner einer \
        Gruppe, hat `index2.xml` eine Zeit nach dem Neustart.
        """,
      ],
      trouble: [
        """
        semwebsrv startet nicht: Lesen Sie `apache\\logs\\error_*.log`; „Address already in use“ \
        bedeutet, dass ein anderes Programm, oft IIS, den Port belegt. semsrv startet nicht: \
        Lesen Sie `tomcat\\logs\\scm-server-0.log`, und sehen Sie nach, ob eine Gruppenrichtlinie \
        den Diensten das Anmelderecht genommen hat. Profile bleiben alt: Starten Sie semsrv noch \
        einmal neu.
        """
      ]),
    .verifyCertificate: GuideText(
      title: "Zertifikat prüfen, das {server} vorlegt",
      actions: [
        """
        Waltz verbindet sich mit den Ports {ports} von {address} und vergleicht, was jeder \
        vorlegt. Niemand muss etwas tun.
        """,
        """
        Selbst nachsehen, von einem Rechner mit OpenSSL, für jeden Port: `openssl s_client \
        -connect ADRESSE:PORT -showcerts </dev/null | openssl x509 -noout -fingerprint -sha256 \
        -enddate`.
        """,
      ],
      proof: [
        .when(.isPinned, "jeder Port legt {fingerprint} vor."),
        .when(
          .isUnpinned,
          """
          jeder Port legt den Fingerabdruck vor, den `check-certificate` bei {server} gefunden \
          hat.
          """),
      ],
      trouble: [
        """
        ein Port mit dem alten Zertifikat gehört zu einem Dienst, der nicht neu gestartet wurde: \
        Konsole und API zu semsrv und semapisrv, Clients und Berichte zu semwebsrv. Starten Sie \
        alle drei neu, dann `waltz retry`. Vorher geht Waltz nicht weiter, es geht also kein \
        Client verloren.
        """
      ]),
    .renewDatabaseCertificate: GuideText(
      title: "Zertifikat der Datenbank von Site {site} erneuern",
      actions: [
        .each(
          .server,
          """
          Melden Sie sich als Administrator an Windows auf {server} ({address}) an und starten \
          Sie Start ▸ Symantec Endpoint Protection Manager ▸ Konfigurationsassistent für den \
          Management-Server.
          """),
        """
        Wählen Sie das Neukonfigurieren des Management-Servers, und geben Sie die \
        Wiederherstellungsdatei nicht an: Mit ihr würde der alte Schlüssel zurückgespielt.
        """,
        """
        Lassen Sie stehen, was der Assistent zu Server, Ports und Datenbank anzeigt, und lassen \
        Sie ihn zu Ende laufen. Er startet die Dienste des Servers neu.
        """,
      ],
      look: ["der Assistent endet ohne Fehler, und die Konsole startet."],
      proof: [
        """
        die Anmeldung an der Konsole gelingt, und das Zertifikat von SQL Server Express trägt das \
        heutige Datum. Läuft das alte ab, kann sich niemand mehr anmelden: Lassen Sie das also \
        nicht aus.
        """
      ],
      trouble: [
        """
        lesen Sie das Protokoll des Assistenten in `tomcat\\logs` (`install_log.err`, \
        `scm-server-0.log`). Kann sich niemand anmelden, starten Sie den Assistenten noch einmal; \
        die Datenbank selbst ist unberührt.
        """
      ]),
  ]
}
