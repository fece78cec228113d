import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

/// An event of a run by which verification went off at a site, or came on again.
package struct ExposureChange: Sendable, Equatable {
  /// What became of it.
  package enum Kind: Sendable {
    /// It may be off from now on.
    case began

    /// It is on again, or was not switched off after all.
    case ended

    /// The run is over, and it is still off: nothing of this run will switch it on.
    case left
  }

  /// The event.
  package let sequence: Int

  /// When, by the run's clock; never before the change before it.
  package let at: Instant

  package let kind: Kind

  /// The site's name.
  package let site: String

  init(sequence: Int, at: Instant, kind: Kind, site: String) {
    self.sequence = sequence
    self.at = at
    self.kind = kind
    self.site = site
  }

  func named(_ site: String) -> ExposureChange {
    ExposureChange(sequence: sequence, at: at, kind: kind, site: site)
  }
}

/// All such events of a run: a few for each site.
struct ExposureTrail: Sendable {
  private(set) var changes: [ExposureChange] = []
  private var open: Set<Int> = []

  /// Takes in an event that was folded into the state.
  mutating func note(_ event: RunEvent, _ state: RunState) {
    switch event.kind {
    case .runSucceeded, .runAborted:
      for site in open.sorted() { add(.left, site, event, state) }
      open = []
    default:
      guard let position = event.kind.step else { return }
      let step = state.graph.steps[position]
      guard case .site(let site) = step.target,
        step.action.opens == .verificationOff || step.action.closes == .verificationOff
      else { return }
      let isOff = state.isVerificationOff(ofSite: site)
      if isOff, open.insert(site).inserted {
        add(.began, site, event, state)
      } else if !isOff, open.remove(site) != nil {
        add(.ended, site, event, state)
      }
    }
  }

  private mutating func add(
    _ kind: ExposureChange.Kind, _ site: Int, _ event: RunEvent, _ state: RunState
  ) {
    changes.append(
      ExposureChange(
        sequence: event.sequence, at: max(event.at, changes.last?.at ?? event.at), kind: kind,
        site: state.graph.plan.sites[site].name.value))
  }
}
