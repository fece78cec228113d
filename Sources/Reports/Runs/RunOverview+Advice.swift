import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// Something that somebody may do about a run.
struct Advice {
  /// Who and why, in a full sentence.
  let text: String

  /// What to do in the console, a line for each thing; empty where nothing is done there.
  var instructions: [String] = []

  /// What to type; empty where there is nothing to.
  let commands: [String]

  /// Adds the advice to a report.
  func add(to report: inout ReportText) {
    report.prose(text, indent: 2)
    report.numbered(instructions, indent: 4)
    for command in commands { report.command(command, indent: 4) }
  }
}

extension RunOverview {
  /// Why the run stands as it does, in a full sentence.
  var reason: String {
    switch standing {
    case .running:
      if state.startedAt == nil { return "The run has not begun." }
      if active.isEmpty {
        return ready.isEmpty
          ? "Nothing is under way." : "\(Wording.count(ready.count, "step")) can start."
      }
      return "Under way: \(Wording.list(active.map(\.id)))."
    case .unattended: return ([unattended] + needs).joined(separator: " ")
    case .waitingForClients:
      guard let wait = slowestWait else {
        guard let update = held.first else { return "Clients have not adopted a change yet." }
        return "`\(update.id)` is \(update.words(at: now))."
      }
      var text = "`\(wait.id)` is at \(wait.shareWords)"
      if wait.share != nil { text += " of \(Wording.number(wait.denominator)) clients" }
      text += "; the plan wants \(wait.policy.adopted.value)"
      if wait.missing == 0, wait.share != nil {
        text +=
          wait.cohortsBehind.first.map { " and more of a cohort: \($0.words)" }
          ?? " to hold for \(wait.policy.holdFor.value.planNotation) and at least "
          + "\(wait.policy.minimum.value.planNotation) to pass"
      }
      return text + (waits.count > 1 ? ". \(Wording.count(waits.count - 1, "more wait"))." : ".")
    case .waitingToRetry: return active.first?.failureWords ?? "A failed step is tried again."
    case .waitingForOperator:
      return needs.isEmpty ? "An operator must decide." : needs.joined(separator: " ")
    case .inDoubt:
      return "Nobody can tell whether this happened: \(Wording.list(doubts.map(\.id)))."
    case .paused: return "An operator paused the run; nothing new starts."
    case .stopped: return "The run was stopped; it can go on from where it was."
    case .succeeded:
      let lost = LostClients(state.figures)
      return lost.isEmpty
        ? "Every step is done." : "Every step is done, and clients were lost: \(lost.words)."
    case .failed:
      return "\(Wording.count(failed.count, "step")) failed and nothing else can go on: "
        + "\(Wording.list(failed.map(\.id)))."
    case .aborted: return "The run was given up."
    }
  }

  /// What needs a person, a sentence for each kind, the most urgent first.
  private var needs: [String] {
    var needs: [String] = []
    if !lineStops.isEmpty {
      needs.append("Nothing more is opened, because contacts fell.")
      needs += missingContacts
    }
    if !failed.isEmpty {
      let steps = failed.count == 1 ? "A step" : Wording.count(failed.count, "step")
      needs.append("\(steps) failed: \(Wording.list(failed.map(\.id))).")
    }
    let gates = gates.filter { !isAsked($0.step) }
    if gates.count == 1 {
      needs.append("A person must act at `\(gates[0].id)`.")
    } else if !gates.isEmpty {
      needs.append(
        "People must act at \(Wording.count(gates.count, "gate")): "
          + "\(Wording.list(gates.map(\.id))).")
    }
    if !requests.isEmpty {
      let asked = Wording.list(requests.map { "`\($0.request.words)`" })
      needs.append(
        surroundings.executor == .atWork
          ? "Requested, and the executor is acting on it: \(asked)."
          : "Requested, but nobody is working on the run: \(asked).")
    }
    let pastDeadline =
      (waits.filter(\.isHeld).map(\.id)
        + held.filter { state.attention(of: $0.step, at: now) == .pastDeadline }.map(\.id))
    if !pastDeadline.isEmpty {
      needs.append("Past its deadline and held: \(Wording.list(pastDeadline)).")
    }
    needs += failing.prefix(3).compactMap(\.failureWords)
    needs += unseen.prefix(3).compactMap { step in
      step.look.map {
        "Nobody could see in \(Wording.duration(now - $0.since)) whether `\(step.id)` is done: \($0.reason)"
      }
    }
    needs += held.filter { state.attention(of: $0.step, at: now) == .uncounted }.prefix(3).map {
      "`\($0.id)` is \($0.words(at: now))"
    }
    needs += uncounted.prefix(3).map { wait in
      "Nobody could count clients for `\(wait.id)` in "
        + "\(Wording.duration(now - (wait.lastCountedAt ?? wait.startedAt))): "
        + (wait.inconclusiveReason ?? "no answer.")
    }
    return needs
  }

