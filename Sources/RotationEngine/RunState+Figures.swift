import PlanModel
import PlanText
import RotationGraph

extension RunState {
  /// The figures of a run that ends at `instant`; `truth` is what only the estate knows.
  package func figures(at instant: Instant, truth: EstateTruth?) -> RunFigures {
    let plan = graph.plan
    let expected = plan.sites.compactMap(\.clients?.value)
    return RunFigures(
      sites: plan.sites.count { $0.isRotating },
      servers: plan.sites.reduce(0) { $0 + $1.servers.count { $0.certificate != nil } },
      clients: truth?.clients
        ?? (expected.count == plan.sites.count ? expected.reduce(0, +) : nil),
      orphans: truth?.orphans,
      latentOrphans: truth?.latentOrphans,
      gates: gatesClosed,
      verificationOff: sitesWithVerificationOff(at: instant),
      replicationBroken: brokenPartnerships(at: instant)
    )
  }

  /// The sites that had, or still have, verification off, up to `instant`.
  package func sitesWithVerificationOff(at instant: Instant) -> [RunFigures.Exposure] {
    verificationOff.exposures(until: instant) { graph.plan.sites[$0].name.value }
  }

  /// Whether verification is off at a site of the plan, or may be: from the first attempt at switching it off until
  /// switching it on has succeeded.
  package func isVerificationOff(ofSite site: Int) -> Bool {
    verificationOff.openSince[site] != nil
  }

  /// The partnerships that were, or still are, broken, up to `instant`.
  package func brokenPartnerships(at instant: Instant) -> [RunFigures.Exposure] {
    replicationBroken.exposures(until: instant) { graph.plan.partnerships[$0].name }
  }
}
