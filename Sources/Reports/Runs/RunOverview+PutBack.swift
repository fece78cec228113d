import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension RunOverview {
  /// What a run that was given up leaves to be put back by hand, in an order in which it costs no client
  /// (`docs/SEPM.md`, "The waits"): servers first, then verification, then HTTPS, replication last.
  var putBack: [Advice] {
    guard !open.isEmpty else { return [] }
    let servers = open.filter { $0.opening == .certificateUnproven }
    let others = open.filter { $0.opening != .certificateUnproven }
    var result = (servers + others).map { putBack($0) }
    result.append(
      Advice(
        text:
          "What was recorded before the first change stands in the events of record-settings. Put all of "
          + "it back before a new run of these sites starts: it records what it finds, and would go back to "
          + "that.",
        commands: [commands.events]))
    return result
  }

  private func putBack(_ change: OpenChange) -> Advice {
    let words = OpeningWords(change.opening, of: state.graph.name(of: change.target))
    let instructions = instructions(change)
    // Looking does no harm where nothing is open after all.
    let isOpen = change.isCertain || instructions.isEmpty ? "" : ", if it is"
    let patience = change.opening == .verificationOff ? " " + patience(change.target) : ""
    return Advice(
      text: words.putBack + isOpen + words.rest + patience, instructions: instructions,
      commands: [])
  }

  /// Whether clients must be waited for before they verify again: where a certificate may have changed, whoever
  /// does not have the new one yet is orphaned by it.
  private func patience(_ target: Target) -> String {
    guard case .site(let site) = target else { return "" }
    let steps = state.steps.indices.filter { state.graph.site(of: $0) == site }
    let mayHaveChanged = steps.contains {
      state.graph.steps[$0].action.changesCertificate && state.steps[$0].attempt > 0
    }
    guard mayHaveChanged else { return "No certificate was changed, so it can be done now." }
    let waits = steps.filter { state.graph.steps[$0].action.waitKind == .certificateReceived }
    guard waits.isEmpty || waits.contains(where: { state.steps[$0].phase != .succeeded }) else {
      return "Its clients have the new certificate, so it can be done now."
    }
    return
      "Not before its clients have the new certificate: a client without it is orphaned. Wait at "
      + "least a day, better a week, and check in the console whether they contact their server."
  }

  private func instructions(_ change: OpenChange) -> [String] {
    guard let closing = Action.allCases.first(where: { $0.closes == change.opening }),
      closing.effect != .readOnly
    else { return [] }
    return ConsoleInstructions(state.graph).lines(
      for: Step(closing, on: change.target, by: .operator))
  }
}
