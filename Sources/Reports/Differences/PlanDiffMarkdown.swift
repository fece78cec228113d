import PlanModel
import PlanText
import RotationGraph

/// `waltz plan diff --format markdown`: one comment on a pull request.
///
/// The first line is a marker that shows nowhere, by which a job finds its own comment again. What a
/// reviewer needs comes first, tables are folded, and the whole is never longer than a code host takes:
/// lines are cut whole, and it says how many. The same plans give the same bytes.
package enum PlanDiffMarkdown {
  /// In bytes, and so in characters: GitHub takes 65,536 characters, this leaves a little.
  package static let longest = 65_000

  /// Plans beyond these are told in one line each.
  static let mostPlans = 5

  /// The comment with a final line end.
  package static func text(
    of plans: [ComparedPlan], invalid: [InvalidPlanFile] = [],
    forecasts: [String: PlanTrials] = [:]
  ) -> String {
    let forecasts = forecasts.mapValues { TrialRows($0, as: .versions) }
    let differing = plans.filter { $0.change != .unchanged }
    if let only = differing.first, plans.count == 1, invalid.isEmpty {
      let marker = "<!-- waltz:plan-diff \(MarkdownText.marker(only.difference.name)) -->\n"
      return marker
        + block(
          of: only, forecasts[only.difference.name], room: longest - marker.utf8.count)
    }
    let head = "<!-- waltz:plan-diff -->\n## Rotation plans\n\n"
    guard !differing.isEmpty || !invalid.isEmpty else { return head + "No plan differs.\n" }
    var overview = [
      MarkdownSection(
        head: differing.isEmpty && !plans.isEmpty ? "No other plan differs.\n" : "",
        count: differing.count, line: { "- \(MarkdownText.text(differing[$0].summary))\n" },
        noun: "plans", tail: plans.isEmpty ? "" : "\n")
    ]
    if !invalid.isEmpty {
      overview.append(
        MarkdownSection(
          head: "### ⚠ Not valid\n\n", count: invalid.count,
          line: { "- \(MarkdownText.text(invalid[$0].sentence))\n" }, noun: "files",
          tail: differing.isEmpty ? "" : "\n"))
    }
    var text = head + MarkdownSections.text(overview, room: 12_000)
    let shown = min(differing.count, mostPlans)
    for (number, plan) in differing.prefix(shown).enumerated() {
      text += block(
        of: plan, forecasts[plan.difference.name],
        room: (longest - 200 - text.utf8.count) / (shown - number))
    }
    if differing.count > shown {
      text += "\(differing.count - shown) more plans, see `waltz plan diff`\n"
    }
    return text
  }

  private static func block(
    of plan: ComparedPlan, _ forecast: TrialRows?, room: Int
  ) -> String {
    let difference = plan.difference
    let figures = difference.figuresAfter ?? difference.figuresBefore
    let words = DifferenceWords(difference)
    var sections = [
      MarkdownSection(
        head: title(of: plan) + headline(plan), count: 0, line: { _ in "" }, noun: "", tail: "")
    ]
    if !difference.concerns.isEmpty {
      sections.append(
        MarkdownSection(
          head: "### ⚠ Look at\n\n", count: difference.concerns.count,
          line: {
            "- \(MarkdownText.text(difference.concerns[$0].sentence, atMost: 1_000))\n"
          },
          noun: "points", tail: "\n"))
    }
    sections.append(figureTable(of: plan))
    if let forecast { sections.append(table(of: forecast)) }
    if let sites = siteTable(of: plan) { sections.append(sites) }
    sections += tables(of: words)
    let sentences = DurationAssumptions.sentences(waitsThatHold: figures?.waitsThatHold ?? 0)
    sections.append(
      MarkdownSection(
        head: "<details><summary>What the durations rest on</summary>\n\n", count: sentences.count,
        line: { "- \(sentences[$0])\n" }, noun: "sentences", tail: "\n</details>\n\n"))
    let digests = [difference.old?.digest, difference.new?.digest].compactMap { $0 }
    let last = digests.map { "`\($0)`" }.joined(separator: " → ") + "\n"
    return MarkdownSections.text(sections, room: room - last.utf8.count) + last
  }

  private static func title(of plan: ComparedPlan) -> String {
    let name = MarkdownText.code(plan.difference.name)
    let title =
      switch plan.change {
      case .added: "New rotation plan \(name)"
      case .removed: "Removed rotation plan \(name)"
      case .changed, .unchanged: "Rotation plan \(name)"
      }
    guard let path = plan.newPath ?? plan.oldPath else { return "## \(title)\n\n" }
    return "## \(title)\n\n\(MarkdownText.code(path))\n\n"
  }

  /// The numbers that matter most, in one line.
  private static func headline(_ plan: ComparedPlan) -> String {
    let wanted: [FigureRow.Figure] = [
      .servers, .clients, .duration, .verificationOffLongest, .replicationBrokenAtOnce, .gates,
      .pointsOfNoReturn,
    ]
    let rows = FigureRow.rows(
      plan.difference.figuresBefore, plan.difference.figuresAfter
    ).filter { wanted.contains($0.figure) }
    let parts = rows.map { row in
      let value = (row.after ?? row.before)?.text ?? ""
      return "\(row.figure.title) **\(value)**" + (row.change.map { " (\($0))" } ?? "")
    }
    return parts.joined(separator: " · ") + "\n\n"
  }

  private static func figureTable(of plan: ComparedPlan) -> MarkdownSection {
    let lines = FigureRow.lines(
      FigureRow.rows(plan.difference.figuresBefore, plan.difference.figuresAfter))
    guard plan.change == .changed else {
      return MarkdownSection(
        head: "| figure | value |\n| --- | ---: |\n", count: lines.count,
        line: { number in
          let line = lines[number]
          return "| \(line.title) | \(line.after.isEmpty ? line.before : line.after) |\n"
        },
        noun: "figures", tail: "\n")
    }
    return MarkdownSection(
      head: "| figure | before | after | difference |\n| --- | ---: | ---: | ---: |\n",
      count: lines.count,
      line: { number in
        let line = lines[number]
        let change = line.change.map { "**\($0)**" } ?? ""
        return "| \(line.title) | \(line.before) | \(line.after) | \(change) |\n"
      },
      noun: "figures", tail: "\n")
  }

  /// What simulated runs of both plans came to.
  private static func table(of forecast: TrialRows) -> MarkdownSection {
    let advice = forecast.advice.map { "- \(MarkdownText.text($0.sentence))\n" }.joined()
    return MarkdownSection(
      head: "### Forecast\n\n\(MarkdownText.text(forecast.introduction))\n\n"
        + "| | before | after |\n| --- | ---: | ---: |\n",
      count: forecast.rows.count,
      line: { number in
        let row = forecast.rows[number]
        return "| \(MarkdownText.text(row.title)) | "
          + row.cells.map(\.text).joined(separator: " | ") + " |\n"
      },
      noun: "figures", tail: "\n\(advice)\n")
  }

  /// The rotating sites wave by wave, as they are after the change.
  private static func siteTable(of plan: ComparedPlan) -> MarkdownSection? {
    let difference = plan.difference
    guard let graph = (difference.new ?? difference.old)?.graph,
      let figures = difference.figuresAfter ?? difference.figuresBefore
    else { return nil }
    let outline = RotationOutline(graph.plan)
    let sites = outline.waves.enumerated().flatMap { wave, sites in sites.map { (wave, $0) } }
    guard !sites.isEmpty else { return nil }
    var off: [Int: StepDurations.Estimate] = [:]
    for exposure in figures.verificationOff { off[exposure.position] = exposure.length }
    let title =
      "\(Wording.count(outline.waves.count, "wave")), \(Wording.count(sites.count, "site"))"
    return .folded(
      title,
      columns: ["wave", "site", "servers", "clients", "method", "verification off"],
      count: sites.count, noun: "sites"
    ) { number in
      let (wave, position) = sites[number]
      let site = graph.plan.sites[position]
      let exposure = off[position].map { FigureRow.Measure.duration($0).text } ?? "never"
      let servers = site.servers.count { $0.certificate != nil }
      let clients = site.clients.map { Wording.number($0.value) } ?? "?"
      return "| \(wave + 1) | \(MarkdownText.code(site.name.value)) | \(Wording.number(servers)) "
        + "| \(clients) | \(graph.plan.method(of: site).rawValue) | \(exposure) |\n"
    }
  }

  private static func tables(of words: DifferenceWords) -> [MarkdownSection] {
    var sections: [MarkdownSection] = []
    if !words.parts.isEmpty {
      sections.append(
        .folded(
          "Plan: \(words.partCounts)", columns: ["", "part", "what"], count: words.parts.count,
          noun: "parts"
        ) { row(words.line(words.parts[$0])) })
    }
    if words.difference.steps?.isEmpty == false {
      let implied = [(words.impliedRemoved, "gone"), (words.impliedAdded, "new")]
        .filter { $0.0 > 0 }
      let rows = words.steps
      sections.append(
        .folded(
          "Steps: \(words.stepCounts)", columns: ["", "step", "what"],
          count: implied.count + rows.count, noun: "steps"
        ) { number in
          guard number < implied.count else { return row(words.line(rows[number - implied.count])) }
          let (count, what) = implied[number]
          return "| \(what == "new" ? "+" : "-") | \(Wording.count(count, "step")) | of the sites, "
            + "servers and partnerships that are \(what) |\n"
        })
    }
    if !words.silentParts.isEmpty {
      sections.append(
        .folded(
          "Changes no step", columns: ["", "part", "what"], count: words.silentParts.count,
          noun: "parts"
        ) { row(words.line(words.silentParts[$0], silent: true)) })
    }
    return sections
  }

  private static func row(_ line: DifferenceLine) -> String {
    "| \(line.sign) | \(MarkdownText.text(line.subject)) | \(MarkdownText.text(line.detail)) |\n"
  }
}
