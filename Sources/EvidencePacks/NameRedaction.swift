internal import CanonicalJSON
internal import Cryptography

/// A run's records with pseudonyms for the names of clients, users and hosts, so that its pack can leave the house.
///
/// It is a function of the records: who has the full pack can make the redacted one again, and so compare the two.
package struct NameRedaction {
  /// The records that are left, without a report, which is made of them.
  package private(set) var records: EvidencePack.Records

  private var book: NameBook
  private let salt: RedactionSalt

  /// For each digest of a record, in hexadecimal, the one of what took its place.
  private var digests: [String: String] = [:]
  private var originals: [(name: String, digest: String)] = []

  /// Redacts records.
  package init(_ full: EvidencePack.Records) {
    let facts = Self.json(full.facts)
    salt = RedactionSalt(lineage: facts["lineage"]?.string ?? "")
    book = NameBook(salt)
    records = EvidencePack.Records(
      facts: [], graph: [], plan: [], events: [], attachments: [:], report: [])
    let events = full.events.map(Self.json)
    let attachments = full.attachments.mapValues { try? JSONValue(parsing: $0) }
    let graph = Self.json(full.graph)
    collect(graph: graph["plan"] ?? .null)
    for value in [facts] + events { collect(value) }
    for value in attachments.values { collect(value ?? .null) }
    for value in events + attachments.values.map({ $0 ?? .null }) { learn(value) }
    redact(full, graph, attachments)
    records.facts = Self.bytes(redacted(facts: facts))
    records.events = events.map { event in
      var context = Context()
      context.isRest = event["type"]?.string == "run-waiting"
      return Self.bytes(redacted(event, context))
    }
    records.redaction = redaction(of: full)
  }

  private static func json(_ bytes: [UInt8]) -> JSONValue {
    (try? JSONValue(parsing: bytes)) ?? .null
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    Hexadecimal.text(of: HashFunction.sha256.hash(of: bytes))
  }

  // MARK: Names

  private mutating func collect(graph plan: JSONValue) {
    for site in plan["sites"]?.array ?? [] {
      for server in site["servers"]?.array ?? [] {
        if let address = server["address"]?.string { book.add(host: address) }
        if let name = server["name"]?.string { book.add(host: name) }
      }
      guard let api = site["api"] else { continue }
      if let name = api["username"]?.string { book.add(name, .user) }
      if let url = api["url"]?.string, let start = url.firstRange(of: "://")?.upperBound {
        let host = url[start...].prefix { $0 != "/" }
        let name =
          host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        book.add(host: String(name))
      }
    }
  }

  /// The members of records that name somebody, or a machine.
  private mutating func collect(_ value: JSONValue) {
    switch value {
    case .array(let elements): for element in elements { collect(element) }
    case .object(let members):
      for member in members {
        switch member.name {
        case "by", "createdBy", "confirmedBy", "username", "administrator":
          for text in [member.value.string].compactMap(\.self) { collect(people: text) }
          for text in (member.value.array ?? []).compactMap(\.string) { book.add(text, .user) }
        case "clients": collect(clients: member.value)
        case "computerName", "machine": member.value.string.map { book.add($0, .client) }
        case "address", "host", "hostName": member.value.string.map { book.add(host: $0) }
        default: break
        }
        collect(member.value)
      }
    default: break
    }
  }

  /// Host names anywhere that begin with a known one.
  private mutating func learn(_ value: JSONValue) {
    switch value {
    case .string(let text): book.learn(from: text)
    case .array(let elements): for element in elements { learn(element) }
    case .object(let members):
      for member in members {
        book.learn(from: member.name)
        learn(member.value)
      }
    default: break
    }
  }

  /// Rows of a frozen set: hardware key, name, last contact.
  private mutating func collect(clients value: JSONValue) {
    for row in value.array ?? [] {
      for text in (row.array ?? []).compactMap(\.string) { book.add(text, .client) }
      if let name = row["name"]?.string { book.add(name, .client) }
    }
  }

  /// `anna (uid 1000)`, `root (uid 0), logged in as anna (uid 1000)`, `web:anna`, or a name alone.
  private mutating func collect(people text: String) {
    for part in text.split(separator: ", ") {
      var name = String(part)
      for prefix in ["logged in as ", "sudo says ", "web:"] where name.hasPrefix(prefix) {
        name = String(name.dropFirst(prefix.count))
      }
      if let range = name.firstRange(of: " (") { name = String(name[..<range.lowerBound]) }
      book.add(name, .user)
    }
  }

  // MARK: Records

  private mutating func redact(
    _ full: EvidencePack.Records, _ graph: JSONValue, _ attachments: [String: JSONValue?]
  ) {
    records.graph = Self.bytes(redacted(graph, Context()))
    keep("graph.json", full.graph, records.graph)
    records.plan = Array(
      "# Left out: its text may name anybody. graph.json holds what it means.\n".utf8)
    originals.append(("plan.yaml", original(full.plan)))
    for (digest, bytes) in full.attachments.sorted(by: { $0.key < $1.key }) {
      let left: [UInt8]
      if let value = attachments[digest] ?? nil, value.object != nil {
        left = Self.bytes(redacted(value, Context(isEvidence: true)))
      } else {
        // What a program printed, or who may sign, names whom it likes; the original tells two of them apart.
        left = Array("Left out: its text may name anybody.\n\(original(bytes))\n".utf8)
      }
      let name = Self.digest(left)
      records.attachments[name] = left
      keep("attachments/" + name, bytes, left)
    }
    originals.append(("facts.json", original(full.facts)))
    originals.append(("events.jsonl", original(full.events.reduce(into: []) { $0 += $1 + [0x0A] })))
  }

  private func original(_ bytes: [UInt8]) -> String { Hexadecimal.text(of: salt.digest(of: bytes)) }

  private mutating func keep(_ name: String, _ full: [UInt8], _ left: [UInt8]) {
    originals.append((name, original(full)))
    digests[Self.digest(full)] =
      Self.digest(left)
  }

  private func redacted(facts: JSONValue) -> JSONValue {
    guard case .object(let members) = redacted(facts, Context()) else { return .null }
    return .object(
      members.map { member in
        switch member.name {
        case "lineage": .init(member.name, .string(salt.publicLineage))
        case "planPath": .init(member.name, .string("(left out)"))
        case "planText": .init(member.name, .string(Self.digest(records.plan)))
        default: member
        }
      })
  }

  private func redaction(of full: EvidencePack.Records) -> [UInt8] {
    var writer = JSONWriter(indent: 2, capacity: 4_096)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.member("redacted", "names")
      writer.member("head", EvidenceChain(full).headText)
      writer.key("originals")
      writer.array { writer in
        for (name, digest) in originals.sorted(by: { $0 < $1 }) {
          writer.object { writer in
            writer.member("name", name)
            writer.member("salted", digest)
          }
        }
      }
    }
    return writer.bytes + [0x0A]
  }

  // MARK: Values

  /// Where in a record a value stands.
  private struct Context {
    /// Whether it is a word of the format, and no text.
    var isWord = false

    /// Whether a person wrote it, or a program, who may name anybody.
    var isFree = false

    /// Whether it belongs to `run-waiting`, whose reason is a word.
    var isRest = false

    /// Whether names of members may be names of machines, as in evidence.
    var isEvidence = false
  }

  /// Members whose values are words that the format knows.
  private static let words: Set<String> = [
    "type", "channel", "action", "reversal", "outcome", "finding", "ground", "source", "namespace",
    "verb", "world",
    "method", "break", "kind", "database", "osFunction", "onDeadline", "formatVersion",
    "verification", "serverLists",
    "at", "run", "seq", "version", "upgrade",
  ]

  private func redacted(_ value: JSONValue, _ context: Context) -> JSONValue {
    switch value {
    case .string(let text): return .string(redacted(text, context))
    case .array(let elements): return .array(elements.map { redacted($0, context) })
    case .object(let members):
      return .object(
        members.map { member in
          var inner = context
          inner.isEvidence = context.isEvidence || member.name == "evidence"
          // Evidence has no words of the format: a driver or a program may say anything under any name.
          inner.isWord =
            !inner.isEvidence
            && (Self.words.contains(member.name) || (context.isRest && member.name == "reason"))
          inner.isFree = context.isFree || member.name == "note" || member.name == "reported"
          let name = context.isEvidence ? book.replaced(member.name) : member.name
          return .init(name, redacted(member, inner))
        })
    default: return value
    }
  }

  /// The value of a member.
  private func redacted(_ member: JSONValue.Member, _ context: Context) -> JSONValue {
    guard let text = member.value.string else { return redacted(member.value, context) }
    switch member.name {
    case "by", "createdBy", "confirmedBy", "username": return .string(book.name(text))
    case "step":
      // The action is a word of the format.
      let action = text.prefix { $0 != "/" }
      return .string(action + book.replaced(String(text[action.endIndex...])))
    default: return .string(redacted(text, context))
    }
  }

  private func redacted(_ text: String, _ context: Context) -> String {
    if context.isWord { return text }
    if let digest = digests[text] { return digest }
    if text.hasPrefix("sha256:"), let digest = digests[String(text.dropFirst(7))] {
      return "sha256:" + digest
    }
    if context.isFree { return text.isEmpty ? "" : "(left out: \(text.count) characters)" }
    return book.replaced(text)
  }
}
