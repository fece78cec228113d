import PlanModel
import RotationEngine
import RotationGraph

extension RunOverview {
  /// What was asked and is not answered; nothing of a run that answers no more.
  var requests: [PostedRequest] {
    switch state.status {
    case .succeeded, .aborted: []
    case .new, .running, .resting, .failed: surroundings.requests
    }
  }

  /// What was asked of a step.
  func requests(of step: Int) -> [PostedRequest] {
    guard !requests.isEmpty else { return [] }
    let id = state.graph.id(of: step)
    return requests.filter { $0.request.step == id }
  }

  /// Whether something was asked of a step, so that nobody is told to ask for it.
  func isAsked(_ step: Int) -> Bool { !requests(of: step).isEmpty }

  /// What was asked of the whole run, or of a step that is not listed with its trouble.
  var otherRequests: [PostedRequest] {
    let listed = Set(
      doubts.map(\.id) + failed.map(\.id) + gates.map(\.id) + waits.map(\.id) + held.map(\.id)
        + active.map(\.id))
    return requests.filter { request in request.request.step.map { !listed.contains($0) } ?? true }
  }

  /// `approved by root at 2026-01-08 14:02Z, not taken up yet: nobody is working on the run`.
  func words(_ posted: PostedRequest) -> String {
    let request = posted.request
    let note = request.word.note.map { " (\($0))" } ?? ""
    let answer =
      switch (posted.isTaken, surroundings.executor) {
      case (_, .atWork): "the executor acts on it now"
      case (true, _): "an executor began to act on it and is gone; the next one goes on with it"
      case (false, _): "not taken up yet: nobody is working on the run"
      }
    return
      "\(request.participle) by \(request.word.by) at \(Wording.minute(posted.postedAt))\(note), "
      + answer
  }

  /// Who worked on the run, and when they gave their last sign of life, by real time; nil while somebody works on it
  /// and where the run was given back.
  var lastExecutor: String? {
    guard case .gone(let name, let since, let lasting) = surroundings.executor,
      !state.status.isEnded
    else { return nil }
    return "\(name), went without a word; last seen \(Wording.minute(since)), "
      + "\(Wording.duration(lasting)) ago"
  }

  /// Why nobody works on a run that is recorded as going on, and what that leaves open.
  var unattended: String {
    let since: String
    switch surroundings.executor {
    case .gone(_, let instant, let lasting):
      since = " since \(Wording.minute(instant)), for \(Wording.duration(lasting))"
    case .none, .atWork:
      since = state.lastAt.map { " since its last event, \(Wording.minute($0))" } ?? ""
    }
    let begun = active.filter { $0.retryAt == nil }.map { "`\($0.id)`" }
    let rest =
      if state.startedAt == nil {
        " It has not begun."
      } else if begun.isEmpty {
        ""
      } else {
        " Begun, and may or may not have happened: \(Wording.list(begun))."
      }
    return "Nobody has been working on this run\(since).\(rest)"
  }
}
