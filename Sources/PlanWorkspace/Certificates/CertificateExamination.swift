import CertificateChecks
import CertificateSources
package import PlanModel
import PlanText
package import RotationGraph
package import Secrets
package import WorkingTree

/// One certificate of a plan, examined again before a run changes anything: the same checks as in a review, with its
/// password, at today's date.
package struct CertificateExamination: Sendable {
  /// The leaf's fingerprint; nil where there is none that can be read.
  package let fingerprint: Fingerprint?

  /// What makes it unusable, a sentence each.
  package let problems: [String]

  /// Examines the certificate at a position.
  ///
  /// - Parameters:
  ///   - position: The certificate's, in the plan of the graph.
  ///   - graph: The graph of the rotation, which tells until when the certificate is needed.
  ///   - folder: The plan's folder.
  ///   - variables: The environment, for the reference to the password.
  ///   - known: Keeps the password, to be hidden in what programs print.
  ///   - start: Now, in seconds since 1970 in UTC.
  package init(
    of position: Int, in graph: StepGraph, from folder: PlanFolder, variables: [String: String],
    known: KnownSecrets, start: Int64
  ) async {
    var plan = graph.plan
    let certificate = plan.certificates[position]
    plan.certificates = [certificate]
    for site in plan.sites.indices { plan.sites[site].api = nil }
    let secrets = await LiveReview(
      ports: [], variables: variables, patience: .seconds(5), known: known
    ) { start * 1_000 }.secrets(of: plan, in: folder)
    let (password, state) = secrets.certificates[0]
    var reader = EvidenceReader(
      folder: folder, limit: CertificateReview.mostBytes,
      guesses: WorkBudget(limit: CertificateReview.mostGuesses))
    let source = reader.source(certificate, password: password, state: state)
    let evidence = CertificateEvidence(
      ofFiles: [source], authorities: plan.sites.map { _ in nil }, in: plan)
    fingerprint = source.report?.serverCertificate.flatMap { Fingerprint($0.fingerprintText) }
    problems = checkCertificates(
      of: plan, evidence, times: RotationTimes(graph), start: start
    ).filter { $0.severity == .error }.map { "\($0.detail) (\($0.code))" }
  }
}
