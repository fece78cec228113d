import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("Lowering picks channels")
struct LowerChannelTests {
  private func channel(_ id: String, _ plan: RotationPlan) throws -> Channel {
    let graph = lower(plan)
    return graph.steps[try #require(graph.stepsByID()[id])].channel
  }

  private func rule(_ action: Action, _ channel: AutomationRule.Channel) -> AutomationRule {
    AutomationRule(action: Located(action), channel: Located(channel))
  }

  @Test("Without a rule observations and waits are probes and everything else is a gate")
  func standard() throws {
    let graph = lower(RotationShape.twoSites.plan)
    for step in graph.steps {
      let isProbe = !step.action.effect.isMutating
      #expect(step.channel == (isProbe ? .probe : .operator), "\(step.action)")
    }
  }

  @Test("Verification is switched over the API where the site has one")
  func api() throws {
    var plan = RotationShape.twoSites.plan
    plan.sites[0].api = SiteAPI(
      url: Located("https://p:8446"), username: Located("u"), password: Located(.environment("P")))
    #expect(try channel("disable-verification/paris", plan) == .api)
    #expect(try channel("enable-verification/paris", plan) == .api)
    #expect(try channel("disable-verification/berlin", plan) == .operator)
    #expect(try channel("update-certificate/paris/s0", plan) == .operator)
  }

  @Test("The site's rule goes before the plan's, and partnerships have the plan's only")
  func rules() throws {
    var plan = RotationShape.twoSites.plan
    let command = CommandTemplate(arguments: [Located("true")])
    plan.automation = [
      rule(.restartServices, .command(command)), rule(.breakReplication, .command(command)),
    ]
    plan.sites[0].automation = [
      rule(.restartServices, .operator), rule(.breakReplication, .api),
    ]
    #expect(try channel("restart-services/paris/s0", plan) == .operator)
    #expect(try channel("restart-services/berlin/s0", plan) == .command)
    #expect(try channel("break-replication/berlin+paris", plan) == .command)
  }
}
