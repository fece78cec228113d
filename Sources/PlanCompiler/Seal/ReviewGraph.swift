import DocumentForm
import PlanModel
public import PlanText
public import RotationGraph

/// What is wrong with a graph that was read from a file, which anybody may have written: the names in its plan, what the
/// plan means, and the invariants of the graph. It has errors where the graph must not be run.
///
/// What only the text of a plan shows is not asked. Nothing has a place.
public func review(_ graph: StepGraph, paths: PathRule = .folderOnly) -> [Diagnostic] {
  let names = misnamed(in: graph.plan)
  // What would be said of them rests on their names.
  return names.isEmpty
    ? checkPlan(graph.plan, doubting: PlanDoubts([]), paths: paths) + verify(graph) : names
}

/// The names and addresses that no plan could have: programs and other machines get them as they are.
private func misnamed(in plan: RotationPlan) -> [Diagnostic] {
  func fault(_ value: String, _ scalar: Scalar<String>) -> Diagnostic? {
    if scalar.parse(value) != nil, value.count <= scalar.maximumLength ?? .max { return nil }
    return Diagnostic(
      scalar.page, at: plan.name.span, "The graph has '\(value)' where a plan has \(scalar.noun).")
  }
  var found = [fault(plan.name.value, .documentName)]
  found += plan.certificates.map { fault($0.name.value, .name) }
  for site in plan.sites {
    found.append(fault(site.name.value, .name))
    if let api = site.api { found.append(fault(api.url.value, .url)) }
    for server in site.servers {
      found += [fault(server.name.value, .name), fault(server.address.value, .address)]
    }
  }
  return found.compactMap(\.self)
}
