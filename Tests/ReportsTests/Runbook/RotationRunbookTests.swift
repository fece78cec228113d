import ConsoleGuide
import Foundation
import PlanCompiler
import PlanModel
import PlanText
import Reports
import RotationGraph
import Testing

@Suite("A rotation as a document to take along")
struct RotationRunbookTests {
  private static let sealed = GraphSamples.sealed()

  private static func text(
    _ language: GuideLanguage = .english, _ sealed: SealedGraph = sealed
  ) -> String {
    RotationRunbook.markdown(of: sealed, in: language, folder: "plans")
  }

  @Test(
    "Every step has its place, in the order of the graph, with what it comes after",
    arguments: GuideLanguage.allCases)
  func steps(language: GuideLanguage) throws {
    let graph = Self.sealed.graph
    let sections = Self.text(language).components(separatedBy: "\n#### ").dropFirst()
    try #require(sections.count == graph.steps.count)
    for (position, section) in sections.enumerated() {
      #expect(section.hasPrefix("\(position + 1). "))
      #expect(section.contains("`\(graph.id(of: position))`"), "\(section)")
      for dependency in graph.dependencies[position] where graph.dependencies[position].count == 1 {
        #expect(section.contains(":** \(dependency + 1)\n"), "\(section)")
      }
      let isGate = graph.steps[position].channel == .operator
      let command = "`waltz approve RUN \(graph.id(of: position)) --note TEXT`"
      #expect(section.contains(command) == isGate, "\(section)")
      #expect(section.contains("- [ ] ") == isGate)
      #expect(
        graph.steps[position].isPointOfNoReturn
          == section.contains("**\(language.runbook.noReturn)**"))
    }
  }

  @Test("In a browser it says what it says in Markdown", arguments: GuideLanguage.allCases)
  func html(language: GuideLanguage) throws {
    let graph = Self.sealed.graph
    let page = RotationRunbook.html(of: Self.sealed, in: language, folder: "plans")
    #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
    for mark in ["<script", "`", "**"] { #expect(!page.contains(mark)) }
    for level in 1...4 {
      let mark = "\n" + String(repeating: "#", count: level) + " "
      let headings = ("\n" + Self.text(language)).components(separatedBy: mark).count - 1
      #expect(page.components(separatedBy: "<h\(level)").count - 1 == headings)
    }
    let steps = page.components(separatedBy: "<h4>").dropFirst()
    for (position, step) in steps.enumerated() {
      #expect(step.contains("<dd><code>\(graph.id(of: position))</code></dd>"), "\(step)")
      #expect(step.contains("class=\"boxes\"") == (graph.steps[position].channel == .operator))
    }
    // Every word, one after the other.
    func letters(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }
    let read = try HTMLReading(page.replacing(#/<nav.*</nav>/#.dotMatchesNewlines(), with: ""))
    // Numbers of a list are the browser's.
    let written = Self.text(language).replacing(#/\n[0-9]+\. /#, with: "\n")
    #expect(letters(read.text).hasSuffix(letters(written)))
  }

  @Test("What is open meanwhile is said at every step between its ends")
  func open() throws {
    let graph = Self.sealed.graph
    let sections = Array(Self.text().components(separatedBy: "\n#### ").dropFirst())
    let off = "clients of `paris` do not check signatures"
    let ids = graph.steps.indices.map { graph.id(of: $0) }
    let first = try #require(ids.firstIndex(of: "disable-verification/paris"))
    let last = try #require(ids.firstIndex(of: "enable-verification/paris"))
    for position in ids.indices where graph.site(of: position) == 0 {
      #expect(
        sections[position].contains(off) == (first...last).contains(position), "\(ids[position])")
    }
    let broken = "replication `berlin+paris` is broken"
    let update = try #require(ids.firstIndex(of: "update-certificate/berlin/s1"))
    #expect(sections[update].contains(broken))
    #expect(!sections[0].contains(broken))
  }

  @Test("Waits have their thresholds, programs their arguments")
  func details() {
    let text = Self.text()
    for part in [
      "It passes when 98% of them have it and that has held for 1h, but not before 1d.",
      "- **Who:** the program `[ssh, ", "By hand, if the program cannot do it",
      "## If something goes wrong", "| `paris` | `s0` | `a` | 8443, 443, 8445 and 8446 | `c` |",
      "### Preparation", "### Wave 1: `paris` and `berlin`",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("The German document has German headings and the terms of an English console")
  func german() {
    let text = Self.text(.german)
    for part in [
      "# Betriebsanleitung: `emea-2026`", "## Auf einen Blick", "## Die Schritte",
      "### Vorbereitung",
      "### Welle 1: `paris` und `berlin`", "**Inzwischen offen:**", "Verwaltungsserverliste",
      "| Zuweisen | Assign |",
    ] { #expect(text.contains(part), "\(part)") }
    // The table at the end has English terms on purpose.
    let german = text.components(separatedBy: "\n## Begriffe")[0]
    for word in ["What to do", "You see", "Step:", "nothing", "at worst", " and "] {
      #expect(!german.contains(word), "\(word)")
    }
  }

  /// The document without its code spans.
  private static func outsideCode(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = line[...]
      while let open = rest.firstIndex(of: "`") {
        result += rest[..<open]
        let fence = rest[open...].prefix { $0 == "`" }
        let inside = rest[fence.endIndex...]
        guard
          let close = inside.ranges(of: fence).first(where: { range in
            (range.upperBound == inside.endIndex || inside[range.upperBound] != "`")
              && inside[inside.index(before: range.lowerBound)] != "`"
          })
        else {
          result += rest[open...]
          rest = ""
          break
        }
        rest = inside[close.upperBound...]
      }
      result += rest + "\n"
    }
    return result
  }

  @Test(
    "What stands in the plan stays in its code span, whatever it is",
    arguments: GuideLanguage.allCases)
  func foreign(language: GuideLanguage) {
    let hostile = [
      "`x`", "a``b", "[click](https://evil.example)", "<img src=x>", "**bold**", "| cell |",
      "# head",
      "line\nbreak", "\u{1B}[31mred", "a\u{202E}b", "- [x] done", "@team", "::error::x",
    ]
    for name in hostile {
      var plan = RotationPlan(
        name: Located(name), description: name,
        labels: [.init(key: Located(name), value: Located(name))],
        certificates: [
          CertificateSource(
            name: Located(name), container: .pem(certificate: Located(name), key: Located(name)),
            password: Located(.command([name, "x"])))
        ],
        sites: [
          Site(
            name: Located(name),
            servers: [
              Server(
                name: Located(name), address: Located(name), certificate: Located(name),
                upgrade: ProductVersion("14.3.11216").map { Located($0) }),
              Server(name: Located("\(name)2"), address: Located(name)),
            ]),
          Site(name: Located("b"), servers: [Server(name: Located("b"), address: Located("b"))]),
        ],
        partnerships: [
          Partnership(
            sites: [Located(name), Located("b")], breaking: Located(.delete),
            authority: Located(name))
        ])
      for kind in WaitKind.allCases {
        plan.waits[kind].cohorts = [
          .init(
            name: Located(name), selector: ClientSelector(group: Located(name)),
            adopted: Located(.percent(99)))
        ]
        plan.waits[kind].exclusions = [
          .init(selector: ClientSelector(group: Located(name)), reason: Located(name))
        ]
      }
      let text = Self.text(language, seal(lower(plan)))
      let outside = Self.outsideCode(text)
      #expect(!outside.contains(name), "\(name)")
      for mark in ["evil.example", "<img", "bold**", "| cell", "# head", "[31m", "team", "error::"]
      {
        #expect(!outside.contains(mark), "\(name): \(mark)")
      }
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
      // Every row of a table has as many cells as its head.
      var cells: Int?
      for line in outside.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          cells = nil
          continue
        }
        let count = line.count { $0 == "|" }
        #expect(cells == nil || cells == count, "\(name): \(line)")
        cells = count
      }
      #expect(!text.contains("\n::") && !text.contains("line\nbreak"))
    }
  }

  @Test(
    "The texts themselves are no Markdown but for what is meant", arguments: GuideLanguage.allCases)
  func ownText(language: GuideLanguage) {
    let outside = Self.outsideCode(Self.text(language))
    for line in outside.split(separator: "\n") where !line.hasPrefix("|") {
      #expect(!line.contains("<") && !line.contains("]("), "\(line)")
      #expect(line.ranges(of: "**").count.isMultiple(of: 2), "\(line)")
      #expect(!line.replacing("**", with: "").contains("*"), "\(line)")
    }
  }
}
