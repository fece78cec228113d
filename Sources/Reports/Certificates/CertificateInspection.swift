import CertificateChecks
public import CertificateSources
import PlanText

/// What `waltz certificate inspect` has to say of a source: the report, and what is wrong with it today.
public struct CertificateInspection: Sendable {
  /// The names of the files: one, or the certificate's and the key's.
  public let files: [String]
  public let report: SourceReport

  /// Seconds since 1970 in UTC.
  public let now: Int64

  /// Everything that is wrong, errors first.
  public let findings: [SourceFinding]

  /// An inspection of a report at a time.
  public init(_ report: SourceReport, files: [String], at now: Int64) {
    self.report = report
    self.files = files
    self.now = now
    let findings = report.problems(at: now)
    let order: [SourceProblem.Severity] = [.error, .warning, .note]
    self.findings = order.flatMap { severity in findings.filter { $0.problem.severity == severity }
    }
  }

  /// Whether nothing keeps the source from being used.
  public var isGood: Bool { !findings.contains { $0.problem.severity == .error } }

  /// The name of the file that a part is in.
  func file(of part: SourcePart) -> String {
    part == .key ? files.last ?? "" : files.first ?? ""
  }

  /// The number of a certificate, from 1.
  func number(of certificate: CertificateFacts) -> Int? {
    report.certificates.firstIndex { $0.facts == certificate }.map { $0 + 1 }
  }
}

extension SourceFinding {
  /// The code of the page that `waltz explain` prints, the same as in a plan.
  var code: String { CatalogueEntry.of(self).code }
}

extension SourceProblem.Severity {
  /// `error`, `warning`, `note`.
  var word: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  var meaning: Palette.Meaning {
    switch self {
    case .error: .trouble
    case .warning: .person
    case .note: .busy
    }
  }
}
