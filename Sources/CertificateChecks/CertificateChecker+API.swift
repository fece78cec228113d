import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// Whether a site's API presents what the plan pins.
  mutating func checkAPI(
    of site: Int, _ seen: ServerEvidence.Answer?, _ sources: [SourceEvidence]
  ) {
    guard let api = plan.sites[site].api, case .fingerprint(let pin) = api.trust.value,
      case .certificate(let shown)? = seen, shown.fingerprintText != pin.description
    else { return }
    let isNew = sources.contains {
      $0.report?.serverCertificate?.fingerprint == shown.fingerprint
    }
    report(
      .otherAPI, at: api.trust.span,
      "The API of site '\(plan.sites[site].name.value)' presents '\(shown.shortName)' with the fingerprint "
        + "\(shown.fingerprintText), which is not the one that the plan pins."
        + (isNew ? " It is one of the new certificates." : ""),
      help: isNew
        ? "If it was changed already, pin this one and remove 'certificate' from the server."
        : "If it is SEPM's own, pin it. If not, find out what answers there.",
      related: [.init("The API.", at: api.url.span)])
  }
}
