extension CatalogueEntry {
  /// What is not used, how actions are carried out, and what is worth knowing.
  static let meaningPagesOfUse: [CatalogueEntry] = [
    unusedCertificate, sharedCertificate, nothingToRotate, idleSite, idlePartnership, noEndpoint,
    unusedAutomation, observedAction, unknownPlaceholder, placeholderOfOtherTarget, shellLine,
    noTimeForCommand, pathOutsideFolder, cohortTwice, selectorOfNobody, expressWithSeveralServers,
    siteWithoutAPI, plainHTTP, fingerprintTwice, passwordWithoutUse, operatorOnly,
  ]

  public static let unusedCertificate = CatalogueEntry(
    "M032", "A certificate is never used",
    severity: .warning,
    explanation: """
      The certificate is declared, but no server names it. Perhaps a server still names the old \
      one, or its line was forgotten, and would keep a certificate that expires.

      Name the certificate at its server, or remove it.
      """,
    bad: ExamplePlan.with { $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }" },
    good: ExamplePlan().text)

  public static let sharedCertificate = CatalogueEntry(
    "M033", "Several servers share a certificate",
    severity: .note,
    explanation: """
      Servers may share a certificate if its names cover all their addresses; many estates do so \
      on purpose. Whoever gets the key of one server then has that of all, and all have to be \
      rotated again together.

      There is nothing to do if this is meant.
      """,
    bad: ExamplePlan.with {
      $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026", servers: 2)
    },
    good: ExamplePlan().text)

  public static let nothingToRotate = CatalogueEntry(
    "M034", "The plan rotates nothing",
    explanation: """
      A server is rotated when it names a certificate. No server of this plan does, so there would \
      be no steps.

      Name the new certificate at each server that gets one.
      """,
    bad: ExamplePlan.with {
      $0.certificates = ""; $0.sites = "sites:\n" + ExamplePlan.site("paris", certificate: nil)
    },
    good: ExamplePlan().text)

