import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// Whether a site's API presents what the plan pins; where the API is on a server that was looked at.
  mutating func checkAPI(of site: Int, _ servers: [ServerEvidence?]) {
    guard let api = plan.sites[site].api, case .fingerprint(let pin) = api.trust.value,
      let url = URLParts(api.url.value)
    else { return }
    for (server, seen) in zip(plan.sites[site].servers, servers)
    where server.address.value.lowercased() == url.host.lowercased() {
      guard let shown = seen?.shown.first(where: { $0.port == url.port })?.certificate,
        shown.fingerprintText != pin.description
      else { continue }
      report(
        .otherAPI, at: api.trust.span,
        "Port \(url.port) of '\(url.host)' presents '\(shown.shortName)' with the fingerprint "
          + "\(shown.fingerprintText), which is not the one that the plan pins for the API of site "
          + "'\(plan.sites[site].name.value)'.",
        help: "If it is SEPM's own, pin it. If not, find out what answers there.",
        related: [.init("The API.", at: api.url.span)])
    }
  }
}
