import PlanSyntax
import PlanText
import Redaction
import Reports
import Testing

@Suite("Diagnostics as text")
struct DiagnosticTextTests {
  /// Renders what parsing `text` finds.
  private func found(
    in text: String, width: Int = 80, color: Bool = false, unicode: Bool = true
  )
    -> String
  {
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", text: text)
    let id = sources.add(source)
    let options = DiagnosticText.Options(color: color, width: width, unicode: unicode)
    return DiagnosticText(sources, options: options).render(parseSyntax(source, id: id).diagnostics)
  }

  /// Renders one diagnostic of its own words over the marked ranges, the first being its place.
  private func rendered(
    _ marked: String, detail: String = "This is it.", help: String? = nil,
    messages: [String] = [], width: Int = 80, color: Bool = false, unicode: Bool = true
  ) -> String {
    let text = MarkedText(marked)
    var sources = SourceMap(hiding: hiddenText(in:))
    let id = sources.add(SourceText(name: "plan.yaml", bytes: text.bytes))
    let spans = text.ranges.map { SourceSpan(source: id, start: $0.lowerBound, end: $0.upperBound) }
    let diagnostic = Diagnostic(
      .duplicateKey, at: spans[0], detail, help: help,
      related: zip(messages, spans.dropFirst()).map { Diagnostic.Related($0, at: $1) })
    let options = DiagnosticText.Options(color: color, width: width, unicode: unicode)
    return DiagnosticText(sources, options: options).render([diagnostic])
  }

