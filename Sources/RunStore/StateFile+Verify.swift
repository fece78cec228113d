internal import CanonicalJSON
internal import GRDB
internal import RotationEngine

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a check of a run's record found.
public enum Verification: Sendable, Equatable {
  /// Everything is as it was written. `head` is the last hash in hexadecimal: kept elsewhere, it shows
  /// later that not even the whole chain was written anew.
  case intact(events: Int, head: String)

  /// Something is not.
  case altered(Alteration)
}

/// The first place at which a run's record is not what was written.
public struct Alteration: Sendable, Equatable {
  /// What does not match.
  public enum Kind: String, Sendable, CaseIterable {
    /// The database file as a whole.
    case file
    /// The graph is not the one that the digest names.
    case graph
    /// The run's own facts.
    case header
    /// The event, its hash, or a column beside it.
    case event
    /// An event is missing before others.
    case missing
    /// An event stands at another one's place.
    case order
    /// Events are missing at the end.
    case truncated
    /// Events follow that the run does not know of.
    case inserted
    /// What the run says about its last event.
    case head
  }

  /// What does not match.
  public let kind: Kind

  /// The position in the journal; nil where it concerns the run or the file.
  public let sequence: Int?

  /// The same in a sentence.
  public let message: String
}

extension StateFile {
  /// Checks everything that is recorded of a run: the file's structure, the graph against its digest,
  /// and the chain of hashes over the run's facts and its events.
  ///
  /// - Throws: ``StateError`` where the file can not be read at all
  public func verify(_ run: String) throws -> Verification {
    if let alteration = try checkStructure() { return .altered(alteration) }
    let (record, number, start) = try read { database in
      let number = try head(of: run, in: database).number
      let start = try Data.fetchOne(
        database, sql: "SELECT start FROM heads WHERE run = ?", arguments: [number])
      return (try self.record(of: run, in: database), number, start.map { Array($0) })
    }
    // A newer version may have facts that this one would leave out of the chain.
    guard min(record.formatVersion, formatVersion) <= StateFormat.version else {
      throw Self.newer(record.formatVersion, path: path)
    }
    let graph = HashChain.hexadecimal(HashChain.digest(record.contents.graph))
    guard record.contents.digest.hasSuffix(graph) else {
      return .altered(
        Alteration(
          kind: .graph, sequence: nil,
          message: "The stored graph has the digest \(graph), and the run was made for "
            + "\(record.contents.digest)."))
    }
    let chain = HashChain(header: record.header)
    guard chain.hash == start else {
      return .altered(
        Alteration(
          kind: .header, sequence: nil,
          message:
            "A fact of the run itself (plan, text, path, digest, tool, times, sites, seed) is "
            + "not what was written: the hash over them does not match."))
    }
    guard try repeatsAgree(run: number) else {
      return .altered(
        Alteration(
          kind: .header, sequence: nil,
          message: "The run's number, or the kind of its world, contradicts its id, seed or sites.")
      )
    }
    return try checkChain(number, from: chain)
  }

  private func checkStructure() throws -> Alteration? {
    do {
      return try unlocked { database in
        let answer = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        if answer != "ok" {
          return Alteration(kind: .file, sequence: nil, message: "\(path) is damaged: \(answer).")
        }
        guard let row = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") else {
          return nil
        }
        return Alteration(
          kind: .file, sequence: nil,
          message: "\(path): a row of \(try row.optional(0) ?? "a table") belongs to no run.")
      }
    } catch let error as StateError where error.kind == .corrupt || error.kind == .notADatabase {
      return Alteration(kind: .file, sequence: nil, message: error.message)
    }
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
        try Head(
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
    return walk.finish(head)
  }
}

/// What the run's row says about the end of its chain.
private struct Head {
  let count: Int
  let hash: [UInt8]
  let lastType: String?
  let lastAt: Int64?
}

/// The walk over the chain.
private struct ChainWalk {
  var chain: HashChain
  var next = 1
  var last: EncodedEvent?

  mutating func take(_ stored: StateFile.StoredEvent) -> Alteration? {
    let event = stored.event
    guard event.sequence == next else {
      return Alteration(
        kind: .missing, sequence: next,
        message: "Event \(next) is missing; the next one is \(event.sequence).")
    }
    let members = Members(event.bytes)
    if let sequence = members?.sequence, sequence != next {
      return Alteration(
        kind: .order, sequence: next,
        message: "Event \(sequence) stands at the place of event \(next).")
    }
    chain.append(event.bytes)
    guard chain.hash == stored.hash else {
      return Alteration(
        kind: .event, sequence: next,
        message:
          "Event \(next) is not what was written: the hash over it and what stands before it "
          + "does not match.")
    }
    if let members, let column = members.difference(from: event) {
      return Alteration(
        kind: .event, sequence: next,
        message: "The column \(column) of event \(next) is not what the event itself says.")
    }
    last = event
    next += 1
    return nil
  }

  func finish(_ head: Head) -> Verification {
    if head.count >= next {
      return .altered(
        Alteration(
          kind: .truncated, sequence: next,
          message: "The journal ends before event \(next), and the run recorded \(head.count)."))
    }
    if head.count < next - 1 {
      return .altered(
        Alteration(
          kind: .inserted, sequence: head.count + 1,
          message: "Event \(head.count + 1) follows, and the run recorded only \(head.count)."))
    }
    guard head.hash == chain.hash, head.lastType == last?.type, head.lastAt == last?.at else {
      return .altered(
        Alteration(
          kind: .head, sequence: head.count,
          message:
            "What the run says about its last event, \(head.count), does not match that event."))
    }
    return .intact(events: head.count, head: HashChain.hexadecimal(chain.hash))
  }
}

/// The members that stand in columns as well, as the canonical bytes have them.
private struct Members {
  let sequence: Int?
  let at: Int64?
  let type: String?
  let step: String?
  let attempt: Int?

  /// Nil where the bytes are no JSON object: then the hash alone speaks.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes), case .object = value else { return nil }
    sequence = value["seq"]?.integer.map { Int($0) }
    let at = value["at"]
    self.at = at?.integer ?? at?.string.flatMap { Instant($0)?.milliseconds }
    type = value["type"]?.string
    step = value["step"]?.string
    attempt = value["attempt"]?.integer.map { Int($0) }
  }

  func difference(from event: EncodedEvent) -> String? {
    if at != event.at { return "at" }
    if type != event.type { return "type" }
    if step != event.step { return "step" }
    if attempt != event.attempt { return "attempt" }
    return nil
  }
}
