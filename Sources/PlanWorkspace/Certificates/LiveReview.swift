import CertificateChecks
import CertificateSources
import Drivers
import PlanModel
import PlanText
package import Secrets
import WorkingTree

/// What `--live` asks for: the secrets behind references, and what servers present.
package struct LiveReview: Sendable {
  /// The ports to look at on every server; nil for each server's own.
  private let ports: [Int]?
  private let variables: [String: String]
  private let portPatience: Duration
  private let programPatience: Duration
  private let known: KnownSecrets

  /// * `ports`: The ports to look at; none for those that the plan gives each server.
  /// * `variables`: What references to variables name, and what programs are started with.
  /// * `patience`: How long a port may take; a program that gives a secret may take six times as long.
  /// * `known`: Keeps every secret that is resolved.
  package init(
    ports: [UInt16], variables: [String: String], patience: Duration,
    known: KnownSecrets = KnownSecrets()
  ) {
    self.known = known
    self.ports = ports.isEmpty ? nil : ports.map(Int.init)
    self.variables = variables
    portPatience = patience
    programPatience = patience * 6
  }

  /// What came of the references of a plan.
  struct Secrets {
    /// One for each certificate.
    var certificates: [(password: Password?, state: PasswordState)]

    /// One for each site's API.
    var sites: [PasswordState]
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
    return Secrets(
      certificates: certificates.map { $0.map { found[$0] } ?? (nil, .none) },
      sites: sites.map { $0.map { found[$0].state } ?? .none })
  }

  private func resolve(
    _ references: [SecretReference], in folder: PlanFolder
  ) async -> [(password: Password?, state: PasswordState)] {
    let resolver = SecretResolver(
      variables: variables, folder: folder.place.text, patience: programPatience, known: known
    ) { path throws(FileTrouble) in try folder.read(path).bytes }
    return await withTaskGroup(of: (Int, Password?, PasswordState).self) { group in
      var found: [(password: Password?, state: PasswordState)] = Array(
        repeating: (nil, .notAsked), count: references.count)
      var next = 0
      func startNext() {
        let (position, reference) = (next, references[next])
        next += 1
        group.addTask {
          do throws(SecretTrouble) {
            let secret = try await resolver.resolve(reference)
            return (
              position, secret.reveal { Password($0) },
              .resolved(isReadByOthers: isReadByOthers(reference, in: folder))
            )
          } catch {
            return (position, nil, .unresolved(error))
          }
        }
      }
      while next < min(8, references.count) { startNext() }
      while let (position, password, state) = await group.next() {
        found[position] = (password, state)
        if next < references.count { startNext() }
      }
      return found
    }
  }

  private func isReadByOthers(_ reference: SecretReference, in folder: PlanFolder) -> Bool {
    guard case .file(let path) = reference else { return false }
    // That it can be read was seen a moment ago.
    return (try? folder.read(path).isReadByOthers) ?? false
  }

  /// Looks at the ports of every server that gets a certificate.
  func servers(of plan: RotationPlan) async throws -> [[ServerEvidence?]] {
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
    let answers = try await TLSProbe(patience: portPatience).look(at: endpoints)
    return asked.map { site in
      site.map { ports in
        ports.map { ServerEvidence($0.map { ($0.port, .init(answers[$0.position])) }) }
      }
    }
  }
}

extension ServerEvidence.Answer {
  fileprivate init(_ answer: TLSProbe.Answer) {
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
