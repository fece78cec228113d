import Estate
import Lab
import PlanModel
import PlanText

/// What a scenario lets go wrong, as the lab's own faults and in words. What happens in the estate by itself the lab has
/// from the scenario.
struct RehearsalFaults: Sendable {
  private let faults: Scenario.Faults

  init(_ scenario: Scenario) { faults = scenario.faults }

  /// Trouble of the API that a simulation draws by chance hits every so manieth call here.
  var ofLab: [LabFault] {
    guard let trouble = faults.apiTrouble else { return [] }
    return [
      trouble.steps.distance.map { LabFault(.throttle, every: $0) },
      trouble.polls.distance.map { LabFault(.reset, detail: "computers", every: $0) },
    ].compactMap(\.self)
  }

  /// A sentence for each.
  var words: [String] {
    var words: [String] = []
    if let trouble = faults.apiTrouble {
      if let distance = trouble.steps.distance {
        words.append("SEPM answered 429 to every \(ordinal(distance)) call")
      }
      if let distance = trouble.polls.distance {
        words.append("the connection of every \(ordinal(distance)) list of clients was closed")
      }
    }
    if let fault = faults.serviceDoesNotStart {
      words.append(
        "\(fault.service.rawValue) of \(fault.server ?? "the first server") did not come up, \(fault.tries) times"
      )
    }
    if let fault = faults.missedRestart {
      words.append(
        "\(fault.service.rawValue) of \(fault.server ?? "the first server") kept its old certificate at a restart, "
          + "\(fault.tries) times")
    }
    if let fault = faults.ignoredChange {
      words.append(
        "SEPM answered that it had changed \(fault.path) of \(fault.site ?? "the first site"), and had not"
      )
    }
    if let fault = faults.missedGroup {
      words.append("nobody saw the group \(fault.group ?? "My Company\\Kiosks") at the console")
    }
    if let fault = faults.gateNotDone {
      words.append("\(fault.action.rawValue) was approved without being done")
    }
    if let fault = faults.prematureSwap {
      words.append(
        "somebody changed certificates of \(fault.site ?? "the first site") by hand, too early")
    }
    if faults.replicationFailure != nil { words.append("replication failed after it was restored") }
    if let fault = faults.clockSkew {
      words.append(
        "the clock of \(fault.site ?? "the first site") was \(fault.ahead.planNotation) ahead")
    }
    if faults.serialDrift != nil { words.append("policies were published without a change") }
    if faults.purge != nil { words.append("SEPM deleted old records") }
    if faults.joins != nil { words.append("machines were installed meanwhile") }
    if faults.oldAgents != nil { words.append("some clients were of version 14.2.1") }
    if faults.blindProbe != nil {
      words.append("blind-probe was left out: in a lab nothing is hidden from a probe")
    }
    return words
  }

  private func ordinal(_ number: Int) -> String {
    switch (number % 10, number % 100) {
    case (_, 11...13): "\(number)th"
    case (1, _): "\(number)st"
    case (2, _): "\(number)nd"
    case (3, _): "\(number)rd"
    default: "\(number)th"
    }
  }
}

extension Share {
  /// Of how many calls one is hit; nil for none.
  fileprivate var distance: Int? { millionths > 0 ? max(1_000_000 / millionths, 1) : nil }
}
