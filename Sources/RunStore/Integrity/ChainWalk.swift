internal import CanonicalJSON
internal import RotationEngine

extension RunRecord {
  /// Holds what is stored of a run against the digest of its graph and against the start of its chain.
  func alteration(start: [UInt8]?) -> Alteration? {
    let graph = HashChain.hexadecimal(HashChain.digest(contents.graph))
    guard contents.digest.hasSuffix(graph) else {
      return Alteration(
        kind: .graph, sequence: nil,
        message: "The stored graph has the digest \(graph), but the run was made for "
          + "\(contents.digest).")
    }
    guard HashChain(header: header).hash == start else {
      return Alteration(
        kind: .header, sequence: nil,
        message:
          "A fact of the run itself (plan, text, path, digest, tool, times, sites, seed) is "
          + "not what was written: the hash over them does not match.")
    }
    return nil
  }
}

/// An event and the hash beside it.
struct StoredEvent {
  let event: EncodedEvent
  let hash: [UInt8]
}

/// What the run's row says about the end of its chain.
struct RecordedHead {
  let count: Int
  let hash: [UInt8]
  let lastType: String?
  let lastAt: Int64?
}

/// The walk over the chain.
struct ChainWalk {
  var chain: HashChain
  var next = 1
  var last: EncodedEvent?
  var references = AttachmentReferences()

  mutating func take(_ stored: StoredEvent) -> Alteration? {
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
        message: "Event \(sequence) is in the place of event \(next).")
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
    references.take(event)
    last = event
    next += 1
    return nil
  }

  func finish(_ head: RecordedHead) -> Verification {
    if head.count >= next {
      return .altered(
        Alteration(
          kind: .truncated, sequence: next,
          message: "The journal ends before event \(next), but the run recorded \(head.count)."))
    }
    if head.count < next - 1 {
      return .altered(
        Alteration(
          kind: .inserted, sequence: head.count + 1,
          message: "There is an event \(head.count + 1), but the run recorded only \(head.count)."))
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
