internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension StateFile {
  package func attachment(_ digest: String, of run: String, limit: Int) throws -> [UInt8]? {
    try read { database in
      let number = try head(of: run, in: database).number
      return try bytes(of: digest, run: number, limit: limit, in: database)
    }
  }

  /// Checks what is attached to the events of a run against what a walk over them saw.
  func checkAttachments(of number: Int64, _ seen: AttachmentReferences) throws -> Alteration? {
    var seen = seen
    for (digest, sequence) in try attachmentRows(of: number) {
      let stored = try read { database in
        try bytes(of: digest, run: number, limit: .max, in: database)
      }
      if let alteration = seen.take(digest, stored, at: sequence) { return alteration }
    }
    return seen.missing
  }

  private func attachmentRows(of number: Int64) throws -> [(digest: String, sequence: Int)] {
    guard formatVersion >= StateFormat.attachments else { return [] }
    return try read { database in
      try Row.fetchAll(
        database, sql: "SELECT digest, event FROM attachments WHERE run = ? ORDER BY event, digest",
        arguments: [number]
      ).map { (try $0.required(0), try $0.required(1)) }
    }
  }

  private func bytes(
    of digest: String, run number: Int64, limit: Int, in database: Database
  ) throws -> [UInt8]? {
    guard formatVersion >= StateFormat.attachments else { return nil }
    // The size is looked at before the bytes are.
    let size = try Int.fetchOne(
      database, sql: "SELECT length(bytes) FROM attachments WHERE run = ? AND digest = ?",
      arguments: [number, digest])
    guard let size else { return nil }
    guard size <= limit else { throw StateError.tooLarge(digest, size: size, limit: limit) }
    return try Data.fetchOne(
      database, sql: "SELECT bytes FROM attachments WHERE run = ? AND digest = ?",
      arguments: [number, digest]
    ).map { Array($0) }
  }
}
