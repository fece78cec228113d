/// What SEPM and its clients make of a chain: of the leaf, and of what else their trust rests on. A
/// chain with a signature on a curve is refused like a leaf with one
/// (`docs/SEPM.md`, "Certificate files").
public func suitabilityProblems(of chain: CertificateChain, at now: Int64) -> [SourceProblem] {
  var problems = suitabilityProblems(of: chain.leaf, at: now)
  for issuer in chain.certificates.dropFirst() {
    // Whoever breaks the key of an authority issues certificates for any name.
    if case .rsa(let bits) = issuer.key, bits < 2_048 {
      problems.append(.keyTooShort(name: issuer.shortName, bits: bits))
    }
    // Nobody looks at the signature of an authority that signed itself: it is trusted or it is not.
    if !issuer.isSelfIssued { problems += signatureProblems(of: issuer) }
    if let end = issuer.notAfter, end < now {
      problems.append(.issuerExpired(name: issuer.shortName, since: end, now: now))
    } else if let start = issuer.notBefore, start > now {
      problems.append(.issuerNotYetValid(name: issuer.shortName, from: start, now: now))
    }
    problems += extensionProblems(of: issuer)
  }
  return problems
}

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
  problems += signatureProblems(of: leaf)
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
  if !leaf.hasHostNames { problems.append(.noAlternativeNames(name: name)) }
  return problems + extensionProblems(of: leaf)
}

private func extensionProblems(of certificate: CertificateFacts) -> [SourceProblem] {
  certificate.unknownCriticalExtensions.map {
    .unknownCriticalExtension(name: certificate.shortName, identifier: $0)
  }
}

extension CertificateFacts {
  /// Whether an alternative name is one that a server can be reached at.
  var hasHostNames: Bool {
    alternativeNames.contains { if case .other = $0 { false } else { true } }
  }
}

private func signatureProblems(of certificate: CertificateFacts) -> [SourceProblem] {
  let (name, signature) = (certificate.shortName, certificate.signature)
  if !signature.isRSA { return [.signatureNotRSA(name: name, signature: signature)] }
  return signature.hash?.isBroken == true
    ? [.signatureBroken(name: name, signature: signature)] : []
}
