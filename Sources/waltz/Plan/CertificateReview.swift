import CertificateChecks
import CertificateSources
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph

/// The look at what plans name: their files, and with `--live` their secrets and servers.
struct CertificateReview: Sendable {
  /// What it came to for the plans of a file.
  struct Outcome: Sendable {
    var diagnostics: [Diagnostic] = []

    /// What was found for each plan.
    var evidence: [CertificateEvidence] = []

    /// Certificates in files that could not be opened without asking for their passwords.
    var unopened: Int { evidence.reduce(0) { $0 + $1.unopened } }
  }

  /// More than this is not examined for one plan, so that neither reading nor what is said of it grows without
  /// end; ten thousand certificates with their chains take half of it. What passwords cost is bounded by
  /// ``mostGuesses`` and, with `--live`, for each file by `SourceLimits.iterations`.
  static let mostBytes = 64 << 20

  /// What may be hashed for all plans of a file to try empty passwords, which nobody gave: some hundred
  /// containers, in less than a second.
  static let mostGuesses = 2_000_000

  /// When the rotation would start, in seconds since 1970 in UTC.
  let start: Int64

  /// The folders that the user admitted.
  let admitted: [String]

  /// Secrets and servers; nil without `--live`, and then neither is touched.
  let live: LiveReview?

  /// Looks at what the plans of the file at `path` name.
  ///
  /// - Throws: `CommandError` where an admitted folder is not there, or the network can not be used.
  func look(at plans: [RotationPlan], of path: String) async throws -> Outcome {
    let folder = try PlanFolder(ofPlan: path, admitting: admitted)
    var outcome = Outcome()
    var guesses = WorkBudget(limit: Self.mostGuesses)
    for plan in plans {
      let evidence = try await evidence(of: plan, in: folder, &guesses)
      outcome.diagnostics += checkCertificates(
        of: plan, evidence, times: RotationTimes(lower(plan)), start: start)
      outcome.evidence.append(evidence)
    }
    return outcome
  }

  private func evidence(
    of plan: RotationPlan, in folder: PlanFolder, _ guesses: inout WorkBudget
  ) async throws -> CertificateEvidence {
    let secrets = await live?.secrets(of: plan, in: folder)
    var reader = EvidenceReader(folder: folder, limit: Self.mostBytes, guesses: guesses)
    let sources = plan.certificates.enumerated().map { position, certificate in
      guard let secrets else {
        return reader.source(
          certificate, password: nil, state: certificate.password == nil ? .none : .notAsked)
      }
      let (password, state) = secrets.certificates[position]
      return reader.source(certificate, password: password, state: state)
    }
    let authorities = plan.sites.map { reader.authority(of: $0) }
    guesses = reader.guesses
    return CertificateEvidence(
      sources: sources, authorities: authorities,
      apiPasswords: secrets?.sites ?? plan.sites.map { $0.api == nil ? .none : .notAsked },
      servers: try await live?.servers(of: plan)
        ?? plan.sites.map { $0.servers.map { _ in nil } })
  }
}

/// Reads the files of one plan, and looks into each once for every form and password that it is named with.
private struct EvidenceReader {
  /// What a report depends on.
  private struct Question: Hashable {
    let certificate: String
    var key: String?
    var form: ContainerForm?

    /// The reference to the password, where it was followed.
    var password: SecretReference?
    var needsKey = true
  }

  let folder: PlanFolder

  /// What may still be spent on empty passwords.
  private(set) var guesses: WorkBudget

  private var rest: Int
  private let limit: Int
  private var files: [String: Result<NamedFile, FileTrouble>] = [:]
  private var reports: [Question: SourceReport] = [:]

  init(folder: PlanFolder, limit: Int, guesses: WorkBudget) {
    self.folder = folder
    self.limit = limit
    self.guesses = guesses
    rest = limit
  }

  mutating func source(
    _ certificate: CertificateSource, password: Password?, state: PasswordState
  ) -> SourceEvidence {
    var evidence = SourceEvidence(password: state)
    let form = certificate.container.form
    switch certificate.container {
    case .pkcs12(let path), .jks(let path):
      guard let bytes = read(path.value, .certificate, into: &evidence) else { break }
      let reference = password == nil ? nil : certificate.password?.value
      evidence.report = report(
        Question(certificate: path.value, form: form, password: reference)
      ) {
        examineSource(bytes, declared: form, password: password, guesses: &$0)
      }
    case .pem(let certificatePath, let keyPath), .der(let certificatePath, let keyPath):
      let bytes = read(certificatePath.value, .certificate, into: &evidence)
      let key = read(keyPath.value, .key, into: &evidence)
      if let bytes, let key {
        evidence.report = report(
          Question(certificate: certificatePath.value, key: keyPath.value, form: form)
        ) {
          examineSource(certificate: bytes, key: key, declared: form, guesses: &$0)
        }
      } else if let bytes {
        evidence.report = report(
          Question(certificate: certificatePath.value, form: form, needsKey: false)
        ) {
          examineSource(bytes, declared: form, needsKey: false, guesses: &$0)
        }
      }
    }
    return evidence
  }

  mutating func authority(of site: Site) -> SourceEvidence? {
    guard case .certificateAuthority(let path)? = site.api?.trust.value else { return nil }
    var evidence = SourceEvidence()
    if let bytes = read(path, .certificate, into: &evidence) {
      evidence.report = report(Question(certificate: path, needsKey: false)) {
        examineSource(bytes, needsKey: false, guesses: &$0)
      }
    }
    return evidence
  }

  /// The answer that is known, or a new one.
  private mutating func report(
    _ question: Question, _ examine: (inout WorkBudget) -> SourceReport
  ) -> SourceReport {
    if let known = reports[question] { return known }
    let report = examine(&guesses)
    reports[question] = report
    return report
  }

  private mutating func read(
    _ path: String, _ part: SourcePart, into evidence: inout SourceEvidence
  ) -> [UInt8]? {
    let outcome = files[path] ?? read(path)
    files[path] = outcome
    switch outcome {
    case .success(let file):
      // What is in a file is said for every certificate, so that one that many name counts for each.
      guard file.bytes.count <= rest else {
        evidence.unread.append(.init(part, .tooMuch(limit: limit)))
        return nil
      }
      rest -= file.bytes.count
      return file.bytes
    case .failure(let trouble):
      evidence.unread.append(.init(part, trouble))
      return nil
    }
  }

  private func read(_ path: String) -> Result<NamedFile, FileTrouble> {
    do throws(FileTrouble) {
      return .success(try folder.read(path))
    } catch {
      return .failure(error)
    }
  }
}

extension CertificateSource.Container {
  fileprivate var form: ContainerForm {
    switch self {
    case .pkcs12: .pkcs12
    case .jks: .jks
    case .pem: .pem
    case .der: .der
    }
  }
}
