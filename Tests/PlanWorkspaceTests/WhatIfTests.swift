import PlanModel
import PlanText
import PlanWorkspace
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@Suite("What of a plan is tried otherwise")
struct WhatIfTests {
  private func overlay(_ text: String) throws -> String {
    String(decoding: try WhatIf(text).overlay.bytes, as: UTF8.self)
  }

  @Test("A key without a dot stands beside the one before")
  func beside() throws {
    #expect(
      try overlay("waits.default.adopted=99%,minimum=7d")
        == "waits:\n  default:\n    adopted: 99%\n    minimum: 7d\n")
  }

  @Test("Ways that begin alike share their mappings, and the last word on a value counts")
  func merged() throws {
    #expect(
      try overlay(
        "waits.default.minimum=2d,strategy.serversAtOnce=2,waits.default.adopted=9%,minimum=3d")
        == "strategy:\n  serversAtOnce: 2\nwaits:\n  default:\n    adopted: 9%\n    minimum: 3d\n")
  }

  @Test("A comma in a list is none between keys")
  func list() throws {
    #expect(
      try overlay("strategy.waves=[[paris],[berlin]],method=failover")
        == "strategy:\n  method: failover\n  waves: [[paris],[berlin]]\n")
  }

  @Test("What is no key and value is refused", arguments: ["", "a", "=1", "a=", "a..b=1", "a b=1"])
  func refused(text: String) {
    #expect(throws: WorkspaceError.self) { try WhatIf(text) }
  }

  @Test("The plan is the one with the change, and a mistake in it is a finding")
  func plan() throws {
    let folder = try TestFolder()
    _ = try folder.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    let place = try folder.working()
    func named(_ text: String) throws -> NamedPlan {
      try NamedPlan(
        "plan.yaml", named: nil, overlays: [], trying: try WhatIf(text), in: place)
    }
    let plan = try named("waits.default.adopted=99%").graph().graph.plan
    #expect(plan.waits[.verificationEnabled].adopted.value == .percent(99))
    #expect(try named("waits.default.adopted=lots").files.diagnostics.hasErrors)
    #expect(try named("waits.default.adoption=99%").files.diagnostics.hasErrors)
  }
}
