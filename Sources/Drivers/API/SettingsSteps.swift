import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

/// How far a run got with a site's settings.
package struct SettingsSteps: Sendable, Equatable {
  /// The step that recorded them.
  package let recording: Int

  /// Whether the run confirmed that everything was put back.
  package let isConfirmed: Bool

  /// Whether it may have switched verification off, and did not switch it on again.
  package let hasLeftVerification: Bool

  /// Whether clients may have been put on another management server list, and not back.
  package let hasLeftServerLists: Bool

  /// The steps of a run; nil where it did not record the settings of the site.
  ///
  /// - Parameters:
  ///   - site: The site's name.
  ///   - graph: What the run carries out.
  ///   - state: How far it got.
  package init?(of site: String, in graph: StepGraph, _ state: RunState) {
    var positions: [Action: Int] = [:]
    for (position, step) in graph.steps.enumerated() {
      guard case .site(let owner) = step.target, graph.plan.sites[owner].name.value == site else {
        continue
      }
      positions[step.action] = position
    }
    func hasBegun(_ action: Action) -> Bool {
      positions[action].map { state.steps[$0].attempt > 0 } ?? false
    }
    func isDone(_ action: Action) -> Bool {
      positions[action].map { state.steps[$0].phase == .succeeded } ?? false
    }
    guard let recording = positions[.recordSettings], state.steps[recording].hasSucceeded else {
      return nil
    }
    self.recording = recording
    isConfirmed = isDone(.confirmSettings)
    hasLeftVerification = hasBegun(.disableVerification) && !isDone(.enableVerification)
    hasLeftServerLists = hasBegun(.switchClientsToHTTP) && !isDone(.switchClientsToHTTPS)
  }
}
