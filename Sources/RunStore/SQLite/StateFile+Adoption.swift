internal import GRDB
package import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension StateFile {
  /// Goes on with this copy of a state file in the place of the one that was last written to: it becomes the current one,
  /// nobody holds its runs, and each that has not ended is told that steps may have been carried out of which its
  /// journal does not know. The file is to be opened anew after that.
  ///
  /// - Parameters:
  ///   - word: Who adopts it, and why.
  ///   - now: Real time.
  /// - Returns: The runs that go on, by id.
  /// - Throws: ``StateError``
  package func adopt(_ word: OperatorWord, at now: Instant) throws -> [String] {
    let lineage = HashChain.nonce()
    let next = memory.successor(lineage: HashChain.hexadecimal(lineage))
    let runs = try write { database in
      guard let inode = StateDirectory.inode(of: path) else {
        throw StateError(.missing, "\(path) is not there any more.")
      }
      try database.execute(
        sql: "UPDATE state SET inode = ?, lineage = ?", arguments: [inode, Data(lineage)])
      try database.execute(sql: "UPDATE leases SET token = NULL")
      var open: [String] = []
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT number, id, count, hash, last_type FROM runs JOIN heads ON run = number")
      for row in rows {
        let (number, run): (Int64, String) = try (row.required(0), row.required(1))
        // Before the file itself says so, so that no moment remembers nothing.
        next.remember(
          HeadMemory.Head(
            count: try row.required(2), hash: HashChain.hexadecimal(try row.bytes(3))),
          of: number)
        switch RunEntry.standing(try row.optional(4)) {
        case .succeeded, .aborted: break
        case .unfinished, .failed:
          let loss = standing.losses.first { $0.run == run }.map(\.words)
          let note = [loss, word.note].compactMap(\.self).joined(separator: ": ")
          _ = try insert(
            .adopt, word: OperatorWord(by: word.by, note: note.isEmpty ? nil : note), to: number,
            at: now, in: database)
          open.append(run)
        }
      }
      return open
    }
    memory.supersede()
    return runs
  }
}
