import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// A run's report in words: what an auditor asks first comes first.
struct RunReportDocument {
  typealias Section = ReportDocument.Section
  typealias Part = ReportDocument.Part
  typealias Fact = ReportDocument.Fact
  typealias Cell = ReportDocument.Cell
  typealias Table = ReportDocument.Table

  let report: RunReport

  /// So many rows have drawings of their own; a longer table is one of words.
  static let mostDrawnRows = 120

  /// A plan that is longer than so many bytes is named by its digest.
  static let longestPlan = 96 << 10

  var overview: RunOverview { report.overview }
  var graph: StepGraph { report.graph }
  var hasEnded: Bool { report.state.status.isEnded }

  var document: ReportDocument {
    ReportDocument(
      language: "en",
      name: "\(report.origin.run): \(overview.standing.words(report.state.figures))",
      title:
        "Run \(report.origin.run): \(words: overview.standing.words(report.state.figures))",
      lead: lead,
      sections: [
        now, exposure, waits, predictions, gates, steps, failures, exceptions, approvals, people,
        plan,
        verification,
      ].compactMap(\.self),
      origin:
        "Written by Waltz \(words: report.origin.toolVersion) from the \(words: Wording.count(report.state.lastSequence, "event")) of the journal, times in UTC. The run was made by \(report.origin.createdBy) at \(words: Wording.minute(report.origin.createdAt))."
    )
  }

  // MARK: The first screen

  private var lead: [Part] {
    let figures = report.figures
    var facts = [clients(figures)]
    facts.append(
      fact(.verificationOff, "Verification", never: "was on all the time", "off", "on again"))
    facts.append(
      fact(.replicationBroken, "Replication", never: "was never broken", "broken", "restored"))
    facts.append(Fact(name: "Steps", words: "\(words: stepsDone)"))
    facts.append(Fact(name: "People", words: "\(words: gatesWords(figures))"))
    facts.append(
      Fact(
        name: "Failures",
        words: report.troubles.isEmpty
          ? "none"
          : "\(words: Wording.count(report.troubles.count, "failed or interrupted attempt"))",
        tone: overview.failed.isEmpty && overview.doubts.isEmpty ? .plain : .trouble))
    let excepted = report.exceptions.count
    facts.append(
      Fact(
        name: "Exceptions",
        words: excepted == 0
          ? "none" : "\(words: Wording.count(excepted, "exception")), listed below",
        tone: excepted == 0 ? .plain : .attention))
    if let description = graph.plan.description {
      facts.append(Fact(name: "Description", words: "\(description)"))
    }
    if !graph.plan.labels.isEmpty {
      let labels = graph.plan.labels.map { "\($0.key.value): \($0.value.value)" }
      facts.append(Fact(name: "Labels", words: Phrase.list(labels, atMost: 20)))
    }
    facts.append(Fact(name: "World", words: world))
    facts.append(
      Fact(name: "Graph", words: "\(overview.digest ?? report.state.start?.digest ?? "none")"))
    if let provenance = report.state.start?.provenance {
      facts.append(Fact(name: "Approved", words: approvedWords(provenance)))
    }
    facts.append(Fact(name: "Last event", words: "\(report.head)"))
    return [
      .paragraph(Phrase(marked: overview.reason), tone), .paragraph(extent(figures)), .facts(facts),
    ]
  }

  private var tone: ReportDocument.Tone {
    switch overview.standing.meaning(report.state.figures) {
    case .good: .good
    case .trouble: .trouble
    case .person: .attention
    default: .plain
    }
  }

  private func extent(_ figures: RunFigures) -> Phrase {
    var text: Phrase = "Plan \(overview.plan): "
    text =
      text
      + "\(words: Wording.count(figures.sites, "site")), \(words: Wording.count(figures.servers, "server"))"
    if let clients = figures.clients {
      text = text + ", \(words: Wording.count(clients, "client"))"
    }
    guard let elapsed = overview.elapsed, let started = report.state.startedAt else {
      return text + "."
    }
    let time = report.origin.world == "real" ? "" : " of virtual time"
    text =
      text
      + ". \(words: Wording.duration(elapsed) + time), from \(words: Wording.minute(started)) to \(words: Wording.minute(overview.until))"
    return text + "."
  }

  private func clients(_ figures: RunFigures) -> Fact {
    guard figures.orphans != nil || figures.latentOrphans != nil else {
      return Fact(
        name: "Clients",
        words: hasEnded
          ? "orphans cannot be counted from here; compare the clients' last contact in the console with the time before the run"
          : "orphans are counted at the end, where the world can tell")
    }
    let lost = LostClients(figures)
    return lost.isEmpty
      ? Fact(name: "Clients", words: "0 orphans: every client can talk to its servers", tone: .good)
      : Fact(
        name: "Clients",
        words:
          "\(words: lost.words): they do not come back by themselves and are repaired at the machine",
        tone: .trouble)
  }

