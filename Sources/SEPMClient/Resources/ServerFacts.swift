/// What is to be known of a management server before anything is changed. A part that could not be read says why, and the
/// others are there all the same: old versions lack some of the resources.
package struct ServerFacts: Sendable {
  /// A part, or why it is not known.
  package typealias Part<Value> = Result<Value, SEPMError>

  /// A domain, with when it purges idle clients.
  package struct Domain: Sendable {
    /// The domain.
    package let domain: SEPMDomain

    /// When it purges idle clients.
    package let purge: Part<IdlePurge>
  }

  /// The server's version.
  package let version: ServerVersion

  /// The account and the server's clock.
  package let logon: Logon

  /// All domains.
  package let domains: Part<[Domain]>

  /// The ids of the servers of the farm.
  package let servers: Part<[SEPMID]>

  /// The site's database.
  package let database: Part<DatabaseFacts>

  /// Whether the site has replication partners.
  package let isReplicated: Part<Bool>

  /// The partners, and how replication with them goes.
  package let replication: Part<[SiteReplication]>

  /// How many clients run which version.
  package let clientVersions: Part<[ClientVersionCount]>

  /// How many clients are online.
  package let onlineCount: Part<OnlineCount>

  /// Whether the site is enrolled with the cloud, asked for the domain that the account is logged on to.
  package let isEnrolled: Part<Bool>

  /// The site's licence.
  package let license: Part<LicenseSummary>

  /// The alarms that nobody acknowledged.
  package let criticalEvents: Part<[CriticalEvent]>
}

extension APIClient {
  /// All facts, one call after the other: about a dozen.
  ///
  /// - Returns: the facts.
  /// - Throws: where the server is not there or the log-on fails, or where the task is cancelled.
  package func facts() async throws(SEPMError) -> ServerFacts {
    let version = try await version()
    let logon = try await logOn()
    let domains = try await part(domains)
    var details: [ServerFacts.Domain] = []
    for domain in (try? domains.get()) ?? [] {
      let purge = try await part { () async throws(SEPMError) in try await idlePurge(of: domain.id)
      }
      details.append(ServerFacts.Domain(domain: domain, purge: purge))
    }
    let own = logon.administrator.domainID ?? details.first?.domain.id
    return ServerFacts(
      version: version, logon: logon, domains: domains.map { _ in details },
      servers: try await part(servers), database: try await part(database),
      isReplicated: try await part(isReplicated), replication: try await part(replication),
      clientVersions: try await part(clientVersions), onlineCount: try await part(onlineCount),
      isEnrolled: try await part { () async throws(SEPMError) in
        guard let own else {
          throw SEPMError(
            task: "read whether the site is enrolled", server: address.description,
            kind: .malformed("SEPM does not say which domain the account is in"))
        }
        return try await isEnrolled(own)
      },
      license: try await part(license), criticalEvents: try await part(criticalEvents))
  }

  private func part<Value>(
    _ call: () async throws(SEPMError) -> Value
  ) async throws(SEPMError) -> ServerFacts.Part<Value> {
    do throws(SEPMError) {
      return .success(try await call())
    } catch {
      guard error.kind != .cancelled else { throw error }
      return .failure(error)
    }
  }
}
