import PlanSyntax
import PlanText
import TestSupport
import Testing

@Suite("Input that is no plan")
struct BadInputTests {
  @Test(
    "A file without content is an error",
    arguments: ["", "\n\n", "# nothing\n", "---\n", "\u{FEFF}", "---\n...\n"])
  func empty(_ text: String) {
    let result = parse(text)
    #expect(result.diagnostics.map(\.code) == ["S005"])
    #expect(result.documents.isEmpty)
  }

  @Test(
    "Other encodings are named",
    arguments: [
      ("UTF-16, little endian", [0xFF, 0xFE, 0x61, 0, 0x3A, 0]),
      ("UTF-16, big endian", [0xFE, 0xFF, 0, 0x61, 0, 0x3A]),
      ("UTF-16, little endian", [0x61, 0, 0x3A, 0, 0x20, 0]),
      ("UTF-16, big endian", [0, 0x61, 0, 0x3A]),
      ("UTF-32, little endian", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]),
      ("UTF-32, big endian", [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61]),
    ] as [(String, [UInt8])])
  func encodings(_ name: String, _ bytes: [UInt8]) {
    let found = parse(bytes).diagnostics
    #expect(found.map(\.code) == ["S002"])
    #expect(found.first?.detail.contains(name) == true)
  }

  @Test(
    "A byte that is no UTF-8 is named with its place",
    arguments: [
      ([0xE9, 0x20], "0xE9", 0..<1), ([0x80], "0x80", 0..<1), ([0xC0, 0xAF], "0xC0", 0..<1),
      ([0xE2, 0x82], "0xE2", 0..<1), ([0xED, 0xA0, 0x80], "0xED", 0..<1),
      ([0xC3, 0xBC, 0xFF], "0xFF", 2..<3), ([0xF5, 0x80, 0x80, 0x80], "0xF5", 0..<1),
    ] as [([UInt8], String, Range<Int>)])
  func invalidBytes(_ bytes: [UInt8], _ name: String, _ place: Range<Int>) {
    let head = Array("a: ".utf8)
    let found = parse(head + bytes + Array("\n".utf8)).diagnostics
    #expect(found.map(\.code) == ["S003"])
    #expect(found.first?.detail.contains(name) == true)
    #expect(found.first?.span.range == place.lowerBound + 3..<place.upperBound + 3)
  }

  @Test(
    "Characters that YAML forbids are named with their place",
    arguments: [
      "\0", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{7F}", "\u{80}", "\u{FEFF}", "\u{FFFE}",
    ])
  func forbidden(_ character: String) {
    let found = parse("a: é\(character)\n").diagnostics
    #expect(found.map(\.code) == ["S004"])
    #expect(found.first?.span.range == 5..<5 + character.utf8.count)
  }

  @Test("A file of rubbish is one diagnostic a kind, not one a byte")
  func rubbish() {
    var generator = SplitMix64(seed: 1)
    let bytes =
      [0x41, 0x42, 0x43, 0x44]
      + (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let found = parse(bytes).diagnostics
    #expect(found.map(\.code).sorted() == ["S003", "S004"])
    #expect(found.allSatisfy { $0.detail.contains("more such places") })
  }

  @Test("A file of a hundred megabytes is refused by its size")
  func large() {
    let found = parse([UInt8](repeating: 0x5B, count: 100 << 20)).diagnostics
    #expect(found.map(\.code) == ["S001"])
    #expect(found.first?.detail.contains("more than 64 MiB") == true)
  }

  @Test("Ten thousand levels are refused at the hundred and first, in flow and in block style")
  func deep() {
    let flow = parse(String(repeating: "[", count: 10_000))
    #expect(flow.diagnostics.map(\.code) == ["S006"])
    #expect(flow.diagnostics.first?.span.range == 100..<101)

    let list = parse(String(repeating: "- ", count: 10_000) + "x\n")
    #expect(list.diagnostics.map(\.code) == ["S006"])
    #expect(list.diagnostics.first?.span.range == 200..<201)

    var block = ""
    for level in 0..<2_000 { block += String(repeating: " ", count: level) + "a:\n" }
    let mapping = parse(block)
    #expect(mapping.diagnostics.map(\.code) == ["S006"])

    let lines = parse(String(repeating: "[\n", count: 10_000))
    #expect(lines.diagnostics.map(\.code) == ["S006"])
  }

  @Test("A hundred levels are read")
  func deepEnough() {
    let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(parse(text).diagnostics.isEmpty)
  }

  @Test("Levels are counted through aliases")
  func deepByAliases() {
    var text = "a0: &a0 [x]\n"
    for number in 1...200 { text += "a\(number): &a\(number) [*a\(number - 1)]\n" }
    #expect(parse(text).diagnostics.map(\.code) == ["S006"])
  }

  @Test("An alias bomb is found without being written out")
  func bomb() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for number in 1...50 {
      let items = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      text += "a\(number): &a\(number) [\(items)]\n"
    }
    let found = parse(text).diagnostics
    #expect(found.map(\.code) == ["S007"])
    #expect(found.first?.related.count == 1)

    // Sizes beyond every integer saturate.
    var limits = SyntaxLimits()
    limits.expandedNodes = .max - 1
    #expect(parse(text, limits: limits).diagnostics.map(\.code) == ["S007"])
  }

  @Test("Aliases that stay under the limit are read as shared nodes")
  func manyAliases() throws {
    var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\nb:\n"
    for _ in 0..<1_000 { text += "- *a\n" }
    let result = parse(text)
    #expect(result.diagnostics.isEmpty)
    let tree = try #require(result.documents.first)
    let distinct = Set(nodes(of: tree))
    #expect(distinct.count == 1 + 2 + 1 + 10 + 1)
  }

  @Test("The number of values is limited without aliases too")
  func manyValues() {
    var limits = SyntaxLimits()
    limits.expandedNodes = 100
    #expect(parse(String(repeating: "- x\n", count: 99), limits: limits).diagnostics.isEmpty)
    #expect(
      parse(String(repeating: "- x\n", count: 100), limits: limits).diagnostics.map(\.code)
        == ["S007"])
  }
}
