import PlanModel
import PlanText
import RotationGraph

extension GuideFill {
  /// What is to be said of the partnership at a position of the plan.
  mutating func add(_ partnership: Partnership, at position: Int) {
    let names = partnership.sites.map(\.value)
    let sites = names.map { name in guide.graph.plan.sites.first { $0.name.value == name } }
    set(.sites, words: quoted(names))
    repeats(
      .side,
      names.indices.map { index in
        let partner = names[(index + 1) % names.count]
        var values: Values = [.side: quoted(names[index]), .partner: quoted(partner)]
        values[.console] = sites[index]?.servers.first.map(console)
        return values
      })
    switch partnership.breaking.value {
    case .delete: hold(.deletes)
    case .reschedule:
      hold(.reschedules)
      hold(guide.record.until == nil ? .undated : .dated)
    }
    let authority = partnership.authority?.value ?? names.first ?? ""
    let other = names.first { $0 != authority } ?? authority
    set(.authority, authority)
    set(.other, other)
    let loser = names.firstIndex(of: other).flatMap { sites[$0]?.servers.first }
    set(.console, words: loser.map(console))
    let winner = names.firstIndex(of: authority).flatMap { sites[$0]?.servers.first }
    set(.authorityServer, winner?.name.value)
    set(.authorityAddress, winner?.address.value)
    set(.authorityPort, words: winner.map { "\($0.ports.console.value)" })
    set(.longest, words: guide.breaks[position].map { Self.rounded($0).planNotation })
    set(.until, words: guide.record.until)
  }

  /// What is to be said of a wait.
  mutating func add(_ policy: WaitPolicy) {
    set(.adopted, words: policy.adopted.value.description)
    set(.minimum, words: policy.minimum.value.planNotation)
    set(.deadline, words: policy.deadline.value.planNotation)
    set(.holdFor, words: policy.holdFor.value.planNotation)
    set(.every, words: policy.every.value.planNotation)
    set(.activeWithin, words: policy.activeWithin.value.planNotation)
    set(.floor, words: policy.floor?.value.description)
    switch policy.onDeadline.value {
    case .hold: hold(.holds)
    case .fail: hold(.fails)
    case .proceed: hold(.proceeds)
    }
    repeats(
      .cohort,
      policy.cohorts.map {
        [
          .cohort: quoted($0.name.value), .excluded: clients($0.selector),
          .cohortShare: $0.adopted.value.description,
        ]
      })
    repeats(
      .exclusion,
      policy.exclusions.map {
        [.excluded: clients($0.selector), .reason: quoted($0.reason.value)]
      })
  }

  private func clients(_ selector: ClientSelector) -> String {
    let function = selector.osFunction?.value.rawValue
    let words = [selector.group?.value, function].compactMap { $0 }.map(quoted)
    return guide.words.clientsOf.replacing(
      "{name}", with: words.isEmpty ? guide.words.unseen : words.joined(separator: " + "))
  }

  /// Up to whole hours.
  private static func rounded(_ duration: Duration) -> Duration {
    .hours(Int((duration.components.seconds + 3_599) / 3_600))
  }
}
