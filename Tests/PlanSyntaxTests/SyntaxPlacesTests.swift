import PlanSyntax
import PlanText
import TestSupport
import Testing

@Suite("Places of nodes")
struct SyntaxPlacesTests {
  /// The spans of all nodes of the first document, outermost first.
  private func spans(_ marked: MarkedText) -> [Range<Int>] {
    let result = parse(marked.bytes)
    #expect(result.diagnostics.isEmpty)
    guard let tree = result.documents.first else { return [] }
    return nodes(of: tree).map { tree.span(of: $0).range }
      .sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
  }

  @Test(
    "Every node has the bytes that an author would mark",
    arguments: [
      "««a»: «1»»\n",
      "# comment\n««a»:\n  ««b»: «x y»»»   # more\n\n# end\n",
      "««list»:\n«- «one»\n- «'two'»»»\n",
      "««l»: «[«a», «{«b»: «c»}» ]»»\n",
      "««t»: «|\n  first\n\n  last»»\n\n\n",
      "««t»: «>-\n    folded\n    text»\n«k»: «v»»\n",
      "««é»: «\"日本 🎉\"»\n«ключ»: «значение»»\n",
      "\u{FEFF}««a»: «b»»\n",
      "««a»: «b»\r\n«c»:\r\n  ««d»: «e»»»\r\n",
      "««a»: «b»\r«c»: «d»»\r",
      "««a»: &anchor «x»\n«b»: &other\n  ««c»: «y»»»\n",
      "««a»: !!str «x»\n«b»: !!seq «[«1»]»»\n",
      "««a»: &s\n  «- «x»»»\n",
      "««a»: &s\n«- «x»»»\n",
      "««a»:«»\n«b»:«»»\n",
      "«- «- «x»»\n- «{}»»\n",
      "««a»: «first\n  second»\n«b»: «'q\n  r'»»\n",
    ])
  func places(_ text: String) {
    let marked = MarkedText(text)
    let expected = marked.ranges.sorted {
      ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound)
    }
    #expect(spans(marked) == expected)
  }

  @Test("Line breaks that only YAML 1.1 knows do not shift what follows")
  func oldLineBreaks() {
    let marked = MarkedText("««a»: «x»\u{2028}«b»: «y»\u{85}«c»: «z»»\n")
    #expect(spans(marked) == marked.ranges)
  }

  @Test("Scalars of random Unicode text are found again at their places", arguments: 0..<40)
  func randomUnicode(_ seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let alphabet = Array("abcxyz019 éüßñ日本語漢字👩‍💻🎉e\u{301}\u{A0}\u{2028}א".unicodeScalars)
    var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
    var expected: [(range: Range<Int>, value: String)] = []
    for number in 0..<Int.random(in: 1...60, using: &generator) {
      var value = ""
      for _ in 0..<Int.random(in: 0...50, using: &generator) {
        value.unicodeScalars.append(alphabet.randomElement(using: &generator) ?? "x")
      }
      // Breaks are folded in quoted text; keep them out of what is compared byte by byte.
      value.unicodeScalars.removeAll { $0 == "\u{2028}" }
      if Bool.random(using: &generator) { text += "# \(value)\n" }
      text += "k\(number): "
      let start = text.utf8.count
      text += "\"\(value)\""
      expected.append((start..<text.utf8.count, value))
      text += Bool.random(using: &generator) ? "\n" : "\r\n"
    }
    let result = parse(text)
    #expect(result.diagnostics.isEmpty, "seed \(seed)")
    let tree = try #require(result.documents.first)
    let root = try #require(tree.root)
    let entries = Array(tree.entries(of: root))
    try #require(entries.count == expected.count, "seed \(seed)")
    for (entry, wanted) in zip(entries, expected) {
      #expect(tree.span(of: entry.value).range == wanted.range, "seed \(seed)")
      #expect(
        tree.string(of: entry.value).unicodeScalars.elementsEqual(wanted.value.unicodeScalars),
        "seed \(seed)")
    }
  }
}
