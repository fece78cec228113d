package import CertificateChecks
import CertificateSources
package import PlanCompiler
import PlanModel
package import PlanText
import RotationGraph
package import WorkingTree

/// The look at what plans name: their files, and with `--live` their secrets and servers.
package struct CertificateReview: Sendable {
  /// What it came to for the plans of a file.
  package struct Outcome: Sendable {
    package var diagnostics: [Diagnostic] = []

    /// What was found for each plan.
    package var evidence: [CertificateEvidence] = []
  }

  /// More than this is not examined for one plan, so that neither reading nor what is said of it grows without
  /// end; ten thousand certificates with their chains take half of it. What passwords cost is bounded by
  /// ``mostGuesses`` and, with `--live`, for each file by `SourceLimits.iterations`.
  static let mostBytes = 64 << 20

  /// What may be hashed for all plans of a file to try empty passwords, which nobody gave: some hundred
  /// containers, in less than a second.
  static let mostGuesses = 2_000_000

  /// When the rotation would start, in seconds since 1970 in UTC.
  private let start: Int64

  /// Secrets and servers; nil without `--live`, and then neither is touched.
  private let live: LiveReview?

  package init(start: Int64, live: LiveReview?) {
    self.start = start
    self.live = live
  }

  /// Looks at what the plans of a file name.
  ///
  /// * `folder`: The folder of the file.
  /// - Throws: Where the network cannot be used.
  package func look(at plans: [ProvedPlan], in folder: PlanFolder) async throws -> Outcome {
    var outcome = Outcome()
    var found = DiagnosticList()
    var guesses = WorkBudget(limit: Self.mostGuesses)
    for proved in plans {
      let evidence = try await evidence(of: proved.plan, in: folder, &guesses)
      found.append(
        contentsOf: checkCertificates(
          of: proved.plan, evidence, times: RotationTimes(proved.graph), start: start))
      outcome.evidence.append(evidence)
    }
    outcome.diagnostics = found.all
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
