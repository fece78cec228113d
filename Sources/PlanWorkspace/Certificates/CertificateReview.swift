package import CertificateChecks
import CertificateSources
package import PlanCompiler
import PlanModel
package import PlanText
import RotationGraph
import SiteChecks
package import WorkingTree

/// The look at what plans name: their files, and with `--live` their secrets and servers.
package struct CertificateReview: Sendable {
  /// What it came to for the plans of a file.
  package struct Outcome: Sendable {
    package var diagnostics: [Diagnostic] = []

    /// What was found for each plan.
    package var evidence: [CertificateEvidence] = []

    /// Whether every site of every plan told all that it was asked.
    package var hasSeenSites = true
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

  /// Looks at what the plans of a file name, and asks their sites.
  ///
  /// * `folder`: The folder of the file.
  /// - Throws: Where the network cannot be used.
  package func look(at plans: [ProvedPlan], in folder: PlanFolder) async throws -> Outcome {
    var outcome = Outcome()
    var found = DiagnosticList()
    var guesses = WorkBudget(limit: Self.mostGuesses)
    for proved in plans {
      let secrets = await live?.secrets(of: proved.plan, in: folder)
      async let answers = sites(of: proved.plan, with: secrets, in: folder)
      let evidence = try await evidence(of: proved.plan, with: secrets, in: folder, &guesses)
      let times = RotationTimes(proved.graph)
      found.append(
        contentsOf: checkCertificates(of: proved.plan, evidence, times: times, start: start))
      outcome.evidence.append(evidence)
      found.append(contentsOf: checkCalendar(of: proved.plan, start: start))
      if let answers = await answers {
        found.append(
          contentsOf: checkSites(of: proved.graph, answers, end: start + times.end.latest))
        outcome.hasSeenSites = outcome.hasSeenSites && isWhole(answers, of: proved.plan)
      } else {
        outcome.hasSeenSites = false
      }
    }
    outcome.diagnostics = found.all
    return outcome
  }

  private func sites(
    of plan: RotationPlan, with secrets: LiveReview.Secrets?, in folder: PlanFolder
  ) async -> [SiteAnswer?]? {
    guard let live, let secrets else { return nil }
    return await live.sites(of: plan, with: secrets, in: folder)
  }

  private func evidence(
    of plan: RotationPlan, with secrets: LiveReview.Secrets?, in folder: PlanFolder,
    _ guesses: inout WorkBudget
  ) async throws -> CertificateEvidence {
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
    var evidence = CertificateEvidence(ofFiles: sources, authorities: authorities, in: plan)
    if let secrets { evidence.apiPasswords = secrets.sites }
    if let presented = try await live?.listeners(of: plan) {
      (evidence.servers, evidence.apis) = (presented.servers, presented.apis)
    }
    return evidence
  }
}
