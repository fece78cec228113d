import PlanCompiler
import PlanText
import Testing

@Suite("Waits that would cost clients are not passed over in silence") struct ProtectionTests {
  /// A plan of one site with `clients` and these waits.
  private func found(
    _ waits: String, clients: Int? = 4200, strategy: String = "", notes: Bool = false
  ) -> [Diagnostic] {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates:
        c: { jks: c.jks }
        d: { jks: d.jks }
      sites:
        paris:
          \(clients.map { "clients: \($0)" } ?? "database: sql-server")
          api: { url: 'https://a.example:8446', username: r, password: { env: P } }
          servers:
            a: { address: a.example, certificate: c }
            b: { address: b.example, certificate: d }
      \(strategy)
      waits: \(waits)
      """
    return reading(text).diagnostics.filter { notes || $0.severity != .note }
  }

  private func levels(_ found: [Diagnostic]) -> [String] {
    found.map { "\($0.code) \($0.severity.rawValue)" }
  }

  @Test("a share under 80 % is an error, one under 95 % a warning, an override answers for both")
  func shares() {
    for (share, expected) in [
      ("1%", ["M076 error"]), ("79.9999%", ["M076 error"]), ("80%", ["M076 warning"]),
      ("94.9%", ["M076 warning"]), ("95%", []), ("0%", ["M016 error"]),
    ] {
      for wait in ["default", "verification-disabled", "certificate-received"] {
        let waits = "{ \(wait): { adopted: \(share) } }"
        #expect(levels(found(waits)) == expected, "\(waits)")
      }
      // Nothing irreversible comes after these.
      for wait in ["verification-enabled", "https-restored"] where share != "0%" {
        #expect(levels(found("{ \(wait): { adopted: \(share) } }")) == [], "\(wait)")
      }
      guard share != "0%" else { continue }
      #expect(levels(found("{ default: { adopted: \(share), override: { reason: x } } }")) == [])
    }
  }

  @Test("a floor counts where the wait goes on with it") func floors() {
    for (floor, expected) in [
      ("1%", ["M076 error"]), ("79%", ["M076 error"]), ("85%", ["M076 warning"]), ("90%", []),
    ] {
      let wait = "minimum: 24h, deadline: 2d, onDeadline: proceed, floor: \(floor)"
      #expect(levels(found("{ verification-disabled: { \(wait) } }")) == expected, "\(floor)")
    }
    #expect(
      levels(found("{ default: { onDeadline: hold, floor: 1% } }")) == ["M018 warning"])
  }

  @Test("the message says how many clients are meant and what they would do") func words() {
    #expect(
      found("{ default: { adopted: 1% } }").first?.detail
        == "With 1% the wait passes: up to 4158 of the 4200 clients of site 'paris' would still verify "
        + "against the old certificate when it changes.")
    #expect(
      found("{ certificate-received: { adopted: 60% } }", clients: nil).first?.detail
        == "With 60% the wait passes: up to 40% of the clients would not have the new certificate "
        + "when verification is turned on again.")
    let failover = "strategy: { method: failover }"
    #expect(
      found("{ certificate-received: { adopted: 60%, minimum: 2d } }", strategy: failover).first?
        .detail
        == "With 60% the wait passes: up to 1680 of the 4200 clients of site 'paris' would not know the "
        + "new certificate when the next server changes.")
    // No client stops verifying with fail-over.
    let waits =
      "{ verification-disabled: { adopted: 1% }, certificate-received: { minimum: 2d } }"
    #expect(levels(found(waits, strategy: failover)) == [])
  }

  @Test("a handful of clients is no warning, but none are protected by a share of a tenth")
  func handful() {
    #expect(levels(found("{ default: { adopted: 90% } }", clients: 99)) == [])
    #expect(levels(found("{ default: { adopted: 90% } }", clients: 100)) == ["M076 warning"])
    #expect(levels(found("{ default: { adopted: 90% } }", clients: nil)) == ["M076 warning"])
    #expect(levels(found("{ default: { adopted: 10% } }", clients: 9)) == ["M076 error"])
  }

  @Test("machines that are always on are waived with a warning, as a whole only") func functions() {
    func excluding(_ exclusion: String, cohorts: String = "[]") -> [String] {
      levels(found("{ default: { exclude: [{ \(exclusion), reason: x }], cohorts: \(cohorts) } }"))
    }
    #expect(excluding("osFunction: Server") == ["M077 warning"])
    #expect(excluding("osFunction: DomainController") == ["M077 warning"])
    #expect(excluding("group: My Company, osFunction: Server") == ["M077 warning"])
    #expect(excluding("osFunction: Workstation") == ["M072 warning"])
    #expect(excluding("osFunction: Unknown") == [])
    #expect(excluding("group: 'My Company\\Lab', osFunction: Server") == [])
    // The cohort that is emptied says it already.
    #expect(
      excluding(
        "osFunction: DomainController",
        cohorts: "[{ name: dc, osFunction: DomainController, adopted: 100% }]")
        == ["M054 warning"])
  }

  @Test("a cohort below its wait is remarked on") func cohorts() {
    func cohort(_ share: String) -> [String] {
      let cohort = "{ name: x, group: 'My Company\\X', adopted: \(share) }"
      return levels(found("{ default: { cohorts: [\(cohort)] } }", notes: true))
    }
    #expect(cohort("10%") == ["M078 note"])
    #expect(cohort("98%") == [])
    #expect(cohort("100%") == [])
    #expect(cohort("0%") == ["M016 error"])
  }

  @Test(
    "a path of a group keeps all its parts in what is proposed",
    arguments: [
      ("'My Company/Paris/Laptops'", "My Company\\Paris\\Laptops", "not '/'"),
      ("Paris/Laptops", "My Company\\Paris\\Laptops", "not '/'"),
      ("'Paris\\Laptops'", "My Company\\Paris\\Laptops", "full paths start with 'My Company\\'"),
      ("'My Company\\Default Group\\'", "My Company\\Default Group", "a path ends with"),
      ("'My Company\\\\Lab'", "My Company\\Lab", "two parts of a path"),
      ("'my company\\Lab'", "My Company\\Lab", "full paths start with"),
      ("\"My Company\\new\"", "My Company\\new", "in double quotes"),
      ("\"My Company\\Lab\"", "My Company\\Lab", "in double quotes"),
      ("Lab", "My Company\\Lab", "full paths start with"),
    ])
  func groups(written: String, meant: String, why: String) throws {
    let found = found("{ default: { exclude: [{ group: \(written), reason: x }] } }")
    #expect(levels(found) == ["M073 warning"])
    #expect(found.first?.help?.hasSuffix("'\(meant)'.") == true, "\(found.first?.help ?? "")")
    #expect(found.first?.detail.contains(why) == true, "\(found.first?.detail ?? "")")
    #expect(
      levels(self.found("{ default: { exclude: [{ group: '\(meant)', reason: x }] } }")) == [])
  }

  @Test("the root waives everybody, with a separator behind it or not")
  func root() {
    for root in ["My Company", "'My Company\\'", "'My Company/'"] {
      let found = found("{ default: { exclude: [{ group: \(root), reason: x }] } }")
      #expect(levels(found) == ["M053 error"], "\(root)")
    }
  }

  @Test("files of SEPM's web servers are no place for an update") func keystore() {
    func found(_ action: String, _ command: String, check: String = "[look]") -> [String] {
      let plan = CatalogueEntry.noCommandLine.good.replacing(
        "  update-certificate: operator",
        with: "  \(action): { command: \(command), check: \(check) }")
      return reading(plan).diagnostics.filter { $0.severity != .note }.map(\.code)
    }
    for argument in [
      "'C:/x/tomcat/etc/keystore.jks'", "'E:\\Apache\\conf\\ssl'", "Keystore.JKS",
      "--to=tomcat", "'copy new.jks \"C:\\sepm\\Tomcat\"'", "sepm:apache",
    ] {
      #expect(found("update-certificate", "[cp, a, \(argument)]") == ["M079"], "\(argument)")
    }
    // Only whole names are those places.
    for argument in [
      "'C:\\staging\\paris-keystore.jks'", "'C:\\apache-tools\\drive.ps1'", "--host=sepm-tomcat-01",
      "keystore.jks.bak", "tomcat9.example.net",
    ] {
      #expect(
        found("update-certificate", "[drive-console, \(argument)]") == ["M067"], "\(argument)")
    }
    #expect(found("update-certificate", "[drive-console]") == ["M067"])
    // Looking is allowed, and other actions have business there.
    #expect(found("update-certificate", "[x]", check: "[cmp, tomcat/etc/keystore.jks]") == ["M067"])
    #expect(found("back-up-server", "[cp, tomcat/etc/keystore.jks, backup]") == [])
  }
}
