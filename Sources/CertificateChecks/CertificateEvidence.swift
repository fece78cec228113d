public import CertificateSources
public import PlanModel
public import PlanText

/// What was found at the places that a plan names: its files, its secrets, its servers.
///
/// A value that whoever may open files and connections fills in; the checks only look at it.
public struct CertificateEvidence: Sendable {
  /// One for each certificate of the plan.
  public var sources: [SourceEvidence]

  /// One for each site: what is in the file of the API's authority; nil where trust rests on no file.
  public var authorities: [SourceEvidence?]

  /// One for each site: why the API's password could not be read; nil where it could or nobody asked.
  public var apiPasswords: [PasswordState]

  /// For each server of each site what its TLS ports show; nil where nobody looked.
  public var servers: [[ServerEvidence?]]

  /// For each site what its API presents; nil where it has none or nobody looked.
  package var apis: [ServerEvidence.Answer?]

  /// Evidence in the order of the plan.
  package init(
    sources: [SourceEvidence], authorities: [SourceEvidence?], apiPasswords: [PasswordState],
    servers: [[ServerEvidence?]], apis: [ServerEvidence.Answer?]
  ) {
    self.sources = sources
    self.authorities = authorities
    self.apiPasswords = apiPasswords
    self.servers = servers
    self.apis = apis
  }

  /// What is known of a plan of which neither secrets nor servers were looked at.
  package init(
    ofFiles sources: [SourceEvidence], authorities: [SourceEvidence?], in plan: RotationPlan
  ) {
    self.init(
      sources: sources, authorities: authorities,
      apiPasswords: plan.sites.map { $0.api == nil ? .none : .notAsked },
      servers: plan.sites.map { $0.servers.map { _ in nil } }, apis: plan.sites.map { _ in nil })
  }

  /// The certificates whose files hold more than could be looked at without their passwords.
  public var unopened: Int {
    sources.count { source in
      guard source.password == .notAsked, let report = source.report else { return false }
      return report.containers.contains { !$0.isOpen }
    }
  }

  /// Whether it would show findings of a kind everywhere in the plan, were there any. Where a secret was not
  /// asked for, a container stayed closed or a server was not looked at, nobody can say.
  public func shows(_ page: CatalogueEntry) -> Bool {
    switch page {
    case .unresolvedSecret, .secretForAll, .wrongPassword:
      !sources.contains { $0.password == .notAsked } && !apiPasswords.contains(.notAsked)
    case .otherAPI:
      zip(apis, apiPasswords).allSatisfy { seen, password in
        if case .certificate? = seen { true } else { password == .none }
      }
    case .unknownServer, .alreadyServed, .oldExpiresFirst, .mixedCertificates:
      servers.joined().allSatisfy { $0.map { $0.shown.count == $0.answers.count } ?? false }
    default: unopened == 0
    }
  }
}

/// What is known of a password that the plan refers to.
public enum PasswordState: Sendable, Equatable {
  /// The plan refers to none.
  case none

  /// Nobody asked for it.
  case notAsked

  /// It was asked for and could not be read.
  case unresolved(SecretTrouble)

  /// It was had; `isReadByOthers` where others may read its file too.
  case resolved(isReadByOthers: Bool)
}

/// What came of the files of one source.
public struct SourceEvidence: Sendable {
  /// A file that was not read.
  public struct Unread: Sendable, Equatable {
    /// Which of the files.
    public let part: SourcePart

    /// Why not.
    public let trouble: FileTrouble

    /// A file that was not read.
    public init(_ part: SourcePart, _ trouble: FileTrouble) {
      self.part = part
      self.trouble = trouble
    }
  }

  /// The files that were not read.
  public var unread: [Unread]

  /// What is in the files that were; nil where none was.
  public var report: SourceReport?

  /// The password.
  public var password: PasswordState

  /// The evidence of one source.
  public init(unread: [Unread] = [], report: SourceReport? = nil, password: PasswordState = .none) {
    self.unread = unread
    self.report = report
    self.password = password
  }
}

/// What the TLS ports of a server show.
public struct ServerEvidence: Sendable, Equatable {
  /// What came of looking at a port.
  public enum Answer: Sendable, Equatable {
    /// The certificate that the server presents there.
    case certificate(CertificateFacts)

    /// None, and why: what follows `port 8443`.
    case nothing(String)
  }

  /// The ports in the order in which they were asked, with their answers.
  public var answers: [(port: Int, answer: Answer)]

  /// The answers of a server's ports.
  public init(_ answers: [(port: Int, answer: Answer)]) {
    self.answers = answers
  }

  /// The certificates that were shown, with their ports.
  var shown: [(port: Int, certificate: CertificateFacts)] {
    answers.compactMap { port, answer in
      if case .certificate(let facts) = answer { (port, facts) } else { nil }
    }
  }

  public static func == (left: ServerEvidence, right: ServerEvidence) -> Bool {
    left.answers.elementsEqual(right.answers, by: ==)
  }
}
