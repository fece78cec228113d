import CanonicalJSON
import PlanModel
import RotationGraph

// What a forecast of a run's end needs to know of what was.
extension RunState {
  /// How many answers to gates are remembered.
  private static let rememberedAnswers = 100

  /// Takes down how long a gate was open before somebody said that it is done.
  mutating func keepAnswer(_ answer: Range<Instant>) {
    gateAnswers.append(answer)
    if gateAnswers.count > Self.rememberedAnswers { gateAnswers.removeFirst() }
  }

  /// Takes down when the certificate expires that a server presents before its rotation; of several the first.
  mutating func keepCertificateEnd(_ step: Int, _ evidence: Evidence) {
    guard graph.steps[step].action == .checkServer, let chains = evidence["chains"]?.object
    else { return }
    let ends = chains.compactMap { $0.value["expires"]?.string.flatMap { Instant($0) } }
    if let end = ends.min() { oldCertificateEnds[graph.steps[step].target] = end }
  }

  /// Whether one of the waits under way has a forecast that is not trusted: then that of the run is not either.
  package var distrustedSince: Instant? {
    waits.keys.sorted().filter { steps[$0].phase == .waiting }.compactMap {
      waits[$0]?.distrustedSince
    }.min()
  }
}
