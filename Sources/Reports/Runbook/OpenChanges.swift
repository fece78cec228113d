import PlanModel
import RotationGraph

/// What a rotation has opened and not closed yet, step by step in the order of its graph.
struct OpenChanges {
  /// Something that is open.
  struct Change: Hashable {
    let opening: Opening
    let target: Target
  }

  private let graph: StepGraph
  private var open: [Change] = []

  init(_ graph: StepGraph) {
    self.graph = graph
  }

  /// A step begins: what it opens may be open from now on.
  mutating func begin(_ position: Int) {
    let step = graph.steps[position]
    guard let opening = step.action.opens else { return }
    let change = Change(opening: opening, target: step.target)
    if !open.contains(change) { open.append(change) }
  }

  /// A step has ended: what it closes is closed.
  mutating func end(_ position: Int) {
    let step = graph.steps[position]
    guard let opening = step.action.closes else { return }
    open.removeAll { $0.opening == opening && $0.target == step.target }
  }

  /// What is open at the site or the partnership of a step, what exposes clients most first.
  func relevant(to position: Int) -> [Change] {
    let sites = Set(sites(of: graph.steps[position].target))
    return open.filter { !sites.isDisjoint(with: self.sites(of: $0.target)) }
      .sorted { $0.opening.rawValue < $1.opening.rawValue }
  }

  private func sites(of target: Target) -> [Int] {
    switch target {
    case .site(let site), .server(let site, _): [site]
    case .partnership(let link): graph.sites(ofPartnership: link)
    }
  }
}
