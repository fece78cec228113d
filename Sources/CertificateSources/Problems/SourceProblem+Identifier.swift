extension SourceProblem {
  /// A name for programs, in lower case with dashes. It never changes.
  public var identifier: String {
    switch self {
    case .empty: "empty"
    case .tooLarge: "too-large"
    case .notAContainer: "not-a-container"
    case .otherForm: "other-form"
    case .truncated: "truncated"
    case .trailingBytes: "trailing-bytes"
    case .damaged: "damaged"
    case .damagedBase64: "damaged-base64"
    case .unfinishedBlock: "unfinished-block"
    case .tooManyEntries: "too-many-entries"
    case .passwordMissing: "password-missing"
    case .passwordWrong: "password-wrong"
    case .passwordEmpty: "password-empty"
    case .keyPasswordDiffers: "key-password-differs"
    case .storePasswordDiffers: "store-password-differs"
    case .keyEncrypted: "key-encrypted"
    case .unsupportedAlgorithm: "unsupported-algorithm"
    case .unavailableAlgorithm: "unavailable-algorithm"
    case .tooManyIterations: "too-many-iterations"
    case .noIntegrity: "no-integrity"
    case .certificateMissing: "certificate-missing"
    case .keyMissing: "key-missing"
    case .keyEntryMissing: "key-entry-missing"
    case .filesSwapped: "files-swapped"
    case .certificateUnreadable: "certificate-unreadable"
    case .oddCertificate: "odd-certificate"
    case .keyUnreadable: "key-unreadable"
    case .severalKeys: "several-keys"
    case .keyMismatch: "key-mismatch"
    case .replyUnderOtherAlias: "reply-under-other-alias"
    case .chainOutOfOrder: "chain-out-of-order"
    case .issuerMissing: "issuer-missing"
    case .issuerOutsideChain: "issuer-outside-chain"
    case .foreignCertificate: "foreign-certificate"
    case .duplicateCertificate: "duplicate-certificate"
    case .signatureInvalid: "signature-invalid"
    case .signatureNotChecked: "signature-not-checked"
    case .tooManyIssuers: "too-many-issuers"
    case .issuerIsNoAuthority: "issuer-is-no-authority"
    case .keyNotRSA: "key-not-rsa"
    case .keyTooShort: "key-too-short"
    case .signatureNotRSA: "signature-not-rsa"
    case .signatureBroken: "signature-broken"
    case .expired: "expired"
    case .issuerExpired: "issuer-expired"
    case .issuerNotYetValid: "issuer-not-yet-valid"
    case .notYetValid: "not-yet-valid"
    case .notForServers: "not-for-servers"
    case .leafIsAuthority: "leaf-is-authority"
    case .authorityInPlace: "authority-in-place"
    case .noAlternativeNames: "no-alternative-names"
    case .unknownCriticalExtension: "unknown-critical-extension"
    }
  }

  /// How much it matters, to whoever reports it: an error keeps the certificate from being used or trusted.
  public var severity: Severity {
    switch self {
    case .duplicateCertificate, .signatureNotChecked, .tooManyIssuers, .noIntegrity,
      .oddCertificate:
      .note
    case .trailingBytes, .passwordEmpty, .chainOutOfOrder, .issuerMissing, .issuerOutsideChain,
      .foreignCertificate, .leafIsAuthority, .noAlternativeNames:
      .warning
    default: .error
    }
  }
}
