import PlanSyntax
import PlanText
import Testing

/// One mistake: a text in which the place is marked first or, after `related`, the second place too.
struct Mistake: Sendable, CustomTestStringConvertible {
  let code: String
  let text: String
  /// Whether the marks that come first in the text are the place of the diagnostic.
  let placeIsFirst: Bool
  /// What the help must hold.
  let help: String?

  init(_ code: String, _ text: String, placeIsFirst: Bool = true, help: String? = nil) {
    self.code = code
    self.text = text
    self.placeIsFirst = placeIsFirst
    self.help = help
  }

  var testDescription: String { "\(code) \(text.debugDescription)" }
}

@Suite("Mistakes in the text")
struct SyntaxMistakesTests {
  @Test("Each mistake is one diagnostic at the exact place", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let marked = MarkedText(mistake.text)
    let result = parse(marked.bytes)
    #expect(result.diagnostics.map(\.code) == [mistake.code])
    let diagnostic = try #require(result.diagnostics.first)
    let places = [diagnostic.span.range] + diagnostic.related.map(\.span.range)
    #expect(places == (mistake.placeIsFirst ? marked.ranges : marked.ranges.reversed()))
    if let help = mistake.help { #expect(diagnostic.help?.contains(help) == true) }
  }

  static let mistakes: [Mistake] = tabs + colons + brackets + quotes + layout + characters + nodes

  static let tabs: [Mistake] = [
    Mistake("S015", "a:\n«\t»b: 1\n"),
    Mistake("S015", "a:\n  b: 1\n«\t»c: 2\n"),
    Mistake("S015", "a:\n  b:\n  «\t»c: 2\n"),
    Mistake("S015", "«\t»a: 1\n"),
    Mistake("S015", "a:\r\n«\t\t»- b\r\n"),
    Mistake("S015", "a:\n  -«\t»b: 1\n    c: 2\n", help: "one space"),
    Mistake("S015", "a: b\n«\t»c\nd: e\n"),
    Mistake("S015", "a: |\n«\t»foo\n"),
  ]

  static let colons: [Mistake] = [
    Mistake("S016", "m:\n  name«:»foo\n  d: bar\n", help: "`name: foo`"),
    Mistake("S016", "m:\n  l: x\n  name«:»foo\n"),
    Mistake("S016", "m:\n  l: x\n  name«:»foo # why\n  z: 1\n", help: "`name: foo`"),
    Mistake("S016", "m:\n  name«:»foo  # why\n  d: bar\n", help: "`name: foo`"),
    Mistake("S016", "a: 1\nm:\n  n:\n    name«:»foo # why\n    d: bar\n", help: "`name: foo`"),
    Mistake("S016", "name«:»foo\nd: bar\n"),
    Mistake("S016", "name«:»foo\n"),
    Mistake("S016", "\"name\"«:»foo\nd: bar\n"),
    Mistake("S016", "a: { env«:»NAME }\n", help: "`env: NAME`"),
    Mistake("S016", "ü: 1\nnäme«:»foo\nd: bar\n"),
    Mistake("S016", "[a«:»[b]]\n"),
    Mistake("S016", "a: 1\nb:\n- a\n«-»b\n", help: "`- b`"),
    Mistake("S029", "--- a«:» b\n"),
    Mistake("S012", "{«:» a}\n"),
    Mistake("S017", "m:\n  l: x\n  «name»\n  d: bar\n", help: "`name:`"),
    Mistake("S017", "m:\n  l: x\n  «name foo»\n  d: bar\n", help: "`name: foo`"),
    Mistake("S017", "«metadata»\n  name: x\n"),
    Mistake("S017", "a: 1\n«metadata»\n  name: x\n"),
    Mistake("S017", "m:\n  a: 1\n  «https://foo»\n"),
    Mistake("S023", "a: b«:» c\n", help: "'b: c'"),
    Mistake("S023", "- description: note«:» this # x\n  b: c\n", help: "'note: this'"),
    Mistake("S023", "a: \"b\"«:» c\n"),
  ]

  static let brackets: [Mistake] = [
    Mistake("S018", "a: «[»b, c\n«»", placeIsFirst: false, help: "`]`"),
    Mistake("S018", "a: «[»b, c\n«d:» e\nf: g\n", placeIsFirst: false),
    Mistake("S018", "a: «{»b: c\n«d:» e\n", placeIsFirst: false, help: "`}`"),
    Mistake("S018", "a: {b: «[»c«}»\nd: 1\n", placeIsFirst: false),
    Mistake("S018", "a: «[»b\n«---»\nc: 1\n", placeIsFirst: false),
    Mistake("S018", "a: [b]«]»\nc: 1\n"),
    Mistake("S018", "a: «]»\nc: 1\n"),
    Mistake("S025", "a: «[»\"b\" «\"c\"»]\n", placeIsFirst: false),
    Mistake("S025", "a: «[»b,«,» c]\n", placeIsFirst: false),
    Mistake("S025", "a: «{»b: \"c\" «d:» e}\n", placeIsFirst: false),
    Mistake("S025", "a: «{»\n  b: \"c\"\n  «d:» e\n}\n", placeIsFirst: false),
    Mistake("S028", "a: [x] «y»\n"),
    Mistake("S028", "a: {server} «to {x}» # y\nb: 1\n"),
  ]

  static let quotes: [Mistake] = [
    Mistake("S019", "a: «\"»b\nc: d\n"),
    Mistake("S019", "a: «'»b\nc: d\n"),
    Mistake("S019", "a: «\"»b\nc: «\"»d\"\ne: f\n"),
    Mistake("S019", "a: «\"»b\n«---»\nc: 1\n"),
    Mistake("S028", "a: 'it'«s here'»\nc: d\n", help: "it''s"),
    Mistake("S028", "a: \"b\" «c»\nd: 1\n"),
    Mistake("S022", "a: \"C:«\\W»indows\"\n", help: "'C:\\Windows'"),
    Mistake("S022", "a: \"C:\\new«\\D»ata\"\n", help: "'C:\\new\\Data'"),
    Mistake("S022", "a: \"it's «\\é»\"\n", help: "backslash twice"),
    Mistake("S022", "a: \"«\\x»ZZ\"\n"),
    Mistake("S022", "a: \"«\\u»D800\"\n"),
  ]

  static let layout: [Mistake] = [
    Mistake(
      "S020", "a:\n    «b»: 1\n  «c»: 2\n", placeIsFirst: false,
      help: "4 spaces to stand beside `b`"),
    Mistake("S020", "a:\n  «b»: 1\n    «c»: 2\n", placeIsFirst: false),
    Mistake("S020", "a:\n  b:\n    «x»: 1\n   «c»: 2\n", placeIsFirst: false),
    Mistake("S020", "  «a»: 1\n«b»: 2\n", placeIsFirst: false),
    Mistake("S020", "a:\n  «- b»\n «- c»\n", placeIsFirst: false),
    Mistake("S020", "a:\n  - «b»: 1\n   «c»: 2\n", placeIsFirst: false),
    Mistake("S024", "a:\n  - «b: 1»\n    «- c»\n", placeIsFirst: false),
    Mistake("S024", "a:\n  «- b»\n  «c: d»\n", placeIsFirst: false),
    Mistake("S024", "a:\n  «c: d»\n  «- b»\n", placeIsFirst: false),
    Mistake("S024", "«- a»\n«b: c»\n", placeIsFirst: false),
    Mistake("S024", "a: «- b»\n"),
    Mistake("S024", "--- «- b»\n"),
    Mistake("S024", "«[»«-» b]\n", placeIsFirst: false),
    Mistake("S020", "«x»: \"a\" # c\n  «y»: 2\n", placeIsFirst: false, help: "like `x`"),
    Mistake("S012", "«:» a\n"),
    Mistake("S012", "«\"a\nb\"»: 1\n"),
    Mistake("S028", "a: 1\n... «foo»\n"),
  ]

  static let characters: [Mistake] = [
    Mistake("S021", "a: «@»foo\n", help: "'@foo'"),
    Mistake("S021", "a: «`»foo`\n"),
    Mistake("S021", "a: «%»foo\n"),
    Mistake("S021", "a: «,» b\n"),
    Mistake("S021", "a: «?» b\n"),
    Mistake("S021", "m:\n  «@»a: 1\n"),
    Mistake("S026", "a: «&» foo\n"),
    Mistake("S026", "a: «*.log»\n", help: "'*.log'"),
    Mistake("S026", "a: &x «&y» b\n"),
    Mistake("S026", "a: &x 1\nb: &y «*x»\n"),
    Mistake("S027", "a: «>= 98%»\n", help: "'>= 98%'"),
    Mistake("S027", "a: «| foo»\n  bar\n"),
    Mistake("S014", "a: 1\n«%foo: 2»\n"),
    Mistake("S014", "«%YAML 3.0»\n---\na: 1\n"),
    Mistake("S014", "«%YAML 1.2»\na: 1\n"),
    Mistake("S014", "«%FOO bar»\n---\na: 1\n"),
    Mistake("S014", "%YAML 1.1\n«%YAML 1.1»\n---\na: 1\n"),
    Mistake("S014", "«%TAG !e! tag:x,2000:»\n---\na: 1\n"),
    Mistake("S013", "a: «!important»\n"),
    Mistake("S013", "a: «!foo!bar» x\n"),
  ]

  static let nodes: [Mistake] = [
    Mistake("S011", "«a»: 1\nb: 2\n«a»: 3\n", placeIsFirst: false),
    Mistake("S012", "a: {«{b: 1}»}\n"),
    Mistake("S012", "? «[a, b]»\n: 1\n"),
    Mistake("S008", "a: «*nowhere»\n"),
    Mistake("S008", "a: &first 1\nb: «*frist»\n", help: "`*first`"),
    Mistake("S009", "a: «&x» [b, «*x»]\n", placeIsFirst: false),
    Mistake("S010", "a: «&x» 1\nb: «&x» 2\n", placeIsFirst: false),
  ]

  @Test("A broken document does not hide those after it")
  func recovery() {
    let result = parse("a: [\n---\nb: 1\n---\nc: \"\n---\nd: @\n--- # last\ne: 2\n")
    #expect(result.diagnostics.map(\.code) == ["S018", "S019", "S021"])
    #expect(result.documents.map { outline($0) } == ["{b: 1}", "{e: 2}"])
    #expect(result.documents.compactMap { $0.root.map($0.span(of:))?.start } == [9, 43])
  }

  @Test("A document that seemed complete before the broken line is not handed out")
  func cutDocument() {
    let result = parse("  a: 1\nb: 2\n")
    #expect(result.diagnostics.map(\.code) == ["S020"])
    #expect(result.documents.isEmpty)
  }

  @Test("Reading ends after the hundredth error")
  func manyErrors() {
    let result = parse(String(repeating: "---\n@\n", count: 10_000))
    #expect(result.diagnostics.count == SyntaxLimits.standard.errors)
  }

  @Test("Places in documents after a broken one are right when the text is not ASCII")
  func placesAfterRecovery() throws {
    let marked = MarkedText("ü: [日本\n---\n# ключ\né: «\"ß\"»\n")
    let result = parse(marked.bytes)
    let tree = try #require(result.documents.first)
    let root = try #require(tree.root)
    let entry = try #require(tree.entries(of: root).first)
    #expect(tree.span(of: entry.value).range == marked.ranges[0])
  }
}
