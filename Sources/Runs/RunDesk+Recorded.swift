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
    var result: [Int: [GuideRecord.Setting]] = [:]
    for (position, step) in archive.graph.graph.steps.enumerated()
    where step.action == .recordSettings {
      guard case .site(let site) = step.target,
        let sequence = archive.state.steps[position].successSequence,
        let event = try await store.events(of: archive.id, from: sequence, limit: 1).first,
        case .stepSucceeded(_, _, let evidence) = try archive.codec.decode(event.bytes).kind,
        let digest = evidence["record"]?["attachment"]?.string,
        let document = try await attachment(digest, of: archive)
      else { continue }
      result[site] = SettingsRecord(document)?.guide
    }
    return result
  }

  private func attachment(_ digest: String, of archive: RunArchive) async throws -> JSONValue? {
    try await store.attachment(digest, of: archive.id, limit: Attachment.maximumSize)
      .map { try JSONValue(parsing: $0) }
  }
}
