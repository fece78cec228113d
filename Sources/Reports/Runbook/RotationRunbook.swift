package import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
package import RotationGraph

/// `waltz plan runbook`: a whole rotation as a Markdown document to read, print and take along.
package enum RotationRunbook {
  /// The document.
  ///
  /// - Parameters:
  ///   - sealed: The rotation.
  ///   - language: In which it is written.
  ///   - folder: Where relative paths of the plan start, as the operator would write it; nil where nobody knows.
  /// - Returns: The document, ended by a line feed.
  package static func markdown(
    of sealed: SealedGraph, in language: GuideLanguage, folder: String? = nil
  ) -> String {
    let runbook = RunbookLayout(sealed, language, folder)
    return [
      runbook.head, runbook.glance, runbook.rotated, runbook.certificates, runbook.before,
      runbook.steps, runbook.trouble, runbook.terms,
    ].filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// The parts of the document, each as its lines.
private struct RunbookLayout {
  let sealed: SealedGraph
  let graph: StepGraph
  let plan: RotationPlan
  let texts: RunbookTexts
  let guide: ConsoleInstructions
  let figures: RotationFigures
  let durations: StepDurations

  init(_ sealed: SealedGraph, _ language: GuideLanguage, _ folder: String?) {
    self.sealed = sealed
    graph = sealed.graph
    plan = graph.plan
    texts = language.runbook
    guide = ConsoleInstructions(graph, in: language, folder: folder, quoting: quoted)
    figures = RotationFigures(graph)
    durations = StepDurations(plan)
  }

  var head: [String] {
    let plan = quoted(plan.name.value)
    var lines = ["# " + texts.title.replacing("{plan}", with: plan)]
    if let description = self.plan.description { lines += ["", quoted(description)] }
    for paragraph in texts.introduction {
      lines += [
        "",
        paragraph.replacing("{digest}", with: quoted(sealed.digest))
          .replacing("{plan}", with: plan),
      ]
    }
    if !self.plan.labels.isEmpty {
      lines.append("")
      lines += self.plan.labels.map { "- \(quoted($0.key.value)): \(quoted($0.value.value))" }
    }
    return lines
  }

  // MARK: Overview

  var glance: [String] {
    let names = texts.figures
    var rows: [[String]] = []
    if figures.counts.clients > 0 {
      rows.append([names.clients, Wording.number(figures.counts.clients)])
    }
    rows += [
      [names.steps, Wording.number(figures.counts.steps)],
      [names.gates, Wording.number(figures.counts.gates)],
      [names.waits, Wording.number(figures.counts.waits)],
      [names.duration, estimate(figures.duration)],
    ]
    rows += figures.verificationOff.map {
      [
        names.verificationOff.replacing("{name}", with: quoted(plan.sites[$0.position].name.value)),
        estimate($0.length),
      ]
    }
    rows += figures.replicationBroken.map {
      [
        names.replicationBroken.replacing(
          "{name}", with: quoted(plan.partnerships[$0.position].name)),
        estimate($0.length),
      ]
    }
    rows.append([names.noReturn, Wording.number(figures.pointsOfNoReturn.count)])
    return ["## " + texts.glance, ""] + table(names.columns, rows)
  }

  var rotated: [String] {
    let outline = RotationOutline(plan)
    let sites = plan.sites.indices.filter {
      outline.waveOfSite[$0] != nil || !outline.partnershipsOfSite[$0].isEmpty
    }
    let rows = sites.flatMap { site in
      plan.sites[site].servers.map { server in
        [
          quoted(plan.sites[site].name.value), quoted(server.name.value),
          quoted(server.address.value),
          guide.words.list(server.ports.all.map { "\($0)" }),
          server.certificate.map { quoted($0.value) } ?? texts.keeps,
          ([server.version, server.upgrade].compactMap { $0?.value.description })
            .joined(separator: " → "),
        ]
      }
    }
    return ["## " + texts.rotated, ""] + table(texts.rotatedColumns, rows)
  }

  var certificates: [String] {
    guard !plan.certificates.isEmpty else { return [] }
    let rows = plan.certificates.map { source in
      [
        quoted(source.name.value), guide.files(of: source).map(quoted).joined(separator: ", "),
        guide.password(of: source) ?? texts.none,
        source.fingerprint.map { quoted($0.value.description) } ?? texts.none,
      ]
    }
    return ["## " + texts.certificates, ""] + table(texts.certificateColumns, rows)
  }

  var before: [String] {
    ["## " + texts.before, ""] + texts.beforeLines.map { "- [ ] " + $0 }
  }

  var trouble: [String] {
    ["## " + texts.trouble, ""] + texts.troubleLines.map { "- " + $0 }
  }

  var terms: [String] {
    guard let terms = texts.terms else { return [] }
    return ["## " + terms.heading, "", terms.introduction, ""]
      + table(terms.columns, terms.rows.map { [$0.own, $0.english] })
  }

  // MARK: Steps

  var steps: [String] {
    var lines = ["## " + texts.steps]
    for line in texts.stepsLines { lines += ["", line] }
    let outline = RotationOutline(plan)
    // Preparation is over when something is opened for the first time.
    let start = graph.steps.firstIndex { $0.action.opens != nil } ?? graph.steps.endIndex
    var open = OpenChanges(graph)
    var heading: String?
    for position in graph.steps.indices {
      let part = position < start ? texts.preparation : part(of: position, outline)
      if part != heading {
        lines += ["", "### " + part]
        heading = part
      }
      open.begin(position)
      lines += step(position, open: open.relevant(to: position))
      open.end(position)
    }
    return lines
  }

  /// The wave with which a step goes.
  private func part(of position: Int, _ outline: RotationOutline) -> String {
    let step = graph.steps[position]
    let wave: Int?
    switch step.target {
    case .site(let site), .server(let site, _): wave = outline.waveOfSite[site]
    case .partnership(let link):
      let broken = outline.partnerships.first { $0.partnership == link }
      wave = step.action.opens == nil ? broken?.lastWave : broken?.firstWave
    }
    guard let wave else { return texts.preparation }
    let sites = outline.waves[wave].map { quoted(plan.sites[$0].name.value) }
    return texts.wave.replacing("{number}", with: "\(wave + 1)")
      .replacing("{sites}", with: guide.words.list(sites))
  }

  private func step(_ position: Int, open: [OpenChanges.Change]) -> [String] {
    let step = graph.steps[position]
    let guide = guide.guide(for: step)
    let after = graph.dependencies[position]
    var lines = [
      "", "#### \(position + 1). \(guide.title)", "",
      "- **\(texts.id):** \(quoted(graph.id(of: position)))",
      "- **\(texts.who):** \(who(position))",
      "- **\(texts.after):** \(after.isEmpty ? texts.afterNothing : PlanShowTable.ranges(after))",
      "- **\(texts.takes):** \(estimate(durations.estimate(of: step)))",
      "- **\(texts.openMeanwhile):** "
        + (open.isEmpty ? texts.nothingOpen : open.map(words).joined(separator: "; ")),
    ]
    if step.isPointOfNoReturn { lines += ["", "**\(texts.noReturn)**"] }
    lines += ["", "**\(actionsHeading(step.channel))**", ""]
    lines += guide.actions.enumerated().map { "\($0 + 1). \($1)" }
    for (lead, more) in [
      (self.guide.words.lookLead, guide.look), (self.guide.words.proofLead, guide.proof),
      (self.guide.words.troubleLead, guide.trouble),
    ] {
      for line in more { lines += ["", "**\(lead.trimmed)** \(line)"] }
    }
    if step.channel == .operator {
      let command = RunCommands(run: "RUN").approve(graph.id(of: position))
      lines += ["", "\(texts.thenSay) \(quoted(command))", "", "- [ ] \(texts.done)"]
    }
    return lines
  }

  private func actionsHeading(_ channel: Channel) -> String {
    switch channel {
    case .operator: texts.whatToDo
    case .command: texts.byHand
    case .api, .probe: texts.whatHappens
    }
  }

  private func who(_ position: Int) -> String {
    switch graph.steps[position].channel {
    case .operator: return texts.person
    case .api: return texts.api
    case .probe: return graph.steps[position].action.waitKind == nil ? texts.probe : texts.counting
    case .command:
      guard let command = graph.command(of: position) else { return texts.probe }
      let program = CommandText.text(command.arguments.map(\.value))
      let check = command.check.map { CommandText.text($0.map(\.value)) }
      return texts.command.replacing("{program}", with: quoted(program))
        + (check.map { "; " + texts.checkedBy.replacing("{program}", with: quoted($0)) } ?? "")
    }
  }

  private func words(_ change: OpenChanges.Change) -> String {
    let template =
      switch change.opening {
      case .verificationOff: texts.verificationOff
      case .clientsOnHTTP: texts.clientsOnHTTP
      case .replicationBroken: texts.replicationBroken
      case .certificateUnproven: texts.certificateUnproven
      }
    return template.replacing("{name}", with: quoted(graph.name(of: change.target)))
  }

  // MARK: Layout

  private func estimate(_ estimate: StepDurations.Estimate) -> String {
    texts.figures.estimate.replacing("{expected}", with: Wording.duration(estimate.expected))
      .replacing("{worst}", with: Wording.duration(estimate.worst))
  }

  private func table(_ columns: [String], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(columns), line(columns.map { _ in "---" })] + rows.map(line)
  }
}

/// A name of the plan: shown as it is, whatever it holds, in a paragraph and in a table.
private func quoted(_ name: String) -> String { MarkdownText.code(name, atMost: 4_096) }

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