  public static let idleSite = CatalogueEntry(
    "M035", "A site takes part in nothing",
    severity: .warning,
    explanation: """
      The site gets no certificate and replicates with no site of the plan, so no step touches it. \
      Often its partnership has been forgotten: then its replication would run while its partner's \
      certificate changes.

      Add its partnership, name certificates at its servers, or remove the site.
      """,
    bad: ExamplePlan.pair("", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", berlinRotates: false))

  public static let idlePartnership = CatalogueEntry(
    "M036", "A partnership between sites that do not rotate",
    severity: .warning,
    explanation: """
      Replication is broken for sites that change. Neither site of this partnership does, so it is \
      left alone and nothing is done about it.

      Remove it from the plan, or name certificates at the servers of one of its sites.
      """,
    bad: ExamplePlan.with {
      $0.sites +=
        "\n" + ExamplePlan.site("rome", certificate: nil) + "\n"
        + ExamplePlan.site("oslo", certificate: nil);
      $0.more = "replication: [{ sites: [rome, oslo], break: suspend }]"
    },
    good: ExamplePlan.with {
      $0.sites +=
        "\n" + ExamplePlan.site("rome", certificate: nil) + "\n"
        + ExamplePlan.site("oslo", certificate: nil);
      $0.more =
        "replication:\n  - { sites: [paris, rome], break: suspend }\n  - { sites: [paris, oslo], break: suspend }"
    })

  public static let noEndpoint = CatalogueEntry(
    "M037", "SEPM has no endpoint for this action",
    explanation: """
      SEPM's REST API can switch verification off and on, read settings, clients and the state of \
      replication, and start a replication. It can not upload certificates, edit management server \
      lists, restart services or delete partners; those are done by a person in the console or, \
      where a command line exists, by a program.

      Write 'operator', or a command.
      """,
    bad: ExamplePlan.with(more: "automation: { update-certificate: api }"),
    good: ExamplePlan.with(more: "automation: { update-certificate: operator }"))

  public static let unusedAutomation = CatalogueEntry(
    "M038", "No step does this action",
    severity: .warning,
    explanation: """
      A channel is chosen for an action that no step of the plan has: the method does without it, \
      or nothing is upgraded. Perhaps another action was meant, which then waits for a person \
      without anybody knowing.

      Remove the entry, or correct the action.
      """,
    bad: ExamplePlan.with(more: "automation: { upgrade-server: operator }"),
    good: ExamplePlan.with(more: "automation: { back-up-server: operator }"))

  public static let observedAction = CatalogueEntry(
    "M039", "A wait or probe can not be handed on",
    explanation: """
      Waits are measured from SEPM's own records and probes are TLS handshakes and readings that \
      Waltz does itself. A person's or a program's word would take their place and the guard that \
      protects clients would be gone.

      Remove the entry. A wait can be shortened or its share lowered under 'waits'.
      """,
    bad: ExamplePlan.with(more: "automation: { await-verification-disabled: operator }"),
    good: ExamplePlan().text)

  public static let unknownPlaceholder = CatalogueEntry(
    "M040", "There is no such placeholder",
    explanation: """
      In a command's arguments words in braces with a dot, '{server.address}', stand for values of \
      the step. An unknown one would reach the program as it is written, and 'ssh {server.adress}' \
      fails in the middle of a rotation.

      Correct the name. Braces around anything else are left as they are, so that PowerShell \
      blocks need no escape.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.adress}', restart-sepm]"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  public static let placeholderOfOtherTarget = CatalogueEntry(
    "M041", "The placeholder has no value at this action",
    explanation: """
      Each action acts on a server, a site or a partnership, and a command can name only what its \
      target has: an action on a site has no single server whose address could be filled in.

      Use a placeholder of the target, or give the value in the command itself.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  disable-verification:\n    command: [verification, 'off', '{server.address}']"
    ),
    good: ExamplePlan.with(
      more:
        "automation:\n  disable-verification:\n    command: [verification, 'off', '{site.name}']"))

  public static let shellLine = CatalogueEntry(
    "M042", "A command looks like a shell line",
    severity: .warning,
    explanation: """
      A command is a list of a program and its arguments; no shell takes it apart. A single item \
      with spaces names a program whose file name has spaces in it, and fails when its step is \
      due.

      Write every word as an item of its own.
      """,
    bad: ExamplePlan.restarting("['ssh sepm-par-01 restart-sepm']"),
    good: ExamplePlan.restarting("[ssh, sepm-par-01, restart-sepm]"))

  public static let noTimeForCommand = CatalogueEntry(
    "M043", "A command has no time to run",
    explanation: """
      After its timeout a command is killed with everything that it started. With a timeout of \
      nothing it never runs. SEPM's services take minutes to start.

      Write the time that the command may take.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "0s"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "15m"))

  public static let pathOutsideFolder = CatalogueEntry(
    "M044", "A path leads out of the plan's folder",
    explanation: """
      Plans are validated in pull requests, also by strangers, and are run on other machines than \
      they were written on. A file that a plan names stays inside the plan's folder, so that a \
      plan can neither read what is not its own nor depend on the machine.

      Keep the file beside the plan and write a relative path. A secret that lives elsewhere is \
      read with '{ env: NAME }' or '{ command: […] }'.
      """,
    bad: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: ../other/paris.p12 }"
    },
    good: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: certs/paris.p12 }"
    })

  public static let cohortTwice = CatalogueEntry(
    "M045", "Two cohorts have one name",
    explanation: """
      Cohorts are looked at by themselves and reported by name; two of one name could not be told \
      apart when one of them holds the wait back.

      Rename one of them.
      """,
    bad: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts:\n      - { name: critical, osFunction: Server, adopted: 100% }\n      - { name: critical, osFunction: DomainController, adopted: 100% }"
    ),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts:\n      - { name: servers, osFunction: Server, adopted: 100% }\n      - { name: domain-controllers, osFunction: DomainController, adopted: 100% }"
    ))

  public static let selectorOfNobody = CatalogueEntry(
    "M046", "It is not said which clients are meant",
    explanation: """
      A cohort and an exclusion choose clients by their group, by what their machine is for, or by \
      both. Without either it is unclear whether nobody or everybody is meant; an exclusion of \
      everybody would let every wait pass at once.

      Add 'group' or 'osFunction'.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default:\n    exclude: [{ reason: isolated network }]"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: isolated network }]")
  )

