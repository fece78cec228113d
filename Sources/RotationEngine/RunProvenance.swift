package import CanonicalJSON

/// Where the graph of a run came from, what was demanded of it before the run started, and who had approved it.
package struct RunProvenance: Sendable, Equatable {
  /// What the run was made of.
  package enum Source: String, Sendable, CaseIterable {
    /// A plan, which was compiled when the run was made.
    case plan

    /// A sealed graph, as `waltz plan compile -o` writes it.
    case graph
  }

  /// A signature over the graph's canonical bytes, by somebody who may sign.
  package struct Approval: Sendable, Equatable {
    /// The names that the file of allowed signers has for the key, at least one.
    package let names: [String]

    /// The fingerprint of the key as SSH writes it: `SHA256:` and base64.
    package let key: String

    /// The digest of the signature's file, which is attached.
    package let signature: String

    /// An approval.
    package init(names: [String], key: String, signature: String) {
      self.names = names
      self.key = key
      self.signature = signature
    }
  }

  /// Whose signatures were demanded.
  package struct Demand: Sendable, Equatable {
    /// What signatures are for, so that one of something else does not count.
    package let namespace: String

    /// How many different signers were demanded, at least 1.
    package let signers: Int

    /// The digest of the file of allowed signers, which is attached.
    package let allowedSigners: String

    /// The digest of the file of revoked keys, which is attached; nil where none was named.
    package let revokedKeys: String?

    /// The good signatures, in the order in which they were named.
    package let approvals: [Approval]

    /// A demand that was met.
    package init(
      namespace: String, signers: Int, allowedSigners: String, revokedKeys: String?,
      approvals: [Approval]
    ) {
      self.namespace = namespace
      self.signers = signers
      self.allowedSigners = allowedSigners
      self.revokedKeys = revokedKeys
      self.approvals = approvals
    }
  }

  /// What the run was made of.
  package let source: Source

  /// The digest that was demanded; nil where none was.
  package let requiredDigest: String?

  /// Whose signatures were demanded; nil where none were.
  package let demand: Demand?

  /// Signatures and files of signers on their way into the store: what was read back has none.
  package var attachments: [Attachment]

  /// Where a graph came from.
  package init(
    source: Source, requiredDigest: String? = nil, demand: Demand? = nil,
    attachments: [Attachment] = []
  ) {
    self.source = source
    self.requiredDigest = requiredDigest
    self.demand = demand
    self.attachments = attachments
  }

  /// Who approved the graph: the first name of each signer, as often as they signed.
  package var approvers: [String] { demand?.approvals.compactMap(\.names.first) ?? [] }

  /// Whether two say the same: the members name what is attached.
  package static func == (one: RunProvenance, other: RunProvenance) -> Bool {
    one.source == other.source && one.requiredDigest == other.requiredDigest
      && one.demand == other.demand
  }
}

extension RunProvenance {
  /// As it stands in `run-started` (`docs/EVENTS.md`) and in reports.
  package func write(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("source", source.rawValue)
      writer.member("requiredDigest", orNull: requiredDigest)
      guard let demand else { return }
      writer.member("namespace", demand.namespace)
      writer.member("signers", demand.signers)
      writer.key("allowedSigners")
      writer.object { $0.member("attachment", demand.allowedSigners) }
      if let revoked = demand.revokedKeys {
        writer.key("revokedKeys")
        writer.object { $0.member("attachment", revoked) }
      }
      writer.key("signatures")
      writer.array { writer in
        for approval in demand.approvals {
          writer.object { writer in
            writer.key("by")
            writer.array { writer in for name in approval.names { writer.string(name) } }
            writer.member("key", approval.key)
            writer.member("attachment", approval.signature)
          }
        }
      }
    }
  }

  init(_ fields: EventFields) throws {
    source = try fields.word("source")
    requiredDigest = fields["requiredDigest"]?.string
    attachments = []
    guard fields["signatures"] != nil else {
      demand = nil
      return
    }
    func attachment(_ value: JSONValue?, _ name: String) throws -> String {
      guard let digest = value?["attachment"]?.string else {
        throw EventError(message: "`\(name)` names no attachment")
      }
      return digest
    }
    demand = Demand(
      namespace: try fields.text("namespace"), signers: try fields.number("signers"),
      allowedSigners: try attachment(fields["allowedSigners"], "allowedSigners"),
      revokedKeys: try fields["revokedKeys"].map { try attachment($0, "revokedKeys") },
      approvals: try fields.list("signatures").map { value in
        let signature = EventFields(value)
        return Approval(
          names: try signature.list("by").compactMap(\.string), key: try signature.text("key"),
          signature: try attachment(value, "signatures"))
      })
  }
}
