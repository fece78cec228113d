import DocumentForm
import PlanCompiler
import PlanModel
import PlanText
import Testing

@Suite("Mistakes of meaning are found where they are, each once") struct CheckMistakesTests {
  @Test("names, shares and times point to what is wrong") func places() {
    expectMarked(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates:
        paris-2026: { pkcs12: «M049:/etc/paris.p12» }
        «M031:spare»: { jks: spare.jks }
      sites:
        paris:
          api: { url: 'https://a.example:8446', username: r, password: { env: P } }
          servers:
            a: { address: a.example, certificate: paris-2026, version: 14.3.2, upgrade: { to: «M028:14.3.1» } }
            b: { address: «M030:A.example» }
        berlin:
          servers: { c: { address: c.example } }
      replication:
        - { sites: [paris, «M001:berlim»] }
        - { sites: [paris, berlin], break: «M007:delete» }
      strategy: { waves: [[paris, «M001:rome»]] }
      waits:
        default: { adopted: «M016:0%», deadline: 21d }
        verification-disabled: { minimum: «M010:23h» }
      """.replacing("M049", with: CatalogueEntry.pathOutsideFolder.code)
        .replacing("M031", with: CatalogueEntry.unusedCertificate.code)
        .replacing("M028", with: CatalogueEntry.upgradeNotNewer.code)
        .replacing("M030", with: CatalogueEntry.addressTwice.code)
        .replacing("M007", with: CatalogueEntry.deleteWithoutAuthority.code)
        .replacing("M016", with: CatalogueEntry.shareOutOfRange.code)
        .replacing("M010", with: CatalogueEntry.waitTooShort.code))
  }

  @Test("a default that all waits share is reported once") func sharedField() {
    let plan = GeneratedRotation.plan(seed: 3)
    var changed = plan
    for kind in WaitKind.allCases {
      changed.waits[kind].adopted = Located(.percent(0), at: plan.name.span)
    }
    let found = checkPlan(changed).filter { $0.entry == .shareOutOfRange }
    #expect(found.count == 1)
  }

  @Test("what is found and in which order does not depend on names, which tables are keyed by")
  func stable() {
    func found(_ plan: RotationPlan) -> [String] {
      checkPlan(plan).map { finding in
        let places = [finding.span] + finding.related.map(\.span)
        return "\(finding.code) \(places.map { "\($0.start)-\($0.end)" })"
      }
    }
    var count = 0
    for seed in 0..<50 as Range<UInt64> {
      let findings = found(GeneratedRotation.plan(seed: seed))
      count += findings.count
      for prefix in ["a", "north-", "x9."] {
        #expect(
          found(GeneratedRotation.plan(seed: seed, prefix: prefix)) == findings, "seed \(seed)")
      }
    }
    #expect(count > 100)
  }

  @Test("a number of servers at once is refused only where every site rotates by fail-over")
  func failoverAtOnce() throws {
    func found(_ strategy: String, paris: String) -> [Diagnostic] {
      let plan = """
        apiVersion: waltz/v1
        kind: RotationPlan
        metadata: { name: a }
        certificates:
          c: { jks: c.jks }
          d: { jks: d.jks }
        sites:
          paris:
            api: { url: 'https://a.example:8446', username: r, password: { env: P } }
            \(paris)
            servers:
              a: { address: a.example, certificate: c }
              b: { address: b.example }
          berlin:
            api: { url: 'https://c.example:8446', username: r, password: { env: P } }
            servers:
              c: { address: c.example, certificate: d }
              d: { address: d.example }
        strategy: \(strategy)
        waits: { certificate-received: { minimum: 3d } }
        """
      return reading(plan).diagnostics
    }
    let mixed = found("{ serversAtOnce: 3 }", paris: "strategy: { method: failover }")
    #expect(mixed.map(\.entry) == [.failoverAtOnce])
    #expect(mixed.map(\.severity) == [.note])
    let everywhere = found("{ serversAtOnce: 3, method: failover }", paris: "")
    #expect(everywhere.map(\.entry) == [.failoverAtOnce])
    #expect(everywhere.map(\.severity) == [.error])
  }

  @Test("a mistake of form in one site hides no mistake of meaning in another") func siteByItself()
  {
    for mistake in ["clients: «F:5x»", "«F:client»: 5"] {
      expectMarked(
        """
        apiVersion: waltz/v1
        kind: RotationPlan
        metadata: { name: a }
        certificates:
          c: { jks: c.jks }
          d: { jks: d.jks }
        sites:
          paris:
            \(mistake)
            servers: { a: { address: a.example, certificate: c } }
          «M003:berlin»:
            servers: {}
          «M048:oslo»:
            servers: { b: { address: b.example, certificate: d } }
        replication:
          - { sites: [paris, «M001:rome»] }
        """.replacing(
          "«F:",
          with: mistake.hasPrefix("«")
            ? "«\(CatalogueEntry.unknownKey.code):" : "«\(CatalogueEntry.notANumber.code):"))
    }
  }

  @Test("a mistake in a value that two sites share leaves both in doubt, and only those")
  func sharedSite() {
    expectMarked(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates:
        c: { jks: c.jks }
      sites:
        paris: &empty { «F001:client»: 5, servers: {} }
        berlin: *empty
        «M003:rome»: { servers: {} }
        oslo:
          api: { url: 'https://b.example:8446', username: r, password: { env: P } }
          servers: { b: { address: b.example, certificate: c } }
      """)
  }

  @Test("a certificate whose form is wrong hides no other name that resolves to nothing")
  func certificateByItself() {
    expectMarked(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates:
        c: { jks: c.jks, «F001:pasword»: { env: P } }
        «F008:d»: { fingerprint: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 }
      sites:
        oslo:
          api: { url: 'https://b.example:8446', username: r, password: { env: P } }
          servers:
            b: { address: b.example, certificate: c }
            e: { address: e.example, certificate: d }
            f: { address: f.example, certificate: «M002:atlantis» }
      """)
  }

  @Test("a site whose servers are wrong keeps its name, and nothing is said about its servers")
  func siteWithoutItsServers() {
    expectMarked(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      certificates:
        c: { jks: c.jks }
      sites:
        paris: { servers: «WRONG:none» }
        «M048:oslo»:
          servers: { b: { address: b.example, certificate: c } }
      replication:
        - { sites: [paris, oslo], authority: oslo }
        - { sites: [oslo, «M001:rome»] }
      """.replacing("WRONG", with: CatalogueEntry.wrongShape.code))
  }

  @Test("a document of another version is said not to have been read") func otherVersion() {
    let found = reading("apiVersion: waltz/v2\nkind: RotationPlan\nsitez: 1\n").diagnostics
    #expect(found.map(\.entry) == [.wrongAPIVersion])
    #expect(found[0].help?.hasSuffix("The rest of the document was not read.") == true)
  }
}
