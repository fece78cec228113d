package import PlanText

extension CatalogueEntry {
  /// The pages about sites, going by what they say of themselves.
  package static let sitePages: [CatalogueEntry] =
    accessPages + productPages + clientPages + partnerPages + settingsPages

  private static let accessPages: [CatalogueEntry] = [
    silentSite, untrustedSite, refusedLogOn, noSystemAdministrator, unreadParts, otherClock,
  ]

  package static let silentSite = CatalogueEntry(
    "L001", "The API of a site does not answer",
    explanation: """
      '--live' asked the REST API of a site, and no management server answered: the name has no address, \
      nothing listens, a firewall or a proxy is in the way, SEPM throttles, or what answers makes no sense.

      A rotation would not get past its first step there. Nothing else of what '--live' asks a site could be \
      checked, and no wait could count its clients.

      Correct 'url', start the service (`Get-Service semapisrv` on the server shows it), or open the way from \
      this machine: `curl -k https://HOST:8446/sepm/api/v1/version` tries it. If only the machine that runs the \
      rotation can reach the API, check there, or write `# waltz:ignore L001 reason` on the line before.
      """,
    bad: ExamplePlan.told("nothing listens at the API's port"),
    good: ExamplePlan.told("the API answers"))

  package static let untrustedSite = CatalogueEntry(
    "L002", "Nothing vouches for the API's certificate",
    explanation: """
      '--live' asked the REST API of a site over TLS, and neither the authorities that 'trust' names nor those of \
      this machine vouch for the certificate that it presents and for its name.

      SEPM makes its first certificate itself, so no authority of this machine knows it. Waltz sends the \
      administrator's password to no server that it cannot tell from another one, so nothing was asked.

      Compare the fingerprint that the message names with the certificate in SEPM's console, or on the server with \
      `keytool -list -v -keystore keystore.jks`. If it is SEPM's own, pin it with 'trust: { fingerprint: … }'. If an \
      authority of your own issued it, name the authority's file with 'trust: { ca: FILE }'.
      """,
    bad: ExamplePlan.told("the API presents a certificate that SEPM made itself"),
    good: ExamplePlan.told("the API presents the certificate that is pinned").replacing(
      "      username: rotation\n",
      with: "      username: rotation\n      trust: { fingerprint: sha256:"
        + String(repeating: "9c", count: 32) + " }\n"))

  package static let refusedLogOn = CatalogueEntry(
    "L003", "The site refuses the log-on",
    explanation: """
      '--live' logged on to the REST API of a site with the user, the password and the domain of the plan, and \
      SEPM refused: one of them is wrong, or the account is locked or has expired.

      A rotation could neither read nor change anything there. A wrong password was tried once and no more, since \
      failed log-ons may lock an account.

      Log on to the console with the same account. If that works, look at where 'password' takes the secret from: \
      a line end or a quote too many is a common cause. 'domain' is SEPM's domain, not Windows'; leave it out for \
      the default one.
      """,
    bad: ExamplePlan.told("the password in SEPM_PASSWORD was changed"),
    good: ExamplePlan.told("SEPM_PASSWORD has the password"))

  package static let noSystemAdministrator = CatalogueEntry(
    "L004", "The account is not a system administrator",
    explanation: """
      SEPM says that the account of 'api' has another role than that of a system administrator, or refuses what a \
      system administrator may do.

      Other administrators see and change only part of a site. Verification would be switched off in the groups \
      that the account sees, waits would count their clients, and the clients of all other groups would be \
      orphaned without anybody having seen them.

      Give the account the role of a system administrator in the console (Admin ▸ Administrators), or name another \
      account. An account of its own for the rotation is easily found in SEPM's logs, and removed afterwards.
      """,
    bad: ExamplePlan.told("rotation is an administrator of one domain"),
    good: ExamplePlan.told("rotation is a system administrator"))

  package static let unreadParts = CatalogueEntry(
    "L005", "Part of what a site says was not read",
    severity: .warning,
    explanation: """
      The REST API of a site answered, but some of its resources did not: SEPM had a trouble of its own, an answer \
      made no sense, or there was no time left for all groups.

      What was not read was not checked: the page's other findings may be missing because nobody saw, not because \
      all is well.

      Look what the message says is wrong and check again. On a site with hundreds of groups give it more time with \
      `--patience 30`: SEPM takes about 50 requests a minute, and the settings of each location are a request.
      """,
    bad: ExamplePlan.told("the API answers 500 to what it is asked of its database"),
    good: ExamplePlan.told("every resource of the API answers"))

  package static let otherClock = CatalogueEntry(
    "L006", "The clock of a site is wrong, or this machine's is",
    explanation: """
      The time that a site tells differs from this machine's by more than 5 minutes.

      A wait passes when the clients' policies and last contacts are later than a change. Those times come from \
      servers and clients, and a rotation over several sites puts them side by side. With clocks that far apart \
      nobody can say what came first, and replication between sites suffers as well.

      Find out which clock is wrong: `w32tm /query /status` on the server, `timedatectl` here. Correct it, then \
      check again.
      """,
    bad: ExamplePlan.told("the server's clock is an hour ahead"),
    good: ExamplePlan.told("the server's clock is right"))
}

extension ExamplePlan {
  /// The document with what the site tells '--live', in a comment at the site.
  static func told(_ comment: String) -> String {
    with { $0.sites = "# \(comment)\n" + $0.sites }
  }
}