  /// The wait that is furthest from passing.
  private var slowestWait: WaitOutlook? {
    waits.min {
      ($0.share ?? Share(millionths: -1), $0.startedAt)
        < ($1.share ?? Share(millionths: -1), $1.startedAt)
    }
  }

  /// What to type to go on without a step, which asks for no less than the engine does.
  func skip(_ step: Int) -> String {
    commands.skip(
      state.graph.id(of: step), acceptingOrphans: state.danger(ofSkipping: step) != nil)
  }

  /// What would bring the run further and who must do it, most urgent first. Gates, doubts and failures
  /// are said where they are listed; this is about the run. What was asked already is asked of nobody.
  var advice: [Advice] {
    if standing == .aborted { return putBack }
    return [takeUp].compactMap(\.self) + decisions + waiting + [goOn].compactMap(\.self)
  }

  /// To take up what an executor left, or what was asked meanwhile.
  private var takeUp: Advice? {
    guard surroundings.executor != .atWork else { return nil }
    if standing == .unattended {
      return Advice(
        text: "Resume the run. Waltz checks what was begun before it does anything again:",
        commands: [commands.resume])
    }
    guard !requests.isEmpty else { return nil }
    return Advice(
      text: "What was requested is done as soon as the run is resumed:", commands: [commands.resume]
    )
  }

  /// What somebody must find out, do or decide.
  private var decisions: [Advice] {
    var result: [Advice] = []
    func add(_ text: String, _ commands: [String], where isNeeded: Bool) {
      if isNeeded { result.append(Advice(text: text, commands: commands)) }
    }
    if let release { result.append(release) }
    let doubts = doubts.filter { !isAsked($0.step) }
    add(
      "Find out whether the steps in doubt happened, and say so. What depends on them waits until "
        + "then.",
      doubts.prefix(3).flatMap { [commands.resolveDone($0.id), commands.resolveNotDone($0.id)] },
      where: !doubts.isEmpty)
    let failing = failing.filter { !isAsked($0.step) }
    add(
      "Find out why these keep failing. Waltz tries them again by itself; to try now:",
      failing.prefix(3).map { commands.retry($0.id) }, where: !failing.isEmpty)
    add(
      "Find out why Waltz has no answer. It asks again by itself, and takes nothing for done before.",
      [], where: !unseen.isEmpty)
    add(
      "Find out why clients cannot be counted. The wait goes on by itself with the next count that works, and "
        + "passes no earlier.", [],
      where: !uncounted.isEmpty
        || held.contains { state.attention(of: $0.step, at: now) == .uncounted })
    let gates = gates.filter { !isAsked($0.step) }
    add(
      "Do in the console what the open gates say, then approve each.",
      gates.prefix(3).map { commands.approve($0.id) }, where: !gates.isEmpty)
    let failed = failed.filter { !isAsked($0.step) }
    add(
      "Remove the cause of each failure and try again, or skip what is not needed.",
      failed.prefix(3).flatMap { [commands.retry($0.id), skip($0.step)] },
      where: !failed.isEmpty)
    return result
  }

  /// About clients that are waited for, and a run that is paused.
  private var waiting: [Advice] {
    var result: [Advice] = []
    let held = waits.filter { $0.isHeld && !isAsked($0.step) }
    if !held.isEmpty {
      result.append(
        Advice(
          text: "A deadline has passed. Bring the missing clients back, or go on without them; if "
            + "the wait is skipped, they may be lost for good.",
          commands: [commands.stragglers] + held.prefix(3).map { skip($0.step) }))
    } else if standing == .waitingForClients {
      result.append(
        Advice(
          text: "Nobody has to act: clients adopt the change as they connect. See who is missing:",
          commands: [commands.stragglers]))
    }
    if standing == .paused, !requests.contains(where: { $0.request.verb == .unpause }) {
      result.append(Advice(text: "Let the run go on when ready.", commands: [commands.unpause]))
    }
    return result
  }

  /// To take up a run that rests, unless that was said first.
  private var goOn: Advice? {
    guard takeUp == nil else { return nil }
    if case .resting = state.status {
      return Advice(
        text:
          "Nothing is counted or started until the run is resumed, by hand or by a timer:",
        commands: [
          [.waitingForClients, .waitingToRetry].contains(standing)
            ? commands.resumeUntilWaiting : commands.resume
        ])
    }
    return standing == .failed
      ? Advice(text: "Then resume the run.", commands: [commands.resume]) : nil
  }
}
