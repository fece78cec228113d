import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient

extension SiteSight {
  /// What a gate can tell of what the run recorded; a break that begins at an instant must last as long as the plan may
  /// take at worst. What nobody recorded, or what cannot be read, is left out: the gate opens all the same.
  func guideRecord(for step: Step, startedAt start: Instant) async -> GuideRecord {
    switch step.target {
    case .site(let site):
      guard let record = try? await record(of: site), record.hasSettings else {
        return GuideRecord()
      }
      return GuideRecord(
        settings: record.places.map { place in
          GuideRecord.Setting(
            group: place.group.path, location: place.location.name,
            list: place.location.settings.serverList, verifies: place.location.settings.verifies)
        })
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
