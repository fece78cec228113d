import PlanModel
import RotationEngine
import RotationGraph

/// When things were open: what the figures of a run sum up.
struct OpeningHistory {
  private struct Place: Hashable {
    let opening: Opening
    let target: Target
  }

  private var spans: [Place: [RunReport.Span]] = [:]

  /// Takes in an event that the state holds already.
  mutating func take(_ event: RunEvent, in state: RunState) {
    switch event.kind {
    case .stepStarted(let step, _): open(step, in: state.graph, at: event.at)
    case .stepSucceeded(let step, _, _): close(step, in: state.graph, at: event.at)
    case .stepSkipped(let step, _): cancel(step, in: state)
    case .stepFailed(let step, _, let failure, _):
      if failure.kind == .rejected { cancel(step, in: state) }
    default: break
    }
  }

  /// When something was open at a site or partnership, by its position in the plan; nil where it never was.
  func spans(of opening: Opening, at position: Int) -> [RunReport.Span]? {
    let target: Target =
      opening == .replicationBroken ? .partnership(position) : .site(position)
    return spans[Place(opening: opening, target: target)].flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func open(_ step: Int, in graph: StepGraph, at instant: Instant) {
    guard let opening = graph.steps[step].action.opens else { return }
    let place = Place(opening: opening, target: graph.steps[step].target)
    if let last = spans[place]?.last, last.to == nil { return }
    spans[place, default: []].append(RunReport.Span(from: instant))
  }

  private mutating func close(_ step: Int, in graph: StepGraph, at instant: Instant) {
    guard let opening = graph.steps[step].action.closes else { return }
    let place = Place(opening: opening, target: graph.steps[step].target)
    guard let last = spans[place]?.indices.last, spans[place]?[last].to == nil else { return }
    spans[place]?[last].to = instant
  }

  /// What a person did not do after all opened nothing.
  private mutating func cancel(_ step: Int, in state: RunState) {
    guard let opening = state.graph.steps[step].action.opens, !state.steps[step].hasSucceeded,
      state.graph.steps[step].channel == .operator
    else { return }
    let place = Place(opening: opening, target: state.graph.steps[step].target)
    if let last = spans[place]?.last, last.to == nil { spans[place]?.removeLast() }
  }
}
