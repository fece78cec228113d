import DocumentForm
import PlanCompiler
import PlanModel
import PlanText
import Testing

@Suite("Decoding plans") struct DecodeTests {
  @Test("every section of the language comes out as values") func wholeLanguage() throws {
    let plan = try decodedPlan(wholePlan)
    #expect(plan.name.value == "emea-2026")
    #expect(plan.description == "Replace the default certificates of the EMEA sites.")
    #expect(plan.labels == [.init(key: Located("change"), value: Located("CHG0042"))])
    #expect(
      plan.certificates == [
        CertificateSource(
          name: Located("paris-2026"), container: .pkcs12(Located("certs/paris.p12")),
          password: Located(.environment("PARIS_P12_PASSWORD")),
          fingerprint: Fingerprint("sha256:" + String(repeating: "3f", count: 32)).map {
            Located($0)
          }),
        CertificateSource(
          name: Located("berlin-2026"),
          container: .pem(
            certificate: Located("certs/berlin.pem"), key: Located("certs/berlin.key"))),
      ])
    let paris = try #require(plan.sites.first)
    #expect(paris.name.value == "paris")
    #expect(paris.clients?.value == 4200)
    #expect(paris.database?.value == .sqlServer)
    #expect(paris.api?.url.value == "https://sepm-par-01.example.net:8446")
    #expect(paris.api?.domain?.value == "Default")
    #expect(paris.api?.trust.value == .certificateAuthority("certs/ca.pem"))
    #expect(paris.servers.map(\.name.value) == ["sepm-par-01", "sepm-par-02"])
    #expect(paris.servers[0].version?.value == ProductVersion("14.3.9816"))
    #expect(paris.servers[0].upgrade?.value == ProductVersion("14.3.11216"))
    #expect(paris.method?.value == .failover)
    #expect(
      plan.partnerships == [
        Partnership(
          sites: [Located("paris"), Located("berlin")], breaking: Located(.delete),
          authority: Located("paris"))
      ])
    #expect(plan.strategy.method.value == .suspendVerification)
    #expect(plan.strategy.waves == [[Located("paris")], [Located("berlin")]])
    #expect(plan.strategy.serversAtOnce.value == 2)
    #expect(plan.automation.map(\.action.value) == [.restartServices, .updateCertificate])
    guard case .command(let command) = plan.automation[0].channel.value else {
      Issue.record("restart-services is no command")
      return
    }
    #expect(command.arguments.map(\.value) == ["ssh", "{server.address}", "restart"])
    #expect(
      command.check?.map(\.value) == ["ssh", "{server.address}", "since", "{step.startedAt}"])
    #expect(command.timeout.value == .minutes(20))
    #expect(plan.automation[1].channel.value == .operator)
  }

  @Test("ports that are left out are those that SEPM installs") func ports() throws {
    func ports(_ text: String) throws -> ServerPorts {
      let text = CatalogueEntry.missingKey.good.replacing(
        "address: sepm-par-02.example.net",
        with: "address: sepm-par-02.example.net, ports: \(text)")
      return try #require(decodedPlan(text).sites.first?.servers.last).ports
    }
    #expect(try ports("{}") == .standard)
    #expect(ServerPorts.standard.all == [8443, 443, 8445, 8446])
    let own = try ports("{ clients: 8444, api: 9446 }")
    #expect(own.all == [8443, 8444, 8445, 9446])
    #expect(own.named.map(\.port.span.isKnown) == [false, true, false, true])
  }

  @Test("a wait takes its own fields, then the default's, then the standard's") func waits() throws
  {
    let waits = try decodedPlan(wholePlan).waits
    #expect(waits.verificationDisabled.minimum.value == .days(7))
    #expect(waits.verificationDisabled.adopted.value == Share("99.5%"))
    #expect(waits.verificationDisabled.deadline.value == .days(14))
    #expect(waits.verificationDisabled.cohorts.map(\.name.value) == ["domain-controllers"])
    #expect(waits.verificationDisabled.overrideReason == nil)
    #expect(waits.certificateReceived.minimum.value == .hours(36))
    #expect(waits.certificateReceived.overrideReason?.value == "a lab")
    #expect(waits.verificationEnabled.cohorts.isEmpty)
    #expect(waits.verificationEnabled.exclusions.count == 1)
    #expect(waits.httpsRestored.every == WaitPolicy.standard.every)
    #expect(waits.httpsRestored.minimum.value == .hours(36))
  }

  @Test("what is left out has the standard values") func defaults() throws {
    let plan = try decodedPlan(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: a }
      sites:
        paris: { servers: { s: { address: s.example } } }
      replication: [{ sites: [paris, paris] }]
      """)
    #expect(plan.waits == Waits())
    #expect(plan.strategy == Strategy())
    #expect(plan.partnerships[0].breaking.value == .delete)
    #expect(plan.sites[0].isRotating == false)
  }

  @Test("text stays text until a field wants otherwise") func text() throws {
    let plan = try decodedPlan(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: 2026-01-01, labels: { no: yes, on: 1.10 } }
      sites:
        no: { clients: 0042, servers: { 1.10: { address: 10.0.0.1, version: 1.10 } } }
      """)
    #expect(plan.name.value == "2026-01-01")
    #expect(plan.labels.map(\.key.value) == ["no", "on"])
    #expect(plan.labels.map(\.value.value) == ["yes", "1.10"])
    #expect(plan.sites[0].name.value == "no")
    #expect(plan.sites[0].clients?.value == 42)
    #expect(plan.sites[0].servers[0].name.value == "1.10")
    #expect(plan.sites[0].servers[0].version?.value.description == "1.10")
  }

  @Test("several documents are several plans, and a wrong one spoils only itself") func documents()
  {
    let plan = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: NAME }
      sites: { paris: { servers: { s: { address: s.example } } } }

      """
    let text =
      plan.replacing("NAME", with: "one") + "---\n" + plan.replacing("NAME", with: "Two")
      + "---\n" + plan.replacing("NAME", with: "three")
    let reading = reading(text, checks: false)
    #expect(reading.plans.map { $0?.name.value } == ["one", nil, "three"])
    #expect(reading.diagnostics.map(\.code) == [CatalogueEntry.notAName.code])
  }

  private let wholePlan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata:
      name: emea-2026
      description: Replace the default certificates of the EMEA sites.
      labels: { change: CHG0042 }
    certificates:
      paris-2026:
        pkcs12: certs/paris.p12
        password: { env: PARIS_P12_PASSWORD }
        fingerprint: sha256:\(String(repeating: "3F", count: 32))
      berlin-2026:
        pem: { certificate: certs/berlin.pem, key: certs/berlin.key }
    sites:
      paris:
        clients: 4200
        database: sql-server
        api:
          url: https://sepm-par-01.example.net:8446
          username: rotation
          password: { command: [vault, get, paris] }
          domain: Default
          trust: { ca: certs/ca.pem }
        servers:
          sepm-par-01:
            address: sepm-par-01.example.net
            certificate: paris-2026
            version: 14.3.9816
            upgrade: { to: 14.3.11216 }
          sepm-par-02:
            address: sepm-par-02.example.net
            certificate: paris-2026
        strategy: { method: failover }
      berlin:
        clients: 900
        servers:
          sepm-ber-01: { address: sepm-ber-01.example.net, certificate: berlin-2026 }
    replication:
      - sites: [paris, berlin]
        break: delete
        authority: paris
    strategy:
      method: suspend-verification
      waves: [[paris], [berlin]]
      serversAtOnce: 2
    waits:
      default:
        adopted: 99.5%
        minimum: 36h
        cohorts:
          - { name: domain-controllers, osFunction: DomainController, adopted: 100% }
        exclude:
          - { group: 'My Company\\Lab', reason: isolated network }
      verification-disabled: { minimum: 7d }
      certificate-received: { override: { reason: a lab } }
      verification-enabled: { cohorts: [] }
      https-restored: {}
    automation:
      restart-services:
        command: [ssh, '{server.address}', restart]
        check: [ssh, '{server.address}', since, '{step.startedAt}']
        timeout: 20m
      update-certificate: operator
    """
}

extension String {
  /// The text with every `wanted` replaced.
  func replacing(_ wanted: String, with other: String) -> String {
    replacing(wanted[...], with: other[...], maxReplacements: .max)
  }
}
