/// The small plan that the examples of the catalogue are made of: one site, one server.
///
/// Each section can be replaced as a whole, so that a page shows a whole document and still says only
/// what is its own.
package struct ExamplePlan {
  package var header = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata:
      name: example
    """

  package var certificates = """
    certificates:
      paris-2026:
        pkcs12: certs/paris.p12
        password: { env: PARIS_P12_PASSWORD }
    """

  package var sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026")

  /// Further sections.
  package var more = ""

  /// The plan with nothing replaced.
  package init() {}

  /// The document.
  package var text: String {
    [header, certificates, sites, more].filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// The document with changes.
  package static func with(_ change: (inout ExamplePlan) -> Void) -> String {
    var plan = ExamplePlan()
    change(&plan)
    return plan.text
  }

  /// The document with more sections.
  package static func with(more: String) -> String { with { $0.more = more } }

  /// The document with further keys in the site.
  package static func with(site lines: String) -> String {
    with { $0.sites += "\n" + lines }
  }

  /// A site called `name` with `servers` servers.
  package static func site(
    _ name: String, certificate: String?, servers: Int = 1, server extra: String = ""
  ) -> String {
    var lines = [
      "  \(name):",
      "    api:",
      "      url: https://sepm-\(name)-1.example.net:8446",
      "      username: rotation",
      "      password: { env: SEPM_PASSWORD }",
      "    servers:",
    ]
    for number in 1...max(servers, 1) {
      lines.append("      sepm-\(name)-\(number):")
      lines.append("        address: sepm-\(name)-\(number).example.net")
      if let certificate { lines.append("        certificate: \(certificate)") }
      if !extra.isEmpty { lines.append("        \(extra)") }
    }
    return lines.joined(separator: "\n")
  }

  /// Two sites, `paris` and `berlin`, each with a certificate, and what joins them.
  package static func pair(
    _ more: String, servers: Int = 1, paris: String = "", berlin: String = "",
    berlinRotates: Bool = true
  ) -> String {
    with {
      if berlinRotates {
        $0.certificates +=
          "\n  berlin-2026:\n    pem: { certificate: certs/berlin.pem, key: certs/berlin.key }"
      }
      $0.sites =
        "sites:\n" + site("paris", certificate: "paris-2026", servers: servers, server: paris)
        + "\n"
        + site("berlin", certificate: berlinRotates ? "berlin-2026" : nil, server: berlin)
      $0.more = more
    }
  }

  /// Two servers, rotated by fail-over.
  package static func failover(_ more: String) -> String {
    with {
      $0.sites += "\n      sepm-par-02: { address: sepm-par-02.example.net }"
      $0.more = "strategy:\n  method: failover" + (more.isEmpty ? "" : "\n" + more)
    }
  }
}
