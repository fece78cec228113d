package import PlanText

extension CatalogueEntry {
  /// The pages about what a server serves today.
  static let servedPages: [CatalogueEntry] = [
    unknownServer, alreadyServed, oldExpiresFirst, mixedCertificates,
  ]

  package static let unknownServer = CatalogueEntry(
    "C034", "Waltz could not see what the server serves",
    severity: .warning,
    explanation: """
      '--live' looked at the TLS ports of a server that gets a certificate, and none of them \
      presented one: the name has no address, nothing listens, a firewall is in the way, or what \
      listens does not speak TLS.

      So nobody knows whether the old certificate lasts as long as the rotation. And \
      verify-certificate, which looks at the same ports, would fail after the change: the rotation \
      would stop halfway although the server may be fine.

      Correct 'address', start the services (`Get-Service semsrv, semwebsrv, semapisrv` on the \
      server shows them), or open the way from this machine; `openssl s_client -connect \
      ADDRESS:8443` tries it. For ports other than 8443, 443, 8445 and 8446 use '--tls-port'. If \
      only the machine that runs the rotation can reach the server, write `# waltz:ignore C034 \
      reason` on the line before.
      """,
    bad: ExamplePlan.served("no port of the server answers"),
    good: ExamplePlan.served("the server serves another certificate"))

  package static let alreadyServed = CatalogueEntry(
    "C035", "The server already serves the new certificate",
    severity: .warning,
    explanation: """
      On all its TLS ports that answer, the server already presents the certificate that the plan \
      would put there. '--live' looked at them.

      The rotation would change nothing at this server, and all its clients would stop verifying \
      for weeks for no reason. Usually the plan names the old file again, so that the expiring \
      certificate would stay, or the rotation has already been done.

      Name the new certificate under 'certificates', or remove 'certificate' from the server. \
      `waltz certificate inspect FILE` prints the last day of what the file holds.
      """,
    bad: ExamplePlan.served("the server serves this certificate"),
    good: ExamplePlan.served("the server serves another certificate"))

  package static let oldExpiresFirst = CatalogueEntry(
    "C036", "The old certificate expires before it is replaced",
    severity: .warning,
    explanation: """
      The certificate that the server serves now expires before the new one is put in place. \
      '--live' looked at it. This is an error if it happens even when every wait passes as soon as \
      its 'minimum' and 'holdFor' let it. It is a warning if it happens only when the deadlines \
      are used up, or if the certificate has already expired.

      The change is weeks away, because clients must first learn not to verify the old \
      certificate. If it expires before that, clients and consoles that still verify it refuse the \
      server, and a client that refuses the server cannot learn anything from it.

      Start at once, give this site an earlier wave, or shorten the wait 'verification-disabled' \
      under 'waits': its minimum as far as the vendor allows (24 hours), its 'holdFor' or its \
      deadline. `waltz plan validate PLAN --live --at 2026-12-24` checks the same for another day. \
      The warning can be suppressed with `# waltz:ignore C036 reason`, the error cannot.
      """,
    bad: ExamplePlan.served("the server's certificate expires in 10 days"),
    good: ExamplePlan.served("the server's certificate is valid for years"))

  package static let mixedCertificates = CatalogueEntry(
    "C037", "The ports of a server show different certificates",
    severity: .warning,
    explanation: """
      '--live' found that the TLS ports of a server present different certificates. A management \
      server has one certificate for all of them: 8443 belongs to the manager, 8446 to the API \
      service, 443 and 8445 to the web server.

      Each service loads the certificate when it starts. If they differ, one of them was not \
      restarted after the last change, another program listens on 443, or files were replaced by \
      hand (`docs/SEPM.md`, "Replacing files is no rotation"). Clients may then have a certificate \
      that part of the server does not have, and nobody can say which one the rotation replaces.

      Restart semsrv, semwebsrv and semapisrv, and check again with `waltz plan validate PLAN \
      --live` before the rotation begins. If they still differ, install the certificate with \
      SEPM's wizard. If a port is not SEPM's, name the others with '--tls-port'.
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
