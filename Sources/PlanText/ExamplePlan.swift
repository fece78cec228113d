/// The small plan that the examples of the catalogue are made of: one site, one server.
///
/// Each section can be replaced as a whole, so that a page shows a whole document and still says only
/// what is its own.
struct ExamplePlan {
  var header = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata:
      name: example
    """

  var certificates = """
    certificates:
      paris-2026:
        pkcs12: certs/paris.p12
        password: { env: PARIS_P12_PASSWORD }
    """

  var sites = "sites:\n" + ExamplePlan.site("paris", certificate: "paris-2026")

  /// Further sections.
  var more = ""

  /// The document.
  var text: String {
    [header, certificates, sites, more].filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// The document with changes.
  static func with(_ change: (inout ExamplePlan) -> Void) -> String {
    var plan = ExamplePlan()
    change(&plan)
    return plan.text
  }

  /// The document with more sections.
  static func with(more: String) -> String { with { $0.more = more } }

  /// The document with further keys in the site.
  static func with(site lines: String) -> String {
    with { $0.sites += "\n" + lines }
  }

  /// A site called `name` with `servers` servers.
  static func site(
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
  static func pair(
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
}

extension ExamplePlan {
  /// A hub that rotates and its partners, `count` sites in all.
  static func farm(_ count: Int) -> String {
    with {
      $0.more = "replication:"
      for number in 2...count {
        $0.sites += "\n" + site("site-\(number)", certificate: nil)
        $0.more += "\n  - { sites: [paris, site-\(number)], break: suspend }"
      }
    }
  }

  /// Two servers, rotated by fail-over.
  static func failover(_ more: String) -> String {
    with {
      $0.sites += "\n      sepm-par-02: { address: sepm-par-02.example.net }"
      $0.more = "strategy:\n  method: failover" + (more.isEmpty ? "" : "\n" + more)
    }
  }

  /// Two servers with a certificate each, both pinned; the second with these digits.
  static func pinned(_ digits: String) -> String {
    with {
      $0.certificates +=
        "\n    fingerprint: sha256:"
        + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        + "\n  second-2026: { jks: certs/second.jks, fingerprint: 'sha256:\(digits)' }"
      $0.sites +=
        "\n      sepm-par-02: { address: sepm-par-02.example.net, certificate: second-2026 }"
    }
  }
}

extension String {
  /// The text with every `wanted` replaced.
  func replacing(_ wanted: String, with other: String) -> String {
    replacing(wanted[...], with: other[...], maxReplacements: .max)
  }
}
