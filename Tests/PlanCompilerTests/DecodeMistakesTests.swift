import DocumentForm
import PlanCompiler
import PlanModel
import PlanText
import Testing

@Suite("Mistakes of form are all found, each once, where they are") struct DecodeMistakesTests {
  @Test("mistakes in every section come out in one pass") func allAtOnce() {
    expectMarked(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: «F013:EMEA 2026» }
      certificates:
        paris-2026: { pkcs12: a.p12, «F008:jks»: a.jks }
        «F013:rome 2026»: { jks: b.jks }
        «F008:oslo-2026»: { password: { env: A } }
      sites:
        paris:
          clients: «F012:many»
          database: «F009:sqlserver»
          servers:
            a: { address: «F016:'https://a.example'», certificate: paris-2026 }
            «F002:b»: { version: «F014:new» }
            c: «F003:c.example»
        «F004:berlin»:
      replication:
        - { sites: «F003:paris» }
        - { sites: «F006:[paris]», break: «F009:never» }
      strategy: { «F001:methud»: failover, waves: «F005:[]» }
      waits:
        default: { minimum: «F010:7 days», adopted: «F011:1» }
        https-restored:
          «F007:<<»: {}
      """, checks: false)
  }

  @Test("a misspelt required key is not missing as well") func misspeltKey() throws {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      sites: { paris: { servers: { a: { adress: a.example } } } }
      """
    let found = reading(text).diagnostics
    #expect(found.map(\.code) == [CatalogueEntry.unknownKey.code])
    #expect(found.first?.help == "Did you mean 'address'?")
  }

  @Test("a key that is indented too deep is told where it belongs, and once")
  func misplacedKey() throws {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates: { c: { jks: c.jks } }
      sites:
        main:
          api:
            url: https://a.example:8446
            username: r
            password: { env: P }
            servers:
              a: { address: a.example, certificate: c }
      """
    let deep = reading(text, checks: false).diagnostics
    #expect(deep.map(\.code) == [CatalogueEntry.unknownKey.code])
    #expect(deep.first?.detail == "'servers' is not a key of 'api', but of 'main'.")
    #expect(
      deep.first?.help?.hasPrefix("Indent 'servers' like 'api', so that it stands beside it")
        == true)
    // Its entries did not move with it.
    let alone = text.replacing("        a: {", with: "      a: {")
    try #require(alone != text)
    #expect(reading(alone, checks: false).diagnostics.map(\.detail) == deep.map(\.detail))
    // Two levels too deep, where the document itself is meant.
    let root = text + "\n      waits: {}\n"
    #expect(
      reading(root, checks: false).diagnostics.contains {
        $0.detail.hasSuffix("but of the document.")
          && $0.help?.hasPrefix("Indent 'waits' like 'sites'") == true
      })
    // A key that is there already is no misplaced one.
    let twice = text.replacing("  main:\n", with: "  main:\n    servers: {}\n")
    #expect(
      reading(twice, checks: false).diagnostics.contains {
        $0.detail == "'servers' is not a key of 'api'."
      })
  }

  @Test(
    "what was meant stands in the help, for keys and for values",
    arguments: [
      ("clients: 5", "client: 5", "Did you mean 'clients'?"),
      ("username: r", "user: r", "Did you mean 'username'?"),
      ("jks: c.jks", "pfx: c.pfx", "Did you mean 'pkcs12'?"),
      ("jks: c.jks", "P12: c.p12", "Did you mean 'pkcs12'?"),
      ("adopted: 98%", "adopted: '98 %'", "Did you mean '98%'?"),
      ("adopted: 98%", "adopted: '98,5%'", "Did you mean '98.5%'?"),
      ("adopted: 98%", "adopted: 98 percent", "Did you mean '98%'?"),
      ("deadline: 14d", "deadline: 2 weeks", "Did you mean '14d'?"),
      ("deadline: 14d", "deadline: 2w", "Did you mean '14d'?"),
      ("deadline: 14d", "deadline: 1 week 2 days", "Write whole numbers"),
      ("adopted: 98%", "adopted: '1,000%'", "Write a number with a percent sign"),
    ])
  func meant(right: String, wrong: String, help: String) throws {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates: { c: { jks: c.jks } }
      sites:
        main:
          clients: 5
          api: { url: 'https://a.example:8446', username: r, password: { env: P } }
          servers: { a: { address: a.example, certificate: c } }
      waits: { default: { adopted: 98%, deadline: 14d } }
      """
    #expect(reading(text, checks: false).diagnostics.isEmpty)
    let found = reading(text.replacing(right, with: wrong), checks: false).diagnostics
    #expect(found.count == 1)
    #expect(found.first?.help?.hasPrefix(help) == true, "\(found.first?.help ?? "")")
  }

  @Test("a literal secret is an error that never shows it") func literalSecret() throws {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates: { c: { pkcs12: a.p12, password: hunter2 } }
      sites: { paris: { servers: { a: { address: a.example, certificate: c } } } }
      """
    for secret in ["hunter2", "{ env: 'hunter2!' }"] {
      let found = reading(text.replacing("hunter2", with: secret)).diagnostics.filter {
        $0.severity == .error
      }
      #expect(found.count == 1)
      for diagnostic in found {
        let shown =
          ([diagnostic.detail, diagnostic.help ?? ""] + diagnostic.related.map(\.message))
          .joined()
        #expect(!shown.contains("hunter2"), "\(shown)")
      }
    }
    #expect(reading(text).diagnostics.contains { $0.entry == .literalSecret })
  }

  @Test(
    "mistakes of meaning are found beside mistakes of form, without what would follow from them")
  func doubts() throws {
    let text = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates: { c: { pkcs12: a.p12, jks: b.jks } }
      sites:
        paris: { api: { url: nowhere }, servers: { a: { address: a.example, certificate: c } } }
      strategy: { serversAtOnce: 0 }
      """
    let found = reading(text).diagnostics.filter { $0.severity != .note }.map(\.code)
    #expect(
      found.sorted()
        == [
          CatalogueEntry.notExactlyOne, .notAURL, .missingKey, .missingKey, .noServersAtOnce,
        ].map(\.code).sorted())
  }

  @Test("a document of another kind or version is reported once") func strangers() {
    for header in [
      "apiVersion: waltz/v9\nkind: RotationPlan", "apiVersion: waltz/v1\nkind: EstateScenario",
    ] {
      #expect(reading(header + "\nanything: [1, 2]\n").diagnostics.count == 1)
    }
  }
}
