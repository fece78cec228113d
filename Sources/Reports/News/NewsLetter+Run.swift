package import Notifications
import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

extension NewsLetter {
  /// What there is to tell of a run, in words.
  ///
  /// - Parameters:
  ///   - news: The news.
  ///   - state: The run as it stood then.
  ///   - now: The time by the run's clock then.
  ///   - world: The kind of the run's world.
  ///   - surroundings: Which commands reach it, and who works on it.
  ///   - head: The journal's hash at the event that the news is about.
  package init(
    _ news: News, _ state: RunState, at now: Instant, world: String,
    surroundings: RunSurroundings, head: String?
  ) {
    let overview = RunOverview(
      run: news.run, state: state, now: now, surroundings: surroundings)
    let step = news.step.map { state.graph.id(of: $0) }
    let words = NewsWords(news, overview)
    var lines = words.lines
    // What is to be typed follows the sentence that says so.
    let call = words.commands.isEmpty ? nil : lines.popLast()
    lines.append("The run is \(overview.standing.words): \(overview.reason)")
    let open = overview.open.prefix(8).map { OpenParagraph.words($0, overview) }
    if !open.isEmpty { lines.append("Open now: " + open.joined(separator: " ")) }
    if let call { lines.append(call) }
    let place = world == "real" ? "" : "[\(world)] "
    self.init(
      id: news.id, kind: news.kind.rawValue, run: news.run, plan: overview.plan, world: world,
      sequence: news.sequence, head: head, at: news.reminder > 0 ? now : news.since,
      subject: step ?? news.subject, status: overview.standing.rawValue,
      title: "\(place)\(news.run): \(words.title)", lines: lines, commands: words.commands,
      isUrgent: news.kind.isUrgent, reminder: news.reminder)
  }
}

/// What is said of one piece of news.
private struct NewsWords {
  var title = ""
  var lines: [String] = []
  var commands: [String] = []

  init(_ news: News, _ overview: RunOverview) {
    let step = news.step.map { overview.state.graph.id(of: $0) } ?? overview.run
    switch news.kind {
    case .runStarted:
      title = "the rotation began"
      lines = ["Plan \(overview.plan), \(Wording.count(overview.state.steps.count, "step"))."]
      commands = [overview.commands.status]
    case .gateOpened: gate(news, step, overview)
    case .inDoubt: doubt(step, overview)
    case .stepFailed: failure(news, step, overview)
    case .keepsFailing:
      title = "\(step) keeps failing"
      lines = overview.failing.filter { $0.id == step }.compactMap(\.failureWords)
      lines.append("Waltz tries it again by itself. Find out why it fails; to try now:")
      commands = [overview.commands.retry(step)]
    case .waitPassed:
      title = "\(step) has its clients"
      lines = ["Enough clients have adopted the change, and the rotation goes on by itself."]
    case .deadlineNear, .deadlinePassed, .deadlineDoubtful, .clientsStuck, .notCounted:
      wait(news, step, overview)
    case .noAnswer:
      title = "nobody can see whether \(step) is done"
      lines = overview.unseen.filter { $0.id == step }.compactMap { $0.look?.reason }
      lines.append("Find out why there is no answer. Waltz asks again, and takes nothing for done.")
      commands = [overview.commands.status]
    case .lineStopped:
      title = "clients vanish, nothing more is opened"
      lines = overview.missingContacts
      add(overview.release)
    case .overBudget:
      title = "\(news.subject ?? step) is open for longer than was meant"
      lines = ["It counts against the budget in notify.yaml. What holds the rotation up:"]
      commands = [overview.commands.status]
    case .executorGone:
      title = "nobody is working on it"
      lines = [
        "The last executor went without giving the run back. Nothing goes on until it is taken up; what was begun is "
          + "looked at first:"
      ]
      commands = [overview.commands.resume]
    case .runPaused:
      title = "an operator paused it"
      lines = ["Nothing new starts until it is let go on:"]
      commands = [overview.commands.unpause]
    case .runSucceeded, .runFailed, .runAborted: end(news, overview)
    }
    if let age = news.age { title += ", for \(Wording.duration(age))" }
    if news.reminder > 0 { title = "still: \(title)" }
  }

