import PlanModel
import PlanText
import RotationGraph

/// What clients stand to lose when a step that protects them is skipped.
package struct SkipDanger: Sendable, Equatable {
  /// Clients of one site, and how many the plan expects; nil where it gives no number.
  package struct Clients: Sendable, Equatable {
    package let site: String
    package let expected: Int?
  }

  /// The step's id.
  package let step: String

  /// Whose clients depend on it.
  package let clients: [Clients]

  /// How a client loses its server, as a clause about it.
  package let how: String

  /// What the last attempt at the step failed with; nil where none did.
  package let failure: String?

  /// What happens to whom, in full sentences.
  package var words: String {
    let owners = clients.map { clients in
      let number =
        switch clients.expected {
        case 1?: "the plan expects 1"
        case let number?: "the plan expects \(number)"
        case nil: "the plan gives no number"
        }
      return "\(clients.site) (\(number))"
    }
    let found = failure.map { " It failed: \($0)" } ?? ""
    return
      "`\(step)` protects the clients of \(owners.joined(separator: " and ")).\(found) Without it a "
      + "client may lose its server: \(how). Such a client is an orphan: it does not come back by itself, "
      + "and somebody has to repair it at the machine."
  }
}

extension RunState {
  /// What skipping a step may cost clients as the run stands; nil where none depend on the step.
  ///
  /// An orphan is a client that trusts no certificate that a server of its site presents. What protects from
  /// that stands in the table of the procedure; whether a certificate changes later stands in the graph.
  package func danger(ofSkipping step: Int) -> SkipDanger? {
    let how: String
    switch graph.steps[step].action.protection {
    case .never: return nil
    case .always(let words): how = words
    case .untilUpdate(let words):
      guard changesCertificate(after: step) else { return nil }
      how = words
    case .onceFailed(let words):
      // What was begun and is not done has failed, even if it was sent back since.
      guard steps[step].attempt > 0 else { return nil }
      how = words
    }
    return SkipDanger(
      step: graph.id(of: step),
      clients: sites(of: step).map { site in
        SkipDanger.Clients(
          site: graph.plan.sites[site].name.value,
          expected: graph.plan.sites[site].clients?.value)
      },
      how: how, failure: steps[step].lastFailure?.message)
  }

  /// Whether a step that comes after `step` gives a server of the same site another certificate, and is not
  /// done yet.
  private func changesCertificate(after step: Int) -> Bool {
    let site = graph.site(of: step)
    var isSeen = [Bool](repeating: false, count: steps.count)
    var open = [step]
    while let next = open.popLast() {
      for dependent in graph.dependents[next].map(Int.init) where !isSeen[dependent] {
        isSeen[dependent] = true
        if graph.steps[dependent].action.changesCertificate, graph.site(of: dependent) == site,
          !steps[dependent].isDone
        {
          return true
        }
        open.append(dependent)
      }
    }
    return false
  }

  /// The sites whose clients a step is about.
  private func sites(of step: Int) -> [Int] {
    if let site = graph.site(of: step) { return [site] }
    guard case .partnership(let link) = graph.steps[step].target else { return [] }
    let names = graph.plan.partnerships[link].sites.map(\.value)
    return graph.plan.sites.indices.filter { names.contains(graph.plan.sites[$0].name.value) }
  }
}