  @Test("Both places of a mistake stand in one snippet")
  func twoPlaces() {
    let text = found(
      in: """
        servers:
          sepm-par-01: { address: a.example.net }
          sepm-par-02: { address: b.example.net }
          sepm-par-03: { address: c.example.net }
          sepm-par-04: { address: c.example.net }
          sepm-par-01: { address: d.example.net }

        """, width: 100)
    #expect(
      text == """
        error[S011]: A key stands twice in one mapping
         --> plan.yaml:6:3
          |
        2 |   sepm-par-01: { address: a.example.net }
          |   ----------- `sepm-par-01` is first set here
        ...
        6 |   sepm-par-01: { address: d.example.net }
          |   ^^^^^^^^^^^ `sepm-par-01` is already set in this mapping; only one of the two can count.
          |
          = help: Remove one of them, or rename it if another entry was meant.

        """)
  }

  @Test("A label that does not fit goes under its mark, and help hangs under itself")
  func narrow() {
    let text = rendered(
      "a: 1\nname«:»foo\n", detail: "There is no space after this colon, so it is text.",
      help: "Write `name: foo` with a space after the colon.", width: 40)
    #expect(
      text == """
        error[S011]: A key stands twice in one mapping
         --> plan.yaml:2:5
          |
        2 | name:foo
          |     ^
          | There is no space after this colon,
          | so it is text.
          |
          = help: Write `name: foo` with a space
                  after the colon.

        """)
  }

  @Test("A label of many lines goes below the snippet")
  func longLabel() {
    let detail = Array(repeating: "many words", count: 20).joined(separator: " ") + "."
    let lines = rendered("«a»: 1\n", detail: detail, width: 48).split(separator: "\n").map(
      String.init)
    #expect(lines[4] == "  | ^")
    #expect(lines[6].hasPrefix("  = note: many words many words"))
    #expect(lines[7].hasPrefix("          "))
  }

  @Test("A place of several lines has a rail")
  func rail() {
    #expect(
      rendered("a:\n  «b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5»\ng: 6\n") == """
        error[S011]: A key stands twice in one mapping
         --> plan.yaml:2:3
          |
        2 | /   b: 1
        3 | |   c: 2
        ...|
        6 | |   f: 5
          | |______^ This is it.

        """)
    #expect(
      rendered("a: «{\n  b: 1 }»\n") == """
        error[S011]: A key stands twice in one mapping
         --> plan.yaml:1:4
          |
        1 |   a: {
          |  ____^
        2 | |   b: 1 }
          | |________^ This is it.

        """)
  }

  @Test("Tabs, wide characters, combining marks and line ends keep the mark under its text")
  func widths() {
    func marks(_ marked: String) -> [Substring] {
      Array(rendered(marked).split(separator: "\n")[3...4])
    }
    #expect(marks("\ta: «x»\r\n") == ["1 |     a: x", "  |        ^ This is it."])
    #expect(marks("ab\tc: «x»") == ["1 | ab  c: x", "  |        ^ This is it."])
    #expect(marks("日本: «漢字»") == ["1 | 日本: 漢字", "  |       ^^^^ This is it."])
    #expect(
      marks("👩‍💻: «e\u{301}e\u{301}»") == ["1 | 👩‍💻: e\u{301}e\u{301}", "  |     ^^ This is it."])
    #expect(marks("🇫🇷❤️: «x»") == ["1 | 🇫🇷❤️: x", "  |       ^ This is it."])
    #expect(marks("ｱ: «x»") == ["1 | ｱ: x", "  |    ^ This is it."])
  }

  @Test("What hides or moves text is made visible")
  func hidden() {
    let text = rendered("a: «x\u{202E}y\u{200B}\u{1B}[31m»")
    #expect(
      text.contains("1 | a: x<U+202E>y<U+200B>␛[31m\n  |    ^^^^^^^^^^^^^^^^^^^^^^^ This is it.\n"))
    let plain = rendered("a: «\u{1B}»", detail: "See \u{202E}this\nand that.", unicode: false)
    #expect(plain.contains("1 | a: <0x1B>\n  |    ^^^^^^ See <U+202E>this<0x0A>and that.\n"))
    let bytes = DiagnosticText(sources([0x61, 0xE9, 0x62])).render([
      Diagnostic(
        .invalidUTF8, at: SourceSpan(source: SourceID(index: 0), start: 1, end: 2), "Here.")
    ])
    #expect(bytes.contains("1 | a<0xE9>b\n  |  ^^^^^^ Here.\n"))
  }

  private func sources(_ bytes: [UInt8]) -> SourceMap {
    var sources = SourceMap(hiding: hiddenText(in:))
    _ = sources.add(SourceText(name: "plan.yaml", bytes: bytes))
    return sources
  }

  @Test("Very long lines are cut around the mark, and the mark stays under its text")
  func longLines() throws {
    let filler = String(repeating: "日本 words ", count: 5_000)
    for unicode in [true, false] {
      let text = rendered("k: \(filler)«here» \(filler)\n", width: 80, unicode: unicode)
      let lines = text.split(separator: "\n")
      let line = try #require(lines.first { $0.hasPrefix("1 |") })
      let marks = try #require(lines.first { $0.contains("^^^^") })
      #expect(line.contains(unicode ? "…" : "..."))
      let shown = try #require(line.ranges(of: "here").first)
      let columns = line[..<shown.lowerBound].reduce(0) { $0 + ("日本".contains($1) ? 2 : 1) }
      #expect(marks.prefix(columns + 4).suffix(4) == "^^^^")
      #expect(line.reduce(0) { $0 + ("日本".contains($1) ? 2 : 1) } <= 80)
    }
  }

  @Test("A place in no known source, and one past the end, are rendered too")
  func unknown() {
    let sources = sources(Array("a: 1\n".utf8))
    let renderer = DiagnosticText(sources)
    #expect(
      renderer.render([Diagnostic(.tag, at: .none, "It is so.", help: "Do.")]) == """
        error[S013]: Tags are not used in plans
          = note: It is so.
          = help: Do.

        """)
    let foreign = SourceSpan(source: SourceID(index: 7), start: 3, end: 9)
    #expect(renderer.render([Diagnostic(.tag, at: foreign, "So.")]).contains("= note: So."))
    let past = SourceSpan(source: SourceID(index: 0), start: 300, end: 900)
    #expect(
      renderer.render([Diagnostic(.tag, at: past, "So.", related: [.init("x", at: foreign)])])
        == """
        error[S013]: Tags are not used in plans
         --> plan.yaml:2:1
          |
        2 |
          | ^ So.

        """)
  }

  @Test("A second place in another source has a snippet of its own")
  func otherSource() {
    var sources = SourceMap(hiding: hiddenText(in:))
    let plan = sources.add(SourceText(name: "plan.yaml", text: "a: 1\n"))
    let other = sources.add(
      SourceText(name: "overlay.yaml", text: String(repeating: "x: 1\n", count: 12)))
    let text = DiagnosticText(sources).render([
      Diagnostic(
        .duplicateKey, at: SourceSpan(source: plan, start: 0, end: 1), "Here.",
        related: [.init("and here", at: SourceSpan(source: other, start: 50, end: 51))])
    ])
    #expect(
      text == """
        error[S011]: A key stands twice in one mapping
          --> plan.yaml:1:1
           |
         1 | a: 1
           | ^ Here.
          ::: overlay.yaml:11:1
           |
        11 | x: 1
           | - and here

        """)
  }

  @Test("What is said about a whole file has no snippet")
  func wholeFile() {
    #expect(
      found(in: "") == """
        error[S005]: The file holds no document
         --> plan.yaml:1:1
          = note: There is nothing in this file.
          = help: Write a plan, or run `waltz plan init` for one to start from.

        """)
  }

  @Test("Colours surround the text and change none of it")
  func colors() {
    let text = "a: 1\nb: [\n  c: {\n"
    let colored = found(in: text, color: true)
    #expect(colored.contains("\u{1B}[1;31merror[S018]\u{1B}[0m\u{1B}[1m: "))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == found(in: text))
  }

  @Test("The summary counts by severity")
  func summary() {
    let place = SourceSpan(source: SourceID(index: 0), start: 0, end: 0)
    let other = SourceSpan(source: SourceID(index: 1), start: 0, end: 0)
    let error = Diagnostic(.tag, at: place, "x")
    let warning = Diagnostic(.anchorTwice, at: other, "x")
    let note = Diagnostic(.tag, at: .none, "x", severity: .note)
    #expect(
      DiagnosticText.summary(of: [error, error, warning], files: 3)
        == "2 errors, 1 warning in 3 files")
    #expect(DiagnosticText.summary(of: [error, warning]) == "1 error, 1 warning in 2 files")
    #expect(DiagnosticText.summary(of: [note]) == "1 note")
    #expect(DiagnosticText.summary(of: [], files: 1) == "no problems in 1 file")
  }
}
