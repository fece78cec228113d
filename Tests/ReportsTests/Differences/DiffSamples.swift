import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@testable import Reports

/// Two sites that replicate, one with an upgrade, to be changed a line at a time.
enum DiffSamples {
  static let base = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata:
      name: emea
      description: The sites of EMEA.
      labels: { change: CHG1 }
    certificates:
      paris-2026:
        pkcs12: certs/paris.p12
        password: { env: PARIS }
        fingerprint: sha256:\(String(repeating: "3f", count: 32))
      berlin-2026:
        pem: { certificate: certs/berlin.pem, key: certs/berlin.key }
    sites:
      paris:
        clients: 4200
        database: sql-express
        api:
          url: https://sepm-par-01.example.net:8446
          username: rotation
          password: { env: PARIS_API }
          trust: { fingerprint: sha256:\(String(repeating: "9c", count: 32)) }
        servers:
          sepm-par-01: { address: par-01.example.net, certificate: paris-2026 }
          sepm-par-02: { address: par-02.example.net, certificate: paris-2026 }
      berlin:
        clients: 900
        servers:
          sepm-ber-01: { address: ber-01.example.net, certificate: berlin-2026 }
    replication:
      - sites: [paris, berlin]
        break: delete
        authority: paris
    strategy:
      waves: [[paris], [berlin]]
    waits:
      default:
        adopted: 95%
        deadline: 14d
        onDeadline: hold
        activeWithin: 30d
        holdFor: 2h
        cohorts:
          - { name: controllers, osFunction: DomainController, adopted: 100% }
      verification-disabled: { minimum: 7d }
    automation:
      restart-services:
        command: [ssh, '{server.address}', restart]
        check: [ssh, '{server.address}', check]
      back-up-server: operator
    """

  static func sealed(_ text: String) throws -> SealedGraph {
    let source = SourceText(name: "plan.yaml", bytes: Array(text.utf8))
    let reading = checkPlans(source, id: SourceID(index: 0))
    let errors = reading.diagnostics.filter { $0.severity == .error }.map(\.detail)
    try #require(errors.isEmpty, "\(errors)")
    let plan = try #require(reading.plans.first ?? nil)
    return seal(prove(plan).graph)
  }

  /// The base with texts replaced; each must be there once.
  static func edited(_ edits: [(String, String)]) throws -> String {
    var text = base
    for (before, after) in edits {
      try #require(text.ranges(of: before).count == 1, "\(before)")
      text = text.replacing(before, with: after)
    }
    return text
  }

  static func compared(_ old: String, _ new: String) throws -> ComparedPlan {
    ComparedPlan(
      RotationDifference(from: try sealed(old), to: try sealed(new)), oldPath: "old.yaml",
      newPath: "new.yaml")
  }
}
