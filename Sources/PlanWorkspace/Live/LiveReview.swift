import CertificateChecks
import CertificateSources
import Drivers
import PlanModel
import PlanText
package import SEPMClient
package import Secrets
import SiteChecks
import WorkingTree

/// What `--live` asks for: the secrets behind references, what servers present, and what sites say of themselves.
package struct LiveReview: Sendable {
  /// The ports to look at on every server; nil for each server's own.
  private let ports: [Int]?
  private let variables: [String: String]

  /// How long a port may take. A program that gives a secret may take six times as long, and an answer of an API as
  /// well; the settings of a site may take sixty times as long, since each is a request.
  private let patience: Duration

  private let known: KnownSecrets
  private let localTime: @Sendable () -> Int64
  private let pace: @Sendable () -> RequestPace

  /// * `ports`: The ports to look at; none for those that the plan gives each server.
  /// * `variables`: What references to variables name, and what programs are started with.
  /// * `patience`: How long a port may take; everything else takes a multiple of it at most.
  /// * `known`: Keeps every secret that is resolved.
  /// * `pace`: Makes the pace of requests to one server.
  /// * `localTime`: The clock that those of sites are held against, in UTC milliseconds since 1970.
  package init(
    ports: [UInt16], variables: [String: String], patience: Duration,
    known: KnownSecrets = KnownSecrets(),
    pace: @escaping @Sendable () -> RequestPace = { RequestPace() },
    localTime: @escaping @Sendable () -> Int64
  ) {
    self.ports = ports.isEmpty ? nil : ports.map(Int.init)
    self.known = known
    self.variables = variables
    self.patience = patience
    self.pace = pace
    self.localTime = localTime
  }

  /// What came of the references of a plan.
  struct Secrets {
    /// One for each certificate.
    var certificates: [(password: Password?, state: PasswordState)]

    /// One for each site's API.
    var sites: [PasswordState]

    /// What each reference gave.
    fileprivate var found: [SecretReference: Result<Secret, SecretTrouble>]
  }

  /// Follows every reference of the plan, each once, a few at a time.
  func secrets(of plan: RotationPlan, in folder: PlanFolder) async -> Secrets {
    var references: [SecretReference] = []
    var positions: [SecretReference: Int] = [:]
    func position(of reference: SecretReference) -> Int {
      if let known = positions[reference] { return known }
      positions[reference] = references.count
      references.append(reference)
      return references.count - 1
    }
    let certificates = plan.certificates.map { $0.password.map { position(of: $0.value) } }
    let sites = plan.sites.map { $0.api.map { position(of: $0.password.value) } }
    let found = await resolve(references, in: folder)
    func state(_ position: Int) -> PasswordState {
      switch found[position] {
      case .success:
        .resolved(isReadByOthers: isReadByOthers(references[position], in: folder))
      case .failure(let trouble): .unresolved(trouble)
      }
    }
    func password(_ position: Int) -> Password? {
      (try? found[position].get()).map { $0.reveal { Password($0) } }
    }
    return Secrets(
      certificates: certificates.map { $0.map { (password($0), state($0)) } ?? (nil, .none) },
      sites: sites.map { $0.map(state) ?? .none },
      found: Dictionary(zip(references, found), uniquingKeysWith: { first, _ in first }))
  }

  private func resolve(
    _ references: [SecretReference], in folder: PlanFolder
  ) async -> [Result<Secret, SecretTrouble>] {
    let resolver = SecretResolver(
      variables: variables, folder: folder.place.text, patience: patience * 6, known: known
    ) { path throws(FileTrouble) in try folder.read(path).bytes }
    return await references.mapSideBySide(atOnce: 8) { reference in
      do throws(SecretTrouble) {
        return .success(try await resolver.resolve(reference))
      } catch {
        return .failure(error)
      }
    }
  }

  private func isReadByOthers(_ reference: SecretReference, in folder: PlanFolder) -> Bool {
    guard case .file(let path) = reference else { return false }
    // That it can be read was seen a moment ago.
    return (try? folder.read(path).isReadByOthers) ?? false
  }

  /// What listeners of a plan present.
  struct Presented {
    /// For each server of each site its ports; nil where it gets no certificate.
    var servers: [[ServerEvidence?]]

    /// For each site its API; nil where it has none.
    var apis: [ServerEvidence.Answer?]
  }

  /// Looks at the ports of every server that gets a certificate, and at every API.
  func listeners(of plan: RotationPlan) async throws -> Presented {
    var positions: [TLSProbe.Endpoint: Int] = [:]
    var endpoints: [TLSProbe.Endpoint] = []
    func position(of endpoint: TLSProbe.Endpoint) -> Int {
      if let known = positions[endpoint] { return known }
      positions[endpoint] = endpoints.count
      endpoints.append(endpoint)
      return endpoints.count - 1
    }
    let asked = plan.sites.map { site in
      site.servers.map { server -> [(port: Int, position: Int)]? in
        guard server.certificate != nil else { return nil }
        return (ports ?? server.ports.all).map { port in
          (port, position(of: .init(host: server.address.value, port: port)))
        }
      }
    }
    let apis = plan.sites.map { site in
      site.api.flatMap { URLParts($0.url.value) }.map { url in
        position(of: .init(host: url.host, port: url.port))
      }
    }
    let answers = try await TLSProbe(patience: patience).look(at: endpoints).map {
      ServerEvidence.Answer($0)
    }
    return Presented(
      servers: asked.map { site in
        site.map { ports in ports.map { ServerEvidence($0.map { ($0.port, answers[$0.position]) }) }
        }
      },
      apis: apis.map { $0.map { answers[$0] } })
  }

  /// Asks every site of a plan that has an API what it says of itself.
  func sites(
    of plan: RotationPlan, with secrets: Secrets, in folder: PlanFolder
  ) async -> [SiteAnswer?] {
    let found = secrets.found
    let access = APIAccess(
      resolve: { reference throws(SecretTrouble) in
        guard let secret = found[reference] else { throw .empty }
        return try secret.get()
      },
      readFile: { path throws(FileTrouble) in try folder.read(path).bytes },
      known: known, localTime: localTime, pace: pace,
      limits: CallLimits(
        connection: patience * 2, answer: patience * 6, throttling: patience * 12))
    return await SiteSurvey(access, patience: patience * 60).look(at: plan.sites)
  }
}

extension ServerEvidence.Answer {
  /// What came of a look at a listener.
  init(_ answer: TLSProbe.Answer) {
    switch answer {
    case .chain(let chain):
      do throws(SourceProblem) {
        self = .certificate(try readCertificate(chain.first ?? []))
      } catch {
        self = .nothing("its certificate cannot be understood")
      }
    default: self = .nothing(answer.reason ?? "no certificate")
    }
  }
}

extension LiveReview: CustomStringConvertible, CustomReflectable {
  /// Nothing of the environment, which may hold secrets.
  package var description: String { "a live review" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
