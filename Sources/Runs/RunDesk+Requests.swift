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
  ///   - author: Who asks; nil for who works at the desk.
  ///   - warn: Is told what clients stand to lose, before the request is posted.
  /// - Returns: Which run it went to, and who acts on it.
  /// - Throws: ``RunError`` of kind `refused`, `StateError`
  package func post(
    _ verb: OperatorRequest.Verb, step: String?, note: String?, acceptsOrphans: Bool = false,
    to name: String, by author: String? = nil, warn: (SkipDanger) -> Void = { _ in }
  ) async throws -> Posting {
    if let note, RunCommands.isPlaceholder(note) {
      throw RunError(
        .refused,
        "The note `\(note)` is only the placeholder of the printed command. Say why, or what was "
          + "done: it is kept for the auditor.")
    }
    let archive = try await archive(of: name)
    let commands = store.commands.of(archive.id)
    let word = OperatorWord(by: author ?? user, note: note, acceptsOrphans: acceptsOrphans)
    let ruling = archive.state.ruling(
      on: OperatorRequest(id: 0, verb: verb, step: step, word: word))
    switch ruling {
    case .refused(let reason):
      throw RunError(
        .refused, reason + near(step, archive) + (try await pendingPause(verb, archive.id)))
    case .unaccepted(let danger):
      throw RunError(
        .refused,
        "\(danger.words) If that is intended: "
          + "`\(commands.skip(danger.step, acceptingOrphans: true))`"
      )
    default: break
    }
    let pending = try await store.pendingRequests(of: archive.id)
    if let same = pending.first(where: { $0.request.verb == verb && $0.request.step == step }) {
      let next =
        try await isHeld(archive.id)
        ? "The executor acts on it." : "It is done when the run is resumed: `\(commands.resume)`."
      throw RunError(
        .refused,
        "\(same.request.word.by) already requested that at \(same.postedAt). \(next) To withdraw "
          + "it: `\(commands.withdraw(same.request.id))`.")
    }
    if case .skip(let position) = ruling,
      let danger = archive.state.danger(ofSkipping: position)
    {
      warn(danger)
    }
    try await store.post(verb, step: step, word: word, to: archive.id, at: holder.now())
    return Posting(run: archive.id, isHeld: try await isHeld(archive.id))
  }

  /// For who wants a run to go on whose pause was only requested: how to take that back.
  private func pendingPause(_ verb: OperatorRequest.Verb, _ run: String) async throws -> String {
    guard verb == .unpause,
      let pause = try await store.pendingRequests(of: run).first(where: {
        $0.request.verb == .pause
      })
    else { return "" }
    return " A pause is requested, and no executor has taken it up. To withdraw it: "
      + "`\(store.commands.of(run).withdraw(pause.request.id))`."
  }

  /// Takes a request back that no executor has taken up.
  ///
  /// - Parameters:
  ///   - request: Its number; nil where only one waits.
  ///   - name: The run; see `Store.resolve`.
  /// - Returns: The run's id, and the request.
  /// - Throws: ``RunError`` of kind `refused`, `StateError`
  package func withdraw(
    _ request: Int64?, from name: String
  ) async throws -> (run: String, request: PostedRequest) {
    let run = try await store.resolve(name)
    let pending = try await store.pendingRequests(of: run)
    let wanted: Int64
    if let request {
      wanted = request
    } else if let only = pending.first, pending.count == 1 {
      wanted = only.request.id
    } else if pending.isEmpty {
      throw RunError(.refused, "No request waits in the mailbox of \(run).")
    } else {
      let list = pending.map { "\($0.request.id) (\($0.request.words))" }
      throw RunError(
        .refused,
        "\(pending.count) requests wait in the mailbox of \(run): \(list.joined(separator: ", ")). Name the "
          + "one you mean: `\(store.commands.of(run).withdraw(pending[0].request.id))`.")
    }
    return (run, try await store.withdraw(wanted, from: run, by: holder))
  }

  private func near(_ step: String?, _ archive: RunArchive) -> String {
    let graph = archive.graph.graph
    let ids = graph.steps.indices.lazy.map { graph.id(of: $0) }
    guard let step, !ids.contains(step), let near = nearest(to: step, among: ids) else { return "" }
    return " Did you mean `\(near)`?"
  }
}
