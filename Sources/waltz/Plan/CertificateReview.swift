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

  /// More than this is not read for one plan, so that no plan can make a check endless; ten thousand
  /// certificates with their chains take half of it.
  static let mostBytes = 64 << 20

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
    for plan in plans {
      let evidence = try await evidence(of: plan, in: folder)
      outcome.diagnostics += checkCertificates(
        of: plan, evidence, times: RotationTimes(lower(plan)), start: start)
      outcome.evidence.append(evidence)
    }
    return outcome
  }

  private func evidence(
    of plan: RotationPlan, in folder: PlanFolder
  ) async throws -> CertificateEvidence {
    let secrets = await live?.secrets(of: plan, in: folder)
    var reader = EvidenceReader(folder: folder, limit: Self.mostBytes)
    return CertificateEvidence(
      sources: plan.certificates.enumerated().map { position, certificate in
        guard let secrets else {
          return reader.source(
            certificate, password: nil, state: certificate.password == nil ? .none : .notAsked)
        }
        let (password, state) = secrets.certificates[position]
        return reader.source(certificate, password: password, state: state)
      },
      authorities: plan.sites.map { reader.authority(of: $0) },
      apiPasswords: secrets?.sites ?? plan.sites.map { $0.api == nil ? .none : .notAsked },
      servers: try await live?.servers(of: plan)
        ?? plan.sites.map { $0.servers.map { _ in nil } })
  }
}

/// Reads the files of one plan, each once.
private struct EvidenceReader {
  let folder: PlanFolder
  private var rest: Int
  private let limit: Int
  private var files: [String: Result<NamedFile, FileTrouble>] = [:]

  init(folder: PlanFolder, limit: Int) {
    self.folder = folder
    self.limit = limit
    rest = limit
  }

  mutating func source(
    _ certificate: CertificateSource, password: Password?, state: PasswordState
  ) -> SourceEvidence {
    var evidence = SourceEvidence(password: state)
    switch certificate.container {
    case .pkcs12(let path), .jks(let path):
      guard let bytes = read(path.value, .certificate, into: &evidence) else { break }
      evidence.report = examineSource(
        bytes, declared: certificate.container.form, password: password)
    case .pem(let certificatePath, let keyPath), .der(let certificatePath, let keyPath):
      let form = certificate.container.form
      let bytes = read(certificatePath.value, .certificate, into: &evidence)
      let key = read(keyPath.value, .key, into: &evidence)
      if let bytes, let key {
        evidence.report = examineSource(certificate: bytes, key: key, declared: form)
      } else if let bytes {
        evidence.report = examineSource(bytes, declared: form, needsKey: false)
      }
    }
    return evidence
  }

  mutating func authority(of site: Site) -> SourceEvidence? {
    guard case .certificateAuthority(let path)? = site.api?.trust.value else { return nil }
    var evidence = SourceEvidence()
    if let bytes = read(path, .certificate, into: &evidence) {
      evidence.report = examineSource(bytes, needsKey: false)
    }
    return evidence
  }

  private mutating func read(
    _ path: String, _ part: SourcePart, into evidence: inout SourceEvidence
  ) -> [UInt8]? {
    let outcome = files[path] ?? read(path)
    files[path] = outcome
    switch outcome {
    case .success(let file):
      // Every certificate is examined by itself, so that a file that many name counts for each.
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
