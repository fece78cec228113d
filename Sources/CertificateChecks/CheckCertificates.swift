import CertificateSources
public import PlanModel
public import PlanText

/// What is wrong with the certificates that a plan names.
///
/// - Parameters:
///   - plan: A plan without mistakes of its own.
///   - evidence: What was found at the places that it names, in the order of the plan.
///   - times: When the rotation does what.
///   - start: When it would start, in seconds since 1970 in UTC.
/// - Returns: The findings. A file that cannot be read, and one that makes no sense, is one finding.
public func checkCertificates(
  of plan: RotationPlan, _ evidence: CertificateEvidence, times: RotationTimes, start: Int64
) -> [Diagnostic] {
  var checker = CertificateChecker(plan, times: times, start: start)
  for (index, source) in evidence.sources.enumerated() {
    checker.checkFiles(of: index, source)
    checker.checkPassword(
      source.password, plan.certificates[index].password,
      for: "certificate '\(plan.certificates[index].name.value)'")
    checker.checkContents(of: index, source)
    guard let leaf = source.report?.serverCertificate else { continue }
    checker.checkPin(of: index, leaf)
    checker.checkValidity(of: index, leaf, chain: source.report?.chain)
    checker.checkUsage(of: index, leaf)
    checker.checkAddresses(of: index, leaf)
  }
  checker.checkRepetition(evidence.sources)
  for site in plan.sites.indices {
    checker.checkAuthority(of: site, evidence.authorities[site])
    if let api = plan.sites[site].api {
      checker.checkPassword(
        evidence.apiPasswords[site], api.password,
        for: "the API of site '\(plan.sites[site].name.value)'")
    }
    checker.checkAPI(of: site, evidence.apis[site], evidence.sources)
    for (server, seen) in evidence.servers[site].enumerated() {
      if let seen { checker.checkServed(site: site, server: server, seen, evidence.sources) }
    }
  }
  return checker.diagnostics
}

/// The plan under check, and what was found.
struct CertificateChecker {
  let plan: RotationPlan
  let times: RotationTimes

  /// In seconds since 1970 in UTC.
  let start: Int64

  /// For each certificate its servers as positions.
  let users: [[(site: Int, server: Int)]]

  /// Positions by name; looked up only.
  let certificateByName: [String: Int]

  private var list = DiagnosticList()

  /// What was found, in that order.
  var diagnostics: [Diagnostic] { list.all }

  init(_ plan: RotationPlan, times: RotationTimes, start: Int64) {
    self.plan = plan
    self.times = times
    self.start = start
    certificateByName = Dictionary(
      plan.certificates.enumerated().map { ($1.name.value, $0) },
      uniquingKeysWith: { first, _ in first })
    var users = [[(site: Int, server: Int)]](repeating: [], count: plan.certificates.count)
    for (site, declared) in plan.sites.enumerated() {
      for (server, member) in declared.servers.enumerated() {
        if let name = member.certificate, let index = certificateByName[name.value] {
          users[index].append((site, server))
        }
      }
    }
    self.users = users
  }

  /// Records a finding.
  mutating func report(
    _ entry: CatalogueEntry, at span: SourceSpan, _ detail: String, help: String? = nil,
    related: [Diagnostic.Related] = [], severity: Severity? = nil
  ) {
    list.append(
      Diagnostic(entry, at: span, detail, help: help, related: related, severity: severity))
  }

  /// The path of a file of a certificate.
  func path(of certificate: Int, _ part: SourcePart) -> Located<String> {
    switch plan.certificates[certificate].container {
    case .pkcs12(let path), .jks(let path): path
    case .pem(let certificate, let key), .der(let certificate, let key):
      part == .key ? key : certificate
    }
  }

  /// The name of a certificate, quoted.
  func name(of certificate: Int) -> String { "'\(plan.certificates[certificate].name.value)'" }
}
