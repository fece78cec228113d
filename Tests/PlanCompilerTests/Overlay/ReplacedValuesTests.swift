import PlanText
import TestSupport
import Testing

@testable import PlanCompiler
@testable import PlanSyntax

@Suite("Values that overlays replaced") struct ReplacedValuesTests {
  @Test("Of the replacements around a place the last one is found, as by going through all of them")
  func overlaid() {
    let head = "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: x }\n"
    let plan = head + "sites: { p: 1 }\nwaits: { default: { minimum: 1d } }\n"
    let twice = Overlaid(
      plan, "sites: { p: &w [ x ] }\nwaits: { default: { minimum: *w } }\n")
    let related = twice.reading(checks: false).diagnostics
      .filter { $0.span.source == SourceID(index: 1) }
      .flatMap(\.related).map { twice.place($0.span) }
    #expect(!related.isEmpty && related.allSatisfy { $0 == "plan.yaml: 1d" }, "\(related)")
  }

  @Test("Whatever lies in what, the answer is that of the plain search", arguments: 0..<60)
  func generated(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // Places of nodes: in each other or apart, in two sources.
    var places: [SourceSpan] = []
    func divide(_ source: UInt32, _ start: Int, _ end: Int, _ depth: Int) {
      places.append(SourceSpan(source: SourceID(index: source), start: start, end: end))
      var position = start
      while depth < 4, position + 1 < end {
        let first = position + random.below(3)
        let last = min(end, first + 1 + random.below(max(1, (end - start) / 2)))
        if first < last { divide(source, first, last, depth + 1) }
        position = max(last, position + 1)
      }
    }
    for source in 1...2 as ClosedRange<UInt32> { divide(source, 0, 60, 0) }
    let nodes = places.dropFirst(random.below(3))
    let replacements = (0..<random.below(40)).map { number in
      SyntaxTree.Replacement(
        new: nodes[nodes.startIndex + random.below(nodes.count)],
        old: SourceSpan(source: SourceID(index: 0), start: number, end: number + 1))
    }
    let replaced = ReplacedValues(replacements)
    for place in places {
      let plain = replacements.last {
        $0.new.source == place.source && $0.new.start <= place.start && place.end <= $0.new.end
      }
      #expect(replaced.old(around: place) == plain?.old, "seed \(seed)")
    }
  }
}
