import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension SimulatedEstate {
  /// What a gate on a target can tell of what the run recorded; a break that begins at an instant must last
  /// until a schedule can come round.
  func record(for target: Target, brokenAt start: Instant) -> GuideRecord {
    switch target {
    case .site(let site): return GuideRecord(settings: recordedSettings(of: site))
    case .server(let site, let server):
      let state = sites[site].servers[server]
      guard let name = plan.sites[site].servers[server].certificate?.value,
        let certificate = state.newCertificate
      else { return GuideRecord() }
      return GuideRecord(fingerprints: [name: fingerprints[Int(certificate)]])
    case .partnership:
      let end = start + Partnership.longestSchedule
      return GuideRecord(until: String(end.description.prefix(10)))
    }
  }

  /// Every location of every group that has settings of its own, as `record-settings` saw it.
  private func recordedSettings(of site: Int) -> [GuideRecord.Setting]? {
    guard let recorded = sites[site].recorded else { return nil }
    let locations = Dictionary(
      sites[site].groups.map { ($0.path, $0.locations.map(\.name)) },
      uniquingKeysWith: { first, _ in first })
    return recorded.flatMap { group in
      zip(locations[group.path] ?? [], group.usesHTTPS).map { location, usesHTTPS in
        GuideRecord.Setting(
          group: group.path, location: location,
          list: "Default Management Server List (\(usesHTTPS ? "HTTPS" : "HTTP"))",
          verifies: group.verifies)
      }
    }
  }
}
