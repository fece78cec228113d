import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// A stopped line in words: which contacts are missing, what is held by that, and what is asked of people.
extension RunOverview {
  /// Why nothing more is opened; nothing of a run that has nothing more to open.
  var lineStops: [LineStop] {
    state.status == .succeeded || state.status == .aborted ? [] : state.lineStops
  }

  /// Which contacts are missing, a sentence for each stop.
  var missingContacts: [String] { lineStops.map { $0.fall.words(at: site(of: $0)) + "." } }

  /// The steps that could begin but for the stopped line.
  var heldByLine: [String] { state.stepsHeldByLine.map { state.graph.id(of: $0) } }

  /// The site whose clients are missing.
  func site(of stop: LineStop) -> String {
    state.graph.site(of: stop.step).map { state.graph.plan.sites[$0].name.value } ?? plan
  }

  /// To find out why contacts fell, and to release the line; nil while it goes on or somebody has asked for that.
  var release: Advice? {
    guard !lineStops.isEmpty, !requests.contains(where: { $0.request.verb == .unpause }) else {
      return nil
    }
    var text =
      "Find out why contacts fell: a client that refuses the new certificate cannot say so itself. "
    let held = heldByLine.map { "`\($0)`" }
    if !held.isEmpty { text += "Held until then: \(Wording.list(held)). " }
    let gates = gates.filter { state.graph.steps[$0.step].action.beginsExposure }
    if !gates.isEmpty {
      text +=
        "Do nothing of what these gates ask for: \(Wording.list(gates.map { "`\($0.id)`" })). "
    }
    text += "See who is missing, and release the line with the reason once it is known:"
    return Advice(text: text, commands: [commands.stragglers, commands.unpause])
  }
}

extension ContactFall {
  /// `from 2026-01-22 08:00Z to 2026-01-22 11:00Z 12 clients an hour made contact at paris, where 60 were expected`.
  func words(at site: String) -> String {
    let hours = max((until.milliseconds - from.milliseconds) / ContactHours.length, 1)
    let place = group.map { "in the group \($0) of \(site)" } ?? "at \(site)"
    let per = { (count: Int) in Wording.number((count + Int(hours) / 2) / Int(hours)) }
    return
      "From \(Wording.minute(from)) to \(Wording.minute(until)) about \(per(seen)) clients an hour "
      + "made contact \(place), where \(per(expected)) were expected"
  }
}
