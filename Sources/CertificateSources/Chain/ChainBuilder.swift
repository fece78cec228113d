/// Puts the certificates of a source into the order of trust.
struct ChainBuilder {
  private let certificates: [CertificateFacts]
  private let bySubject: [[UInt8]: [Int]]

  private(set) var problems: [SourceProblem] = []

  /// Takes the certificates in the order of the source; the same one twice counts once.
  init(_ found: [CertificateFacts]) {
    var seen: Set<[UInt8]> = []
    certificates = found.filter { seen.insert($0.fingerprint).inserted }
    var bySubject: [[UInt8]: [Int]] = [:]
    for (index, certificate) in certificates.enumerated() {
      bySubject[certificate.subjectDER, default: []].append(index)
    }
    self.bySubject = bySubject
    var reported: Set<[UInt8]> = []
    var first: Set<[UInt8]> = []
    for certificate in found where !first.insert(certificate.fingerprint).inserted {
      if reported.insert(certificate.fingerprint).inserted {
        problems.append(.duplicateCertificate(name: certificate.shortName))
      }
    }
  }

  /// The chain from the certificate of a key, or where no key says so from the one that issued no other.
  ///
  /// `isOrdered` says whether the order of the certificates means something, as in PEM.
  mutating func chain(keys: [PrivateKeyFacts], isOrdered: Bool) -> CertificateChain? {
    guard let leaf = leafIndex(keys) else { return nil }
    var path = [leaf]
    var used: Set<Int> = [leaf]
    var end: CertificateChain.End?
    while end == nil {
      let current = certificates[path[path.count - 1]]
      if current.isSelfIssued, SignatureCheck(of: current, by: current) != .invalid {
        end = .selfSigned
      } else if let (issuer, check) = issuer(of: current, besides: used) {
        report(check, current, certificates[issuer])
        path.append(issuer)
        used.insert(issuer)
      } else if current.isSelfIssued {
        problems.append(.signatureInvalid(name: current.shortName, issuer: current.shortName))
        end = .selfSigned
      } else if path.count > 1 || current.basicConstraints?.isAuthority == true {
        end = .openAuthority(issuer: current.issuer)
      } else {
        problems.append(.issuerMissing(name: current.shortName, issuer: current.issuer))
        end = .openLeaf(issuer: current.issuer)
      }
    }
    if isOrdered,
      path != path.sorted() || path[0] != certificates.indices.first(where: used.contains)
    {
      problems.append(.chainOutOfOrder(names: path.map { certificates[$0].shortName }))
    }
    let foreign = certificates.indices.filter { !used.contains($0) }.map { certificates[$0] }
    problems += foreign.map { .foreignCertificate(name: $0.shortName) }
    return end.map {
      CertificateChain(certificates: path.map { certificates[$0] }, foreign: foreign, end: $0)
    }
  }

  private func leafIndex(_ keys: [PrivateKeyFacts]) -> Int? {
    for key in keys {
      if let match = certificates.firstIndex(where: { key.matches($0) == true }) { return match }
    }
    let issuers = Set(certificates.lazy.filter { !$0.isSelfIssued }.map(\.issuerDER))
    return certificates.firstIndex { !issuers.contains($0.subjectDER) }
      ?? certificates.indices.first
  }

  /// The certificate of the issuer: of several with the right name the one whose key made the signature.
  private func issuer(of certificate: CertificateFacts, besides used: Set<Int>)
    -> (index: Int, check: SignatureCheck)?
  {
    // No file has more than two or three of one name but one that was made to waste time.
    let named = (bySubject[certificate.issuerDER] ?? []).lazy.filter { !used.contains($0) }.prefix(
      8)
    var best: (index: Int, check: SignatureCheck)?
    for index in named {
      let check = SignatureCheck(of: certificate, by: certificates[index])
      if check == .valid { return (index, check) }
      if best == nil || best?.check == .invalid { best = (index, check) }
    }
    return best
  }

  private mutating func report(
    _ check: SignatureCheck, _ certificate: CertificateFacts, _ issuer: CertificateFacts
  ) {
    switch check {
    case .valid: break
    case .invalid:
      problems.append(.signatureInvalid(name: certificate.shortName, issuer: issuer.shortName))
      return
    case .notPossible:
      problems.append(
        .signatureNotChecked(name: certificate.shortName, algorithm: certificate.signature.name))
    }
    if issuer.basicConstraints?.isAuthority == false {
      problems.append(.issuerIsNoAuthority(name: certificate.shortName, issuer: issuer.shortName))
    }
  }
}
