extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let formPages: [CatalogueEntry] = [
    unknownKey, missingKey, wrongShape, emptyValue, emptyCollection, wrongCount,
    mergeKey, notExactlyOne, unknownWord, notADuration, notAShare, notANumber, notAName,
    notAVersion,
    notAFingerprint, notAnAddress, notAURL, notAPath, emptyText, literalSecret, wrongAPIVersion,
    wrongKind,
  ]

  public static let unknownKey = CatalogueEntry(
    "F001", "The key is not known here",
    explanation: """
      Every mapping of a document has a fixed set of keys; only where you choose the names \
      yourself (sites, servers, certificates, labels) is any name accepted. This key is none of \
      them.

      A key that is not known would otherwise be ignored without a word. A misspelt 'minimum' \
      would let a certificate be changed days too early, and the clients that were on leave \
      would be lost.

      Correct the spelling, move the key to the mapping it belongs to, or remove it.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimun: 7d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d }"))

  public static let missingKey = CatalogueEntry(
    "F002", "A required key is missing",
    explanation: """
      A key is missing that has no default which would be right for every estate: the address of \
      a server, the name of the plan.

      Without an address no probe can see which certificate a server presents, so that a missed \
      restart would stay hidden until clients fail.

      Add the key; the message says what it holds.
      """,
    bad: ExamplePlan.with(site: "      sepm-par-02: { version: 14.3.9816 }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  public static let wrongShape = CatalogueEntry(
    "F003", "A list, mapping or text stands where another is expected",
    explanation: """
      A place of the document takes one kind of value: a text, a list such as '[paris, berlin]', \
      or a mapping such as '{ env: NAME }'. Here stands another.

      Most often a dash is missing or superfluous, or a value that belongs under a key stands in \
      its place. Waltz does not guess which: one site in a list of waves could be a wave of one \
      site or a slip.

      Write the value in the form that the message shows.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: paris"),
    good: ExamplePlan.with(more: "strategy:\n  waves: [[paris]]"))

  public static let emptyValue = CatalogueEntry(
    "F004", "The key has no value",
    explanation: """
      A key has nothing after its colon, or '~' or 'null'.

      That says neither that a default shall hold nor what else is meant. A deadline that was \
      deleted with its key kept would silently become a fortnight.

      Write the value, indent it under its key if it stands on the next line, or leave the key \
      out so that the default holds.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default:\n    minimum:"),
    good: ExamplePlan.with(more: "waits:\n  default:\n    minimum: 7d"))

  public static let emptyCollection = CatalogueEntry(
    "F005", "The list or mapping is empty",
    explanation: """
      An empty list or mapping stands where at least one entry is needed.

      A plan without sites has nothing to rotate, a list of no waves would rotate no site, and a \
      command without a program can not be run.

      Add an entry, or leave the key out where it may be left out.
      """,
    bad: ExamplePlan.with(more: "strategy:\n  waves: []"),
    good: ExamplePlan.with(more: "strategy:\n  serversAtOnce: 1"))

  public static let wrongCount = CatalogueEntry(
    "F006", "The list has the wrong number of entries",
    explanation: """
      The list takes a fixed number of entries and has another.

      Replication in SEPM joins exactly two sites. Three sites that replicate with each other \
      are three partnerships, and each is broken and restored by itself; in a list of three it \
      would be unclear which.

      Split the list or complete it, as the message says.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin, rome], break: suspend }"),
    good: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: suspend }"))

  public static let mergeKey = CatalogueEntry(
    "F007", "YAML's merge key is not supported",
    explanation: """
      '<<', YAML's merge key, stands in a mapping. It was never part of YAML 1.2, and tools \
      disagree on which value wins when it meets a key that is there already.

      In a plan that decides when clients lose contact nothing may depend on which tool read it.

      Write the keys out. Anchors and aliases for whole values work; 'waits.default' says once \
      what holds for every wait.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored:\n    <<: *slow"),
    good: ExamplePlan.with(
      more: "waits:\n  default: &slow { minimum: 7d }\n  https-restored: *slow"))

  public static let notExactlyOne = CatalogueEntry(
    "F008", "Exactly one of several keys must be given",
    explanation: """
      A mapping offers a choice between keys and has none of them or more than one: a \
      certificate comes from one of 'pkcs12', 'jks', 'pem' or 'der', a secret from one of 'env', \
      'file' or 'command'.

      With two of them nobody could tell which certificate the servers get; with none the wizard \
      would be open, verification off, and the file unknown.

      Keep exactly one.
      """,
    bad: ExamplePlan.with {
      $0.certificates = """
        certificates:
          paris-2026: { pkcs12: certs/paris.p12, jks: certs/paris.jks }
        """
    },
    good: ExamplePlan.with {
      $0.certificates = """
        certificates:
          paris-2026: { jks: certs/paris.jks }
        """
    })

  public static let unknownWord = CatalogueEntry(
    "F009", "The word is none of those that may stand here",
    explanation: """
      The place takes one of a few words, and this is none of them.

      A word decides here what is done to a site: whether clients stop verifying or fail over, \
      whether a partner is deleted or suspended. A near miss is not taken for a hit.

      Choose one of the words, written exactly as the message lists them: in lower case unless \
      SEPM itself writes them otherwise ('DomainController').
      """,
    bad: ExamplePlan.with(more: "strategy: { method: suspend-verfication }"),
    good: ExamplePlan.with(more: "strategy: { method: suspend-verification }"))

  public static let notADuration = CatalogueEntry(
    "F010", "This is not a duration",
    explanation: """
      Durations are whole numbers with a unit: 'd' days of 24 hours, 'h' hours, 'm' minutes, 's' \
      seconds; the largest unit first, each at most once, without spaces: '90m', '24h', '7d', \
      '1d12h'. At most 100 years.

      A number without a unit is refused, since '7' could be days to one reader and hours to \
      another, and a wait of seven hours before a certificate changes orphans every client that \
      was switched off over night.

      Add the unit.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimum: 7 days }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d }"))

  public static let notAShare = CatalogueEntry(
    "F011", "This is not a share",
    explanation: """
      Shares are numbers with a percent sign and at most four decimals: '98%', '99.5%'.

      Without the sign '0.98' and '98' could mean the same or a hundredth of it, and a wait that \
      passes at one percent protects nobody.

      Add the percent sign.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 0.98 }"),
    good: ExamplePlan.with(more: "waits:\n  default: { adopted: 98% }"))

  public static let notANumber = CatalogueEntry(
    "F012", "This is not a number that fits",
    explanation: """
      The place takes a whole number in plain digits, without a sign, without separators and \
      within the range that the message names.

      From the number of clients follows how many of them a share leaves out, and how long the \
      waits will take; a figure read wrongly makes the forecast and the risk wrong.

      Write the digits alone: '4200'.
      """,
    bad: ExamplePlan.with(more: "strategy: { serversAtOnce: two }"),
    good: ExamplePlan.with(more: "strategy: { serversAtOnce: 2 }"))

  public static let notAName = CatalogueEntry(
    "F013", "This is not a name",
    explanation: """
      Names are letters, digits, dots, dashes and underscores and start with a letter or a \
      digit; the name of the plan is lower case letters, digits and dashes, at most 63.

      Names of sites, servers and certificates become part of step names such as \
      'update-certificate/paris/sepm-par-01', of file names and of environment variables, which \
      an operator types into a shell in the middle of a rotation.

      Change the name where it is given and wherever it is used. What a site is called in SEPM's \
      console belongs into the description.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("name: example", with: "name: EMEA 2026")
    },
    good: ExamplePlan.with {
      $0.header = $0.header.replacing("name: example", with: "name: emea-2026")
    })

  public static let notAVersion = CatalogueEntry(
    "F014", "This is not a version",
    explanation: """
      Versions of SEPM are two to four numbers with dots, as the console and the REST API show \
      them: '14.3.9816'.

      Partner sites must run the same version when replication is restored, and servers of one \
      site share a database of one version. Names of releases ('14.3 RU7') can not be compared \
      number by number.

      Write the number: Help, About in the console shows it.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3 RU7\n    database: sql-server"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-server"))

  public static let notAFingerprint = CatalogueEntry(
    "F015", "This is not a fingerprint",
    explanation: """
      A fingerprint is 'sha256:' and the 64 hexadecimal digits of the SHA-256 of a certificate's \
      DER; colons between the bytes are allowed.

      It pins exactly the certificate that was reviewed, and every port of every server is held \
      against it. A shortened one or one of another algorithm would fit others too.

      'openssl x509 -noout -fingerprint -sha256 -in FILE' prints it.
      """,
    bad: ExamplePlan.with {
      $0.certificates += "\n    fingerprint: sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
    },
    good: ExamplePlan.with {
      $0.certificates +=
        "\n    fingerprint: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    })

  public static let notAnAddress = CatalogueEntry(
    "F016", "This is not a host name or an address",
    explanation: """
      The address of a server is the host name or IP address alone, as it stands in the \
      management server list: no scheme, no port, no path.

      It is compared with the names in the certificate and used for TLS probes on every port of \
      the server (8443, 443, 8445, 8446). With a port in it the others would never be looked at.

      Write the name alone: 'sepm-par-01.example.net'.
      """,
    bad: ExamplePlan.with(
      site: "      sepm-par-02: { address: 'https://sepm-par-02.example.net' }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  public static let notAURL = CatalogueEntry(
    "F017", "This is not a URL that fits",
    explanation: """
      The REST API of SEPM is reached at a URL of scheme, host and port, as a rule \
      'https://HOST:8446'. This is none, or holds more.

      Without an API no client is counted. A user name or password in the URL would end in logs \
      and in the record of the run; a query or fragment means nothing there.

      Write scheme, host and port.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing(
        "https://sepm-paris-1.example.net:8446", with: "sepm-paris-1:8446")
    },
    good: ExamplePlan().text)

  public static let notAPath = CatalogueEntry(
    "F018", "This is not a path",
    explanation: """
      A path names a file relative to the folder of the plan, on one line and not empty.

      An empty path would name the folder itself, and the certificate would turn out missing \
      when the wizard asks for it.

      Write the path of the file.
      """,
    bad: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: '' }"
    },
    good: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: certs/paris.p12 }"
    })

  public static let emptyText = CatalogueEntry(
    "F019", "The text is empty",
    explanation: """
      The place takes a text for people, and this one is empty: a reason, a description, a user \
      name.

      Auditors read the reasons of exclusions and overrides months later. Clients that were \
      waived without one look like clients that were forgotten.

      Write the text, or leave the key out where it may be left out.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: '' }]"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: isolated network }]")
  )

  public static let literalSecret = CatalogueEntry(
    "F020", "A secret is written in the document",
    explanation: """
      A secret itself is written where a reference to it belongs.

      Plans are kept in Git, reviewed and stored with every run, so that a secret in one is \
      known to all who ever see it. With the password of a keystore and the keystore beside it \
      anybody can take the manager's place towards every client.

      Move the secret into an environment variable, a file or a vault and refer to it. Change it \
      if the file was ever shared: removing the line does not remove it from the history.
      """,
    bad: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026: { pkcs12: certs/paris.p12, password: changeit }"
    },
    good: ExamplePlan.with {
      $0.certificates =
        "certificates:\n  paris-2026: { pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }"
    })

  public static let wrongAPIVersion = CatalogueEntry(
    "F021", "The document is written for another version",
    explanation: """
      'apiVersion' names the version of the language that a document is written in, and this \
      program understands another. The document is not looked into any further.

      Its keys may mean something else in the other version, and a wait that is read wrongly is \
      a wait that does not protect.

      Write the version that this program understands, or use the program that understands the \
      document's.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("waltz/v1", with: "waltz/v2")
    },
    good: ExamplePlan().text)

  public static let wrongKind = CatalogueEntry(
    "F022", "The document is of another kind",
    explanation: """
      'kind' says what a document describes: 'RotationPlan' a rotation, 'EstateScenario' what \
      happens to a simulated estate. This is another.

      Each command reads one kind. A manifest of another tool that happens to lie in the folder \
      must not be taken for a plan that touches management servers.

      Correct the word, or give the file to the command that reads its kind.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("RotationPlan", with: "Deployment")
    },
    good: ExamplePlan().text)
}
