import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import TestSupport
import Testing

@Suite("The verifier catches a spoiled graph")
struct VerifyMutationTests {
  /// The shapes and some generated plans.
  private var graphs: [(name: String, graph: StepGraph)] {
    RotationShape.allCases.map { ($0.rawValue, lower($0.plan)) }
      + (UInt64(0)..<12).map { ("seed \($0)", lower(GeneratedRotation.plan(seed: $0))) }
  }

  /// The invariants of which one at least is broken when `step` no longer waits for `dependency`.
  private func codes(_ dependency: Action, _ step: Action) -> [String] {
    switch (dependency, step) {
    case (.checkCertificate, _), (.checkServer, _), (.recordSettings, _), (.backUpServer, _):
      ["G011"]
    case (.breakReplication, _): ["G003"]
    case (.confirmSettings, .restoreReplication), (.restoreReplication, _): ["G003"]
    case (.confirmSettings, _): ["G010"]
    case (.switchClientsToHTTP, _), (.disableVerification, _), (.awaitVerificationDisabled, _):
      ["G001"]
    case (.updateCertificate, _), (.restartServices, _): ["G004"]
    // The next server of a lane.
    case (.verifyCertificate, .updateCertificate): ["G001"]
    case (.verifyCertificate, _), (.renewDatabaseCertificate, .awaitCertificateReceived): ["G004"]
    case (.awaitCertificateReceived, .updateCertificate): ["G007"]
    case (.awaitCertificateReceived, .renewDatabaseCertificate): ["G004"]
    case (.awaitCertificateReceived, .enableVerification): ["G006"]
    case (_, .backUpDatabase), (_, .upgradeServer): ["G002"]
    case (.enableVerification, _), (.awaitVerificationEnabled, _), (.switchClientsToHTTPS, _),
      (_, .confirmSettings):
      ["G005"]
    default: []
    }
  }

  @Test("Every single edge that is dropped breaks the invariant that it is there for")
  func droppedEdges() {
    for (name, graph) in graphs {
      #expect(verify(graph) == [], "\(name)")
      for step in graph.steps.indices {
        for dependency in graph.dependencies[step] {
          var mutation = GraphMutation(graph)
          mutation.drop(dependency, of: step)
          let what = "\(name): \(graph.id(of: Int(dependency))) > \(graph.id(of: step))"
          let found = verify(mutation.graph)
          let wanted = codes(graph.steps[Int(dependency)].action, graph.steps[step].action)
          #expect(found.contains { wanted.contains($0.code) }, "\(what): \(found.map(\.code))")
          expectPaths(found, in: mutation.graph, what)
        }
      }
    }
  }

