/// Puts the certificates of a source into the order of trust.
struct ChainBuilder {
  private let served: ServedCertificates
  private let entries: [CertificateEntry]
  private let bySubject: [[UInt8]: [Int]]

  private(set) var problems: [SourceProblem] = []

  /// The names of issuers of which it stayed open which certificate is theirs.
  private var undecided: Set<[UInt8]> = []

  /// Signatures that are tried for one issuer. No file has more than two or three authorities of one name
  /// but one that was made to waste time.
  private static let mostCandidates = 8

  /// Takes the certificates in the order of the source; the same one twice counts once.
  init(_ served: ServedCertificates) {
    self.served = served
    var seen: Set<[UInt8]> = []
    entries = served.pool.filter { seen.insert($0.facts.fingerprint).inserted }
    var bySubject: [[UInt8]: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      bySubject[entry.facts.subjectDER, default: []].append(index)
    }
    self.bySubject = bySubject
    if let problem = served.problem { problems.append(problem) }
    var reported: Set<[UInt8]> = []
    var first: Set<[UInt8]> = []
    // keytool puts a trusted certificate into the chain of a key too: that is as it should be.
    for entry in served.pool where entry.entry != .trusted {
      let fingerprint = entry.facts.fingerprint
      if !first.insert(fingerprint).inserted, reported.insert(fingerprint).inserted {
        problems.append(.duplicateCertificate(name: entry.facts.shortName))
      }
    }
  }

  /// The chain from the certificate of a key, or where no key says so from the one that issued no other.
  mutating func chain() -> CertificateChain? {
    guard let leaf = leafIndex() else { return nil }
    var path = [leaf]
    var used: Set<Int> = [leaf]
    var end: CertificateChain.End?
    while end == nil {
      let current = entries[path[path.count - 1]].facts
      if current.isSelfIssued, SignatureCheck(of: current, by: current) != .invalid {
        end = .selfSigned
      } else if let issuer = issuer(of: current, besides: used) {
        path.append(issuer.index)
        used.insert(issuer.index)
        report(issuer, path.map { entries[$0].facts })
      } else if current.isSelfIssued {
        problems.append(.signatureInvalid(name: current.shortName, issuer: current.shortName))
        end = .selfSigned
      } else {
        end = openEnd(current, isLeaf: path.count == 1)
      }
    }
    if served.isOrdered,
      path != path.sorted() || path[0] != entries.indices.first(where: used.contains)
    {
      problems.append(.chainOutOfOrder(names: path.map { entries[$0].facts.shortName }))
    }
    let foreign = entries.indices.filter { !used.contains($0) && entries[$0].entry != .trusted }
      .map { entries[$0].facts }
    for certificate in foreign {
      // An authority may well belong to the chain by the one that is missing.
      if case .openLeaf = end, certificate.isAuthority { continue }
      if undecided.contains(certificate.subjectDER) { continue }
      problems.append(.foreignCertificate(name: certificate.shortName))
    }
    return end.map {
      CertificateChain(certificates: path.map { entries[$0].facts }, foreign: foreign, end: $0)
    }
  }

  private func leafIndex() -> Int? {
    if let leaf = served.leaf {
      return entries.firstIndex { $0.facts.fingerprint == leaf.facts.fingerprint }
    }
    let issuers = Set(entries.lazy.map(\.facts).filter { !$0.isSelfIssued }.map(\.issuerDER))
    return entries.firstIndex { $0.entry != .trusted && !issuers.contains($0.facts.subjectDER) }
      ?? entries.firstIndex { !issuers.contains($0.facts.subjectDER) } ?? entries.indices.first
  }

  /// How a chain ends whose last certificate has no issuer in it.
  private mutating func openEnd(
    _ last: CertificateFacts, isLeaf: Bool
  ) -> CertificateChain.End {
    let named = served.aside.lazy.filter { $0.facts.subjectDER == last.issuerDER }
      .prefix(Self.mostCandidates)
    let issuer = named.first { SignatureCheck(of: last, by: $0.facts) != .invalid }
    if let issuer, !issuer.facts.isSelfIssued {
      problems.append(
        .issuerOutsideChain(
          name: last.shortName, issuer: issuer.facts.shortName, key: served.leaf?.alias ?? ""))
    } else if issuer == nil, isLeaf, last.basicConstraints?.isAuthority != true {
      problems.append(.issuerMissing(name: last.shortName, issuer: last.issuer))
    } else {
      // A root is rightly left out of the chain.
      return .openAuthority(issuer: last.issuer)
    }
    return isLeaf ? .openLeaf(issuer: last.issuer) : .openAuthority(issuer: last.issuer)
  }

  /// An issuer that was found.
  private struct Issuer {
    let index: Int
    let check: SignatureCheck

    /// How many others there are of the name that nobody tried.
    let untried: Int
  }

  /// The certificate of the issuer: of several with the right name the one whose key made the signature.
  private func issuer(of certificate: CertificateFacts, besides used: Set<Int>) -> Issuer? {
    let named = (bySubject[certificate.issuerDER] ?? []).filter { !used.contains($0) }
    // First those whose key the certificate names, and of a renewed one the one that lasts longest.
    let ranks = named.map { entries[$0].facts.rank(asIssuerOf: certificate) }
    let order = named.indices.sorted {
      (ranks[$0].0, ranks[$0].1, $0) < (ranks[$1].0, ranks[$1].1, $1)
    }
    var best: (index: Int, check: SignatureCheck)?
    for position in order.prefix(Self.mostCandidates) {
      let index = named[position]
      let check = SignatureCheck(of: certificate, by: entries[index].facts)
      if check == .valid { return Issuer(index: index, check: check, untried: 0) }
      if best == nil || (best?.check == .invalid && check == .notPossible) { best = (index, check) }
    }
    return best.map {
      Issuer(
        index: $0.index, check: $0.check, untried: max(0, named.count - Self.mostCandidates))
    }
  }

  /// What is wrong with the last step of a path.
  private mutating func report(_ issuer: Issuer, _ path: [CertificateFacts]) {
    let (subject, authority) = (path[path.count - 2], path[path.count - 1])
    if issuer.check != .valid, issuer.untried > 0 {
      undecided.insert(authority.subjectDER)
      problems.append(
        .tooManyIssuers(
          name: subject.shortName, issuer: authority.shortName,
          tried: Self.mostCandidates))
    } else if issuer.check == .invalid {
      problems.append(.signatureInvalid(name: subject.shortName, issuer: authority.shortName))
      return
    } else if issuer.check == .notPossible {
      problems.append(
        .signatureNotChecked(name: subject.shortName, algorithm: subject.signature.name))
    }
    if let refusal = authority.refusal(toIssue: path.dropLast()) {
      problems.append(
        .issuerIsNoAuthority(
          name: subject.shortName, issuer: authority.shortName, why: refusal))
    }
  }
}

extension CertificateFacts {
  /// The place among candidates of the right name, the lowest first.
  fileprivate func rank(asIssuerOf certificate: CertificateFacts) -> (Int, Int64) {
    let last = -(notAfter ?? 0)
    guard let wanted = certificate.authorityKeyIdentifier, let own = subjectKeyIdentifier else {
      return (1, last)
    }
    return (wanted == own ? 0 : 2, last)
  }
}
