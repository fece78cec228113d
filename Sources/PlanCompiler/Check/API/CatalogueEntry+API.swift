package import PlanText

extension CatalogueEntry {
  /// The pages about the address of a site's API.
  static let apiPages: [CatalogueEntry] = [
    plainHTTP, portOfOtherService, apiOfOtherSite, apiNotThere, apiPinnedToNew, portsOfAPIDiffer,
  ]

  package static let plainHTTP = CatalogueEntry(
    "M049", "The API would be used without TLS",
    explanation: """
      The URL of the REST API starts with 'http:'.

      The administrator's password is sent to the API. SEPM serves the API only over HTTPS. Over \
      anything else the password could be read in transit, and whoever has it can change every \
      policy of every client.

      Write 'https://', and say with 'trust' which certificate to accept.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("https:", with: "http:") },
    good: ExamplePlan().text)

  package static let portOfOtherService = CatalogueEntry(
    "M060", "The port belongs to another service of SEPM",
    severity: .warning,
    explanation: """
      SEPM's REST API listens on port 8446. The URL names a port on which another service of SEPM \
      listens: 8443 is the console and replication, 443 and 8014 are for clients, 8445 is reporting, \
      9090 the start page. A URL without a port means 443.

      Every answer there is a web page or an error, so no client can be counted and the waits \
      never pass. That shows only when the run has begun.

      Write port 8446, or the port that the API was moved to. Behind a proxy that listens on 443 \
      the warning can be ignored.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing(":8446", with: ":8443") },
    good: ExamplePlan().text)

  package static let apiOfOtherSite = CatalogueEntry(
    "M061", "The API belongs to another site",
    explanation: """
      The URL leads to a server of another site of the plan, or two sites have the same URL.

      Each site has its own database. Another site's API counts that site's clients and changes \
      that site's verification: the wait passes while the clients of this site still verify the \
      old certificate, and they are lost when it changes.

      Write the URL of one of the site's own servers.
      """,
    bad: ExamplePlan.pair("").replacing(
      "https://sepm-berlin-1.example.net:8446", with: "https://sepm-paris-1.example.net:8446"),
    good: ExamplePlan.pair(""))

  package static let apiNotThere = CatalogueEntry(
    "M062", "An action needs an API that the site does not have",
    explanation: """
      'automation' sends an action to the REST API, but a rotating site has no 'api' that says \
      where it is and who logs on.

      The step would fail when it is due, in the middle of the rotation, perhaps with verification \
      off and replication broken.

      Add 'api' to the site, or write 'operator' or a command.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
      $0.more = "automation: { disable-verification: api, back-up-server: operator }"
    },
    good: ExamplePlan.with(
      more: "automation: { disable-verification: api, back-up-server: operator }"))

  package static let apiPinnedToNew = CatalogueEntry(
    "M063", "The API is pinned to the new certificate",
    severity: .warning,
    explanation: """
      'trust' pins the API's certificate to the one that a server of the site gets in this \
      rotation.

      The API presents the certificate that is being rotated. Until the change that is the old \
      one, so Waltz would refuse the first connection and the run would stop at its first step. \
      During the change Waltz trusts both the old and the new certificate anyway, afterwards only \
      the new one.

      Pin the certificate that the server presents today, or name the authority with 'ca'.
      """,
    bad: ExamplePlan.pinnedAPI(
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    good: ExamplePlan.pinnedAPI(
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))
}

extension CatalogueEntry {
  package static let portsOfAPIDiffer = CatalogueEntry(
    "M084", "The API is on another port than its server says",
    severity: .warning,
    explanation: """
      The URL of a site's REST API names a server of the site with one port, and that server has \
      another one under 'ports', or none there, which means 8446.

      Waltz sends its requests to the URL, and looks at the certificate on the server's port. If the \
      API was moved, the service behind it would not be looked at after the restart, and it may still \
      present the old certificate.

      Write the port on which the API listens in both places. If a gateway forwards the port of the \
      URL, this warning can be ignored.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing(":8446", with: ":9446") },
    good: ExamplePlan.with {
      $0.sites =
        $0.sites.replacing(":8446", with: ":9446") + "\n        ports: { api: 9446 }"
    })
}

extension ExamplePlan {
  /// A site whose new certificate and whose API are pinned, the API by these digits.
  fileprivate static func pinnedAPI(_ digits: String) -> String {
    with {
      $0.certificates +=
        "\n    fingerprint: sha256:"
        + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      $0.sites = $0.sites.replacing(
        "username: rotation",
        with: "username: rotation\n      trust: { fingerprint: 'sha256:\(digits)' }")
    }
  }
}
