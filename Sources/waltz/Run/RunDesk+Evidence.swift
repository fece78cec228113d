import EvidencePacks
import RotationEngine
import RunStore
import Runs

extension RunDesk {
  /// What a run recorded up to its last event, for a pack of evidence.
  ///
  /// - Throws: `RunError`, `StateError`
  func evidence(of archive: RunArchive, report: [UInt8]) async throws -> EvidencePack.Records {
    let contents = archive.record.contents
    var records = EvidencePack.Records(
      facts: archive.record.header, graph: contents.graph, plan: contents.planText, events: [],
      attachments: [:], report: report)
    var digests: Set<String> = []
    try await store.readEvents(of: archive.id) { encoded in
      guard encoded.sequence <= archive.state.lastSequence else { return }
      records.events.append(encoded.bytes)
      digests.formUnion(EvidencePack.attachments(namedBy: encoded.bytes))
    }
    for digest in digests.sorted() {
      let bytes = try await store.attachment(
        "sha256:" + digest, of: archive.id, limit: Attachment.maximumSize)
      guard let bytes else {
        throw CommandError(
          .findings,
          "An attachment that an event names is missing: \(digest). "
            + "`\(store.commands.of(archive.id).verify)` says more.")
      }
      records.attachments[digest] = bytes
    }
    return records
  }
}
