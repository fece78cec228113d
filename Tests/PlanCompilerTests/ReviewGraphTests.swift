import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@testable import PlanCompiler

@Suite("Graphs that were read from files are looked at as if a stranger had written them")
struct ReviewGraphTests {
  private static func graphs(of path: String) throws -> [SealedGraph] {
    reading(try Repository.text(path)).plans.compactMap { $0.flatMap { prove($0).sealed() } }
  }

  @Test("What a plan compiles to is accepted when it is read back", arguments: Repository.plans)
  func accepted(path: String) throws {
    for sealed in try Self.graphs(of: path) {
      let read = try SealedGraph(canonicalBytes: sealed.canonicalBytes)
      let errors = review(read.graph).filter { $0.severity == .error && !$0.canBeSuppressed }
      #expect(errors.isEmpty, "\(errors.map(\.code))")
      #expect(seal(read.graph).canonicalBytes == sealed.canonicalBytes)
    }
  }

  @Test("Bytes that are changed are no graph, another graph, or refused; nothing traps")
  func mutated() throws {
    let bytes = try #require(try Self.graphs(of: Repository.quickstart).first).canonicalBytes
    var (refused, others) = (0, 0)
    for seed in 0..<600 {
      var chance = SplitMix64(seed: UInt64(seed))
      var changed = bytes
      for _ in 0...chance.below(3) {
        let place = chance.below(changed.count)
        switch chance.below(3) {
        case 0: changed[place] ^= UInt8(1 << chance.below(7))
        case 1:
          // Digits stand for steps, sites and lengths.
          let digits = changed.indices.filter { (0x30...0x39).contains(changed[$0]) }
          changed[digits[chance.below(digits.count)]] = UInt8(0x30 + chance.below(10))
        default: changed.removeSubrange(place..<min(changed.count, place + 1 + chance.below(40)))
        }
      }
      guard let read = try? SealedGraph(canonicalBytes: changed) else { continue }
      guard seal(read.graph).canonicalBytes == changed else { continue }
      if review(read.graph).contains(where: { $0.severity == .error }) {
        refused += 1
      } else {
        others += 1
      }
    }
    #expect(refused > 20 && others > 20, "\(refused) refused, \(others) others")
  }

  @Test(
    "Names that programs would take for something else are refused",
    arguments: [
      "$(reboot)", "a b", "-oProxyCommand=x", "", "a\nb", String(repeating: "a", count: 300),
    ])
  func names(address: String) throws {
    let sealed = try #require(try Self.graphs(of: Repository.oneServer).first)
    let graph = sealed.graph
    var plan = graph.plan
    plan.sites[0].servers[0].address = Located(address)
    let changed = StepGraph(plan: plan, steps: graph.steps, dependencies: graph.dependencies)
    #expect(review(changed).contains { $0.severity == .error })
  }
}
