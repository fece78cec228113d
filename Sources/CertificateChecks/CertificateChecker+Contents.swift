import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// What is wrong within the files of a certificate.
  mutating func checkContents(of certificate: Int, _ source: SourceEvidence) {
    guard let report = source.report else { return }
    var reported: Set<String> = []
    var problems = report.findings.map {
      (problem: $0.problem, part: $0.part, severity: Optional($0.problem.weight))
    }
    if let chain = report.chain {
      // By itself a certificate may be weak; on a management server it is unfit, as its page says.
      problems += suitabilityProblems(of: chain, at: start).map { ($0, .certificate, nil) }
    }
    for (problem, part, severity) in problems {
      guard !isExpected(problem, source),
        let entry = CatalogueEntry.of(problem),
        // A self-signed certificate on a curve has an unfit key and an unfit signature for one reason.
        reported.insert(entry.code).inserted || !entry.isOnceACertificate
      else { continue }
      let path = path(of: certificate, part)
      self.report(
        entry, at: place(of: problem, certificate, path),
        "'\(path.value)', certificate \(name(of: certificate)): \(problem.summary)",
        help: problem.help, severity: severity)
    }
  }

  /// A password that was not asked for, or that could not be had, opens nothing: that is no further mistake.
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

  /// The page of a problem; nil for what is checked with the plan in view.
  static func of(_ problem: SourceProblem) -> CatalogueEntry? {
    switch problem {
    case .filesSwapped: .swappedFiles
    case .passwordMissing: .missingPassword
    case .passwordWrong: .wrongPassword
    case .keyPasswordDiffers, .storePasswordDiffers: .otherKeyPassword
    case .keyEncrypted: .encryptedKey
    case .unsupportedAlgorithm, .tooManyIterations, .noIntegrity, .passwordEmpty:
      .unsupportedProtection
    case .keyMissing: .keyMissing
    case .oddCertificate: .oddCertificate
    case .severalKeys: .severalKeys
    case .keyMismatch: .foreignKey
    case .chainOutOfOrder, .foreignCertificate, .duplicateCertificate: .chainInDisorder
    case .issuerMissing: .chainIncomplete
    case .signatureInvalid, .signatureNotChecked, .issuerIsNoAuthority: .chainNotSigned
    case .keyNotRSA, .signatureNotRSA: .notRSA
    case .keyTooShort: .shortKey
    case .signatureBroken: .brokenSignature
    case .notForServers: .notForServers
    case .leafIsAuthority: .leafIsAuthority
    // No default: a new problem must not be passed over in silence.
    case .expired, .notYetValid, .noAlternativeNames: nil
    case .empty, .notAContainer, .certificateMissing: .foreignFile
    case .otherForm: .otherForm
    case .tooLarge, .truncated, .trailingBytes, .damaged, .damagedBase64, .unfinishedBlock,
      .tooManyEntries, .certificateUnreadable, .keyUnreadable:
      .damagedFile
    }
  }

  /// The page of a file in which nothing can be found; nil for other problems.
  static func ofUnusableFile(_ problem: SourceProblem) -> CatalogueEntry? {
    let entry = of(problem)
    return entry == .foreignFile || entry == .otherForm || entry == .damagedFile ? entry : nil
  }
}
