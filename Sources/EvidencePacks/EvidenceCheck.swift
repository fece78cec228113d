internal import CanonicalJSON
internal import Cryptography

/// Something in a pack that is not as it was written.
package struct EvidenceFinding: Sendable, Equatable {
  /// The file; nil where it is about several.
  package let file: String?

  /// What is wrong with it, in a sentence.
  package let message: String
}

/// A pack as it was found, held against what its records say that it has to be.
package struct EvidenceCheck: Sendable {
  /// What is wrong; empty where nothing is.
  package private(set) var findings: [EvidenceFinding] = []

  /// The run's id, as the pack says.
  package private(set) var run = ""

  /// `SEQ:HASH` of the last event; nil where that cannot be told.
  package private(set) var head: String?

  /// The signatures over the graph that the first event names; nil where there are none.
  package private(set) var approvals: GraphApprovals?

  /// `SEQ:HASH` of the last event as it was recorded, as a redacted pack says; nil where nothing was redacted.
  package var recordedHead: String? {
    records?.redaction.flatMap { try? JSONValue(parsing: $0) }?["head"]?.string
  }

  /// What the pack holds; nil where something is wrong with it.
  private var records: EvidencePack.Records?

  private let files: [String: [UInt8]]

  /// Checks the files of a pack, by their names.
  package init(_ files: [String: [UInt8]]) {
    self.files = files.filter { $0.key != EvidencePack.signature }
    check()
  }

  private mutating func check() {
    for name in ["facts.json", "graph.json", "plan.yaml", "events.jsonl", "report.html"]
    where files[name] == nil {
      report(name, "is missing")
    }
    guard findings.isEmpty else { return }
    checkDigests()
    guard findings.isEmpty, let records = readRecords() else { return }
    let pack = EvidencePack(records)
    for name in Set(pack.files.keys).union(files.keys).sorted()
    where files[name] != pack.files[name] {
      let words =
        if pack.files[name] == nil { "does not belong to the pack" } else if files[name] == nil {
          "is missing"
        } else { "is not what the records come to" }
      report(name, words)
    }
    guard findings.isEmpty else { return }
    checkRecords(records)
    head = pack.head
    approvals = records.approvals
    self.records = records
  }

  /// What of a redacted pack is not what comes of a full one. The report is left out: it is made of the other files.
  ///
  /// - Parameter full: The pack of the same run that was not redacted; both are sound.
  /// - Returns: The files that differ, by name; none where one of the packs is not sound.
  package func differences(from full: EvidenceCheck) -> [EvidenceFinding] {
    guard let records, let original = full.records else { return [] }
    var expected = NameRedaction(original).records
    expected.report = records.report
    let (expectedFiles, files) = (EvidencePack(expected).files, EvidencePack(records).files)
    return Set(expectedFiles.keys).union(files.keys).sorted()
      .filter { expectedFiles[$0] != files[$0] }
      .map { EvidenceFinding(file: $0, message: "\($0) is not what the full pack comes to.") }
  }

  private mutating func report(_ file: String?, _ words: String) {
    findings.append(EvidenceFinding(file: file, message: "\(file ?? "The pack") \(words)."))
  }

  // MARK: Files

  /// Which record was altered: two other files have the digest of each, so that one of the three stands alone.
  private mutating func checkDigests() {
    let (listed, stated) = (listedDigests, statedDigests)
    for name in listed.keys.sorted() where stated[name] != nil && files[name] == nil {
      report(name, "is missing")
    }
    let derived: Set = [EvidencePack.sums, "statement.json", "checkpoint.txt", "VERIFY.md"]
    for name in files.keys.sorted() where !derived.contains(name) {
      let digest = Hexadecimal.text(of: HashFunction.sha256.hash(of: files[name] ?? []))
      let witnesses = [listed[name], stated[name]].compactMap(\.self)
      if !witnesses.isEmpty, !witnesses.contains(digest) {
        report(name, "was altered: its SHA-256 is \(digest)")
      }
    }
  }

  private var listedDigests: [String: String] {
    var digests: [String: String] = [:]
    for line in String(decoding: files[EvidencePack.sums] ?? [], as: UTF8.self).split(
      separator: "\n")
    {
      guard let gap = line.firstRange(of: "  ") else { continue }
      digests[String(line[gap.upperBound...])] = String(line[..<gap.lowerBound])
    }
    return digests
  }

  private var statedDigests: [String: String] {
    guard let statement = try? JSONValue(parsing: files["statement.json"] ?? []) else { return [:] }
    var digests: [String: String] = [:]
    for subject in statement["subject"]?.array ?? [] {
      guard let name = subject["name"]?.string else { continue }
      digests[name] = subject["digest"]?["sha256"]?.string
    }
    return digests
  }

  private mutating func readRecords() -> EvidencePack.Records? {
    let lines = files["events.jsonl"] ?? []
    guard lines.isEmpty || lines.last == 0x0A else {
      report("events.jsonl", "ends in the middle of an event")
      return nil
    }
    var attachments: [String: [UInt8]] = [:]
    let folder = "attachments/"
    for (name, bytes) in files where name.hasPrefix(folder) {
      attachments[String(name.dropFirst(folder.count))] = bytes
    }
    return EvidencePack.Records(
      facts: files["facts.json"] ?? [], graph: files["graph.json"] ?? [],
      plan: files["plan.yaml"] ?? [],
      events: lines.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map {
        Array($0)
      }.filter { _ in !lines.isEmpty }, attachments: attachments,
      report: files["report.html"] ?? [],
      redaction: files[EvidencePack.redaction])
  }

  // MARK: Records

  /// That the records belong together: what was altered with all its digests shows here.
  private mutating func checkRecords(_ records: EvidencePack.Records) {
    guard let facts = try? JSONValue(parsing: records.facts), let run = facts["run"]?.string else {
      return report("facts.json", "does not say which run it is of")
    }
    self.run = run
    for (name, member, bytes) in [
      ("graph.json", "graph", records.graph), ("plan.yaml", "planText", records.plan),
    ] where facts[member]?.string != Hexadecimal.text(of: HashFunction.sha256.hash(of: bytes)) {
      report(name, "is not the one that the run was made of")
    }
    var missing: Set<String> = []
    for (index, event) in records.events.enumerated() {
      guard let value = try? JSONValue(parsing: event), value["run"]?.string == run,
        value["seq"]?.integer == Int64(index + 1)
      else { return report("events.jsonl", "has no event \(index + 1) of \(run) in its place") }
      missing.formUnion(EvidencePack.attachments(namedBy: event))
    }
    for (digest, bytes) in records.attachments.sorted(by: { $0.key < $1.key }) {
      if Hexadecimal.text(of: HashFunction.sha256.hash(of: bytes)) != digest {
        report("attachments/" + digest, "is not what its name says")
      } else if missing.remove(digest) == nil {
        report("attachments/" + digest, "is named by no event")
      }
    }
    for digest in missing.sorted() {
      report("attachments/" + digest, "is missing, and an event names it")
    }
  }
}
