import PlanSyntax
import PlanText
import Testing

@Suite("Reading documents")
struct SyntaxTreeTests {
  @Test("Scalars keep their text and style, whatever YAML would make of them")
  func scalars() {
    let result = parse(
      """
      plain: no
      version: 1.10
      single: 'it''s'
      double: "a\\tb\\u00e9"
      literal: |
        one
        two
      folded: >-
        one
        two
      empty:
      null: ~

      """)
    #expect(result.diagnostics.isEmpty)
    #expect(
      result.documents.map { outline($0) } == [
        """
        {plain: no, version: 1.10, single: 'it's', double: "a\tbé", literal: |one
        two
        , folded: >one two, empty: , null: ~}
        """
      ])
  }

  @Test("Only plain scalars without text, and ~ and null, are null")
  func nulls() throws {
    let tree = try #require(
      parse("- ~\n- null\n-\n- ''\n- '~'\n- \"null\"\n- Null\n").documents.first)
    let root = try #require(tree.root)
    #expect(
      tree.items(of: root).map { tree.isNull($0) } == [
        true, true, true, false, false, false, false,
      ])
  }

  @Test("Several documents are several trees with places in the one file")
  func documents() {
    let result = parse("a: 1\n---\nb: 2\n...\n%YAML 1.2\n---\nc: ü\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { outline($0) } == ["{a: 1}", "{b: 2}", "{c: ü}"])
    #expect(
      result.documents.compactMap { tree in tree.root.map { tree.span(of: $0).start } }
        == [0, 9, 32])
  }

  @Test("Documents without content are left out")
  func emptyDocuments() {
    let result = parse("---\n---\na: 1\n---\n# nothing\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { outline($0) } == ["{a: 1}"])
  }

  @Test("An alias is the node of its anchor, and later anchors win")
  func aliases() throws {
    let result = parse("a: &x {k: v}\nb: *x\nc: &x 2\nd: [*x, *x]\n")
    #expect(result.diagnostics.map(\.code) == ["S010"])
    let tree = try #require(result.documents.first)
    #expect(outline(tree) == "{a: {k: v}, b: {k: v}, c: 2, d: [2, 2]}")
    let root = try #require(tree.root)
    let entries = Array(tree.entries(of: root))
    #expect(entries[0].value == entries[1].value)
  }

  @Test("Anchors do not reach into the next document")
  func anchorsEnd() {
    let result = parse("a: &x 1\n---\nb: *x\n")
    #expect(result.diagnostics.map(\.code) == ["S008"])
  }

  @Test("The core tags of a node's own kind are accepted")
  func coreTags() {
    #expect(parse("a: !!str 1\nb: !!map {}\nc: !!seq []\n").diagnostics.isEmpty)
    #expect(parse("a: !!map [x]\n").diagnostics.map(\.code) == ["S013"])
    #expect(parse("a: !!int 1\n").diagnostics.map(\.code) == ["S013"])
  }

  @Test("A merge key is a key like others")
  func mergeKey() {
    let result = parse("a: &x {k: v}\nb:\n  <<: *x\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.documents.map { outline($0) } == ["{a: {k: v}, b: {<<: {k: v}}}"])
  }

  @Test("Ten thousand keys are compared, and the one that stands twice is found")
  func manyKeys() {
    var text = ""
    for number in 0..<10_000 { text += "key-\(number): \(number)\n" }
    #expect(parse(text).diagnostics.isEmpty)
    text += "key-4711: again\nkey-4711: and again\n"
    let found = parse(text).diagnostics
    #expect(found.map(\.code) == ["S011", "S011"])
    let first = text.utf8.count - text.split(separator: "key-4711: 4711")[1].utf8.count - 14
    #expect(found.allSatisfy { $0.related.first?.span.range == first..<first + 8 })
  }

  @Test("Keys are compared by their text, however they are written")
  func writtenKeys() {
    #expect(parse("{a: 1, 'a': 2}").diagnostics.map(\.code) == ["S011"])
    #expect(parse("{a: 1, A: 2, é: 3, e\u{301}: 4, '': 5}").diagnostics.isEmpty)
    #expect(parse("x: &k a\ny: {*k : 1, a: 2}").diagnostics.map(\.code) == ["S011"])
  }

  @Test(
    "A scalar that looks like a key and its value is told apart from addresses and text",
    arguments: [
      ("clients:4200", "clients 4200"), ("sha256:3f", "sha256 3f"), ("https://x.example.net", ""),
      ("'a:b'", ""), ("a b:c", ""), ("a:", ""), ("ab", ""), ("[a]", ""), ("näme:x", "näme x"),
    ])
  func missingSpace(_ text: String, _ expected: String) throws {
    let tree = try #require(parse("- - \(text)\n").documents.first)
    let root = try #require(tree.root)
    let list = try #require(tree.items(of: root).first)
    let node = try #require(tree.items(of: list).first)
    let found = tree.missingSpace(in: node).map { "\($0.key) \($0.value)" }
    #expect((found ?? "") == expected)
  }
}
