import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension RunReportDocument {
  // MARK: Gates

  var gates: Section? {
    guard !report.gates.isEmpty else { return nil }
    let words = report.gates.count { gate in
      if case .confirmed(_, isWordOnly: true) = gate.outcome { true } else { false }
    }
    var parts: [Part] = [
      .paragraph(
        "What people were asked to do, who said that it was done, and what a look at it showed afterwards."
      )
    ]
    if words > 0 {
      parts.append(
        .paragraph(
          "Of \(words: Wording.count(words, "gate")) nothing can be seen from outside: there the word of a person stands.",
          .attention))
    }
    parts.append(
      .table(
        Table(
          caption: "Every gate\(words: timeWords)",
          columns: [
            "Step", "Asked", "Said", "By", .init("Note", isProse: true),
            .init("Outcome", isProse: true),
          ],
          rows: report.gates.map(row))))
    return Section(id: "gates", title: "Gates", parts: parts, startsPage: true)
  }

  private func row(_ gate: RunReport.GateRecord) -> [Cell] {
    let answer = gate.answer
    return [
      "\(id(gate.step))", time(gate.askedAt), time(answer?.at),
      Cell(answer.map { "\($0.word.by)" } ?? ""), Cell(answer?.word.note.map { "\($0)" } ?? ""),
      outcome(of: gate),
    ]
  }

  private func outcome(of gate: RunReport.GateRecord) -> Cell {
    switch gate.outcome {
    case .open:
      return .words(gate.answer == nil ? "waits for a person" : "is looked at", .attention)
    case .confirmed(_, isWordOnly: true): return .words("taken on their word", .attention)
    case .confirmed(let evidence, isWordOnly: false):
      // What was seen is in the JSON; here it would be most of a long report.
      guard !hasMany else { return "confirmed" }
      let seen = evidence.words(TextLayout())
      let lag = gate.endedAt.map {
        " after \(Wording.duration($0 - (gate.answer?.at ?? gate.askedAt)))"
      }
      return Cell("confirmed\(words: lag ?? "")\(seen.isEmpty ? "" : ": \(seen)" as Phrase)")
    case .askedAgain(let reason): return Cell("asked again: \(reason)", .attention)
    case .rejected(let message): return Cell("rejected: \(message)", .trouble)
    case .failed(let message): return Cell("failed: \(message)", .trouble)
    case .skipped(let word): return Cell("skipped by \(word.by)", .attention)
    }
  }

  // MARK: Exceptions

  var exceptions: Section? {
    guard !report.exceptions.isEmpty else {
      return Section(
        id: "exceptions", title: "Exceptions",
        parts: [
          .paragraph(
            "None: no step was skipped or sent back, nobody's word stood against a doubt, and no wait passed below its share."
          )
        ])
    }
    return Section(
      id: "exceptions", title: "Exceptions",
      parts: [
        .table(
          Table(
            caption: "What was not as the plan and the procedure have it, and who answers for it",
            columns: [
              .init("What", isProse: true), "When", "Step", "By", .init("Note", isProse: true),
            ],
            rows: report.exceptions.map { exception in
              [
                Cell(
                  "\(words: Self.words(exception.kind))\(words: exception.acceptsOrphans ? ", accepting that clients may be orphaned" : "")",
                  exception.acceptsOrphans ? .trouble : .plain),
                Self.minute(exception.at), Cell(exception.step.map { "\(id($0))" } ?? ""),
                Cell(exception.by.map { "\($0)" } ?? "the plan"),
                note(of: exception),
              ]
            }))
      ])
  }

  private func note(of exception: RunReport.Exception) -> Cell {
    switch (exception.note, exception.detail) {
    case (nil, nil): ""
    case (let note?, nil): "\(note)"
    case (nil, let detail?): "\(detail)"
    case (let note?, let detail?): "\(note). \(detail)"
    }
  }

  private static func words(_ kind: RunReport.Exception.Kind) -> String {
    switch kind {
    case .skipped: "step skipped"
    case .sentBack: "step sent back"
    case .takenForDone: "doubt ended by a person's word"
    case .passedAtDeadline: "wait passed below its share, as the plan has it at the deadline"
    case .lineReleased: "stopped line released"
    case .adopted: "copy of the journal adopted"
    case .unlocked: "run unlocked"
    case .paused: "run paused"
    case .refused: "request refused"
    }
  }

  /// What the plan itself waives, with its reasons.
  var planExceptions: [Part] {
    var rows: [[Cell]] = []
    for kind in WaitKind.allCases {
      let policy = graph.plan.waits[kind]
      for exclusion in policy.exclusions {
        let group = exclusion.selector.group.map { "group \($0.value)" }
        let function = exclusion.selector.osFunction.map(\.value.rawValue)
        rows.append([
          .words(kind.rawValue),
          "not counted: \([group, function].compactMap(\.self).joined(separator: ", "))",
          "\(exclusion.reason.value)",
        ])
      }
      if let reason = policy.overrideReason {
        rows.append([
          .words(kind.rawValue),
          .words("\(policy.adopted.value), at least \(policy.minimum.value.planNotation)"),
          "\(reason.value)",
        ])
      }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        Table(
          caption: "What the plan itself excepts",
          columns: ["Wait", .init("What", isProse: true), .init("Reason", isProse: true)],
          rows: rows))
    ]
  }

  // MARK: Executors

  var people: Section? {
    guard !report.stays.isEmpty else { return nil }
    // A timer takes a run up some thousand times.
    var byName: [(name: String, first: Instant, last: Instant, count: Int)] = []
    for stay in report.stays {
      if let place = byName.firstIndex(where: { $0.name == stay.by }) {
        byName[place].last = stay.at
        byName[place].count += 1
      } else {
        byName.append((stay.by, stay.at, stay.at, 1))
      }
    }
    return Section(
      id: "executors", title: "Who carried it out",
      parts: [
        .table(
          Table(
            caption: "Who started the run or took it up",
            columns: ["Who", "First", "Last", .init("Times", isNumber: true)],
            rows: byName.map {
              [
                "\($0.name)", Self.minute($0.first), Self.minute($0.last),
                .words(Wording.number($0.count)),
              ]
            }))
      ])
  }
}
