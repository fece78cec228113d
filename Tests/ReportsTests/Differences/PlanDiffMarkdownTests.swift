import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import Reports

@Suite("A difference of plans as a comment on a pull request")
struct PlanDiffMarkdownTests {
  @Test("Begins with a marker, says the figures first and folds the tables")
  func parts() throws {
    let compared = try DiffSamples.compared(
      DiffSamples.base, try DiffSamples.edited([("adopted: 95%", "adopted: 90%")]))
    let text = PlanDiffMarkdown.text(of: [compared])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "<!-- waltz:plan-diff emea -->")
    #expect(lines[1] == "## Rotation plan `emea`")
    #expect(lines.contains("- every wait passes at `90%` instead of `95%`"))
    let look = try #require(lines.firstIndex(of: "### ⚠ Look at"))
    let folded = try #require(lines.firstIndex { $0.hasPrefix("<details>") })
    let figures = try #require(lines.firstIndex { $0.hasPrefix("servers that get") })
    #expect(figures < look && look < folded)
    #expect(PlanDiffMarkdown.text(of: [compared]) == text)
  }

  @Test("A plan that is new and one that is gone say so")
  func whole() throws {
    let sealed = try DiffSamples.sealed(DiffSamples.base)
    let added = ComparedPlan(RotationDifference(added: sealed), oldPath: nil, newPath: "a.yaml")
    #expect(PlanDiffMarkdown.text(of: [added]).contains("## New rotation plan `emea`"))
    let removed = ComparedPlan(RotationDifference(removed: sealed), oldPath: "a.yaml", newPath: nil)
    #expect(PlanDiffMarkdown.text(of: [removed]).contains("## Removed rotation plan `emea`"))
    let both = PlanDiffMarkdown.text(of: [added, removed])
    #expect(both.hasPrefix("<!-- waltz:plan-diff -->\n## Rotation plans\n\n- new plan `emea`: "))
  }

  @Test("Files that are not valid are named, and the other plans are told")
  func invalid() throws {
    let compared = try DiffSamples.compared(
      DiffSamples.base, try DiffSamples.edited([("adopted: 95%", "adopted: 90%")]))
    let same = try DiffSamples.compared(DiffSamples.base, DiffSamples.base)
    let invalid = [
      InvalidPlanFile(path: "plans/a`b.yaml", errors: 3, countsAsNone: false),
      InvalidPlanFile(path: "plans/c.yaml", errors: 1, countsAsNone: true),
    ]
    let head = "<!-- waltz:plan-diff -->\n## Rotation plans\n\n"
    let files = """
      ### ⚠ Not valid

      - ``plans/a`b.yaml`` is not valid: 3 errors, see waltz plan validate
      - `plans/c.yaml` was not valid before and counts as no plan

      """
    let text = PlanDiffMarkdown.text(of: [compared], invalid: invalid)
    #expect(text.hasPrefix(head + "- `emea`: "))
    #expect(text.contains("differ\n\n\(files)\n## Rotation plan `emea`"))
    #expect(PlanDiffMarkdown.text(of: [], invalid: invalid) == head + files)
    #expect(
      PlanDiffMarkdown.text(of: [same], invalid: invalid)
        == head + "No other plan differs.\n\n" + files)
    let many = Array(repeating: invalid[0], count: 5_000)
    #expect(PlanDiffMarkdown.text(of: [compared], invalid: many).utf8.count < 65_536)
  }

  private static let hostile = [
    "</details>", "<details><summary>x</summary>", "<!-- waltz:plan-diff evil -->", "-->",
    "| a | b |",
    "`", "``` \n# Approved", "\n\n## All good\n", "@everyone", "#1", "![x](http://evil/x.png)",
    "[a](javascript:x)", "<script>alert(1)</script>", "<img src=x>", "\u{202E}txt", "\u{200B}",
    "\u{2028}", "\u{0}", "\r", "\\", "\\|", "&lt;", "*b*", "~~", "www.evil.example", " ", "é",
    "\u{FEFF}", "$x$", "<b>", "a\u{0301}\u{0301}",
  ]

  private func text(_ random: inout SplitMix64) -> String {
    (0...random.below(5)).map { _ in Self.hostile[random.below(Self.hostile.count)] }.joined()
  }

  /// A plan of which a stranger wrote every text; a graph file may hold what the language does not allow.
  private func plan(_ random: inout SplitMix64) throws -> RotationPlan {
    var sites: [Site] = []
    for number in 0..<(1 + random.below(3)) {
      let command = CommandTemplate(arguments: [Located(text(&random)), Located(text(&random))])
      sites.append(
        Site(
          name: Located("\(number)" + text(&random)), clients: Located(random.below(900)),
          servers: [
            Server(
              name: Located(text(&random)), address: Located(text(&random)),
              certificate: Located("c"))
          ],
          automation: [
            AutomationRule(action: Located(.restartServices), channel: Located(.command(command)))
          ]))
    }
    var waits = Waits()
    waits.verificationDisabled.exclusions = [
      .init(
        selector: ClientSelector(group: Located(text(&random))), reason: Located(text(&random)))
    ]
    waits.verificationDisabled.cohorts = [
      .init(
        name: Located(text(&random)), selector: ClientSelector(group: Located("g")),
        adopted: Located(.percent(50 + random.below(50))))
    ]
    return RotationPlan(
      name: Located(text(&random)), description: text(&random),
      labels: [.init(key: Located(text(&random)), value: Located(text(&random)))],
      certificates: [
        CertificateSource(
          name: Located("c"), container: .pkcs12(Located(text(&random))),
          password: Located(.command([text(&random)])))
      ],
      sites: sites,
      partnerships: sites.count < 2
        ? []
        : [
          Partnership(
            sites: [sites[0].name, sites[1].name], breaking: Located(.delete),
            authority: sites[random.below(2)].name)
        ],
      waits: waits)
  }

  /// The line without its code spans, by the rule of CommonMark: a span ends at a run of as many backticks
  /// as it began with. Nil where one does not end.
  private func withoutCode(_ line: String) -> String? {
    var rest = line[...]
    var result = ""
    while let start = rest.firstIndex(of: "`") {
      result += rest[..<start]
      let fence = rest[start...].prefix { $0 == "`" }.count
      rest = rest[start...].dropFirst(fence)
      var end: Substring.Index?
      var index = rest.startIndex
      while index < rest.endIndex {
        guard rest[index] == "`" else {
          index = rest.index(after: index)
          continue
        }
        let run = rest[index...].prefix { $0 == "`" }.count
        if run == fence {
          end = index
          break
        }
        index = rest.index(index, offsetBy: run)
      }
      guard let end else { return nil }
      result += "C"
      rest = rest[end...].dropFirst(fence)
    }
    return result + rest
  }

  @Test("No text of a plan gets out of its code span, however hostile", arguments: 0..<60)
  func hostilePlans(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let old = seal(lower(try plan(&random)))
    let new = seal(lower(try plan(&random)))
    let compared = [
      ComparedPlan(
        RotationDifference(from: old, to: new), oldPath: text(&random), newPath: text(&random)),
      ComparedPlan(RotationDifference(added: new), oldPath: nil, newPath: text(&random)),
    ]
    for plans in [[compared[0]], [compared[1]], compared] {
      let markdown = PlanDiffMarkdown.text(of: plans)
      #expect(markdown.utf8.count < 65_536)
      #expect(markdown.ranges(of: "<!--").count - quoted("<!--", markdown) == 1, "seed \(seed)")
      var depth = 0
      var columns = 0
      for (number, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init).enumerated()
      {
        #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
        #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .format })
        if number == 0 {
          #expect(line.hasPrefix("<!-- waltz:plan-diff ") && line.hasSuffix("-->"))
          continue
        }
        let own = try #require(withoutCode(line), "seed \(seed): \(line)")
        let text = own.replacing("<details><summary>", with: "").replacing("</summary>", with: "")
          .replacing("</details>", with: "")
        #expect(!text.contains { "<>@[]\\&#$".contains($0) && !own.hasPrefix("#") }, "\(line)")
        if own.hasPrefix("#") { #expect(own.hasPrefix("## ") || own.hasPrefix("### ⚠ Look at")) }
        if own.hasPrefix("<details>") { depth += 1 }
        if own == "</details>" { depth -= 1 }
        #expect((0...1).contains(depth))
        guard line.hasPrefix("|") else {
          columns = 0
          continue
        }
        // Tables are cut at every pipe, also in code.
        let pipes = line.count { $0 == "|" }
        #expect(columns == 0 || columns == pipes, "seed \(seed): \(line)")
        columns = pipes
      }
      #expect(depth == 0)
    }
  }

  /// How often a text stands in code spans.
  private func quoted(_ text: String, _ markdown: String) -> Int {
    markdown.split(separator: "\n").reduce(0) { sum, line in
      let all = line.ranges(of: text).count
      return sum + all - (withoutCode(String(line))?.ranges(of: text).count ?? 0)
    }
  }

  /// So many sites of ten servers, everything in it different for every `generation`.
  private func large(_ sites: Int, generation: Int) -> SealedGraph {
    let made = (0..<sites).map { site in
      Site(
        name: Located("site-\(site)"), clients: Located(1_000 + generation),
        servers: (0..<10).map { server in
          Server(
            name: Located("server-\(server)-of-generation-\(server < 5 ? 0 : generation)"),
            address: Located("s\(site)-\(server).g\(generation).example.net"),
            certificate: Located("c\(generation)"))
        },
        automation: [
          AutomationRule(
            action: Located(.restartServices),
            channel: Located(
              .command(
                CommandTemplate(arguments: [
                  Located("ssh"), Located("site-\(site)-\(generation)"),
                ]))))
        ])
    }
    var waits = Waits()
    waits.verificationDisabled.minimum = Located(.days(9 - generation))
    return seal(
      lower(
        RotationPlan(
          name: Located("large"), sites: made,
          partnerships: (1..<sites).map {
            Partnership(
              sites: [made[$0 - 1].name, made[$0].name],
              breaking: Located(generation == 0 ? .reschedule : .delete))
          }, waits: waits)))
  }

  @Test("10,000 servers with everything changed fit, are cut at whole lines, and come out the same")
  func size() throws {
    let old = large(1_000, generation: 0)
    let new = large(1_000, generation: 1)
    let compared = ComparedPlan(
      RotationDifference(from: old, to: new), oldPath: "a.yaml", newPath: "b.yaml")
    let text = PlanDiffMarkdown.text(of: [compared])
    #expect(text.utf8.count < 65_536)
    #expect(text.utf8.count > 55_000)
    #expect(text.contains("more steps, see `waltz plan diff`"))
    #expect(text.contains("more parts, see `waltz plan diff`"))
    #expect(text.contains("more points, see `waltz plan diff`"))
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      #expect(line.hasSuffix("|"))
    }
    #expect(text == PlanDiffMarkdown.text(of: [compared]))
    let many = PlanDiffMarkdown.text(of: Array(repeating: compared, count: 50))
    #expect(many.utf8.count < 65_536)
    #expect(many.contains("45 more plans, see `waltz plan diff`"))
  }

  @Test("A value shows in a code span whatever it holds")
  func values() {
    #expect(MarkdownText.code("a`b") == "``a`b``")
    #expect(MarkdownText.code("`") == "`` ` ``")
    #expect(MarkdownText.code("a|b\nc") == "`a<0x7C>b<0x0A>c`")
    #expect(MarkdownText.code("") == "(empty)")
    #expect(MarkdownText.code("\u{202E}x") == "`<U+202E>x`")
    #expect(MarkdownText.code(String(repeating: "x", count: 500)).count == 163)
    #expect(MarkdownText.marker("--> x") == "-___x")
  }
}
