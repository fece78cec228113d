package import PlanText

extension CatalogueEntry {
  /// The pages about single values.
  static let scalarPages: [CatalogueEntry] = [
    unknownWord, notADuration, notAShare, notANumber, notAName, notAVersion, notAFingerprint,
    notAnAddress, notAURL, notAPath, emptyText,
  ]

  package static let unknownWord = CatalogueEntry(
    "F009", "Unknown value",
    explanation: """
      Only a few words are allowed here, and this is not one of them.

      The word decides what is done to a site: whether clients stop verifying or fail over, \
      whether a partner is deleted or rescheduled. Waltz does not guess from a word that is nearly \
      right.

      Choose one of the words, written exactly as the message lists them: in lower case unless \
      SEPM itself writes them otherwise ('DomainController').
      """,
    bad: ExamplePlan.with(more: "strategy: { method: suspend-verfication }"),
    good: ExamplePlan.with(more: "strategy: { method: suspend-verification }"))

  package static let notADuration = CatalogueEntry(
    "F010", "Not a duration",
    explanation: """
      Durations are whole numbers with a unit: 'd' days of 24 hours, 'h' hours, 'm' minutes, 's' \
      seconds; the largest unit first, each at most once, without spaces: '90m', '24h', '7d', \
      '1d12h'. At most 100 years.

      A number without a unit is refused, since '7' could be days to one reader and hours to \
      another, and a wait of seven hours before a certificate changes orphans every client that \
      was switched off overnight.

      Add the unit.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimum: 7 days }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d }"))

  package static let notAShare = CatalogueEntry(
    "F011", "Not a percentage",
    explanation: """
      Shares are numbers with a percent sign and at most four decimals: '98%', '99.5%'.

      Without the sign, '0.98' could mean 98% or about one percent, and a wait that passes at one \
      percent protects nobody.

      Add the percent sign.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 0.98 }"),
    good: ExamplePlan.with(more: "waits:\n  default: { adopted: 98% }"))

  package static let notANumber = CatalogueEntry(
    "F012", "Not a number that fits",
    explanation: """
      A whole number in plain digits is expected here: no sign, no separators, and within the \
      range that the message names.

      The number of clients decides how many of them a share leaves out and how long the waits \
      will take. A figure that is read wrongly makes both the forecast and the risk wrong.

      Write only the digits: '4200'.
      """,
    bad: ExamplePlan.with(more: "strategy: { serversAtOnce: two }"),
    good: ExamplePlan.with(more: "strategy: { serversAtOnce: 2 }"))

  package static let notAName = CatalogueEntry(
    "F013", "Not a name",
    explanation: """
      Names consist of letters, digits, dots, dashes and underscores and start with a letter or a \
      digit. The name of the plan has lower case letters, digits and dashes, at most 63.

      Names of sites, servers and certificates become part of step names such as \
      'update-certificate/paris/sepm-par-01', of file names and of environment variables, which \
      an operator types into a shell in the middle of a rotation.

      Change the name where it is given and wherever it is used. What a site is called in SEPM's \
      console belongs in the description.
      """,
    bad: ExamplePlan.with {
      $0.header = $0.header.replacing("name: example", with: "name: EMEA 2026")
    },
    good: ExamplePlan.with {
      $0.header = $0.header.replacing("name: example", with: "name: emea-2026")
    })

  package static let notAVersion = CatalogueEntry(
    "F014", "Not a version",
    explanation: """
      Versions of SEPM are two to four numbers with dots between them, as the console and the REST \
      API show them: '14.3.9816'.

      Partner sites must run the same version when replication is restored, and the servers of one \
      site share a database of one version. Release names ('14.3 RU7') cannot be compared number \
      by number.

      Write the number. The console shows it under Help ▸ About.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3 RU7\n    database: sql-server"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-server"))

  package static let notAFingerprint = CatalogueEntry(
    "F015", "Not a fingerprint",
    explanation: """
      A fingerprint is 'sha256:' and the 64 hexadecimal digits of the SHA-256 of a certificate's \
      DER. Colons between the bytes are allowed.

      It pins exactly the certificate that was reviewed, and every port of every server is \
      compared with it. A shortened fingerprint, or one of another algorithm, could match other \
      certificates too.

      'openssl x509 -noout -fingerprint -sha256 -in FILE' prints it.
      """,
    bad: ExamplePlan.with {
      $0.certificates += "\n    fingerprint: sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
    },
    good: ExamplePlan.with {
      $0.certificates +=
        "\n    fingerprint: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    })

  package static let notAnAddress = CatalogueEntry(
    "F016", "Not a host name or an address",
    explanation: """
      The address of a server is only the host name or IP address, as in the management server \
      list: no scheme, no port, no path.

      It is compared with the names in the certificate and used for TLS probes on every port of \
      the server (8443, 443, 8445, 8446). With a port in it, the other ports would never be \
      probed.

      Write only the name: 'sepm-par-01.example.net'.
      """,
    bad: ExamplePlan.with(
      site: "      sepm-par-02: { address: 'https://sepm-par-02.example.net' }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  package static let notAURL = CatalogueEntry(
    "F017", "Not a URL that fits",
    explanation: """
      The REST API of SEPM has a URL of scheme, host and port, usually 'https://HOST:8446'. This \
      is not such a URL, or there is more in it.

      Without an API no client is counted. A user name or password in the URL would end up in logs \
      and in the record of the run. A query or fragment means nothing there.

      Write scheme, host and port.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing(
        "https://sepm-paris-1.example.net:8446", with: "sepm-paris-1:8446")
    },
    good: ExamplePlan().text)

  package static let notAPath = CatalogueEntry(
    "F018", "Not a path",
    explanation: """
      A path names a file, relative to the folder of the plan. It is one line and not empty.

      An empty path would name the folder itself, and nobody would notice that the certificate is \
      missing until the wizard asks for it.

      Write the path of the file.
      """,
    bad: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: '' }"
    },
    good: ExamplePlan.with {
      $0.certificates = "certificates:\n  paris-2026: { pkcs12: certs/paris.p12 }"
    })

  package static let emptyText = CatalogueEntry(
    "F019", "The text is empty",
    explanation: """
      A text for people is expected here, such as a reason, a description or a user name, and it \
      is empty.

      Auditors read the reasons for exclusions and overrides months later. Clients that were \
      waived without a reason look like clients that were forgotten.

      Write the text, or leave the key out if it is optional.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: '' }]"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: isolated network }]")
  )
}
