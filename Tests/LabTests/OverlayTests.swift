import PlanModel
import PlanText
import TestSupport
import Testing

@testable import Lab

@Suite("The overlay of a lab")
struct OverlayTests {
  private static func command(_ action: Action) -> AutomationRule {
    AutomationRule(
      action: Located(action),
      channel: Located(.command(CommandTemplate(arguments: [Located("ssh"), Located("real")]))))
  }

  @Test("Leaves no program that the plan names, neither for all sites nor for one")
  func programs() async throws {
    var plan = LabPlans.two()
    plan.automation = [Self.command(.restartServices), Self.command(.disableVerification)]
    plan.sites[0].automation = [
      Self.command(.updateCertificate),
      AutomationRule(
        action: Located(.verifyCertificate),
        channel: Located(
          .probe([Viewpoint(name: Located("far"), arguments: [Located("ssh")])]))),
    ]
    let lab = try await RunningLab(plan)
    let overlay = try lab.folder.text(of: "lab/overlay.yaml")
    #expect(!overlay.contains("ssh"))
    #expect(overlay.contains("  disable-verification: null\n"))
    #expect(overlay.contains("      verify-certificate: null\n"))
    #expect(overlay.contains("      update-certificate:  # waltz:ignore"))
    #expect(overlay.contains("  restart-services:  # waltz:ignore"))
    try await lab.stop()
  }
}
