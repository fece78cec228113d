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
      A certificate is declared, and no server names it.

      Perhaps a server still names the old one, or its line was forgotten: it would keep a \
      certificate that expires, while everybody believes it rotated.

      Name the certificate at its server, or remove it.
      """,
    bad: ExamplePlan.with { $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }" },
    good: ExamplePlan().text)

  public static let sharedCertificate = CatalogueEntry(
    "M033", "Several servers share a certificate",
    severity: .note,
    explanation: """
      Several servers get the same certificate.

      Servers may share one if its names cover all their addresses, and many estates do so on \
      purpose. Whoever gets the key of one server then has that of all, and all have to be \
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
      No server of the plan names a certificate.

      A server is rotated when it names one. There would be no steps, and a run that succeeds at \
      once would look like a rotation.

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
      A site gets no certificate and replicates with no site of the plan, so that no step \
      touches it.

      Often its partnership has been forgotten: its replication would run while its partner's \
      certificate changes, fail, and may carry half a change over.

      Add its partnership, name certificates at its servers, or remove the site.
      """,
    bad: ExamplePlan.pair("", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", berlinRotates: false))

  public static let idlePartnership = CatalogueEntry(
    "M036", "A partnership between sites that do not rotate",
    severity: .warning,
    explanation: """
      Neither site of a partnership rotates.

      Replication is broken for sites that change. This one is left alone: it goes on during the \
      rotation, which is right if neither site is touched, and wrong if a certificate was \
      forgotten.

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
      'automation' sends an action to SEPM's REST API that the API does not offer.

      The API can switch verification off and on, read settings, clients and the state of \
      replication, and start a replication. It can not upload certificates, edit management \
      server lists, restart services or delete partners; the step would fail when its turn \
      comes, with verification off.

      Write 'operator', or a command where SEPM has something to run.
      """,
    bad: ExamplePlan.with(more: "automation: { update-certificate: api }"),
    good: ExamplePlan.with(more: "automation: { update-certificate: operator }"))

  public static let unusedAutomation = CatalogueEntry(
    "M038", "No step does this action",
    severity: .warning,
    explanation: """
      A channel is chosen for an action that no step of the plan has: the method does without \
      it, or nothing is upgraded.

      Perhaps another action was meant, which then waits for a person at the console without \
      anybody knowing.

      Remove the entry, or correct the action.
      """,
    bad: ExamplePlan.with(more: "automation: { upgrade-server: operator }"),
    good: ExamplePlan.with(more: "automation: { back-up-server: operator }"))

  public static let observedAction = CatalogueEntry(
    "M039", "A wait or probe can not be handed on",
    explanation: """
      'automation' hands a wait or a probe to a person or a program.

      Waits are measured from SEPM's own records, and probes are TLS handshakes and readings \
      that Waltz does itself. Somebody's word would take their place, and the guard that \
      protects clients would be gone.

      Remove the entry. A wait can be shortened or its share lowered under 'waits'.
      """,
    bad: ExamplePlan.with(more: "automation: { await-verification-disabled: operator }"),
    good: ExamplePlan().text)

  public static let unknownPlaceholder = CatalogueEntry(
    "M040", "There is no such placeholder",
    explanation: """
      A command's argument has a placeholder that does not exist. Words in braces with a dot, \
      '{server.address}', stand for values of the step; braces around anything else are left as \
      they are, so that PowerShell blocks need no escape.

      An unknown one would reach the program as it is written, and 'ssh {server.adress}' fails \
      between the update of the certificate and the restart that makes the services present it.

      Correct the name.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.adress}', restart-sepm]"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  public static let placeholderOfOtherTarget = CatalogueEntry(
    "M041", "The placeholder has no value at this action",
    explanation: """
      A command names something that its action does not have.

      Each action acts on a server, a site or a partnership. One on a whole site has no single \
      server whose address could be filled in: the program would get an empty word, and act on \
      nothing or on everything.

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
      A command is one item with spaces in it, as if a shell took it apart.

      A command is a list of a program and its arguments, and no shell comes between. This one \
      names a program whose file name has spaces in it, and fails when its step is due: after \
      the certificate was changed.

      Write every word as an item of its own.
      """,
    bad: ExamplePlan.restarting("['ssh sepm-par-01 restart-sepm']"),
    good: ExamplePlan.restarting("[ssh, sepm-par-01, restart-sepm]"))

  public static let noTimeForCommand = CatalogueEntry(
    "M043", "A command has no time to run",
    explanation: """
      A command has a timeout of nothing.

      After its timeout a command is killed with everything that it started, so that this one \
      never runs. SEPM's services take minutes to start.

      Write the time that the command may take; 15 minutes is the default.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "0s"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "15m"))

  public static let pathOutsideFolder = CatalogueEntry(
    "M044", "A path leads out of the plan's folder",
    explanation: """
      A path is absolute, starts in a home folder, or climbs out of the plan's folder.

      Plans are validated in pull requests, also by strangers, and are run on other machines \
      than they were written on. A plan can neither read what is not its own nor depend on a \
      machine if its files stay beside it; keys of management servers lie elsewhere on the \
      machines that run it.

      Keep the file beside the plan and write a relative path. A secret that lives elsewhere is \
      read with '{ env: NAME }' or '{ command: […] }'. Who runs Waltz may admit a further folder \
      with '--allow-outside FOLDER', for example where 'certs' stands beside 'plans'.
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
      Two cohorts of a wait have the same name.

      Cohorts are looked at by themselves and reported by name. When one of two holds the wait \
      back, with verification off, nobody could tell which clients to look for.

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
      A cohort or an exclusion does not say which clients it means: it has neither 'group' nor \
      'osFunction'.

      It is unclear whether nobody or everybody is meant. An exclusion of everybody would let \
      every wait pass at once, and a cohort of nobody protects no domain controller.

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
      A site has several servers and a database that serves only the manager on its own machine: \
      SQL Server Express as SEPM installs it, or the embedded one.

      Several management servers need a database that all of them reach, which is SQL Server. \
      With 'sql-express' the graph has a step that renews the certificate of a database which \
      the site perhaps does not have; without it one may be missed that it has, and nobody can \
      log on once that certificate expires.

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
      A rotating site has no 'api'.

      The waits are measured with SEPM's REST API: which clients hold the present policy, and \
      since when. Without it nobody knows how many clients would be lost by going on, and every \
      wait ends on a person's word.

      Add 'api'. A system administrator of SEPM is needed; the port is 8446 unless it was \
      changed.
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
      The URL of the REST API starts with 'http:'.

      The administrator's password is sent to the API. SEPM serves it over HTTPS only; over \
      anything else the password could be read on the way, and with it every policy of every \
      client changed.

      Write 'https://' and say with 'trust' what the certificate is held against.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("https:", with: "http:") },
    good: ExamplePlan().text)

  public static let fingerprintTwice = CatalogueEntry(
    "M050", "Two certificates have one fingerprint",
    severity: .warning,
    explanation: """
      Two certificates have the same fingerprint.

      A fingerprint names exactly one certificate. Either one certificate has two names here, or \
      a fingerprint was copied and pins the wrong one: the probe would refuse the right \
      certificate after the change, with verification off.

      Correct the fingerprint, or let the servers share one entry.
      """,
    bad: ExamplePlan.pinned("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    good: ExamplePlan.pinned("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))

  public static let passwordWithoutUse = CatalogueEntry(
    "M051", "A PEM or DER source has a password",
    severity: .warning,
    explanation: """
      A PEM or DER source has a password.

      SEPM's wizard takes certificate and key as PEM or DER files only with an unencrypted key \
      and asks for no password. A password in the plan says that the key is encrypted; the \
      wizard would refuse it while verification is already off.

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
      Neither a REST API nor a command is named, so that every step that changes something is a \
      gate: it waits until a person has done it in the console.

      That is the usual way where nothing else is allowed. The count says how many times \
      somebody has to be there; and since nothing counts the clients that have adopted a change, \
      each wait ends on a person's word too.

      There is nothing to do if this is meant. With 'api' the waits are measured.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
    },
    good: ExamplePlan().text)
}
