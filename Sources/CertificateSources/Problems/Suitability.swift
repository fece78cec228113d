/// What SEPM and its clients make of a certificate, by itself: its key, its signature, its usages and its
/// validity at `now`, in seconds since 1970 in UTC.
public func suitabilityProblems(of leaf: CertificateFacts, at now: Int64) -> [SourceProblem] {
  let name = leaf.shortName
  var problems: [SourceProblem] = []
  switch leaf.key {
  case .rsa(let bits) where bits < 2_048: problems.append(.keyTooShort(name: name, bits: bits))
  case .rsa: break
  case .ellipticCurve, .other: problems.append(.keyNotRSA(name: name, key: leaf.key))
  }
  if !leaf.signature.isRSA {
    problems.append(.signatureNotRSA(name: name, signature: leaf.signature))
  } else if leaf.signature.hash?.isBroken == true {
    problems.append(.signatureBroken(name: name, signature: leaf.signature))
  }
  if let end = leaf.notAfter, end < now {
    problems.append(.expired(name: name, since: end, now: now))
  } else if let start = leaf.notBefore, start > now {
    problems.append(.notYetValid(name: name, from: start, now: now))
  }
  if !leaf.allowsServerAuthentication {
    let usages = (leaf.extendedKeyUsages ?? []).map(\.text)
    problems.append(.notForServers(name: name, usages: usages))
  }
  // SEPM's own default certificate signs itself and may be an authority.
  if leaf.basicConstraints?.isAuthority == true, !leaf.isSelfIssued {
    problems.append(.leafIsAuthority(name: name))
  }
  let hasHostNames = leaf.alternativeNames.contains { if case .other = $0 { false } else { true } }
  if !hasHostNames { problems.append(.noAlternativeNames(name: name)) }
  return problems
}