  private func fact(
    _ opening: Opening, _ name: String, never: String, _ open: String, _ closed: String
  ) -> Fact {
    let exposures = report.exposures.filter { $0.opening == opening }
    guard let longest = exposures.max(by: { $0.seconds < $1.seconds }) else {
      return Fact(name: name, words: "\(words: never)")
    }
    let noun = opening == .replicationBroken ? "partnership" : "site"
    let still = exposures.filter(\.isOpen)
    let length = Self.length(longest.seconds)
    var words: Phrase = "\(words: open) at \(words: Wording.count(exposures.count, noun))"
    words = words + ", the longest \(longest.name) for \(words: length); "
    words =
      words
      + (still.isEmpty
        ? "\(words: closed) everywhere"
        : "still \(words: open): \(Phrase.list(still.map(\.name)))")
    return Fact(name: name, words: words, tone: still.isEmpty ? .plain : .attention)
  }

  private var stepsDone: String {
    let counts = report.state.counts
    let all = Wording.number(report.state.steps.count)
    let skipped = counts.skipped > 0 ? ", \(Wording.number(counts.skipped)) of them skipped" : ""
    return "\(Wording.number(counts.done)) of \(all) done\(skipped)"
  }

  private func gatesWords(_ figures: RunFigures) -> String {
    "\(Wording.count(figures.gates, "gate")) closed by people"
  }

  private var world: Phrase {
    switch report.origin.world {
    case "real": return "real servers"
    case "simulated":
      let seed = report.state.start?.seed.map { ", seed \($0)" } ?? ""
      return "a simulated estate\(words: seed): nothing was done to real servers"
    case "lab": return "a lab: nothing was done to real servers"
    case let kind: return "\(kind)"
    }
  }

  // MARK: A run under way

  private var now: Section? {
    guard !hasEnded else { return nil }
    var parts: [Part] = []
    for gate in overview.gates where !overview.isAsked(gate.step) {
      parts.append(.paragraph("\(gate.id) waits for a person:", .attention))
      if let reason = gate.gate.reason { parts.append(.paragraph("It is asked again: \(reason)")) }
      parts.append(.list(gate.gate.instructions.map { "\($0)" }, isNumbered: true))
      parts.append(.lines(overview.commands.approve(gate.id)))
    }
    for advice in overview.advice {
      parts.append(.paragraph("\(words: advice.text)"))
      if !advice.commands.isEmpty { parts.append(.lines(advice.commands.joined(separator: "\n"))) }
    }
    if let next = overview.next {
      parts.append(
        .paragraph(
          "Next by itself: \(words: next.words) \(next.step) at \(words: Wording.minute(next.at)).")
      )
    }
    for posted in overview.requests {
      parts.append(.paragraph("Requested: \(overview.words(posted)).", .attention))
    }
    return Section(id: "now", title: "Where it stands", parts: parts)
  }

  // MARK: The plan, and how to verify

  private var plan: Section? {
    let text = report.origin.planText
    let lines: [Part] =
      text.utf8.count <= Self.longestPlan
      ? [.details("The plan as it was when the run was made", [.lines(text)])]
      : [
        .paragraph(
          "It is too long to be shown here: \(words: Wording.count(text.utf8.count, "byte"))."
        )
      ]
    return Section(
      id: "plan", title: "The plan",
      parts: [
        .paragraph(
          "Read from \(report.origin.planPath). The graph that was carried out \(words: isOfGraph ? "is what that file held" : "was made of it"), and is named by its digest \(overview.digest ?? "none")."
        )
      ] + planExceptions + (isOfGraph ? [] : lines), startsPage: true)
  }

  private var verification: Section? {
    let verify = "\(overview.commands.verify) --expect \(report.head)"
    return Section(
      id: "verify", title: "How to verify",
      parts: [
        .paragraph(
          "Every event of the journal is hashed together with the hash of the event before. This report was made of the events up to the one named here; where the state directory is, this says whether the journal still has them, unaltered:"
        ),
        .lines(verify),
        .paragraph(
          "Whoever can write to the state directory could write another chain. That is found out by a hash that was kept elsewhere, such as the one in this report."
        ),
      ])
  }

  // MARK: Words

  /// `214 h (8d 22h)`.
  static func length(_ seconds: Int) -> String {
    guard seconds >= 3_600 else { return Wording.duration(.seconds(seconds)) }
    let hours = "\(Wording.number(seconds / 3_600)) h"
    return seconds < 86_400 ? hours : "\(hours) (\(Wording.duration(.seconds(seconds))))"
  }

  func id(_ step: Int) -> String { graph.id(of: step) }

  /// Whether there are too many steps to say everything of each.
  var hasMany: Bool { graph.steps.count > Self.mostDrawnRows }

  /// A time in a table; the day and the time alone where there are many.
  func time(_ instant: Instant?) -> Cell {
    guard hasMany, let instant else { return Self.minute(instant) }
    return .words(Self.short(instant))
  }

  /// `01-05 08:00`.
  static func short(_ instant: Instant) -> String {
    String(Wording.minute(instant).dropFirst(5).dropLast())
  }

  /// What captions say of such times.
  var timeWords: String {
    hasMany
      ? ": month, day and time, beginning in \(Wording.day(runAxis.from).prefix(4))" : ""
  }

  static func minute(_ instant: Instant?) -> Cell {
    .words(instant.map(Wording.minute) ?? "")
  }
}
