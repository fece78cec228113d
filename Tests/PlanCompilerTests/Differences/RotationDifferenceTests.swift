import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("What differs between two rotations")
struct RotationDifferenceTests {
  private func sealed(_ seed: UInt64) -> SealedGraph {
    seal(lower(GeneratedRotation.plan(seed: seed)))
  }

  private func ids(_ steps: [Int], _ graph: SealedGraph) -> Set<String> {
    Set(steps.map { graph.graph.id(of: $0) })
  }

  @Test("Nothing differs from itself", arguments: 0..<40)
  func same(seed: UInt64) throws {
    let one = sealed(seed)
    let difference = RotationDifference(from: one, to: sealed(seed))
    #expect(difference.isEmpty)
    #expect(difference.parts.isEmpty)
    #expect(difference.concerns.isEmpty)
    let steps = try #require(difference.steps)
    #expect(steps.isEmpty && steps.addedEdges == 0 && steps.removedEdges == 0)
    #expect(difference.figuresBefore == difference.figuresAfter)
  }

  @Test("Steps are told apart as their ids and edges are", arguments: 0..<60)
  func steps(seed: UInt64) throws {
    let old = sealed(seed)
    let new = sealed(seed + 1_000)
    let steps = try #require(RotationDifference(from: old, to: new).steps)
    let oldIDs = ids(Array(old.graph.steps.indices), old)
    let newIDs = ids(Array(new.graph.steps.indices), new)
    #expect(ids(steps.added, new) == newIDs.subtracting(oldIDs), "seed \(seed)")
    #expect(ids(steps.removed, old) == oldIDs.subtracting(newIDs), "seed \(seed)")
    let (oldEdges, newEdges) = (edges(old.graph), edges(new.graph))
    #expect(steps.addedEdges == newEdges.subtracting(oldEdges).count, "seed \(seed)")
    #expect(steps.removedEdges == oldEdges.subtracting(newEdges).count, "seed \(seed)")
    for change in steps.changed {
      let id = new.graph.id(of: change.new)
      #expect(id == old.graph.id(of: change.old))
      #expect(!change.aspects.isEmpty)
      let before = Set(old.graph.dependencies[change.old].map { old.graph.id(of: Int($0)) })
      let after = Set(new.graph.dependencies[change.new].map { new.graph.id(of: Int($0)) })
      #expect(
        Set(change.addedDependencies.map { new.graph.id(of: $0) }) == after.subtracting(before))
      #expect(
        Set(change.removedDependencies.map { old.graph.id(of: $0) }) == before.subtracting(after))
    }
  }

  private func edges(_ graph: StepGraph) -> Set<String> {
    var result: Set<String> = []
    for step in graph.steps.indices {
      for dependency in graph.dependencies[step] {
        result.insert("\(graph.id(of: Int(dependency))) > \(graph.id(of: step))")
      }
    }
    return result
  }

  @Test("Seen from the other side, added is removed and before is after", arguments: 0..<60)
  func symmetry(seed: UInt64) throws {
    let (one, two) = (sealed(seed), sealed(seed + 1_000))
    let forth = RotationDifference(from: one, to: two)
    let back = RotationDifference(from: two, to: one)
    let (there, here) = (try #require(forth.steps), try #require(back.steps))
    #expect(there.added == here.removed && there.removed == here.added)
    #expect(there.addedEdges == here.removedEdges && there.removedEdges == here.addedEdges)
    #expect(Set(there.changed.map(\.new)) == Set(here.changed.map(\.old)), "seed \(seed)")
    #expect(
      there.changed.map(\.aspects.rawValue).sorted()
        == here.changed.map(\.aspects.rawValue).sorted(),
      "seed \(seed)")
    #expect(Set(forth.parts.map(words)) == Set(back.parts.map(mirrored).map(words)), "seed \(seed)")
    #expect(forth.figuresBefore == back.figuresAfter)
  }

  private func words(_ part: PlanDifference.Part) -> String {
    let fields = part.fields.map { field in
      "\(field.name) \(field.item ?? "") \(String(describing: field.before)) \(String(describing: field.after))"
    }
    return "\(part.kind) \(part.change) \(part.name) \(fields.sorted())"
  }

  private func mirrored(_ part: PlanDifference.Part) -> PlanDifference.Part {
    let change: PlanDifference.Change =
      switch part.change {
      case .added: .removed
      case .removed: .added
      case .changed: .changed
      }
    // The name of the plan itself is that of the side that is new.
    return PlanDifference.Part(
      kind: part.kind, name: part.name, change: change,
      fields: part.fields.map { $0.mirrored })
  }

  @Test("Whatever makes two digests differ shows somewhere", arguments: 0..<60)
  func complete(seed: UInt64) throws {
    let old = sealed(seed)
    var plan = old.graph.plan
    // One thing at a time, by the seed.
    let site = Int(seed) % plan.sites.count
    switch seed % 10 {
    case 0: plan.waits.httpsRestored.every = Located(.minutes(7))
    case 1: plan.sites[site].servers[0].address = Located("elsewhere.example.net")
    case 2: plan.sites[site].clients = Located(77_777)
    case 3: plan.labels.append(.init(key: Located("x"), value: Located("y")))
    case 4: plan.certificates[0].container = .jks(Located("other.jks"))
    case 5: plan.strategy.serversAtOnce = Located(9)
    case 6:
      plan.automation = [
        AutomationRule(action: Located(.backUpServer), channel: Located(.operator))
      ]
    case 7: plan.sites[site].servers[0].version = ProductVersion("14.3.1").map { Located($0) }
    case 8: plan.waits.certificateReceived.overrideReason = Located("a reason")
    default: plan.description = "another"
    }
    let new = seal(lower(plan))
    let difference = RotationDifference(from: old, to: new)
    #expect(difference.isEmpty == (old.digest == new.digest))
    #expect(difference.isEmpty || !difference.parts.isEmpty, "seed \(seed)")
  }
}

extension PlanDifference.Field {
  /// The same field seen from the other side.
  var mirrored: PlanDifference.Field {
    PlanDifference.Field(
      name: name, item: item, before: after, after: before, isSilent: isSilent)
  }
}
