internal import CanonicalJSON
internal import Cryptography

/// What is kept of a run outside of its state directory, for whoever wants to see later that nothing was altered.
///
/// It is a function of what the run recorded, so that who has the records can say what every file of a pack has to be.
package struct EvidencePack: Sendable, Equatable {
  /// What a run recorded.
  package struct Records: Sendable, Equatable {
    /// What the chain of hashes begins with.
    package var facts: [UInt8]

    /// The canonical bytes of its graph.
    package var graph: [UInt8]

    /// The plan as it was when the run was made.
    package var plan: [UInt8]

    /// The canonical bytes of its events.
    package var events: [[UInt8]]

    /// What the events refer to, by the SHA-256 in hexadecimal.
    package var attachments: [String: [UInt8]]

    /// The report for people.
    package var report: [UInt8]

    /// What ``NameRedaction`` says of the records as they were; nil where they are as the run recorded them.
    package var redaction: [UInt8]?

    /// What a run recorded.
    package init(
      facts: [UInt8], graph: [UInt8], plan: [UInt8], events: [[UInt8]],
      attachments: [String: [UInt8]], report: [UInt8], redaction: [UInt8]? = nil
    ) {
      self.redaction = redaction
      self.facts = facts
      self.graph = graph
      self.plan = plan
      self.events = events
      self.attachments = attachments
      self.report = report
    }
  }

  /// The files by their names in the pack's folder.
  package let files: [String: [UInt8]]

  /// `SEQ:HASH` of the last event.
  package let head: String

  /// The name of the file that a signature is over.
  package static let sums = "SHA256SUMS"

  /// The name of the signature, which may be absent.
  package static let signature = "SHA256SUMS.sig"

  /// The name of what is said of a redaction; absent where nothing was redacted.
  package static let redaction = "redaction.json"

  /// The pack of these records.
  package init(_ records: Records) {
    var files = Self.files(of: records)
    let chain = EvidenceChain(records)
    head = chain.headText
    let facts = (try? JSONValue(parsing: records.facts)) ?? .null
    let checkpoint = """
      waltz/\(facts["lineage"]?.string ?? "")/\(facts["run"]?.string ?? "")
      \(records.events.count)
      \(Base64.text(chain.root))
      head \(chain.headText)

      """
    let recorded = files
    files["checkpoint.txt"] = Array(checkpoint.utf8)
    files["statement.json"] = EvidenceStatement(facts: facts, records: records, chain: chain)
      .bytes(over: recorded)
    files["VERIFY.md"] = Array(
      EvidenceGuide.text(
        run: facts["run"]?.string ?? "", count: records.events.count,
        hasAttachments: !records.attachments.isEmpty, isRedacted: records.redaction != nil,
        approvals: records.approvals
      ).utf8)
    files[Self.sums] = Self.sums(of: files)
    self.files = files
  }

  /// The SHA-256 of each attachment that an event names, in hexadecimal.
  package static func attachments(namedBy event: [UInt8]) -> Set<String> {
    var digests: Set<String> = []
    // What is no JSON names nothing.
    if let value = try? JSONValue(parsing: event) { collect(value, &digests) }
    return digests
  }

  private static func collect(_ value: JSONValue, _ digests: inout Set<String>) {
    switch value {
    case .array(let elements): for element in elements { collect(element, &digests) }
    case .object(let members):
      for member in members {
        if member.name == "attachment", let text = member.value.string, text.hasPrefix("sha256:") {
          digests.insert(String(text.dropFirst("sha256:".count)))
        } else {
          collect(member.value, &digests)
        }
      }
    default: break
    }
  }

  /// The files that hold records as they are.
  static func files(of records: Records) -> [String: [UInt8]] {
    var files = [
      "facts.json": records.facts, "graph.json": records.graph, "plan.yaml": records.plan,
      "report.html": records.report,
    ]
    files[redaction] = records.redaction
    files["events.jsonl"] = records.events.reduce(into: []) { $0 += $1 + [0x0A] }
    for (digest, bytes) in records.attachments { files["attachments/" + digest] = bytes }
    return files
  }

  /// What `sha256sum` prints of the files, in the order of their names' bytes.
  private static func sums(of files: [String: [UInt8]]) -> [UInt8] {
    var text = ""
    for name in files.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      text += "\(Hexadecimal.text(of: HashFunction.sha256.hash(of: files[name] ?? [])))  \(name)\n"
    }
    return Array(text.utf8)
  }
}

extension EvidencePack.Records {
  /// The signatures over the graph; nil where there are none, or where the graph is not as it was signed.
  var approvals: GraphApprovals? {
    redaction == nil ? events.first.flatMap { GraphApprovals($0) } : nil
  }
}

/// The two ways in which the events of a run hang together.
struct EvidenceChain {
  /// The last link of the chain that the journal has, in hexadecimal.
  let head: String

  /// The root of the tree over the events.
  let root: [UInt8]

  let count: Int

  var headText: String { "\(count):\(head)" }

  init(_ records: EvidencePack.Records) {
    var hash = HashFunction.sha256.hash(of: records.facts)
    var tree = MerkleTree()
    for event in records.events {
      hash = HashFunction.sha256.hash(of: hash + event)
      tree.append(event)
    }
    head = Hexadecimal.text(of: hash)
    root = tree.root
    count = records.events.count
  }
}
