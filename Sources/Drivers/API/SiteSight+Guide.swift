import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension SiteSight {
  /// What a gate can tell of what the run recorded; a break that begins at an instant must last as long as the plan may
  /// take at worst. What nobody recorded, or what cannot be read, is left out: the gate opens all the same.
  func guideRecord(for step: Step, startedAt start: Instant) async -> GuideRecord {
    switch step.target {
    case .site(let site):
      return GuideRecord(settings: (try? await record(of: site))?.guide)
    case .server(let site, let server):
      guard let name = graph.plan.sites[site].servers[server].certificate?.value,
        let fingerprint = try? await newCertificate(ofServer: server, at: site)
      else { return GuideRecord() }
      return GuideRecord(fingerprints: [name: fingerprint.description])
    case .partnership(let partnership):
      let worst = RotationFigures(graph).replicationBroken
        .first { $0.position == partnership }?.length.worst
      guard step.action == .breakReplication, let worst else { return GuideRecord() }
      return GuideRecord(until: String((start + worst).description.prefix(10)))
    }
  }
}
