/// What of a source's certificates a server would send, and what lies beside it.
///
/// A server sends the chain of its key's entry in a JKS keystore as it stands, and nothing of the other entries.
/// Of a PKCS #12 file Java and OpenSSL build the chain anew from all certificates in it.
struct ServedCertificates {
  /// Those that the chain is made of, without their entries' twins.
  let pool: [CertificateEntry]

  /// The trusted entries of a JKS keystore with a key, of which a server sends nothing.
  let aside: [CertificateEntry]

  /// The certificate of the key; nil where no key and no entry says which it is.
  let leaf: CertificateEntry?

  /// Whether the order of the pool means something.
  let isOrdered: Bool

  /// That the authority's answer did not get into the entry of its key.
  let problem: SourceProblem?

  init(_ found: [CertificateEntry], keys: [PrivateKeyFacts], isOrdered: Bool) {
    let trusted = found.filter { $0.entry == .trusted }
    let owner = Self.owner(in: found, keys)
    let own = found.filter { owner == nil ? $0.entry != .trusted : $0.entry == owner }
    var leaf: CertificateEntry?
    for key in keys where leaf == nil {
      leaf = own.first { key.matches($0.facts) == true }
    }
    if owner != nil { leaf = leaf ?? own.first }

    if let entry = leaf, let reply = Self.reply(to: entry, in: trusted) {
      // What was meant is looked at: nobody wants to hear of the certificate that keytool made.
      problem = .replyUnderOtherAlias(
        name: reply.facts.shortName, key: entry.alias ?? "", reply: reply.alias ?? "")
      self.leaf = reply
      pool = trusted
      aside = []
      self.isOrdered = false
    } else {
      problem = nil
      self.leaf = leaf
      pool = owner == nil ? own + trusted : own
      aside = owner == nil ? [] : trusted
      self.isOrdered = isOrdered || owner != nil
    }
  }

  /// The entry of the key that was opened, else the first one with a key; nil outside JKS keystores.
  private static func owner(
    in found: [CertificateEntry], _ keys: [PrivateKeyFacts]
  ) -> KeystoreEntry? {
    var first: KeystoreEntry?
    for candidate in found {
      guard case .key? = candidate.entry else { continue }
      if keys.contains(where: { $0.matches(candidate.facts) == true }) { return candidate.entry }
      first = first ?? candidate.entry
    }
    return first
  }

  /// What an authority issued for the key of a certificate that signed itself.
  private static func reply(
    to entry: CertificateEntry, in trusted: [CertificateEntry]
  ) -> CertificateEntry? {
    guard entry.facts.isSelfIssued else { return nil }
    return trusted.first {
      !$0.facts.isSelfIssued && $0.facts.publicKeyInfo == entry.facts.publicKeyInfo
    }
  }
}
