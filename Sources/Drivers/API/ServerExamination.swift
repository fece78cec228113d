import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient
import SiteChecks

/// What a server's API tells before anything is changed, held against the plan: `check-server`. What is wrong is judged as
/// before the run, by `checkSites`.
struct ServerExamination: Sendable {
  let graph: StepGraph
  let site: Int
  let facts: ServerFacts

  /// The answer: everything that keeps the rotation from beginning.
  func answer() -> StepAnswer {
    let told = SiteFacts(facts)
    var answers = [SiteAnswer?](repeating: nil, count: graph.plan.sites.count)
    answers[site] = .facts(told)
    let errors = checkSites(of: graph, answers).filter { $0.severity == .error }
    guard !errors.isEmpty else { return .succeeded(evidence(told)) }
    return .failed(StepFailure(findings: errors))
  }

  private func evidence(_ told: SiteFacts) -> Evidence {
    var members: [JSONValue.Member] = [
      .init("version", .string(facts.version.product)),
      .init("account", facts.logon.administrator.username.map { .string($0) } ?? .null),
      .init("clockSkewMilliseconds", facts.logon.skew.map { .integer($0.ahead) } ?? .null),
    ]
    if let old = told.clientsOfVersion142 {
      members.append(.init("clientsOfVersion142", .integer(Int64(old))))
    }
    if let database = try? facts.database.get() {
      members.append(.init("database", database.type.map { .string($0) } ?? .null))
      members.append(.init("isSQLExpress", .bool(database.isSQLExpress)))
      members.append(
        .init(
          "databaseCertificate",
          database.rootCertificate.map { .string(Attachment(document: .string($0)).digest) }
            ?? .null))
    }
    if let isEnrolled = try? facts.isEnrolled.get() {
      members.append(.init("isEnrolledWithCloud", .bool(isEnrolled)))
    }
    return Evidence(members)
  }
}
