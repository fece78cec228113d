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
        text: language.putBack.record,
        commands: [commands.events]))
    return result
  }

  private func putBack(_ change: OpenChange) -> Advice {
    let instructions = instructions(change)
    // Looking does no harm where nothing is open after all.
    let text = language.putBack.sentence(
      for: change.opening, of: state.graph.name(of: change.target),
      isCertain: change.isCertain || instructions.isEmpty)
    let patience = change.opening == .verificationOff ? " " + patience(change.target) : ""
    return Advice(text: text + patience, instructions: instructions, commands: [])
  }

  /// Whether clients must be waited for before they verify again: where a certificate may have changed, whoever
  /// does not have the new one yet is orphaned by it.
  private func patience(_ target: Target) -> String {
    guard case .site(let site) = target else { return "" }
    let steps = state.steps.indices.filter { state.graph.site(of: $0) == site }
    let mayHaveChanged = steps.contains {
      state.graph.steps[$0].action.changesCertificate && state.steps[$0].attempt > 0
    }
    guard mayHaveChanged else { return language.putBack.nothingChanged }
    let waits = steps.filter { state.graph.steps[$0].action.waitKind == .certificateReceived }
    guard waits.isEmpty || waits.contains(where: { state.steps[$0].phase != .succeeded }) else {
      return language.putBack.clientsHaveIt
    }
    return language.putBack.notBefore
  }

  private func instructions(_ change: OpenChange) -> [String] {
    guard let closing = Action.allCases.first(where: { $0.closes == change.opening }),
      closing.effect != .readOnly
    else { return [] }
    var settings: [GuideRecord.Setting]?
    if case .site(let site) = change.target { settings = recorded[site] }
    return ConsoleInstructions(
      state.graph, in: language, record: GuideRecord(settings: settings)
    ).lines(for: Step(closing, on: change.target, by: .operator))
  }
}
