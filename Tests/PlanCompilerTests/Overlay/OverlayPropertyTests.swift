import CanonicalJSON
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@Suite("A plan with overlays is the plan that one would write by hand") struct OverlayPropertyTests
{
  @Test("generated plans and overlays", arguments: 0..<200 as Range<UInt64>)
  func generated(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let base = PlanYAML.document(GeneratedRotation.plan(seed: seed))
    let first = overlay(
      of: base, by: PlanYAML.document(GeneratedRotation.plan(seed: seed &+ 1_000)), &random)
    let middle = merged(base, first)
    let second = overlay(
      of: middle, by: PlanYAML.document(GeneratedRotation.plan(seed: seed &+ 2_000)), &random)
    let overlaid = Overlaid(PlanYAML.text(base), PlanYAML.text(first), PlanYAML.text(second))
    let byHand = Overlaid(PlanYAML.text(merged(middle, second)))

    // Where the form is wrong, less is concluded from a merged plan than from one file.
    let isWellFormed = !byHand.reading(checks: false).diagnostics.hasErrors
    for checks in isWellFormed ? [false, true] : [false] {
      let found = overlaid.reading(checks: checks)
      let expected = byHand.reading(checks: checks)
      #expect(
        found.diagnostics.map(\.code).filter { $0 != "F023" }.sorted()
          == expected.diagnostics.map(\.code).sorted(),
        "seed \(seed)\n\(found.diagnostics.map(\.detail))\n\(expected.diagnostics.map(\.detail))")
      #expect(found.plans == expected.plans, "seed \(seed)")
      for (left, right) in zip(found.plans, expected.plans) {
        guard let left, let right else { continue }
        #expect(prove(left).sealed()?.digest == prove(right).sealed()?.digest, "seed \(seed)")
      }
    }
    let spans = overlaid.reading().diagnostics.flatMap { [$0.span] + $0.related.map(\.span) }
    #expect(
      spans.allSatisfy { span in
        guard let source = overlaid.sources[span.source] else { return !span.isKnown }
        return Int(span.end) <= source.bytes.count
      }, "seed \(seed)")
  }

  /// What merging means, on values.
  private func merged(_ base: JSONValue?, _ overlay: JSONValue) -> JSONValue {
    guard let changes = overlay.object else { return overlay }
    var members = base?.object ?? []
    for change in changes {
      let place = members.firstIndex { $0.name == change.name }
      if change.value == .null {
        if let place { members.remove(at: place) }
      } else if let place {
        members[place] = .init(change.name, merged(members[place].value, change.value))
      } else {
        members.append(.init(change.name, merged(nil, change.value)))
      }
    }
    return .object(members)
  }

  /// Some of a plan's values, some of another's, and some removals, of what is there and of what is not.
  private func overlay(
    of base: JSONValue, by other: JSONValue, _ random: inout SplitMix64, depth: Int = 0
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    for member in (other.object ?? []) + (base.object ?? [])
    where names.insert(member.name).inserted {
      guard depth > 0 || !["apiVersion", "kind"].contains(member.name) else { continue }
      let old = base[member.name]
      switch random.below(12) {
      case 0 where depth > 1: members.append(.init(member.name, .null))
      case 1 where depth > 0: members.append(.init("gone-\(random.below(9))", .null))
      case 2...6:
        if let old, old.object != nil, member.value.object != nil {
          members.append(
            .init(member.name, overlay(of: old, by: member.value, &random, depth: depth + 1)))
        } else {
          members.append(member)
        }
      default: break
      }
    }
    var unique: Set<String> = []
    return .object(members.filter { unique.insert($0.name).inserted })
  }
}
