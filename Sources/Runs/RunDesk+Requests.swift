import PlanText
package import RotationEngine
import RotationGraph
import RunStore

/// What came of posting a request.
package struct Posting: Sendable, Equatable {
  /// The run's id.
  package let run: String

  /// Whether an executor is at work on it, which acts on the request at once; else the next one does.
  package let isHeld: Bool
}

extension RunDesk {
  /// Posts an operator's request if it makes sense as the run stands.
  ///
  /// - Parameters:
  ///   - verb: What is asked.
  ///   - step: Of which step, by id; nil for requests about the whole run.
  ///   - note: Why, or what was done.
  ///   - acceptsOrphans: Whether who asks accepts that clients may be orphaned by it.
  ///   - name: The run; see `Store.resolve`.
  ///   - warn: Is told what clients stand to lose, before the request is posted.
  /// - Returns: Which run it went to, and who acts on it.
  /// - Throws: ``RunError`` of kind `refused`, `StateError`
  package func post(
    _ verb: OperatorRequest.Verb, step: String?, note: String?, acceptsOrphans: Bool = false,
    to name: String, warn: (SkipDanger) -> Void = { _ in }
  ) async throws -> Posting {
    let archive = try await archive(of: name)
    let word = OperatorWord(by: user, note: note, acceptsOrphans: acceptsOrphans)
    let ruling = archive.state.ruling(
      on: OperatorRequest(id: 0, verb: verb, step: step, word: word))
    switch ruling {
    case .refused(let reason): throw RunError(.refused, reason + near(step, archive))
    case .unaccepted(let danger):
      throw RunError(
        .refused,
        "\(danger.words)\nIf that is meant: `waltz skip \(archive.id) \(danger.step) --accept-orphans "
          + "--note '…'`")
    default: break
    }
    let pending = try await store.pendingRequests(of: archive.id)
    guard !pending.contains(where: { $0.verb == verb && $0.step == step }) else {
      throw RunError(
        .refused,
        "That was asked already and waits for an executor: `waltz resume \(archive.id)`.")
    }
    if case .skip(let position) = ruling,
      let danger = archive.state.danger(ofSkipping: position)
    {
      warn(danger)
    }
    try await store.post(verb, step: step, word: word, to: archive.id, at: holder.now())
    return Posting(run: archive.id, isHeld: try await isHeld(archive.id))
  }

  private func near(_ step: String?, _ archive: RunArchive) -> String {
    let graph = archive.graph.graph
    let ids = graph.steps.indices.lazy.map { graph.id(of: $0) }
    guard let step, !ids.contains(step), let near = nearest(to: step, among: ids) else { return "" }
    return " Did you mean `\(near)`?"
  }
}
