import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What stands in for the placeholders of a step's command.
struct PlaceholderValues {
  /// The step's id.
  let step: String

  private let request: StepRequest
  private let purpose: CommandDocument.Purpose
  private let subject: StepSubject

  init(_ request: StepRequest, purpose: CommandDocument.Purpose) {
    self.request = request
    self.purpose = purpose
    step = request.graph.id(of: request.step)
    subject = StepSubject(of: request)
  }

  /// The value; nil where the step has none.
  subscript(_ placeholder: CommandPlaceholder) -> String? {
    switch placeholder {
    case .planName: request.graph.plan.name.value
    case .runID: request.run
    case .stepID: step
    // A check looks for what any attempt may have done.
    case .stepStartedAt:
      (purpose == .check ? request.since : request.startedAt).description
    case .stepAttempt: String(request.attempt)
    case .siteName: subject.site?.name.value
    case .serverName: subject.server?.name.value
    case .serverAddress: subject.server?.address.value
    case .serverPorts:
      subject.server.map { $0.ports.all.map(String.init).joined(separator: ",") }
    case .serverVersion: subject.server?.version?.value.description
    case .serverUpgrade: subject.server?.upgrade?.value.description
    case .certificateName: subject.server?.certificate?.value
    case .certificateFingerprint: subject.certificate?.fingerprint?.value.description
    case .partnershipName: subject.partnership?.name
    case .partnershipAuthority: subject.partnership?.authority?.value
    }
  }
}

/// What a step is about, looked up in its plan.
struct StepSubject {
  /// The site of the step; nil for one on a partnership.
  private(set) var site: Site?

  /// The server of the step; nil for one on a site or a partnership.
  private(set) var server: Server?

  /// The partnership of the step; nil for one on a site or a server.
  private(set) var partnership: Partnership?

  /// The certificate that the server gets; nil where there is none.
  private(set) var certificate: CertificateSource?

  /// All servers that the step is about, in the order of the plan.
  private(set) var servers: [Server] = []

  init(of request: StepRequest) {
    let graph = request.graph
    switch graph.steps[request.step].target {
    case .site(let site):
      self.site = graph.plan.sites[site]
      servers = graph.plan.sites[site].servers
    case .server(let site, let server):
      let found = graph.plan.sites[site].servers[server]
      self.site = graph.plan.sites[site]
      self.server = found
      servers = [found]
      certificate = found.certificate.flatMap { name in
        graph.plan.certificates.first { $0.name.value == name.value }
      }
    case .partnership(let partnership):
      self.partnership = graph.plan.partnerships[partnership]
      servers = graph.sites(ofPartnership: partnership).flatMap { graph.plan.sites[$0].servers }
    }
  }
}
