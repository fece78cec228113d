import CanonicalJSON
package import ConsoleGuide
import Drivers
import PlanModel
import RotationEngine
import RotationGraph
import RunStore

extension RunDesk {
  /// What a run recorded of the settings of its sites before it changed them, by the sites' positions: of real servers, as
  /// long as something is open.
  ///
  /// - Throws: `StateError`
  package func recorded(of archive: RunArchive) async throws -> [Int: [GuideRecord.Setting]] {
    guard !archive.state.openChanges.isEmpty else { return [:] }
    let memory = StoredStepMemory(archive, in: store)
    var result: [Int: [GuideRecord.Setting]] = [:]
    for (position, step) in archive.graph.graph.steps.enumerated()
    where step.action == .recordSettings {
      guard case .site(let site) = step.target,
        let digest = try await memory.evidence(of: position)?["record"]?["attachment"]?.string,
        let document = try await memory.attachment(digest)
      else { continue }
      result[site] = SettingsRecord(document)?.guide
    }
    return result
  }
}
