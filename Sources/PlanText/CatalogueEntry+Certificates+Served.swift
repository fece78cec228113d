extension CatalogueEntry {
  /// What the servers present, which '--live' looks at.
  static let servedCertificatePages: [CatalogueEntry] = [
    unknownServer, alreadyServed, oldExpiresFirst, mixedCertificates,
  ]

  public static let unknownServer = CatalogueEntry(
    "C034", "Nothing is known of what the server serves",
    severity: .warning,
    explanation: """
      '--live' looked at the TLS ports of the server and none showed a certificate: the name has no address, \
      nothing listens, a firewall lets nothing through, or something listens that speaks no TLS. Whether \
      the old certificate lasts as long as the rotation can not be told, and verify-certificate, which \
      looks at the same ports, would fail after the change.

      Correct the address, start the services, or open the way from this machine. Other ports than 8443, \
      443, 8445 and 8446 are named with '--tls-port'.
      """,
    bad: ExamplePlan.served("no port of the server answers"),
    good: ExamplePlan.served("the server serves another certificate"))

  public static let alreadyServed = CatalogueEntry(
    "C035", "The server serves the new certificate already",
    severity: .warning,
    explanation: """
      What the server presents on its TLS ports is the certificate that the plan would put there: for this \
      server the rotation changes nothing, and all its clients would stop verifying for weeks for \
      nothing. Mostly the old file was named again, or the rotation has been done.

      Name the new certificate, or take it away from the server.
      """,
    bad: ExamplePlan.served("the server serves this certificate"),
    good: ExamplePlan.served("the server serves another certificate"))

  public static let oldExpiresFirst = CatalogueEntry(
    "C036", "The old certificate expires before it is replaced",
    severity: .warning,
    explanation: """
      The certificate that the server serves now must last until the new one is in place, and that is weeks \
      away: clients have to learn first that they need not verify it. If it expires before, clients and \
      consoles turn away while they still verify. It is an error where that happens even if every wait \
      passes at its minimum, and a warning where it happens only if the deadlines are used up.

      Start at once, shorten the waits before the change as far as the vendor allows (24 hours), or give \
      this site an earlier wave.
      """,
    bad: ExamplePlan.served("the server's certificate expires in 10 days"),
    good: ExamplePlan.served("the server's certificate is valid for years"))

  public static let mixedCertificates = CatalogueEntry(
    "C037", "The ports of a server show different certificates",
    severity: .warning,
    explanation: """
      A management server presents one certificate on all its TLS ports: 8443 and 8446 come from one service, \
      443 and 8445 from another. Where they differ a service was not restarted after the last change, or \
      files were exchanged by hand, which is no rotation (`SEPM.md` §3.2). Clients would then hold \
      a certificate that a part of the server does not have.

      Restart the three services and look again before the rotation begins.
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
