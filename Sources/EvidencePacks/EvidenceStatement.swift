internal import CanonicalJSON
internal import Cryptography

/// The pack's statement in the form of in-toto, version 1: which files there are, and what they say.
struct EvidenceStatement {
  let facts: JSONValue
  let records: EvidencePack.Records
  let chain: EvidenceChain

  func bytes(over files: [String: [UInt8]]) -> [UInt8] {
    var writer = JSONWriter(indent: 2, capacity: 4_096)
    writer.object { writer in
      writer.member("_type", "https://in-toto.io/Statement/v1")
      writer.key("subject")
      writer.array { writer in
        for name in files.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
          writer.object { writer in
            writer.member("name", name)
            writer.key("digest")
            writer.object {
              $0.member(
                "sha256", Hexadecimal.text(of: HashFunction.sha256.hash(of: files[name] ?? [])))
            }
          }
        }
      }
      writer.member("predicateType", "urn:waltz:evidence:1")
      writer.key("predicate")
      writer.object { writer in
        for name in ["run", "plan", "digest", "world", "tool", "createdBy"] {
          writer.member(name, orNull: facts[name]?.string)
        }
        writer.member("events", chain.count)
        writer.member("head", chain.headText)
        writer.member("root", Base64.text(chain.root))
        writer.key("last")
        writer.value(records.events.last.flatMap { try? JSONValue(parsing: $0) } ?? .null)
      }
    }
    writer.newLine()
    return writer.bytes
  }
}
