internal import GRDB
internal import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension StateFile {
  /// Checks everything that is recorded of a run: the file's structure, the graph against its digest, the chain of
  /// hashes over the run's facts and its events, and the attachments that they refer to.
  ///
  /// - Throws: ``StateError`` where the file cannot be read at all
  package func verify(_ run: String) throws -> Verification {
    if let alteration = try checkStructure() { return .altered(alteration) }
    do {
      return try verifyRecord(of: run)
    } catch let error as StateError where error.kind == .corrupt {
      return .altered(Alteration(kind: .file, sequence: nil, message: error.message))
    }
  }

  private func verifyRecord(of run: String) throws -> Verification {
    let (record, number, start) = try read { database in
      let number = try head(of: run, in: database).number
      let start = try Data.fetchOne(
        database, sql: "SELECT start FROM heads WHERE run = ?", arguments: [number])
      return (try self.record(of: run, in: database), number, start.map { Array($0) })
    }
    // A newer version may have facts that this one would leave out of the chain.
    guard min(record.formatVersion, formatVersion) <= StateFormat.version else {
      throw Self.newer(record.formatVersion, path: path, commands)
    }
    if let alteration = record.alteration(start: start) { return .altered(alteration) }
    guard try repeatsAgree(run: number) else {
      return .altered(
        Alteration(
          kind: .header, sequence: nil,
          message: "The run's number, or the kind of its world, contradicts its id, seed or sites.")
      )
    }
    return try checkChain(number, from: HashChain(header: record.header))
  }

  /// Whether the columns that say again what the header says agree with it.
  private func repeatsAgree(run: Int64) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT id = plan || '-' || ordinal AND simulated = (\(worldSQL) <> 'real')
            AND (\(worldSQL) NOT IN ('real', 'simulated')
              OR simulated = (seed IS NOT NULL) AND (simulated OR scenario IS NULL))
            AND NOT EXISTS (SELECT 1 FROM run_sites
              WHERE run_sites.run = number AND run_sites.simulated <> runs.simulated)
          FROM runs JOIN documents ON documents.run = number WHERE number = ?
          """, arguments: [run]) ?? false
    }
  }

  private func checkChain(_ number: Int64, from start: HashChain) throws -> Verification {
    var walk = ChainWalk(chain: start)
    while true {
      let page = try page(run: number, from: walk.next)
      for stored in page {
        if let alteration = walk.take(stored) { return .altered(alteration) }
      }
      if page.isEmpty { break }
    }
    // The head is read last, and the events that were appended meanwhile after it.
    let head = try read { database in
      try Row.fetchOne(
        database, sql: "SELECT count, hash, last_type, last_at FROM heads WHERE run = ?",
        arguments: [number]
      ).map { row in
        try RecordedHead(
          count: row.required(0), hash: row.bytes(1), lastType: row.optional(2),
          lastAt: row.optional(3))
      }
    }
    guard let head else {
      return .altered(
        Alteration(kind: .head, sequence: nil, message: "The run has lost its head row."))
    }
    while walk.next <= head.count {
      let page = try page(run: number, from: walk.next)
      guard !page.isEmpty else { break }
      for stored in page where stored.event.sequence <= head.count {
        if let alteration = walk.take(stored) { return .altered(alteration) }
      }
    }
    let verification = walk.finish(head)
    guard case .intact = verification,
      let alteration = try checkAttachments(of: number, walk.references)
    else { return verification }
    return .altered(alteration)
  }
}