  private mutating func add(_ advice: Advice?) {
    guard let advice else { return }
    lines.append(advice.text)
    lines += advice.instructions
    commands += advice.commands
  }

  private mutating func gate(_ news: News, _ step: String, _ overview: RunOverview) {
    title = "a person must act at \(step)"
    guard let gate = overview.gates.first(where: { $0.step == news.step }) else { return }
    if let reason = gate.gate.reason { lines.append(reason) }
    lines += gate.gate.instructions.enumerated().map { "\($0.offset + 1). \($0.element)" }
    if let count = gate.countWords(at: overview.now) { lines.append("Clients: \(count).") }
    lines.append("The rotation goes on when you say that it is done and a probe confirms it:")
    commands = [overview.commands.approve(step), overview.commands.reject(step)]
  }

  private mutating func doubt(_ step: String, _ overview: RunOverview) {
    title = "nobody can tell whether \(step) happened"
    lines = overview.doubts.filter { $0.id == step }.map(\.reason)
    lines.append("Look at the server and say so. What depends on it waits until then:")
    commands = [overview.commands.resolveDone(step), overview.commands.resolveNotDone(step)]
  }

  private mutating func failure(_ news: News, _ step: String, _ overview: RunOverview) {
    title = "\(step) failed"
    for failed in overview.failed where failed.id == step {
      lines.append(failed.failure.message)
      if let help = failed.failure.help { lines.append(help) }
    }
    lines.append("Remove the cause and try again, or skip it if it is not needed:")
    commands = [overview.commands.retry(step)] + (news.step.map { [overview.skip($0)] } ?? [])
  }

  private mutating func wait(_ news: News, _ step: String, _ overview: RunOverview) {
    let outlook = overview.waits.first { $0.step == news.step }
    switch news.kind {
    case .deadlineNear: title = "the deadline of \(step) is near"
    case .deadlinePassed: title = "\(step) is past its deadline"
    case .deadlineDoubtful: title = "\(step) may miss its deadline"
    case .clientsStuck: title = "clients of \(step) make contact and do not adopt"
    default: title = "clients of \(step) cannot be counted"
    }
    guard let outlook else { return }
    if let reason = outlook.inconclusiveReason { lines.append(reason) }
    lines.append(outlook.standingWords(at: overview.now))
    lines.append(outlook.forecastSentence(at: overview.now))
    if news.kind == .deadlinePassed {
      lines.append(
        "The plan holds here: bring the missing clients back, or decide to go on without them.")
    }
    if news.kind == .deadlineDoubtful {
      lines.append("Bring the missing clients back while there is time.")
    }
    if news.kind == .clientsStuck {
      lines.append(
        "Time does not help them: look at their groups' policies, their agents and their servers.")
    }
    lines.append("Who is missing:")
    commands = [overview.commands.stragglers]
  }

  private mutating func end(_ news: News, _ overview: RunOverview) {
    let lost = LostClients(overview.state.figures)
    switch news.kind {
    case .runSucceeded: title = lost.isEmpty ? "done" : "done, with \(lost.words)"
    case .runFailed: title = "failed"
    default: title = overview.open.isEmpty ? "aborted" : "aborted, and something is still open"
    }
    let advice = overview.advice
    if advice.isEmpty { commands = [overview.commands.status, overview.commands.verify] }
    for advice in advice.prefix(4) { add(advice) }
  }
}

extension WaitOutlook {
  /// `It is at 92.8%: 3,900 of 4,200 clients; the plan wants 98%, deadline in 10d 20h.`
  func standingWords(at now: Instant) -> String {
    "It is at \(shareWords): \(figureWords) clients; the plan wants \(policy.adopted.value), "
      + "\(deadlineWords(at: now))."
  }
}
