import PlanLayout
import PlanSyntax
import PlanText
import TestSupport
import Testing

@Suite("Layouts of any document") struct LayoutPropertyTests {
  @Test(
    "Laying out twice changes nothing, and values and comments stay",
    arguments: 0..<300 as Range<UInt64>)
  func generated(seed: UInt64) throws {
    let text = WildYAML.text(seed: seed)
    let first = try #require(outcome(of: text), "seed \(seed)\n\(text)")
    #expect(outcome(of: first) == first, "seed \(seed)\n\(text)\n=>\n\(first)")
    #expect(commentTexts(first) == commentTexts(text), "seed \(seed)\n\(text)\n=>\n\(first)")
    #expect(shape(first) == shape(text), "seed \(seed)\n\(text)\n=>\n\(first)")
    let bytes = Array(first.utf8)
    #expect(bytes.last == 0x0A && !bytes.contains(0x0D), "seed \(seed)\n\(first)")
    // Empty lines at the end of a block that keeps them are text.
    if !text.contains("+") {
      #expect(!first.contains("\n\n\n") && !first.hasSuffix("\n\n"), "seed \(seed)\n\(first)")
    }
  }

  @Test("A damaged document is refused or keeps its meaning", arguments: 0..<40 as Range<UInt64>)
  func mangled(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for round in 0..<60 {
      var bytes = Array(WildYAML.text(seed: seed &* 60 &+ UInt64(round)).utf8)
      for _ in 0...random.below(4) { mangle(&bytes, &random) }
      let source = SourceText(name: "plan.yaml", bytes: bytes)
      switch canonicalLayout(of: source, id: SourceID(index: 0)) {
      case .refused(let diagnostics): #expect(diagnostics.hasErrors)
      case .changed:
        Issue.record(
          "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
        )
      case .text(let text):
        let written = String(decoding: text, as: UTF8.self)
        let original = String(decoding: bytes, as: UTF8.self)
        #expect(shape(written) == shape(original), "seed \(seed), round \(round)")
        #expect(
          outcome(of: written) == written,
          "seed \(seed), round \(round)\n\(original)\n=>\n\(written)")
      }
    }
  }

  @Test("No valid document is beyond the layout") func defects() {
    var random = SplitMix64(seed: 1)
    var defects: [String] = []
    var valid = 0
    for seed in 0..<1500 as Range<UInt64> {
      var bytes = Array(WildYAML.text(seed: seed).utf8)
      for _ in 0...random.below(3) { mangle(&bytes, &random) }
      let source = SourceText(name: "plan.yaml", bytes: bytes)
      switch canonicalLayout(of: source, id: SourceID(index: 0)) {
      case .refused: break
      case .changed: defects.append(String(decoding: bytes, as: UTF8.self))
      case .text: valid += 1
      }
    }
    #expect(valid > 300)
    #expect(defects.isEmpty, "\(defects.map(\.debugDescription).joined(separator: "\n"))")
  }

  private func mangle(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let special = Array(":-[]{},#&*!|>'\"%@`?\t\n\r \\".utf8)
    let at = random.below(bytes.count + 1)
    switch random.below(4) {
    case 0 where at < bytes.count: bytes.remove(at: at)
    case 1 where at < bytes.count: bytes[at] = special[random.below(special.count)]
    case 2:
      let end = min(bytes.count, at + random.below(20))
      bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count + 1))
    default: bytes.insert(special[random.below(special.count)], at: at)
    }
  }
}
