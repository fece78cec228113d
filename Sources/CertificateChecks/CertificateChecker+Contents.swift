public import CertificateSources
import PlanModel
public import PlanText

extension CertificateChecker {
  /// What is wrong within the files of a certificate.
  mutating func checkContents(of certificate: Int, _ source: SourceEvidence) {
    guard let report = source.report else { return }
    var reported: Set<String> = []
    for finding in report.problems(at: start)
    where !finding.problem.isHeldAgainstPlan && !isExpected(finding.problem, source) {
      let entry = CatalogueEntry.of(finding)
      // A self-signed certificate on a curve has an unfit key and an unfit signature for one reason.
      guard reported.insert(entry.code).inserted || !entry.isOnceACertificate else { continue }
      let path = path(of: certificate, finding.part)
      self.report(
        entry, at: place(of: finding.problem, certificate, path),
        "'\(path.value)', certificate \(name(of: certificate)): \(finding.summary)",
        help: help(for: finding, certificate), severity: finding.problem.weight)
    }
  }

  /// A plan has words of its own for what a command line says in an option.
  private func help(for finding: SourceFinding, _ certificate: Int) -> String {
    if case .passwordMissing = finding.problem {
      return "Add 'password: { env: NAME }' to certificate \(name(of: certificate))."
    }
    return finding.help
  }

  /// A password that was not asked for, or that could not be read, opens nothing: that is no further mistake.
  private func isExpected(_ problem: SourceProblem, _ source: SourceEvidence) -> Bool {
    switch (problem, source.password) {
    case (.passwordMissing, .notAsked), (.passwordMissing, .unresolved): true
    // What the other file lacks was reported with that file.
    case (.keyMissing, _), (.certificateMissing, _): !source.unread.isEmpty
    default: false
    }
  }

  /// A password that does not fit is wrong where the plan refers to it.
  private func place(
    of problem: SourceProblem, _ certificate: Int, _ path: Located<String>
  ) -> SourceSpan {
    switch problem {
    case .passwordWrong, .keyPasswordDiffers, .storePasswordDiffers:
      plan.certificates[certificate].password?.span ?? path.span
    default: path.span
    }
  }
}

extension SourceProblem {
  /// Whether the plan tells more of it: when the certificate is put in place, and for which addresses.
  fileprivate var isHeldAgainstPlan: Bool {
    switch self {
    case .expired, .notYetValid, .issuerExpired, .issuerNotYetValid, .noAlternativeNames: true
    default: false
    }
  }

  /// The severity in the diagnostics' terms.
  fileprivate var weight: PlanText.Severity {
    switch severity {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

extension CatalogueEntry {
  /// Whether several problems of the page come from one cause.
  fileprivate var isOnceACertificate: Bool { self == .notRSA || self == .oddCertificate }

  /// The page of what is wrong with a source, for the checks of a plan and for whoever looks into a file.
  public static func of(_ finding: SourceFinding) -> CatalogueEntry {
    let entry = of(finding.problem)
    // What a key's file lacks is the key.
    return finding.part == .key && entry == .foreignFile ? .keyMissing : entry
  }

  private static func of(_ problem: SourceProblem) -> CatalogueEntry {
    switch problem {
    case .filesSwapped: .swappedFiles
    case .passwordMissing: .missingPassword
    case .passwordWrong: .wrongPassword
    case .keyPasswordDiffers, .storePasswordDiffers: .otherKeyPassword
    case .keyEncrypted: .encryptedKey
    case .unsupportedAlgorithm, .unavailableAlgorithm, .tooManyIterations, .noIntegrity,
      .passwordEmpty:
      .unsupportedProtection
    case .keyMissing, .keyEntryMissing: .keyMissing
    case .replyUnderOtherAlias: .replyUnderOtherAlias
    case .oddCertificate: .oddCertificate
    case .severalKeys: .severalKeys
    case .keyMismatch: .foreignKey
    case .chainOutOfOrder, .foreignCertificate, .duplicateCertificate: .chainInDisorder
    case .issuerMissing, .issuerOutsideChain: .chainIncomplete
    case .signatureInvalid, .signatureNotChecked, .tooManyIssuers: .chainNotSigned
    case .issuerIsNoAuthority: .issuerMayNotIssue
    case .unknownCriticalExtension: .criticalExtension
    case .keyNotRSA, .signatureNotRSA: .notRSA
    case .keyTooShort: .shortKey
    case .signatureBroken: .brokenSignature
    case .notForServers: .notForServers
    case .leafIsAuthority, .authorityInPlace: .leafIsAuthority
    case .expired: .expiredCertificate
    case .issuerExpired, .issuerNotYetValid: .issuerNotValid
    case .notYetValid: .notYetValid
    case .noAlternativeNames: .addressNotCovered
    // No default: a new problem must not be passed over in silence.
    case .empty, .notAContainer, .certificateMissing: .foreignFile
    case .otherForm: .otherForm
    case .tooLarge, .truncated, .trailingBytes, .damaged, .damagedBase64, .unfinishedBlock,
      .tooManyEntries, .certificateUnreadable, .keyUnreadable:
      .damagedFile
    }
  }

  /// The page of a file in which nothing can be found; nil for other findings.
  static func ofUnusableFile(_ finding: SourceFinding) -> CatalogueEntry? {
    let entry = of(finding)
    return entry == .foreignFile || entry == .otherForm || entry == .damagedFile ? entry : nil
  }
}
