import DiagnosticCatalogue
import PlanCompiler
import PlanSyntax
import PlanText
import Testing

@Suite("Findings that a comment suppresses")
struct SuppressionTests {
  /// Two servers that share a certificate, which M033 notes at the certificate's name.
  private static func plan(before: String = "", behind: String = "", more: String = "") -> String {
    """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: example }
    certificates:
    \(before)
      paris-2026:\(behind)
        pkcs12: certs/paris.p12
        password: { env: PARIS_P12_PASSWORD }
    sites:
      paris:
        api:
          url: https://sepm-paris-1.example.net:8446
          username: rotation
          password: { env: SEPM_PASSWORD }
        servers:
          one: { address: sepm-paris-1.example.net, certificate: paris-2026 }
          two: { address: sepm-paris-2.example.net, certificate: paris-2026 }
    \(more)
    """
  }

  private func check(
    _ text: String, wasChecked: (CatalogueEntry) -> Bool = { _ in true }
  ) -> [Diagnostic] {
    let source = SourceText(name: "plan.yaml", text: text)
    let id = SourceID(index: 0)
    let syntax = parseSyntax(source, id: id)
    return suppress(
      checkPlans(syntax).diagnostics, in: source, id: id, of: syntax, catalogue: .all,
      wasChecked: wasChecked
    ).inOrder()
  }

  private func open(_ text: String) -> [String] {
    check(text).filter { $0.suppression == nil }.map(\.code)
  }

  @Test("Without a comment the note is there")
  func premise() {
    #expect(open(Self.plan()) == ["M033"])
  }

  @Test("A comment on the line before, behind the value, or two lines of comments before")
  func places() throws {
    let comment = "# waltz:ignore M033 one file holds both names"
    for text in [
      Self.plan(before: "  \(comment)"), Self.plan(behind: " \(comment)"),
      Self.plan(before: "  \(comment)\n\n  # on order of the PKI team"),
      Self.plan(before: "  # waltz:ignore m033 one file holds both names"),
      Self.plan(before: "  #waltz:ignore M033: one file holds both names"),
    ] {
      let found = check(text)
      #expect(found.map(\.code) == ["M033"], "\(text)")
      #expect(found.first?.suppression?.reason == "one file holds both names")
      #expect(!found.hasErrors)
    }
  }

  @Test("A comment elsewhere suppresses nothing and is unused")
  func elsewhere() {
    let comment = "# waltz:ignore M033 one file holds both names"
    #expect(open(Self.plan(more: comment)) == ["M033", "S033"])
    #expect(open(Self.plan(behind: "\n    \(comment)")) == ["M033", "S033"])
    #expect(open(Self.plan(more: "# waltz:ignored M033 it")) == ["M033", "S034"])
    // People may write about the program, and a text is no comment.
    #expect(open(Self.plan(more: "# waltz: rotates\n# waltz is known")) == ["M033"])
    let described = Self.plan().replacing(
      "{ name: example }", with: "\n  name: example\n  description: |\n    # waltz:ignore M033 no")
    #expect(open(described) == ["M033"])
  }

  @Test("The reason is mandatory, and the finding is not reported beside the mistake")
  func reason() {
    for comment in ["# waltz:ignore M033", "# waltz:ignore M033 -", "# waltz:ignore M033:"] {
      let found = check(Self.plan(before: "  \(comment)"))
      #expect(found.filter { $0.suppression == nil }.map(\.code) == ["S030"], "\(comment)")
      #expect(found.hasErrors)
    }
    #expect(open(Self.plan(before: "  # waltz:ignore")) == ["S030", "M033"])
    #expect(open(Self.plan(before: "  # waltz:ignore since it is meant")) == ["S030", "M033"])
  }

  @Test("Several codes, of which the unused ones are named and can be removed")
  func codes() throws {
    let text = Self.plan(before: "  # waltz:ignore M033, M009 known to the team")
    let unused = try #require(check(text).first { $0.code == "S033" })
    #expect(unused.detail.contains("M009") && !unused.detail.contains("M033"))
    let source = SourceText(name: "plan.yaml", text: text)
    let (mended, made) = source.applying(unused.fixes, id: SourceID(index: 0))
    #expect(made.count == 1 && made[0].isCertain)
    #expect(
      String(decoding: mended.bytes, as: UTF8.self)
        == Self.plan(before: "  # waltz:ignore M033 known to the team"))
  }

  @Test("A removed comment leaves the rest of its line, or no line")
  func removal() throws {
    for (text, wanted) in [
      (Self.plan(more: "# waltz:ignore M009 why"), Self.plan(more: "")),
      (Self.plan(behind: "  # waltz:ignore M009 why"), Self.plan()),
    ] {
      let unused = try #require(check(text).first { $0.code == "S033" })
      let source = SourceText(name: "plan.yaml", text: text)
      let (mended, _) = source.applying(unused.fixes, id: SourceID(index: 0))
      #expect(String(decoding: mended.bytes, as: UTF8.self) == wanted)
    }
  }

  @Test("Of many comments for one line the first one counts, and the others are unused")
  func block() {
    let comments = "  # waltz:ignore M033 one file\n  # about the file\n"
    let found = check(Self.plan(before: String(repeating: comments, count: 2_000)))
    #expect(found.count { $0.code == "M033" && $0.suppression != nil } == 1)
    #expect(found.count { $0.code == "M033" } == 1)
    #expect(found.filter { $0.code == "S033" }.total == 1_999)
  }

  @Test("An unknown code is named with the nearest one")
  func unknown() throws {
    let found = check(Self.plan(before: "  # waltz:ignore M033,M0330 one file"))
    #expect(found.filter { $0.suppression == nil }.map(\.code) == ["S031"])
    let near = check(Self.plan(before: "  # waltz:ignore M03 one file"))
    #expect(near.contains { $0.code == "S031" })
  }

  @Test("Errors of syntax, form and meaning stay, and proofs of the graph")
  func errors() {
    let misspelt = Self.plan().replacing(
      "  paris:\n",
      with: "  # waltz:ignore F001 later\n  paris:\n    # waltz:ignore F001 later\n    clientz: 4\n"
    )
    let found = check(misspelt)
    #expect(found.contains { $0.code == "F001" && $0.suppression == nil })
    #expect(found.count { $0.code == "S032" } == 2)
    for page in Catalogue.all.pages {
      switch page.code.first {
      case "G": #expect(!page.canBeSuppressed, "\(page.code)")
      case "C", "L": #expect(page.canBeSuppressed, "\(page.code)")
      default: #expect(!(page.canBeSuppressed && page.severity == .error), "\(page.code)")
      }
    }
  }

  @Test("Nothing is called unused where an error or a check that did not run may hide the finding")
  func hidden() {
    let comment = "# waltz:ignore M009 known"
    #expect(open(Self.plan(more: comment)).contains("S033"))
    #expect(!open(Self.plan(more: comment + "\nmistake: 1")).contains("S033"))
    #expect(!open(Self.plan(more: comment + "\nmistake: [")).contains("S033"))
    let found = check(Self.plan(more: comment)) { $0.code != "M009" }
    #expect(!found.contains { $0.code == "S033" })
  }

  @Test(
    "The bad document triggers its page and the good one nothing",
    arguments: CatalogueEntry.suppressionPages)
  func pages(_ page: CatalogueEntry) {
    #expect(open(page.bad) == [page.code])
    #expect(open(page.good) == [])
    #expect(page.title.count <= 60 && page.title.last != ".")
    #expect(page.explanation.count > 120)
  }
}
