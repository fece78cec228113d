package import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
package import RotationGraph

/// `waltz plan runbook`: a whole rotation as a document to read, print and take along.
package enum RotationRunbook {
  /// The document as Markdown.
  ///
  /// - Parameters:
  ///   - sealed: The rotation.
  ///   - language: In which it is written.
  ///   - folder: Where relative paths of the plan start, as the operator would write it; nil where nobody knows.
  /// - Returns: The document, ended by a line feed.
  package static func markdown(
    of sealed: SealedGraph, in language: GuideLanguage, folder: String? = nil
  ) -> String {
    RunbookMarkdown.text(RunbookLayout(sealed, language, folder).blocks)
  }

  /// The same as one HTML file, without a script, for a browser and a printer.
  package static func html(
    of sealed: SealedGraph, in language: GuideLanguage, folder: String? = nil
  ) -> String {
    let runbook = RunbookLayout(sealed, language, folder)
    return RunbookHTML.text(
      runbook.blocks, language: language.rawValue,
      name: runbook.texts.title.replacing("{plan}", with: runbook.plan.name.value),
      contents: runbook.texts.contents)
  }
}

/// The parts of the document.
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

  var blocks: [RunbookBlock] {
    head + glance + rotated + certificates + before + steps + trouble + terms
  }

  private var head: [RunbookBlock] {
    let plan = quoted(plan.name.value)
    var blocks: [RunbookBlock] = [.heading(1, texts.title.replacing("{plan}", with: plan))]
    if let description = self.plan.description { blocks.append(.paragraph(quoted(description))) }
    for paragraph in texts.introduction {
      blocks.append(
        .paragraph(
          paragraph.replacing("{digest}", with: quoted(sealed.digest))
            .replacing("{plan}", with: plan)))
    }
    if !self.plan.labels.isEmpty {
      let labels = self.plan.labels.map {
        "\(quoted($0.key.value)): \(quoted($0.value.value))"
      }
      blocks.append(.list(labels, .bullet))
    }
    return blocks
  }

  // MARK: Overview

  private var glance: [RunbookBlock] {
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
    return [.heading(2, texts.glance), .table(columns: names.columns, rows: rows)]
  }

  private var rotated: [RunbookBlock] {
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
    return [.heading(2, texts.rotated), .table(columns: texts.rotatedColumns, rows: rows)]
  }

  private var certificates: [RunbookBlock] {
    guard !plan.certificates.isEmpty else { return [] }
    let rows = plan.certificates.map { source in
      [
        quoted(source.name.value), guide.files(of: source).map(quoted).joined(separator: ", "),
        guide.password(of: source) ?? texts.none,
        source.fingerprint.map { quoted($0.value.description) } ?? texts.none,
      ]
    }
    return [
      .heading(2, texts.certificates), .table(columns: texts.certificateColumns, rows: rows),
    ]
  }

  private var before: [RunbookBlock] {
    [.heading(2, texts.before), .list(texts.beforeLines, .box)]
  }

  private var trouble: [RunbookBlock] {
    [
      .heading(2, texts.trouble),
      .facts(texts.troubleLines.map { ($0.what, $0.help) }, areSentences: true),
    ]
  }

  private var terms: [RunbookBlock] {
    guard let terms = texts.terms else { return [] }
    return [
      .heading(2, terms.heading), .paragraph(terms.introduction),
      .table(columns: terms.columns, rows: terms.rows.map { [$0.own, $0.english] }),
    ]
  }

  // MARK: Steps

  private var steps: [RunbookBlock] {
    var blocks: [RunbookBlock] = [.heading(2, texts.steps)]
    for line in texts.stepsLines { blocks.append(.paragraph(line)) }
    let outline = RotationOutline(plan)
    // Preparation is over when something is opened for the first time.
    let start = graph.steps.firstIndex { $0.action.opens != nil } ?? graph.steps.endIndex
    var open = OpenChanges(graph)
    var heading: String?
    for position in graph.steps.indices {
      let part = position < start ? texts.preparation : part(of: position, outline)
      if part != heading {
        blocks.append(.heading(3, part))
        heading = part
      }
      open.begin(position)
      blocks += step(position, open: open.relevant(to: position))
      open.end(position)
    }
    return blocks
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

  private func step(_ position: Int, open: [OpenChanges.Change]) -> [RunbookBlock] {
    let step = graph.steps[position]
    let guide = guide.guide(for: step)
    let after = graph.dependencies[position]
    var blocks: [RunbookBlock] = [
      .heading(4, "\(position + 1). \(guide.title)"),
      .facts([
        (texts.id, quoted(graph.id(of: position))), (texts.who, who(position)),
        (texts.after, after.isEmpty ? texts.afterNothing : PlanShowTable.ranges(after)),
        (texts.takes, estimate(durations.estimate(of: step))),
        (
          texts.openMeanwhile,
          open.isEmpty ? texts.nothingOpen : open.map(words).joined(separator: "; ")
        ),
      ]),
    ]
    if step.isPointOfNoReturn { blocks.append(.emphasis(texts.noReturn)) }
    blocks += [.emphasis(actionsHeading(step.channel)), .list(guide.actions, .number)]
    for (lead, more) in [
      (self.guide.words.lookLead, guide.look), (self.guide.words.proofLead, guide.proof),
      (self.guide.words.troubleLead, guide.trouble),
    ] {
      blocks += more.map { .paragraph($0, lead: lead.trimmed) }
    }
    if step.channel == .operator {
      let command = RunCommands(run: "RUN").approve(graph.id(of: position))
      blocks += [
        .paragraph("\(texts.thenSay) \(quoted(command))"), .list([texts.done], .box),
      ]
    }
    return blocks
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
}

/// A name of the plan: shown as it is, whatever it holds, in a paragraph and in a table.
private func quoted(_ name: String) -> String { MarkdownText.code(name, atMost: 4_096) }

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
