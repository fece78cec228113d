/// What is wrong with a certificate source, with everything that a message about it needs.
///
/// The words are beside it, in `+Summary` and `+Help`, so that `waltz certificate inspect` and the checks of a
/// plan say the same. No case can carry a secret.
public enum SourceProblem: Error, Sendable, Hashable {
  // The file as a whole.
  case empty
  case tooLarge(limit: Int)
  case notAContainer(ForeignContent)
  case otherForm(declared: ContainerForm, actual: ContainerForm)
  /// The file ends before it says it would; nil where it does not say.
  case truncated(ContainerForm, expected: Int?, actual: Int)
  case trailingBytes(ContainerForm, count: Int)
  case damaged(ContainerForm, detail: String)
  case damagedBase64(label: String, line: Int)
  case unfinishedBlock(label: String, line: Int)
  case tooManyEntries(limit: Int)

  // Protection.
  case passwordMissing(ContainerForm)
  case passwordWrong(ContainerForm, wasEmpty: Bool)
  /// The container opens with an empty password.
  case passwordEmpty(ContainerForm)
  /// The password opens the keystore, but not the key in it.
  case keyPasswordDiffers(alias: String)
  /// The password opens the key, but not the keystore.
  case storePasswordDiffers(alias: String)
  case keyEncrypted(algorithm: String?)
  case unsupportedAlgorithm(String, protects: String)
  /// Waltz knows the algorithm, and the libcrypto of this machine does not have it.
  case unavailableAlgorithm(String, protects: String)
  case tooManyIterations(Int, limit: Int)
  case noIntegrity

  // What is in it.
  case certificateMissing
  case keyMissing
  /// A keystore of trusted entries only.
  case keyEntryMissing(ContainerForm)
  case filesSwapped
  case certificateUnreadable(alias: String?, line: Int?, detail: String)
  case oddCertificate(name: String, detail: String)
  case keyUnreadable(alias: String?, detail: String)
  case severalKeys(aliases: [String])
  case keyMismatch(key: KeyKind, certificate: String)
  /// The entry of the key has the certificate that keytool made, and the authority's answer stands elsewhere.
  case replyUnderOtherAlias(name: String, key: String, reply: String)

  // The chain.
  case chainOutOfOrder(names: [String])
  case issuerMissing(name: String, issuer: String)
  /// The issuer is among the trusted entries of the keystore, which no server sends.
  case issuerOutsideChain(name: String, issuer: String, key: String)
  case foreignCertificate(name: String)
  case duplicateCertificate(name: String)
  case signatureInvalid(name: String, issuer: String)
  case signatureNotChecked(name: String, algorithm: String)
  /// More authorities have the issuer's name than are tried.
  case tooManyIssuers(name: String, issuer: String, tried: Int)
  case issuerIsNoAuthority(name: String, issuer: String, why: IssuerRefusal)

  // What SEPM and its clients make of it; see `suitabilityProblems`.
  case keyNotRSA(name: String, key: KeyKind)
  case keyTooShort(name: String, bits: Int)
  case signatureNotRSA(name: String, signature: SignatureKind)
  case signatureBroken(name: String, signature: SignatureKind)
  case expired(name: String, since: Int64, now: Int64)
  case issuerExpired(name: String, since: Int64, now: Int64)
  case notYetValid(name: String, from: Int64, now: Int64)
  case issuerNotYetValid(name: String, from: Int64, now: Int64)
  case notForServers(name: String, usages: [String])
  case leafIsAuthority(name: String)
  /// An authority stands where the server's certificate should, and the key is not its own.
  case authorityInPlace(name: String)
  case noAlternativeNames(name: String)
  case unknownCriticalExtension(name: String, identifier: String)

  /// How much it matters.
  public enum Severity: Sendable, Hashable, Comparable {
    case note, warning, error
  }
}
