import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("Lowering keeps the order of docs/PROCEDURE.md")
struct LowerOrderTests {
  @Test("A generated plan becomes exactly the transitive reduction of the specified order")
  func generatedPlans() {
    for seed in UInt64(0)..<250 {
      expectSpecifiedOrder(GeneratedRotation.plan(seed: seed), "seed \(seed)")
    }
  }

  @Test("Each shape becomes exactly the transitive reduction of the specified order")
  func shapes() {
    for shape in RotationShape.allCases { expectSpecifiedOrder(shape.plan, shape.rawValue) }
  }

  @Test("A site of many servers has edges in proportion to them", arguments: [16, 17, 40])
  func largeSite(servers: Int) {
    var plan = RotationShape.twoSites.plan
    let pattern = plan.sites[0].servers[0]
    plan.sites[0].servers = (0..<servers).map { index in
      var server = pattern
      server.name = Located("s\(index)")
      return server
    }
    expectSpecifiedOrder(plan, "\(servers) servers")
    #expect(lower(plan).dependencies.targets.count < 20 * servers + 700)
  }

  private func expectSpecifiedOrder(_ plan: RotationPlan, _ name: String) {
    let graph = lower(plan)
    let ids = graph.steps.indices.map { graph.id(of: $0) }
    let specified = SpecifiedOrder(plan)
    var edges: Set<[String]> = []
    for step in graph.steps.indices {
      for dependency in graph.dependencies[step] {
        edges.insert([ids[Int(dependency)], ids[step]])
      }
    }
    #expect(Set(ids) == specified.ids, "\(name)")
    #expect(ids.count == specified.ids.count, "\(name)")
    let wanted = specified.reduced
    #expect(edges.subtracting(wanted).sorted { $0[1] < $1[1] } == [], "too many: \(name)")
    #expect(wanted.subtracting(edges).sorted { $0[1] < $1[1] } == [], "missing: \(name)")
    #expect(edges.count == graph.dependencies.targets.count, "\(name)")
  }

  @Test(
    "Steps stand in an order in which they can run, dependencies rise, and neither depends on names"
  )
  func stepOrder() {
    for seed in UInt64(0)..<100 {
      let plan = GeneratedRotation.plan(seed: seed)
      let graph = lower(plan)
      for step in graph.steps.indices {
        let list = Array(graph.dependencies[step])
        #expect(list == list.sorted(), "seed \(seed)")
        #expect(list.allSatisfy { $0 < step }, "seed \(seed)")
      }
      let renamed = lower(GeneratedRotation.plan(seed: seed, prefix: "other-"))
      #expect(renamed.steps == graph.steps, "seed \(seed)")
      #expect(renamed.dependencies == graph.dependencies, "seed \(seed)")
    }
  }

  @Test("Two replicating sites are read as preparation, break, sites in turn, restoring")
  func reading() {
    let graph = lower(RotationShape.twoSites.plan)
    let ids = graph.steps.indices.map { graph.id(of: $0) }
    #expect(
      ids == [
        "check-certificate/paris/s0", "check-certificate/paris/s1", "check-server/paris/s0",
        "check-server/paris/s1", "record-settings/paris", "back-up-server/paris/s0",
        "back-up-server/paris/s1", "check-certificate/berlin/s0", "check-server/berlin/s0",
        "record-settings/berlin", "back-up-server/berlin/s0", "break-replication/berlin+paris",
        "switch-clients-to-http/paris", "disable-verification/paris",
        "await-verification-disabled/paris", "update-certificate/paris/s0",
        "restart-services/paris/s0", "verify-certificate/paris/s0", "keep-recovery-file/paris/s0",
        "update-certificate/paris/s1", "restart-services/paris/s1",
        "verify-certificate/paris/s1", "keep-recovery-file/paris/s1",
        "await-certificate-received/paris", "enable-verification/paris",
        "await-verification-enabled/paris", "switch-clients-to-https/paris",
        "await-https-restored/paris", "confirm-settings/paris", "switch-clients-to-http/berlin",
        "disable-verification/berlin", "await-verification-disabled/berlin",
        "update-certificate/berlin/s0", "restart-services/berlin/s0",
        "verify-certificate/berlin/s0", "keep-recovery-file/berlin/s0",
        "await-certificate-received/berlin",
        "enable-verification/berlin", "await-verification-enabled/berlin",
        "switch-clients-to-https/berlin", "await-https-restored/berlin",
        "confirm-settings/berlin", "restore-replication/berlin+paris",
        "verify-replication/berlin+paris",
      ])
  }

  @Test("A site that neither rotates nor replicates with one that does has no steps")
  func uninvolved() {
    var plan = RotationShape.single.plan
    plan.sites.append(
      Site(name: Located("rome"), servers: [Server(name: Located("r"), address: Located("r"))]))
    plan.sites.append(
      Site(name: Located("oslo"), servers: [Server(name: Located("o"), address: Located("o"))]))
    plan.partnerships = [
      Partnership(sites: [Located("rome"), Located("oslo")], breaking: Located(.reschedule))
    ]
    let graph = lower(plan)
    #expect(graph.steps.indices.allSatisfy { graph.site(of: $0) == 0 })
  }

  @Test(
    "Names that do not resolve, waves that repeat and plans without sites are lowered all the same")
  func total() {
    var plan = RotationShape.twoSites.plan
    plan.partnerships.append(
      Partnership(sites: [Located("paris"), Located("nowhere")], breaking: Located(.delete)))
    plan.strategy.waves = [[Located("paris"), Located("paris")], [], [Located("nowhere")]]
    plan.strategy.serversAtOnce = Located(0)
    let graph = lower(plan)
    #expect(graph.stepsByID()["break-replication/nowhere+paris"] != nil)
    #expect(lower(RotationPlan(name: Located("empty"), sites: [])).steps.isEmpty)
  }
}
