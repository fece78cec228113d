import CanonicalJSON
import PlanModel
import RotationEngine
import RotationGraph
import SEPMClient

extension SiteSight {
  /// When the certificates of a site changed; nil before that, and while a server is between update and proof.
  func contactChange(
    of site: Int, _ skew: ClockSkew
  ) async throws -> ClientCount.ContactChange? {
    var (first, since) = (Int64.max, Int64.min)
    for server in changedServers(of: site) {
      let target = Target.server(site: site, server: server)
      guard let began = try await beginning(of: .updateCertificate, on: target) else { continue }
      guard
        let up = try await evidence(of: .verifyCertificate, on: target)?["servicesUpAt"]?.integer
      else { return nil }
      first = min(first, began.milliseconds)
      since = max(since, up)
    }
    guard since > .min else { return nil }
    return ClientCount.ContactChange(
      at: skew.serverTime(at: first), since: ServerTime(milliseconds: since))
  }
}
