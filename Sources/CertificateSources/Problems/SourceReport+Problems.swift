extension SourceReport {
  /// The certificate that is meant for the server; nil where that cannot be told. Of several keys each may
  /// be meant with its own, and an authority without its key mostly stands in the server's place: what else
  /// is so of such a leaf and its chain is nobody's mistake.
  public var serverCertificate: CertificateFacts? { doubt == nil ? leaf : nil }

  /// Everything that is wrong at `now`, in seconds since 1970 in UTC, with the files and with what SEPM and
  /// its clients make of them. What follows from something else that is wrong is left out.
  public func problems(at now: Int64) -> [SourceFinding] {
    guard let chain else { return findings }
    let part = certificates.first { $0.facts == chain.leaf }?.part ?? .certificate
    switch doubt {
    case nil:
      let unfit = suitabilityProblems(of: chain, at: now)
      let refused = Set(unfit.compactMap(\.refusedSignature))
      let rest = findings.filter { finding in
        guard case .signatureNotChecked(let name, _) = finding.problem else { return true }
        return !refused.contains(name)
      }
      return rest + unfit.map { SourceFinding(problem: $0, part: part) }
    case .severalKeys: return findings.filter { !$0.problem.restsOnLeaf }
    case .authority(let problem):
      return findings.filter { !$0.problem.restsOnLeaf } + [.init(problem: problem, part: part)]
    }
  }

  /// Why the leaf may not be the certificate that is meant.
  private enum Doubt {
    case severalKeys

    /// What is wrong is that the leaf is an authority.
    case authority(SourceProblem)
  }

  private var doubt: Doubt? {
    guard let leaf else { return nil }
    if keys.count > 1 { return .severalKeys }
    guard leaf.basicConstraints?.isAuthority == true else { return nil }
    // A certificate that signed itself may be SEPM's own; a root has no names of hosts.
    let isOfNoServer = !leaf.isSelfIssued || !leaf.hasHostNames
    switch keys.first?.matches(leaf) {
    case true?: return nil
    case false?: return isOfNoServer ? .authority(.authorityInPlace(name: leaf.shortName)) : nil
    case nil: return leaf.isSelfIssued ? nil : .authority(.leafIsAuthority(name: leaf.shortName))
    }
  }
}

extension SourceProblem {
  /// Whether it depends on which certificate is the leaf.
  fileprivate var restsOnLeaf: Bool {
    switch self {
    case .keyMismatch, .chainOutOfOrder, .issuerMissing, .foreignCertificate, .duplicateCertificate,
      .issuerOutsideChain, .replyUnderOtherAlias, .signatureInvalid, .signatureNotChecked,
      .tooManyIssuers, .issuerIsNoAuthority:
      true
    default: false
    }
  }

  /// The certificate whose signature is refused, right or wrong.
  fileprivate var refusedSignature: String? {
    switch self {
    case .signatureBroken(let name, _), .signatureNotRSA(let name, _): name
    default: nil
    }
  }
}
