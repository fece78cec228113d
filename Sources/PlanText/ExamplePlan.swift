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
        $0.certificates += """

            berlin-2026:
              pem: { certificate: certs/berlin.pem, key: certs/berlin.key }
          """
      }
      $0.sites =
        "sites:\n" + site("paris", certificate: "paris-2026", servers: servers, server: paris)
        + "\n"
        + site("berlin", certificate: berlinRotates ? "berlin-2026" : nil, server: berlin)
      $0.more = more
    }
  }
}

extension String {
  /// The text with every `wanted` replaced.
  func replacing(_ wanted: String, with other: String) -> String {
    replacing(wanted[...], with: other[...], maxReplacements: .max)
  }
}
