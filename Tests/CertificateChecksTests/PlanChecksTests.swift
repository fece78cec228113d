import CertificateChecks
import CertificateSources
import Foundation
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

/// The shipped plan of one server with a certificate that is valid for all of 2026 to 2035.
@Suite("Certificates held against a plan and its forecast")
struct PlanChecksTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private let plan: RotationPlan
  private let times: RotationTimes
  private let leaf: CertificateFacts
  private var evidence: CertificateEvidence

  init() throws {
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: Self.root.appending(path: "plans/\(name)")))
    }
    let source = SourceText(name: "plan.yaml", bytes: try bytes("sql-express.yaml"))
    plan = try #require(checkPlans(source, id: SourceID(index: 0)).plans.first ?? nil)
    times = RotationTimes(lower(plan))
    let report = examineSource(
      certificate: try bytes("certs/porto.der"), key: try bytes("certs/porto.key.der"),
      declared: .der)
    leaf = try #require(report.leaf)
    evidence = CertificateEvidence(
      ofFiles: [SourceEvidence(report: report)], authorities: [nil], in: plan)
  }

  private func time(_ days: Int, after year: Int) -> Int64 {
    let leaps = (1970..<year).count { $0.isMultiple(of: 4) }
    return Int64((year - 1970) * 365 + leaps + days) * 86_400
  }

  private func found(_ start: Int64, _ evidence: CertificateEvidence? = nil) -> [Diagnostic] {
    checkCertificates(of: plan, evidence ?? self.evidence, times: times, start: start)
  }

  @Test("The forecast: four waits of a day and a week at least, three weeks at most")
  func forecast() throws {
    let update = try #require(times.updates[0][0])
    // The week of verification-disabled; then a day each for the others.
    #expect(update.earliest == 7 * 86_400)
    #expect(times.end.earliest == 10 * 86_400)
    #expect(update.latest >= 21 * 86_400 && update.latest < 25 * 86_400)
    #expect(times.end.latest >= 84 * 86_400 && times.end.latest < 95 * 86_400)
  }

  @Test("A wait takes as long as what it waits for has to hold")
  func holds() throws {
    var plan = plan
    for kind in WaitKind.allCases {
      plan.waits[kind].minimum = Located(.hours(24))
      plan.waits[kind].holdFor = Located(.days(7))
    }
    let times = RotationTimes(lower(plan))
    let update = try #require(times.updates[0][0])
    #expect(update.earliest == 7 * 86_400)
    #expect(times.end.earliest == 28 * 86_400)
    // With 20 days left no rotation ends in time.
    let end = try #require(leaf.notAfter)
    let found = checkCertificates(
      of: plan, evidence, times: times, start: end - 20 * 86_400)
    #expect(found.map(\.code) == ["C024"])
    #expect(found.first?.severity == .error)
  }

  @Test("Validity is held against the end: nothing, a warning, an error, expired")
  func validity() throws {
    let end = try #require(leaf.notAfter)
    let month: Int64 = 30 * 86_400
    #expect(found(end - times.end.latest - month) == [])
    for (start, severity) in [
      (end - times.end.latest - month + 1, Severity.warning),
      (end - times.end.earliest, .warning), (end - times.end.earliest + 1, .error), (end, .error),
    ] {
      let diagnostics = found(start)
      #expect(diagnostics.map(\.code) == ["C024"])
      #expect(diagnostics.first?.severity == severity)
    }
    // The last second counts.
    #expect(found(end + 1).map(\.code) == ["C022"])
  }

  @Test("A certificate must be valid when it is put in place, not before")
  func notBefore() throws {
    let first = try #require(leaf.notBefore)
    let update = try #require(times.updates[0][0])
    #expect(found(first - update.earliest) == [])
    #expect(found(first - update.earliest - 1).map(\.code) == ["C023"])
  }

  @Test("The old certificate has to last until its change")
  func budget() throws {
    let end = try #require(leaf.notAfter)
    let update = try #require(times.updates[0][0])
    var evidence = evidence
    // The new certificate was not read: what is said is of the old one.
    evidence.sources = [SourceEvidence()]
    evidence.servers = [[ServerEvidence([(8443, .certificate(leaf)), (443, .nothing("x"))])]]
    #expect(found(end - update.latest, evidence) == [])
    for (start, severity) in [
      (end - update.latest + 1, Severity.warning), (end - update.earliest, .warning),
      (end - update.earliest + 1, .error), (end, .error), (end + 1, .warning),
    ] {
      let diagnostics = found(start, evidence)
      #expect(diagnostics.map(\.code) == ["C036"])
      #expect(diagnostics.first?.severity == severity)
    }
  }

  @Test("What the ports have in common is said once")
  func unreachable() throws {
    var evidence = evidence
    evidence.servers = [
      [
        ServerEvidence([
          (8443, .nothing("nothing listens")), (443, .nothing("no answer")),
          (8446, .nothing("nothing listens")),
        ])
      ]
    ]
    let diagnostics = found(time(0, after: 2026), evidence)
    #expect(diagnostics.map(\.code) == ["C034"])
    #expect(
      diagnostics.first?.detail.hasSuffix(
        "ports 8443 and 8446: nothing listens; port 443: no answer.") == true)
  }

  @Test("Days are those of the calendar")
  func days() throws {
    let detail = found(time(59, after: 2040)).first?.detail ?? ""
    #expect(
      detail.contains("until 2036-01-01") && detail.contains("start on 2040-02-29"), "\(detail)")
  }
}
