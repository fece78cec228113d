package import Notifications
import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

/// One run in the digest of a day.
package struct DigestedRun: Sendable {
  let reader: NewsReader
  let world: String
  let now: Instant
  let surroundings: RunSurroundings
  let head: String?

  /// A run in a digest.
  ///
  /// - Parameters:
  ///   - reader: What its journal says.
  ///   - world: The kind of its world.
  ///   - now: The time by its clock.
  ///   - surroundings: Which commands reach it, and who works on it.
  ///   - head: The hash of its journal.
  package init(
    _ reader: NewsReader, world: String, now: Instant, surroundings: RunSurroundings, head: String?
  ) {
    self.reader = reader
    self.world = world
    self.now = now
    self.surroundings = surroundings
    self.head = head
  }
}

extension NewsLetter {
  /// The digest of a day: where each run stands, what changed since yesterday, and what is expected of people.
  ///
  /// - Parameters:
  ///   - day: The day, as it is where the reader is: `2026-11-29`.
  ///   - runs: The runs.
  ///   - now: Real time.
  ///   - isWanted: Whether a kind of news is told in it.
  /// - Returns: The letter.
  package static func digest(
    of day: String, _ runs: [DigestedRun], at now: Instant, isWanted: (NewsKind) -> Bool
  ) -> NewsLetter {
    let sections = runs.map { DigestSection($0, isWanted) }
    let asked = sections.reduce(0) { $0 + $1.asked }
    let title =
      switch (runs.count, asked) {
      case (1, 0): "\(runs[0].reader.run): \(sections[0].standing), nobody has to act"
      case (1, _): "\(runs[0].reader.run): \(sections[0].standing), a person is needed"
      case (_, 0): "\(Wording.count(runs.count, "rotation")), nobody has to act"
      default: "\(Wording.count(runs.count, "rotation")), people are needed"
      }
    return NewsLetter(
      id: "digest/\(day)", kind: "digest", at: now, title: "\(day): \(title)",
      lines: sections.flatMap(\.lines), commands: sections.flatMap(\.commands))
  }
}

/// What a digest says of one run.
private struct DigestSection {
  let standing: String
  private(set) var lines: [String] = []
  private(set) var commands: [String] = []
  /// How many things people are asked for.
  private(set) var asked = 0

  private let overview: RunOverview
  private let digested: DigestedRun
  private let yesterday: Instant

  init(_ digested: DigestedRun, _ isWanted: (NewsKind) -> Bool) {
    let reader = digested.reader
    overview = RunOverview(
      run: reader.run, state: reader.state, now: digested.now,
      surroundings: digested.surroundings)
    standing = overview.standing.words(reader.state.figures)
    self.digested = digested
    yesterday = digested.now + (.zero - .days(1))
    let world = digested.world == "real" ? "" : " (\(digested.world))"
    lines.append("\(reader.run)\(world): \(standing). \(overview.reason)")
    lines.append(steps)
    if let end { lines.append(end) }
    for wait in overview.waits.prefix(8) { lines.append(words(of: wait)) }
    let open = overview.open.prefix(8).map { OpenParagraph.words($0, overview) }
    lines.append(open.isEmpty ? "Nothing is open." : "Open: " + open.joined(separator: " "))
    let news = reader.trail.news(since: yesterday).filter { isWanted($0.kind) }
    if !news.isEmpty {
      lines.append(
        "Since yesterday: "
          + Wording.list(
            news.map { item in
              let step = item.step.map { " " + reader.state.graph.id(of: $0) } ?? ""
              return "\(item.kind.rawValue)\(step) (\(Wording.minute(item.since)))"
            }, atMost: 8) + ".")
    }
    expect()
    if let head = digested.head {
      lines.append("Head of the journal: \(reader.state.lastSequence) \(head.prefix(16))")
    }
  }

  private var steps: String {
    let state = digested.reader.state
    let done = digested.reader.trail.done(since: yesterday)
    var text =
      "\(Wording.number(state.counts.done)) of \(Wording.number(state.steps.count)) steps are done"
    text +=
      done.isEmpty ? ", none since yesterday." : ", \(Wording.number(done.count)) since yesterday: "
    if !done.isEmpty {
      text += Wording.list(done.map { state.graph.id(of: $0) }, atMost: 4) + "."
    }
    return text
  }

  /// When it ends, and how that moved.
  private var end: String? {
    guard let outlook = overview.outlook else { return nil }
    var text = outlook.sentence(at: digested.now)
    if outlook.distrustedSince == nil, let median = outlook.forecast.ends?.median,
      let before = digested.reader.trail.forecastEnd(at: yesterday)
    {
      let moved = median - before
      let size = moved.magnitude
      text +=
        size < .hours(12)
        ? " As it was a day ago."
        : " That is \(Wording.duration(size)) \(moved < .zero ? "earlier" : "later") than a day ago."
    }
    return ([text] + outlook.details).joined(separator: " ")
  }

  /// Share, change since yesterday, and what is to come.
  private func words(of wait: WaitOutlook) -> String {
    var text = "\(wait.id): \(wait.standingWords(at: digested.now))"
    if let count = wait.count {
      let before = digested.reader.trail.adopted(of: wait.step, at: yesterday)
      let change = min(count.adopted, wait.denominator) - (before?.adopted ?? 0)
      text +=
        before == nil
        ? " Not counted yet a day ago."
        : " \(change < 0 ? "" : "+")\(Wording.number(change)) clients since yesterday."
    }
    return text + " " + wait.forecastSentence(at: digested.now)
  }

  /// What is expected of whom.
  private mutating func expect() {
    for gate in overview.gates.prefix(6) {
      let since = gate.since.map { ", for \(Wording.duration(digested.now - $0))" } ?? ""
      lines.append("Expected of an operator: act at \(gate.id)\(since), then approve it.")
      commands.append(overview.commands.approve(gate.id))
    }
    let advice = overview.advice.filter { !$0.commands.isEmpty || overview.needsPerson }
    for advice in advice.prefix(4) where overview.gates.isEmpty || overview.needsMoreThanGates {
      lines.append("Expected of an operator: \(advice.text)")
      commands += advice.commands
    }
    asked = overview.needsPerson ? 1 : 0
  }
}

extension RunOverview {
  /// Whether somebody has to do something.
  fileprivate var needsPerson: Bool {
    switch standing {
    case .waitingForOperator, .inDoubt, .unattended, .failed: true
    case .aborted: !open.isEmpty
    default: !gates.isEmpty
    }
  }

  fileprivate var needsMoreThanGates: Bool {
    !failed.isEmpty || !doubts.isEmpty || !lineStops.isEmpty || waits.contains(where: \.isHeld)
  }
}
