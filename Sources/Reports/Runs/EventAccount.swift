import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What is said of one event.
struct EventAccount {
  /// One or two words.
  private(set) var word: String
  private(set) var meaning: Palette.Meaning?
  /// The rest of the line.
  private(set) var text = ""
  /// Lines that follow.
  private(set) var further: [(String, Palette.Meaning?)] = []

  init(_ event: RunEvent, in state: RunState, _ lines: RunLine) {
    word = ""
    switch event.kind {
    case .runStarted(let start):
      say("started", .title, "plan \(start.plan) by \(start.by), \(start.digest)")
      if let seed = start.seed { text += ", simulated with seed \(seed)" }
      if let approvers = start.provenance?.approvers, !approvers.isEmpty {
        text += ", signed by \(approvers.joined(separator: " and "))"
      }
    case .stepStarted(_, let attempt):
      say("started", .busy, attempt > 1 ? "attempt \(attempt)" : "")
    case .stepSucceeded(let step, _, let evidence):
      let isWait = state.graph.steps[step].action.waitKind != nil
      say("done", .good, isWait ? "" : evidence.words(lines.layout))
    case .stepFailed(let step, let attempt, let failure, let retryAt):
      fail(lines.ids[step], attempt, failure, retryAt, lines)
    case .stepInterrupted(let step, let attempt, let finding):
      interrupt(step, attempt, finding, state, lines)
    case .stepSkipped(_, let word):
      say("skipped", .person, word.words)
    case .waitSampled(let step, _, let sample):
      sampled(sample, of: step, in: state)
    case .waitPassed(_, _, let passing):
      say("passed", .good, passing.words)
    case .gateOpened(let step, _, let gate):
      open(gate, lines.ids[step], lines)
    case .gateApproved(_, _, let word):
      say("approved", .person, word.words)
    case .stepReset(_, let word):
      say("sent back", .person, word.words)
    case .requestRefused(let request, let reason):
      let target = request.step.map { " of \($0)" } ?? ""
      say("refused", .trouble, "\(request.verb.rawValue)\(target) by \(request.word.by): \(reason)")
    case .runWaiting(let reason):
      let standing = RunStanding(reason)
      say("rests", standing.meaning, standing.words)
    case .runPaused(let word):
      say("paused", .person, word.words)
    case .runResumed(let name):
      say("resumed", .title, "by \(name)")
    case .runAdopted(let word):
      say("adopted", .person, word.words)
    case .runUnlocked(let word):
      say("unlocked", .person, word.words)
    case .lineStopped(let step, let fall):
      let site = state.graph.site(of: step).map { state.graph.plan.sites[$0].name.value }
      say("stopped", .trouble, "nothing more is opened. \(fall.words(at: site ?? "the site")).")
      further.append((lines.commands.unpause, .command))
    case .lineReleased(let word):
      say("released", .person, word.words)
    case .runSucceeded(let figures):
      say("succeeded", .good, figures.words)
    case .runFailed(let figures):
      say("failed", .trouble, figures.words)
    case .runAborted(let figures):
      say("aborted", .trouble, figures.words)
    }
  }

  private mutating func say(_ word: String, _ meaning: Palette.Meaning?, _ text: String) {
    (self.word, self.meaning, self.text) = (word, meaning, text)
  }

  private mutating func fail(
    _ id: String, _ attempt: Int, _ failure: StepFailure, _ retryAt: Instant?, _ lines: RunLine
  ) {
    say(failure.kind.words, .trouble, failure.message)
    if let help = failure.help { further.append(("help: \(help)", nil)) }
    if let retryAt {
      further.append(("attempt \(attempt + 1) at \(Wording.second(retryAt))", nil))
    } else {
      further.append((lines.commands.retry(id), .command))
    }
  }

  private mutating func interrupt(
    _ step: Int, _ attempt: Int, _ finding: Finding, _ state: RunState, _ lines: RunLine
  ) {
    switch finding {
    case .done(let evidence):
      let words = evidence.words(lines.layout)
      say("found", .good, "done" + (words.isEmpty ? "" : ", \(words)"))
    case .notDone(let reason):
      say("found", .busy, "not done: \(reason)")
    case .inconclusive(let reason):
      say("found", .busy, "no answer: \(reason)")
    case .unknown(let reason):
      guard state.graph.steps[step].action.effect.needsEvidence else {
        return say("found", .busy, "unknown: \(reason)")
      }
      say("in doubt", .trouble, reason)
      further.append((lines.commands.resolveDone(lines.ids[step]), .command))
      further.append((lines.commands.resolveNotDone(lines.ids[step]), .command))
    }
  }

  private mutating func sampled(_ sample: WaitSample, of step: Int, in state: RunState) {
    // Right before a certificate update clients are counted once more.
    let word = state.graph.steps[step].action.waitKind == nil ? "checked" : "waiting"
    switch sample {
    case .inconclusive(let reason):
      say(word, .trouble, "not counted: \(reason)")
    case .counted(let count):
      let figures = SampleFigures(count, of: step, in: state)
      var parts = ["\(Wording.percent(figures.share)) of \(Wording.number(figures.denominator))"]
      if let policy = state.policy(of: state.guardingWait(of: step) ?? step) {
        parts[0] += figures.holds ? ", enough" : " (\(policy.adopted.value) wanted)"
        if !figures.holds {
          parts += count.cohortsBehind(policy).map(\.words)
        }
      }
      for (number, name) in [
        (count.pendingOnline, "pending online"), (count.pendingOffline, "pending offline"),
        (count.stale, "stale"), (count.excluded, "excluded"),
      ] where number > 0 {
        parts.append("\(Wording.number(number)) \(name)")
      }
      say(word, .waiting, parts.joined(separator: ", "))
    }
  }

  private mutating func open(_ gate: Gate, _ id: String, _ lines: RunLine) {
    say("gate", .person, gate.reason ?? "a person must act:")
    let digits = String(gate.instructions.count).count
    for (index, instruction) in gate.instructions.enumerated() {
      let number = String(index + 1)
      let padding = String(repeating: " ", count: digits - number.count)
      further.append(("\(padding)\(number). \(instruction)", nil))
    }
    further.append((lines.commands.approve(id), .command))
  }
}
