import CertificateChecks
import CertificateSources
import PlanModel
import PlanText
import WorkingTree

/// Reads the files of one plan, and looks into each once for every form and password that it is named with.
struct EvidenceReader {
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
