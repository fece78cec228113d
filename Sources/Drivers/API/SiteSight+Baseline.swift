import PlanModel
import PlanText
import RotationGraph

extension SiteSight {
  /// What is put back at a site whose settings were found so, with what an earlier run left changed.
  func baseline(of site: Int, _ found: SettingsRecord) async throws -> SettingsBaseline {
    SettingsBaseline(
      found, after: try await memory.earlierSettings(of: name(of: site)),
      graph.plan.sites[site].recorded)
  }
}
