import PlanCompiler
import PlanModel
import PlanText
import RotationGraph

/// Two replicating sites with an upgrade, sealed.
enum GraphSamples {
  static func sealed(
    site: String = "paris", server: String = "s0", method: Method = .suspendVerification
  ) -> SealedGraph {
    let upgrade = ProductVersion("14.3.11216").map { Located($0) }
    let plan = RotationPlan(
      name: Located("emea-2026"),
      sites: [
        Site(
          name: Located(site),
          servers: [
            Server(
              name: Located(server), address: Located("a"), certificate: Located("c"),
              upgrade: upgrade)
          ],
          method: Located(method)),
        Site(
          name: Located("berlin"),
          servers: [
            Server(name: Located("s1"), address: Located("b"), certificate: Located("c"))
          ]),
      ],
      partnerships: [
        Partnership(sites: [Located(site), Located("berlin")], breaking: Located(.reschedule))
      ],
      automation: [
        AutomationRule(
          action: Located(.restartServices),
          channel: Located(
            .command(CommandTemplate(arguments: [Located("ssh"), Located("{server.address}")]))))
      ])
    return seal(lower(plan))
  }
}
