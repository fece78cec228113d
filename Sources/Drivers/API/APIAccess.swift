package import PlanModel
import PlanText
import RotationEngine
package import SEPMClient
package import Secrets

/// How the REST API of a site is reached: where secrets and files come from, how fast and how long it is asked.
package struct APIAccess: Sendable {
  /// Follows a reference to a password.
  package typealias Resolve = @Sendable (SecretReference) async throws(SecretTrouble) -> Secret

  private let resolve: Resolve
  private let readFile: SecretResolver.ReadFile
  private let known: KnownSecrets
  private let limits: CallLimits

  /// The local clock, in UTC milliseconds since 1970.
  let localTime: @Sendable () -> Int64

  private let pace: @Sendable () -> RequestPace

  /// An access.
  ///
  /// - Parameters:
  ///   - resolve: Follows references to passwords.
  ///   - readFile: Reads a file of authorities.
  ///   - known: Keeps every token that is given.
  ///   - localTime: The local clock, in UTC milliseconds since 1970.
  ///   - pace: Makes the pace of requests to one server.
  ///   - limits: What an answer may cost.
  package init(
    resolve: @escaping Resolve, readFile: @escaping SecretResolver.ReadFile,
    known: KnownSecrets, localTime: @escaping @Sendable () -> Int64,
    pace: @escaping @Sendable () -> RequestPace = { RequestPace() },
    limits: CallLimits = CallLimits()
  ) {
    self.resolve = resolve
    self.readFile = readFile
    self.known = known
    self.localTime = localTime
    self.pace = pace
    self.limits = limits
  }

  /// A client of a site's API, which connects to nothing yet; nil where the plan has none for it.
  ///
  /// - Throws: where the address or the file of authorities cannot be used
  func client(of site: Site) throws(StepFailure) -> APIClient? {
    guard let api = site.api else { return nil }
    guard let address = APIAddress(api.url.value) else {
      throw StepFailure(
        .failed, "The API of \(site.name.value) has an address that is not HTTPS: \(api.url.value)."
      )
    }
    let (resolve, known, reference) = (resolve, known, api.password.value)
    let account = Account(
      username: api.username.value, domain: api.domain?.value, learn: { known.learn($0) }
    ) {
      () async throws(SecretTrouble) in
      try await resolve(reference)
    }
    return APIClient(
      address, account: account, trust: try trust(api.trust.value, of: site), pace: pace(),
      limits: limits, clock: localTime)
  }

  private func trust(
    _ trust: SiteAPI.Trust, of site: Site
  ) throws(StepFailure) -> ServerTrust {
    switch trust {
    case .fingerprint(let pin): return .fingerprints([pin])
    case .system: return .system
    case .certificateAuthority(let path):
      guard let bytes = try? readFile(path),
        let authorities = ServerTrust.AuthorityList(pem: bytes)
      else {
        throw StepFailure(
          .failed,
          "The authorities of the API of \(site.name.value), `\(path)`, cannot be read, or the file holds no "
            + "certificate in PEM.",
          help: "Put the file back beside the plan, then retry the step.", isRetryable: true)
      }
      return .authorities(authorities)
    }
  }
}

extension APIAccess: CustomStringConvertible, CustomReflectable {
  /// Nothing of what references lead to.
  package var description: String { "an access to APIs" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