  @Test("Every edge that is moved to an earlier step is caught")
  func movedEdges() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        for dependency in graph.dependencies[step] {
          for earlier in graph.dependencies[Int(dependency)] {
            var mutation = GraphMutation(graph)
            mutation.drop(dependency, of: step)
            mutation.dependencies[step].append(earlier)
            let what = "\(name): \(graph.id(of: Int(dependency))) > \(graph.id(of: step))"
            let found = verify(mutation.graph)
            #expect(!found.isEmpty, "\(what), moved to \(graph.id(of: Int(earlier)))")
            expectPaths(found, in: mutation.graph, what)
          }
        }
      }
    }
  }

  @Test("Every step that is left out is missed, whether the gap is closed or not")
  func droppedSteps() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        for bridging in [false, true] {
          var mutation = GraphMutation(graph)
          mutation.remove(step, bridging: bridging)
          let found = verify(mutation.graph)
          #expect(
            found.contains { $0.detail.hasPrefix("`\(graph.id(of: step))` is missing") },
            "\(name): \(graph.id(of: step)), \(found.map(\.detail))")
          expectPaths(found, in: mutation.graph, "\(name): \(graph.id(of: step))")
        }
      }
    }
  }

  @Test("Every two neighbours that are merged into one are caught")
  func mergedSteps() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        for dependency in graph.dependencies[step] {
          for (gone, kept) in [(step, Int(dependency)), (Int(dependency), step)] {
            var mutation = GraphMutation(graph)
            mutation.merge(gone, into: kept)
            let found = verify(mutation.graph)
            #expect(
              found.contains { $0.detail.contains(graph.id(of: gone)) },
              "\(name): \(graph.id(of: gone)) into \(graph.id(of: kept))")
          }
        }
      }
    }
  }

  @Test("Every two steps of one target that exchange what they do are caught")
  func swappedActions() {
    for (name, graph) in graphs {
      let before = GraphMutation.edges(graph)
      for first in graph.steps.indices {
        for second in graph.steps.indices[(first + 1)...]
        where graph.steps[first].target == graph.steps[second].target {
          var mutation = GraphMutation(graph)
          mutation.swapActions(first, second)
          let spoiled = mutation.graph
          // Two checks that exchange their places are the same graph in another order.
          guard GraphMutation.edges(spoiled) != before else { continue }
          let found = verify(spoiled)
          #expect(!found.isEmpty, "\(name): \(graph.id(of: first)) and \(graph.id(of: second))")
          expectPaths(found, in: spoiled, "\(name): \(graph.id(of: first))")
        }
      }
    }
  }

  @Test("Every step that is there twice is caught as such")
  func duplicatedSteps() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        var mutation = GraphMutation(graph)
        mutation.duplicate(step)
        let found = verify(mutation.graph)
        #expect(found.map(\.code) == ["G008"], "\(name)")
        #expect(found.first?.detail.contains("`\(graph.id(of: step))` twice") == true, "\(name)")
      }
    }
  }

  @Test("Every reversal that is cleared or wrong is caught, and only there")
  func reversals() {
    for (name, graph) in graphs {
      for step in graph.steps.indices where graph.steps[step].action.effect.isMutating {
        var mutation = GraphMutation(graph)
        mutation.steps[step].reversal = nil
        mutation.steps[step].isPointOfNoReturn = false
        #expect(verify(mutation.graph).map(\.code) == ["G009"], "\(name)")
        mutation.steps[step].reversal = .checkServer
        #expect(verify(mutation.graph).map(\.code) == ["G009"], "\(name)")
      }
    }
  }

  @Test(
    "Every edge that is turned round is caught as out of order, and with it a circle as a circle")
  func circles() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        for dependency in graph.dependencies[step] {
          var mutation = GraphMutation(graph)
          mutation.dependencies[Int(dependency)].append(Int32(step))
          let found = verify(mutation.graph)
          #expect(found.map(\.code) == ["G008"], "\(name)")
          let first = graph.id(of: Int(dependency))
          let second = graph.id(of: step)
          #expect(
            found.first?.detail.contains("\(first) → \(second)") == true
              || found.first?.detail.contains("\(second) → \(first)") == true, "\(name)")
          mutation.drop(dependency, of: step)
          #expect(verify(mutation.graph).first?.code == "G008", "\(name)")
        }
      }
    }
  }

  @Test("A step with another target is caught")
  func otherTargets() {
    for (name, graph) in graphs {
      for step in graph.steps.indices {
        var mutation = GraphMutation(graph)
        mutation.steps[step].target =
          graph.site(of: step) == nil ? .site(0) : .partnership(0)
        let hasTarget = graph.site(of: step) == nil || !graph.plan.partnerships.isEmpty
        let found = verify(mutation.graph)
        #expect(found.contains { $0.code == (hasTarget ? "G012" : "G008") }, "\(name)")
      }
    }
  }

  @Test("No graph crashes the verifier")
  func anyGraph() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<400 {
      let plan = GeneratedRotation.plan(seed: random.next())
      var mutation = GraphMutation(lower(plan))
      for _ in 0..<(1 + random.below(12)) {
        let step = random.below(mutation.steps.count)
        let other = random.below(mutation.steps.count)
        switch random.below(6) {
        case 0: mutation.dependencies[step].append(Int32(other))
        case 1: mutation.dependencies[step] = []
        case 2: mutation.swapActions(step, other)
        case 3: mutation.duplicate(step)
        case 4: mutation.steps[step].target = mutation.steps[other].target
        default: mutation.steps[step].target = .server(site: random.below(7), server: 3)
        }
      }
      let found = verify(mutation.graph)
      #expect(found.count <= 100)
    }
  }

  /// Each path that a diagnostic prints is one of the graph, from a step that waits for nothing or
  /// between the two steps of the sentence.
  private func expectPaths(_ found: [Diagnostic], in graph: StepGraph, _ what: String) {
    let positions = graph.stepsByID()
    for diagnostic in found {
      guard let start = diagnostic.detail.firstRange(of: "The shortest path: ") else { continue }
      let path = diagnostic.detail[start.upperBound...].dropLast().split(separator: " → ")
        .map { String($0) }
      for (first, second) in zip(path, path.dropFirst())
      where !first.hasPrefix("…") && !second.hasPrefix("…") {
        guard let first = positions[first], let second = positions[second] else {
          Issue.record("\(what): unknown step in \(diagnostic.detail)")
          continue
        }
        #expect(graph.dependencies[second].contains(Int32(first)), "\(what)")
      }
      guard let first = path.first.flatMap({ positions[$0] }) else { continue }
      #expect(
        graph.dependencies[first].isEmpty || diagnostic.detail.contains("comes before"), "\(what)")
    }
  }
}
