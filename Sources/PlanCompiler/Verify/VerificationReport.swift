import PlanModel
import PlanText
import RotationGraph

/// Collects broken invariants: one for each invariant and target, each with its path.
struct VerificationReport {
  /// After so many the rest is left out.
  static let limit = 50

  private(set) var diagnostics: [Diagnostic] = []
  private let graph: StepGraph
  private var seen: Set<Key> = []

  private struct Key: Hashable {
    let code: String
    let target: Target?
  }

  init(_ graph: StepGraph) {
    self.graph = graph
  }

  /// Whether nothing more is taken in.
  var isFull: Bool { diagnostics.count >= Self.limit }

  /// Reports that `step` does not come after `other`, unless the graph says it does.
  ///
  /// `target` is what the invariant is about: a site or a partnership. `reason` is a full sentence.
  mutating func require(
    _ other: Int32?, before step: Int32?, in index: GraphIndex,
    _ entry: CatalogueEntry, for target: Target, _ reason: String
  ) {
    // Nearly always the edge is there; only then nothing has to be hashed or searched.
    guard let other, let step, !index.isDirect(other, step), !isFull,
      !seen.contains(Key(code: entry.code, target: target)),
      !index.precedes(other, step)
    else { return }
    let isReversed = index.precedes(step, other)
    let path = isReversed ? path(from: step, to: other) : path(to: step)
    let order =
      isReversed
      ? "comes before \(quoted(other))" : "can start without \(quoted(other)) before it"
    add(
      entry, for: target, at: step,
      "\(quoted(step)) \(order). \(reason) \(sentence(path))", path: path)
  }

  /// Reports a step with the shortest path that leads to it.
  mutating func add(
    _ entry: CatalogueEntry, for target: Target?, at step: Int32, _ what: String
  ) {
    let path = path(to: step)
    add(entry, for: target, at: step, "\(what) \(sentence(path))", path: path)
  }

  /// Reports something that `path` shows; the detail says all of it.
  mutating func add(
    _ entry: CatalogueEntry, for target: Target?, at step: Int32, _ detail: String, path: [Int32]
  ) {
    let place = span(of: graph.steps[Int(step)].target)
    add(entry, for: target, at: place, detail, related: related(path, besides: place))
  }

  /// Reports something without a path.
  mutating func add(
    _ entry: CatalogueEntry, for target: Target?, at place: SourceSpan, _ detail: String,
    related: [Diagnostic.Related] = []
  ) {
    guard !isFull else { return }
    if let target, !seen.insert(Key(code: entry.code, target: target)).inserted { return }
    diagnostics.append(
      Diagnostic(
        entry, at: place, detail,
        help: "The plan is not the cause: Waltz made a wrong graph from it. Do not run it. Report "
          + "the plan and this text as a bug in Waltz.",
        related: related))
  }

  /// The id of a step in quotes.
  func quoted(_ step: Int32) -> String { "`\(graph.id(of: Int(step)))`" }

  /// `The path: a → b → c.`; a long one without its middle.
  func sentence(_ path: [Int32]) -> String {
    guard path.count > 1 else {
      return path.isEmpty ? "" : "It does not wait for anything."
    }
    var names = path.map { graph.id(of: Int($0)) }
    if names.count > 25 {
      names.replaceSubrange(12..<(names.count - 12), with: ["… \(names.count - 24) more …"])
    }
    return "The shortest path: \(names.joined(separator: " → "))."
  }

  /// The shortest chain from a step that waits for nothing.
  func path(to step: Int32) -> [Int32] {
    let back = graph.dependencies.shortestPath(
      from: step, to: { graph.dependencies[Int($0)].isEmpty })
    return back?.reversed() ?? [step]
  }

  private func path(from first: Int32, to last: Int32) -> [Int32] {
    graph.dependents.shortestPath(from: first, to: { $0 == last }) ?? [first, last]
  }

  /// The lines of the plan that made the steps of a path, each once, at most eight.
  private func related(_ path: [Int32], besides place: SourceSpan) -> [Diagnostic.Related] {
    var result: [Diagnostic.Related] = []
    var known: Set<SourceSpan> = [place]
    for step in path {
      let span = span(of: graph.steps[Int(step)].target)
      guard result.count < 8, span.isKnown, known.insert(span).inserted else { continue }
      result.append(Diagnostic.Related("makes \(quoted(step))", at: span))
    }
    return result
  }

  /// Where the plan names a target.
  func span(of target: Target) -> SourceSpan {
    switch target {
    case .site(let site): graph.plan.sites[site].name.span
    case .server(let site, let server): graph.plan.sites[site].servers[server].name.span
    case .partnership(let partnership): graph.plan.partnerships[partnership].span
    }
  }
}
