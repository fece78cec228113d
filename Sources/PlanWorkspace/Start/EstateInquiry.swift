import CertificateChecks
import CertificateSources
import Drivers
package import PlanModel
import PlanText
package import SEPMClient
import Secrets
package import WorkingTree

/// Asks SEPM over its API what a plan has to name: `plan init --from-api`. Nothing is changed there.
package struct EstateInquiry: Sendable {
  /// What is asked for one site.
  package struct Question: Sendable {
    let url: String
    let username: String
    let password: SecretReference

    /// * `url`: The API, `https://HOST:8446`.
    /// * `username`: A system administrator.
    /// * `password`: Where the password is; a file's path as the plan will have it.
    package init(url: String, username: String, password: SecretReference) {
      self.url = url
      self.username = username
      self.password = password
    }
  }

  /// What the certificates of the APIs are held against.
  package enum Trust: Sendable {
    /// The authorities of this machine.
    case system

    /// Exactly these certificates; each API presents one of them.
    case fingerprints(Set<Fingerprint>)

    /// The authorities of a PEM file, at its path as the plan will have it.
    case authorities(String)

    /// The authority of a lab, from its file. The plan pins what is presented, as the overlay of the lab does.
    case lab(String)
  }

  private let trust: Trust
  private let patience: Duration
  private let variables: [String: String]
  private let folder: PlanFolder
  private let localTime: @Sendable () -> Int64
  private let pace: @Sendable () -> RequestPace

  /// An inquiry.
  ///
  /// - Parameters:
  ///   - trust: What the certificates of the APIs are held against.
  ///   - patience: How long a port may take; an answer of an API may take six times as long.
  ///   - variables: The environment, for references to passwords.
  ///   - folder: The folder of the plan, where paths start.
  ///   - pace: Makes the pace of requests to one server.
  ///   - localTime: The local clock, in UTC milliseconds since 1970.
  package init(
    trust: Trust, patience: Duration = .seconds(5), variables: [String: String],
    folder: PlanFolder, pace: @escaping @Sendable () -> RequestPace,
    localTime: @escaping @Sendable () -> Int64
  ) {
    self.trust = trust
    self.patience = patience
    self.variables = variables
    self.folder = folder
    self.pace = pace
    self.localTime = localTime
  }

  /// The draft of a plan for the sites behind some APIs.
  ///
  /// - Throws: ``WorkspaceError`` where one of them does not answer or refuses, and where two are of one site.
  package func draft(_ questions: [Question]) async throws(WorkspaceError) -> PlanDraft {
    let answers = await questions.mapSideBySide(atOnce: 8) { question in
      do throws(WorkspaceError) {
        return Result<FoundSite, WorkspaceError>.success(try await look(question))
      } catch {
        return .failure(error)
      }
    }
    var found: [FoundSite] = []
    for answer in answers { found.append(try answer.get()) }
    var draft = PlanDraft(found)
    if let (one, other) = draft.sameSites {
      throw WorkspaceError(
        .arguments,
        "`\(questions[one].url)` and `\(questions[other].url)` are of one site: SEPM calls both "
          + "\(CommentedLines.quoted(draft.sites[one].foundName ?? "")). Name one server of each site."
      )
    }
    let endpoints = draft.endpoints
    for (endpoint, answer) in zip(endpoints, try await presented(by: endpoints)) {
      draft.sights[endpoint] = ServerEvidence.Answer(answer)
    }
    return draft
  }

  private func look(_ question: Question) async throws(WorkspaceError) -> FoundSite {
    guard let address = APIAddress(question.url) else {
      throw WorkspaceError(
        .arguments,
        "--from-api takes a URL such as https://sepm-par-01.example.net:8446, with HTTPS: `\(question.url)` is "
          + "none.")
    }
    let leaf = try await leaf(at: address, question)
    let presented = Fingerprint(leaf.fingerprintText)
    let client = APIClient(
      address, account: account(question), trust: try serverTrust(), pace: pace(),
      limits: CallLimits(
        connection: patience * 2, answer: patience * 6, throttling: patience * 24),
      clock: localTime)
    let inventory: SiteInventory
    do throws(SEPMError) {
      inventory = try await InventorySurvey(
        client, patience: patience * 180, localTime: localTime
      ).look()
    } catch {
      throw refusal(error, question, leaf)
    }
    return FoundSite(
      api: SiteAPI(
        url: Located(question.url), username: Located(question.username),
        password: Located(question.password), trust: Located(planTrust(presented))),
      inventory: inventory, certificateHosts: leaf.hosts)
  }

  /// What the API presents. The handshake is broken off, so that nothing is sent.
  private func leaf(
    at address: APIAddress, _ question: Question
  ) async throws(WorkspaceError) -> CertificateFacts {
    let endpoint = TLSProbe.Endpoint(host: address.host, port: address.port)
    let answer = try await presented(by: [endpoint]).first
    switch answer.map({ ServerEvidence.Answer($0) }) {
    case .certificate(let facts)?: return facts
    case .nothing(let reason)?:
      throw WorkspaceError(
        .environment,
        "Cannot ask `\(question.url)`: \(reason). Check the URL, the network between this machine and the server, and "
          + "that the service `semapisrv` runs there.")
    case nil: throw WorkspaceError(.environment, "Cannot ask `\(question.url)`.")
    }
  }

  private func presented(
    by endpoints: [TLSProbe.Endpoint]
  ) async throws(WorkspaceError) -> [TLSProbe.Answer] {
    do {
      return try await TLSProbe(patience: patience).look(at: endpoints)
    } catch {
      throw WorkspaceError(error)
    }
  }

  private func account(_ question: Question) -> Account {
    let folder = folder
    let resolver = SecretResolver(
      variables: variables, folder: folder.place.text, patience: patience * 6
    ) { path throws(FileTrouble) in try folder.read(path).bytes }
    return Account(username: question.username, learn: { resolver.known.learn($0) }) {
      () async throws(SecretTrouble) in
      try await resolver.resolve(question.password)
    }
  }

  private func serverTrust() throws(WorkspaceError) -> ServerTrust {
    switch trust {
    case .system: return .system
    case .fingerprints(let pins): return .fingerprints(pins)
    case .authorities(let path), .lab(let path):
      guard let bytes = try? folder.read(path).bytes,
        let authorities = ServerTrust.AuthorityList(pem: bytes)
      else {
        throw WorkspaceError(
          .environment,
          "The authorities in `\(path)` cannot be read, or the file holds no certificate in PEM. If the file is "
            + "outside of the plan's repository, add `--allow-outside FOLDER`.")
      }
      return .authorities(authorities)
    }
  }

  /// What the plan says of the API's certificate.
  private func planTrust(_ presented: Fingerprint?) -> SiteAPI.Trust {
    switch trust {
    case .system: .system
    case .authorities(let path): .certificateAuthority(path)
    case .fingerprints, .lab: presented.map { .fingerprint($0) } ?? .system
    }
  }

  /// Why an API told nothing, in the words of the command line.
  private func refusal(
    _ error: SEPMError, _ question: Question, _ leaf: CertificateFacts
  ) -> WorkspaceError {
    let help: String
    switch error.kind {
    case .wrongCertificate(_, .fingerprints):
      help =
        "The password was not sent. If the certificate is the server's, say so with `--pin \(leaf.fingerprintText)`. If not, find "
        + "out what answers in place of the server."
    case .wrongCertificate:
      help =
        "The password was not sent. SEPM makes its own certificate, so this is usual; but what answers might also be "
        + "another machine. Compare the fingerprint \(leaf.fingerprintText) with what a browser on the server itself shows at "
        + "https://localhost:8446. If they are equal, add `--pin \(leaf.fingerprintText)`; if an authority issued the "
        + "certificate, add `--ca FILE`."
    case .noPassword(.notSet):
      help =
        "Set the variable that --password names, or the variable SEPM_PASSWORD if --password is left out."
    case .noPassword(.file):
      help =
        "Check the path that --password names; if it is outside of the plan's repository, add `--allow-outside FOLDER`."
    case .noPassword: help = "Check what --password names."
    case .badCredentials:
      help =
        "Check --user and --password, and whether the account is locked. Waltz does not try again by itself, since failed "
        + "log-ons lock accounts."
    case .refused, .unknownHost, .unreachable, .timedOut:
      help = "Check the URL, the network, and that the service `semapisrv` runs there."
    case .missingRights:
      help = error.help + " The rights of other administrators are not enough."
    default: help = error.help
    }
    return WorkspaceError(.environment, "\(error.statement) \(help)")
  }
}

extension EstateInquiry: CustomStringConvertible, CustomReflectable {
  /// Nothing of the environment, which may hold secrets.
  package var description: String { "an inquiry for \(folder.place.text)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension CertificateFacts {
  /// The host names that it is for.
  fileprivate var hosts: [String] {
    let names = alternativeNames.compactMap { name in
      if case .dns(let host) = name { host } else { nil }
    }
    return names.isEmpty ? [commonName].compactMap(\.self) : names
  }
}
