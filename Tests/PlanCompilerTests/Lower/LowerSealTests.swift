import CanonicalJSON
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@Suite("Sealed graphs")
struct LowerSealTests {
  @Test("More steps than can be shown and compared are refused, in all plans of a file together")
  func tooManySteps() {
    let plan = GeneratedRotation.plan(seed: 1).deletingPartners
    let count = prove(plan).graph.steps.count
    #expect(prove(plan, limit: count).sealed() != nil)
    #expect(prove(plan, besides: 7, limit: count + 7).sealed() != nil)
    for refused in [prove(plan, limit: count - 1), prove(plan, besides: 1, limit: count)] {
      #expect(refused.diagnostics.map(\.code) == ["S001"] && refused.sealed() == nil)
    }
  }

  @Test("What is decoded is what was sealed, without places")
  func roundTrip() throws {
    for seed in UInt64(0)..<150 {
      let sealed = seal(lower(GeneratedRotation.plan(seed: seed)))
      let read = try SealedGraph(canonicalBytes: sealed.canonicalBytes)
      #expect(read == sealed, "seed \(seed)")
      #expect(seal(read.graph).canonicalBytes == sealed.canonicalBytes, "seed \(seed)")
      #expect(read.graph.plan.sites.allSatisfy { !$0.name.span.isKnown }, "seed \(seed)")
    }
  }

  @Test("Places do not change the digest, values do")
  func digest() {
    let plan = RotationShape.twoSites.plan
    var moved = plan
    moved.sites[0].name.span = SourceSpan(source: SourceID(index: 3), start: 77, end: 80)
    #expect(seal(lower(moved)).digest == seal(lower(plan)).digest)
    var other = plan
    other.waits.verificationDisabled.minimum.value += .seconds(1)
    #expect(seal(lower(other)).digest != seal(lower(plan)).digest)
  }

  @Test("The digest is the SHA-256 of the bytes in lower-case digits")
  func digestForm() {
    let digest = seal(lower(RotationPlan(name: Located("empty"), sites: []))).digest
    #expect(digest.hasPrefix("sha256:") && digest.utf8.count == 71)
    #expect(digest.dropFirst(7).allSatisfy { "0123456789abcdef".contains($0) })
  }

  @Test("A newer major version is refused as newer, a newer minor version is read")
  func versions() throws {
    let sealed = seal(lower(RotationShape.single.plan))
    let text = String(decoding: sealed.canonicalBytes, as: UTF8.self)
    let newer = Array(
      text.replacing("\"formatVersion\":\"1.0\"", with: "\"formatVersion\":\"2.0\"").utf8)
    let error = #expect(throws: SealedGraphError.self) { try SealedGraph(canonicalBytes: newer) }
    #expect(error?.kind == .newerFormat)
    #expect(error?.message.contains("2.0") == true)
    let minor = Array(
      text.replacing("\"formatVersion\":\"1.0\"", with: "\"formatVersion\":\"1.7\"").utf8)
    #expect(try SealedGraph(canonicalBytes: minor).graph == sealed.graph)
  }

  @Test("Damage is an error wherever it is, never a crash")
  func damage() throws {
    let sealed = seal(lower(RotationShape.single.plan))
    let bytes = sealed.canonicalBytes
    for end in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: SealedGraphError.self) {
        try SealedGraph(canonicalBytes: Array(bytes[..<end]))
      }
    }
    var random = SplitMix64(seed: 4)
    for _ in 0..<2_000 {
      var other = bytes
      other[random.below(other.count)] = UInt8(random.below(256))
      // A changed name is still a graph; what matters is that nothing traps and nothing is taken for
      // what was sealed.
      if let read = try? SealedGraph(canonicalBytes: other), other != bytes {
        #expect(read.digest != sealed.digest)
      }
    }
  }

  @Test(
    "Positions that the document does not have are damage",
    arguments: [
      ("\"site\":0", "\"site\":9"), ("\"server\":0", "\"server\":9"),
      ("\"dependsOn\":[0,1]", "\"dependsOn\":[1,0]"),
      ("\"dependsOn\":[0,1]", "\"dependsOn\":[0,999]"),
      ("\"check-server\"", "\"check-sever\""), ("\"kind\":\"RotationGraph\"", "\"kind\":\"Other\""),
    ])
  func positions(_ good: String, _ bad: String) throws {
    let text = String(
      decoding: seal(lower(RotationShape.single.plan)).canonicalBytes, as: UTF8.self)
    let changed = text.replacing(good, with: bad)
    try #require(changed != text)
    let error = #expect(throws: SealedGraphError.self) {
      try SealedGraph(canonicalBytes: Array(changed.utf8))
    }
    #expect(error?.kind == .damaged)
  }

  @Test("Compiling a generated plan yields a sealed graph and no diagnostics")
  func compiling() {
    for seed in UInt64(0)..<300 {
      let proved = prove(GeneratedRotation.plan(seed: seed).deletingPartners)
      #expect(proved.diagnostics.map(\.detail) == [], "seed \(seed)")
      #expect(proved.sealed() != nil, "seed \(seed)")
    }
  }
}
