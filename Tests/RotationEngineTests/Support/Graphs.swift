import PlanModel
import PlanText
import RotationGraph
import TestSupport

/// Graphs made by hand: the engine must run any acyclic graph, not only those of the compiler.
enum Graphs {
  /// A plan with `sites` sites of `servers` servers each.
  static func plan(
    sites: Int = 1, servers: Int = 3, partnerships: Int = 0, waits: WaitPolicy = .standard
  ) -> RotationPlan {
    RotationPlan(
      name: Located("test"),
      certificates: [
        CertificateSource(name: Located("new"), container: .pkcs12(Located("new.p12")))
      ],
      sites: (0..<sites).map { site in
        Site(
          name: Located("site\(site)"), clients: Located(100),
          servers: (0..<servers).map { server in
            Server(
              name: Located("server\(server)"), address: Located("s\(site)-\(server).example.net"),
              certificate: Located("new"))
          })
      },
      partnerships: (0..<partnerships).map { index in
        Partnership(
          sites: [Located("site\(index)"), Located("site\(index + 1)")],
          breaking: Located(.reschedule))
      },
      waits: Waits(
        verificationDisabled: waits, certificateReceived: waits, verificationEnabled: waits,
        httpsRestored: waits))
  }

  /// The steps one after the other.
  static func chain(_ steps: [Step], plan: RotationPlan = plan()) -> StepGraph {
    StepGraph(
      plan: plan, steps: steps,
      dependencies: AdjacencyTable(steps.indices.map { $0 == 0 ? [] : [Int32($0 - 1)] }))
  }

  /// A short rotation of one site and one server: check, disable, wait, update, restart, verify.
  static func shortRotation(waits: WaitPolicy = .standard, gateForUpdate: Bool = false) -> StepGraph
  {
    let server = Target.server(site: 0, server: 0)
    return chain(
      [
        Step(.checkServer, on: server, by: .probe),
        Step(.disableVerification, on: .site(0), by: .api),
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.updateCertificate, on: server, by: gateForUpdate ? .operator : .command),
        Step(.restartServices, on: server, by: .command),
        Step(.verifyCertificate, on: server, by: .probe),
        Step(.enableVerification, on: .site(0), by: .api),
      ], plan: plan(servers: 1, waits: waits))
  }

  /// A random acyclic graph without waits: steps over the servers of a few sites.
  static func random(_ generator: inout SplitMix64) -> StepGraph {
    let actions: [Action] = [
      .checkServer, .backUpServer, .updateCertificate, .restartServices, .verifyCertificate,
      .upgradeServer,
    ]
    let channels: [Channel] = [.command, .command, .probe, .operator]
    let sites = Int.random(in: 1...3, using: &generator)
    let servers = Int.random(in: 1...4, using: &generator)
    var steps: [Step] = []
    for site in 0..<sites {
      for server in 0..<servers {
        for action in actions where generator.chance(70) {
          var step = Step(action, on: .server(site: site, server: server), by: .probe)
          step.channel = channels.randomElement(using: &generator) ?? .command
          steps.append(step)
        }
      }
    }
    if steps.isEmpty {
      steps = [Step(.checkServer, on: .server(site: 0, server: 0), by: .probe)]
    }
    steps.shuffle(using: &generator)
    var lists: [[Int32]] = []
    for index in steps.indices {
      var list: [Int32] = []
      for before in 0..<index where generator.chance(15) { list.append(Int32(before)) }
      lists.append(list)
    }
    return StepGraph(
      plan: plan(sites: sites, servers: servers), steps: steps,
      dependencies: AdjacencyTable(lists))
  }
}
