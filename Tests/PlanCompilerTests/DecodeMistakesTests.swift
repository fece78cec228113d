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
