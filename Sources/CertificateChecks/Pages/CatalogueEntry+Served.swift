package import PlanText

extension CatalogueEntry {
  /// The pages about what a server serves today.
  static let servedPages: [CatalogueEntry] = [
    unknownServer, alreadyServed, oldExpiresFirst, mixedCertificates,
  ]

  package static let unknownServer = CatalogueEntry(
    "C034", "Nothing is known of what the server serves",
    severity: .warning,
    explanation: """
      '--live' looked at the TLS ports of a server that gets a certificate, and none showed one: \
      the name has no address, nothing listens, a firewall lets nothing through, or something \
      listens that speaks no TLS.

      Whether the old certificate lasts as long as the rotation cannot be told. And \
      verify-certificate, which looks at the same ports, would fail after the change: the \
      rotation would stop half-way, though the server may be well.

      Correct 'address', start the services (`Get-Service semsrv, semwebsrv, semapisrv` on the \
      server shows them), or open the way from this machine; `openssl s_client -connect \
      ADDRESS:8443` tries it. Other ports than 8443, 443, 8445 and 8446 are named with \
      '--tls-port'. If only the machine that runs the rotation reaches the server, write `# \
      waltz:ignore C034 reason` on the line before.
      """,
    bad: ExamplePlan.served("no port of the server answers"),
    good: ExamplePlan.served("the server serves another certificate"))

  package static let alreadyServed = CatalogueEntry(
    "C035", "The server serves the new certificate already",
    severity: .warning,
    explanation: """
      What the server presents on all its TLS ports that answer is the certificate that the plan \
      would put there. '--live' looked at them.

      For this server the rotation changes nothing, and all its clients would stop verifying for \
      weeks for nothing. Mostly the old file was named again, so that the certificate which \
      expires would stay, or the rotation has been done.

      Name the new certificate under 'certificates', or take 'certificate' away from the server. \
      `waltz certificate inspect FILE` prints the last day of what the file holds.
      """,
    bad: ExamplePlan.served("the server serves this certificate"),
    good: ExamplePlan.served("the server serves another certificate"))

  package static let oldExpiresFirst = CatalogueEntry(
    "C036", "The old certificate expires before it is replaced",
    severity: .warning,
    explanation: """
      The certificate that the server serves now expires before the new one is put in place. \
      '--live' looked at it. It is an error where that happens even if every wait passes as soon as its \
      'minimum' and 'holdFor' let it, and a warning where it happens only if the deadlines are used up, or where the \
      certificate has expired already.

      The change is weeks away: clients have to learn first that they need not verify the old \
      certificate. If it expires before, clients and consoles turn away while they still verify, \
      and a client that has turned away does not learn it any more.

      Start at once, give this site an earlier wave, or shorten what 'waits' says under \
      'verification-disabled': the minimum as far as the vendor allows (24 hours), 'holdFor', or \
      the deadline. `waltz plan validate PLAN --live --at 2026-12-24` asks the same for another day. \
      The warning can be overruled with `# waltz:ignore C036 reason`, the error cannot.
      """,
    bad: ExamplePlan.served("the server's certificate expires in 10 days"),
    good: ExamplePlan.served("the server's certificate is valid for years"))

  package static let mixedCertificates = CatalogueEntry(
    "C037", "The ports of a server show different certificates",
    severity: .warning,
    explanation: """
      The TLS ports of a server present different certificates, as '--live' saw them. A \
      management server has one for all: 8443 belongs to the manager, 8446 to the API service, \
      443 and 8445 to the web server.

      Each service takes the certificate up when it starts. Where they differ one was not \
      restarted after the last change, another program listens on 443, or files were exchanged \
      by hand (`docs/SEPM.md`, "Replacing files is no rotation"). Clients may then hold a \
      certificate that a part of the server does not have, and nobody can say which of them the \
      rotation replaces.

      Restart semsrv, semwebsrv and semapisrv, and look again with `waltz plan validate PLAN \
      --live` before the rotation begins. If they still differ, put the certificate in place \
      with SEPM's wizard. Where a port is not SEPM's, name the others with '--tls-port'.
      """,
    bad: ExamplePlan.served("443 shows another certificate than 8443"),
    good: ExamplePlan.served("all ports show one certificate"))
}

extension ExamplePlan {
  /// The document with what '--live' finds, in a comment at the server.
  static func served(_ comment: String) -> String {
    with {
      $0.certificates = """
        certificates:
          paris-2026: { pem: { certificate: certs/paris.pem, key: certs/paris.key } }
        """
      $0.sites = "# \(comment)\n" + $0.sites
    }
  }
}