  public static let expressWithSeveralServers = CatalogueEntry(
    "M047", "Several servers share the database of one machine",
    severity: .warning,
    explanation: """
      A site with several management servers needs a database that all of them reach, which is SQL \
      Server; the SQL Server Express that SEPM installs itself serves the server on its own \
      machine. With sql-express the database's certificate is renewed as well, on one machine.

      Correct 'database', or split the site.
      """,
    bad: ExamplePlan.with(
      site: "      sepm-par-02: { address: sepm-par-02.example.net }\n    database: sql-express"),
    good: ExamplePlan.with(
      site: "      sepm-par-02: { address: sepm-par-02.example.net }\n    database: sql-server"))

  public static let siteWithoutAPI = CatalogueEntry(
    "M048", "A rotating site has no API",
    severity: .warning,
    explanation: """
      The waits are measured with SEPM's REST API: which clients hold the present policy, and \
      since when. Without it nobody knows how many clients would be lost by going on, and every \
      wait ends on a person's word.

      Add 'api'. A system administrator of SEPM is needed; the port is 8446 unless it was changed.
      """,
    bad: ExamplePlan.with {
      $0.sites +=
        "\n  rome:\n    servers:\n      sepm-rom-01: { address: sepm-rom-01.example.net, certificate: rome-2026 }";
      $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }"
    },
    good: ExamplePlan.with {
      $0.sites += "\n" + ExamplePlan.site("rome", certificate: "rome-2026");
      $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }"
    })

  public static let plainHTTP = CatalogueEntry(
    "M049", "The API would be used without TLS",
    explanation: """
      The administrator's password is sent to the REST API. SEPM serves it over HTTPS only; over \
      plain HTTP anybody on the way could read the password and take over the management of every \
      client.

      Write 'https://'. If the certificate is self-signed, pin it with 'trust: { fingerprint: … \
      }'.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("https:", with: "http:") },
    good: ExamplePlan().text)

  public static let fingerprintTwice = CatalogueEntry(
    "M050", "Two certificates have one fingerprint",
    severity: .warning,
    explanation: """
      A fingerprint names exactly one certificate. Two entries with the same one are either one \
      certificate under two names, or one of them was copied and pins the wrong certificate.

      Correct the fingerprint, or let the servers share one entry.
      """,
    bad: ExamplePlan.pinned("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    good: ExamplePlan.pinned("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))

  public static let passwordWithoutUse = CatalogueEntry(
    "M051", "A PEM or DER source has a password",
    severity: .warning,
    explanation: """
      SEPM's wizard takes certificate and key as PEM or DER files only with an unencrypted key and \
      asks for no password. A password in the plan says that the key is encrypted; the wizard \
      would refuse it while verification is already off.

      Remove the password and decrypt the key, or use a PKCS#12 file.
      """,
    bad: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026:\n    pem: { certificate: certs/paris.pem, key: certs/paris.key }\n    password: { env: PARIS_KEY_PASSWORD }"
    },
    good: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026:\n    pem: { certificate: certs/paris.pem, key: certs/paris.key }"
    })

  public static let operatorOnly = CatalogueEntry(
    "M052", "Everything is done by people",
    severity: .note,
    explanation: """
      Neither a REST API nor a command is named, so every step that changes something is a gate: \
      it waits until a person has done it in the console. That is the usual way where nothing else \
      is allowed; the count says how many times somebody has to be there.

      There is nothing to do if this is meant.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
    },
    good: ExamplePlan().text)
}
