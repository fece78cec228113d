import PlanModel
import PlanText
import RotationEngine
import SEPMClient
import Synchronization

/// The REST APIs of the sites of a plan: where they are, who logs on, and what their certificates are held against. Each has
/// one token and one client for all who ask, and another client only where what is trusted changes.
final class SiteLinks: Sendable {
  private let clients: [APIClient?]
  private let pins: [Fingerprint?]

  /// The clients by site that were last asked for, with what they trust in place of the plan's pin.
  private let current = Mutex<[Int: (trusted: Set<Fingerprint>, client: APIClient)]>([:])

  /// The links of a plan's sites.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - surroundings: Where secrets and files come from, and the local clock.
  /// - Throws: where an address or a file of authorities cannot be used
  init(_ plan: RotationPlan, _ surroundings: RealSurroundings) throws(StepFailure) {
    var clients: [APIClient?] = []
    for site in plan.sites {
      clients.append(try surroundings.access.client(of: site))
    }
    self.clients = clients
    pins = plan.sites.map { site in
      guard case .fingerprint(let pin)? = site.api?.trust.value else { return nil }
      return pin
    }
  }

  /// The API of a site, trusting its server's certificate as it may be where its certificates stand so; nil where the site
  /// has none.
  func client(of site: Int, _ swap: CertificateSwap) -> APIClient? {
    guard let client = clients[site] else { return nil }
    // An authority and the system vouch for the old certificate and for the new one alike.
    guard let pin = pins[site] else { return client }
    let trusted = swap.trusted(instead: pin)
    return current.withLock { current in
      if let known = current[site], known.trusted == trusted { return known.client }
      let next = client.trusting(.fingerprints(trusted))
      current[site] = (trusted, next)
      return next
    }
  }

  /// Lets the site's password be sent once more that SEPM did not accept.
  func forgetRefusal(at site: Int) async { await clients[site]?.forgetRefusal() }

  /// Gives the tokens back, as far as the servers take them in a moment: a token that stays dies by itself.
  func logOut() async {
    let latest = current.withLock { $0.mapValues(\.client) }
    let all = clients.enumerated().compactMap { latest[$0.offset] ?? $0.element }
    await withTaskGroup(of: Bool.self) { group in
      for client in all {
        group.addTask {
          try? await client.logOut()
          return false
        }
      }
      group.addTask {
        try? await Task.sleep(for: Self.patience)
        return true
      }
      var left = all.count
      while left > 0, let isOver = await group.next(), !isOver { left -= 1 }
      group.cancelAll()
    }
  }

  private static let patience: Duration = .seconds(3)
}

/// Where the change of a site's certificates stands, as far as it concerns what Waltz itself trusts: before the change the
/// old certificate, after it the new one, and both only in between (`docs/SEPM.md`, "Proofs from outside").
struct CertificateSwap: Sendable, Equatable {
  /// The new certificates of servers whose update has begun.
  var begun: Set<Fingerprint> = []

  /// Whether every server of the site that gets a certificate was seen with it.
  var isProven = false

  /// What may be presented in place of the certificate that the plan pins.
  func trusted(instead pin: Fingerprint) -> Set<Fingerprint> {
    isProven && !begun.isEmpty ? begun : begun.union([pin])
  }
}
