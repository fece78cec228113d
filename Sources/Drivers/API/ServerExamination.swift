import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient

/// What a server's API tells before anything is changed, held against the plan: `check-server`.
struct ServerExamination: Sendable {
  /// A skew beyond which times of sites cannot be compared, in milliseconds (`docs/SEPM.md`, "Times and ids").
  private static let longestSkew: Int64 = 300_000

  let plan: RotationPlan
  let site: Int
  let server: Int
  let facts: ServerFacts

  /// The answer; the first thing that keeps the rotation from beginning.
  func answer() -> StepAnswer {
    if let failure = rights ?? skew ?? method ?? database ?? partners { return .failed(failure) }
    return .succeeded(evidence)
  }

  private var name: String { plan.sites[site].name.value }

  /// How many clients refuse a changed certificate while they verify; nil where SEPM does not say.
  private var clientsOfVersion142: Int? {
    (try? facts.clientVersions.get())?.filter(\.forbidsFailover).map(\.clients).reduce(0, +)
  }

  private var rights: StepFailure? {
    guard facts.logon.administrator.isSystemAdministrator == false else { return nil }
    let user = facts.logon.administrator.username ?? "The account"
    return StepFailure(
      .failed,
      "\(user) is no system administrator of \(name) (\(facts.logon.administrator.role ?? "another role")), so it "
        + "sees and changes not all of the site.",
      help: "Give the account the role of a system administrator, then retry the step.")
  }

  private var skew: StepFailure? {
    // What may be the length of the call is held against nobody.
    guard let skew = facts.logon.skew, abs(skew.ahead) - skew.accuracy > Self.longestSkew else {
      return nil
    }
    let length = Duration.milliseconds(abs(skew.ahead) / 1_000 * 1_000).planNotation
    return StepFailure(
      .failed,
      "The clock of \(name) is \(length) \(skew.ahead > 0 ? "ahead of" : "behind") this machine's.",
      help:
        "Correct the clock that is wrong, then retry the step: waits compare times of servers and clients."
    )
  }

  private var method: StepFailure? {
    guard plan.method(of: plan.sites[site]) == .failover, let old = clientsOfVersion142, old > 0
    else { return nil }
    return StepFailure(
      .failed,
      "\(old) clients of \(name) have version 14.2 or 14.2.1. These refuse a changed certificate while they verify.",
      help: "Upgrade these clients, or rotate the site with the method suspend-verification.")
  }

  private var database: StepFailure? {
    guard let planned = plan.sites[site].database?.value, let facts = try? facts.database.get()
    else { return nil }
    guard (planned == .sqlExpress) != facts.isSQLExpress else { return nil }
    return StepFailure(
      .failed,
      "The plan says that \(name) has \(planned.rawValue), and SEPM says \(facts.type ?? "another database")"
        + "\(facts.instance.map { " (instance \($0))" } ?? "").",
      help:
        "Correct `database` of the site and start a new run: with SQL Server Express its certificate has to be "
        + "renewed too, or nobody can log on once it expires.")
  }

  /// More partners than the plan breaks would carry half-changed certificates on.
  private var partners: StepFailure? {
    guard let sites = try? facts.replication.get() else { return nil }
    let there = sites.flatMap { $0.partners.map(\.name) }
    let planned = plan.partnerships.count { $0.sites.contains { $0.value == name } }
    guard there.count > planned else { return nil }
    return StepFailure(
      .failed,
      "\(name) replicates with \(there.count) \(there.count == 1 ? "site" : "sites") (\(NameList(there))), and the "
        + "plan knows \(planned).",
      help:
        "Add the partnerships to `replication` of the plan and start a new run: a partner that is left out "
        + "receives half-changed lists and certificates.")
  }

  private var evidence: Evidence {
    var members: [JSONValue.Member] = [
      .init("version", .string(facts.version.product)),
      .init("account", facts.logon.administrator.username.map { .string($0) } ?? .null),
      .init("clockSkewMilliseconds", facts.logon.skew.map { .integer($0.ahead) } ?? .null),
    ]
    if let old = clientsOfVersion142 {
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
