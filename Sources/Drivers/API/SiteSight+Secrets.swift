import PlanModel
import PlanText
import RotationGraph
import Secrets

extension SiteSight {
  /// The secrets that may stand in what the program of a step prints: all that were resolved or given, what variables and
  /// files have for the plan's references, and what programs give for those of the step's own sites, which are asked once.
  func knownSecrets(for step: Int) async -> [Secret] {
    let plan = graph.plan
    let own = graph.sites(of: step).map { plan.sites[$0] }
    let names = Set(own.flatMap(\.servers).compactMap(\.certificate))
    for certificate in plan.certificates {
      await know(certificate.password, isOfStep: names.contains(certificate.name))
    }
    for site in plan.sites {
      await know(site.api?.password, isOfStep: own.contains { $0.name == site.name })
    }
    return surroundings.secrets.known.all
  }

  private func know(_ reference: Located<SecretReference>?, isOfStep: Bool) async {
    guard let reference = reference?.value else { return }
    if case .command = reference {
      guard isOfStep, !surroundings.secrets.hasFollowed(reference) else { return }
    }
    // What is not there cannot be printed.
    _ = try? await surroundings.secrets.resolve(reference)
  }
}
