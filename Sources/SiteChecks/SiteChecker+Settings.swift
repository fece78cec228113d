import PlanModel
import PlanText
import RotationGraph

extension SiteChecker {
  /// Whether the settings can be read and changed, and whether a rotation seems to have changed them already.
  mutating func checkSettings(of site: Int, _ settings: SiteSettings) {
    if settings.unreadGroups > 0 {
      report(
        .unreadParts, at: place(of: site),
        "\(counted(settings.unreadGroups, "group")) of site \(name(of: site)) could not be looked at in the time "
          + "there was.",
        help: "Check again with a larger --patience: SEPM takes about 50 requests a minute.")
    }
    guard settings.areShown else { return reportGates(at: site) }
    guard waits(of: site).contains(.verificationDisabled) else { return }
    checkVerification(of: site, settings.places)
    checkServerLists(of: site, settings.places)
  }

  /// Steps that need the settings, where this version of SEPM does not show them (`docs/SEPM.md`, "Settings").
  private mutating func reportGates(at site: Int) {
    let gates = graph.steps.indices.filter { position in
      let step = graph.steps[position]
      return graph.site(of: position) == site && step.action.targetKind == .site
        && step.action.hasEndpoint && step.action.waitKind == nil
        && (step.channel == .api || step.channel == .probe)
    }
    guard !gates.isEmpty else { return }
    report(
      .settingsNotShown, at: place(of: site),
      "This version of SEPM does not show the settings of clients at site \(name(of: site)) over its API, so these "
        + "steps become gates: \(gates.map { "'\(graph.id(of: $0))'" }.joined(separator: ", ")).",
      help: "Plan people for them: `waltz plan runbook PLAN` prints what they do.")
  }

  /// What is off before a rotation stays off after it. A few groups may never have verified; if half of all places do
  /// not, somebody switched it off and has not put it back.
  private mutating func checkVerification(of site: Int, _ places: [SiteSettings.Place]) {
    let off = places.filter { !$0.verifies }.map(\.name)
    guard !off.isEmpty, plan.sites[site].recorded.verification == nil else { return }
    let isMost = off.count * 2 >= places.count
    report(
      .verificationOff, at: plan.sites[site].name.span,
      "Clients of site \(name(of: site)) do not verify their server in \(off.count.grouped) of "
        + "\(counted(places.count, "location")): \(listed(off)). This would be recorded as what to go back to.",
      help: isMost
        ? "If an earlier rotation left it off, write 'recorded: { verification: on }' for the site, or begin in the "
          + "state directory of that run, which has the record. If clients never verified here, write 'recorded: { verification: as-found }'."
        : "If an earlier rotation left it off, write 'recorded: { verification: on }' for the site. If these never "
          + "verified, nothing needs to be done.",
      severity: isMost ? .error : .note)
  }

  /// SEPM tells the name of a location's list and not its protocol, so that a name is all there is to go by.
  private mutating func checkServerLists(of site: Int, _ places: [SiteSettings.Place]) {
    guard plan.sites[site].recorded.serverLists == nil else { return }
    let suspects = places.compactMap { place in
      place.serverList.flatMap { list in ListName(list).map { (place.name, list, $0) } }
    }
    guard !suspects.isEmpty else { return }
    let lists = Set(suspects.map(\.1)).sorted()
    let speaksOfHTTP = suspects.contains { $0.2 == .http }
    report(
      .listsOnHTTP, at: plan.sites[site].name.span,
      "\(counted(suspects.count, "location")) of site \(name(of: site)) \(suspects.count == 1 ? "has" : "have") "
        + "\(lists.count == 1 ? "a management server list" : "management server lists") whose name speaks of "
        + "\(speaksOfHTTP ? "HTTP" : "a copy"): \(listed(lists)). Clients would be put back on it.",
      help:
        "If an earlier rotation left it there, assign the list with HTTPS in the console (Policies ▸ Policy "
        + "Components ▸ Management Server Lists), or begin in the state directory of that run, which has the record. "
        + "If it is the right one, write 'recorded: { serverLists: as-found }' for the site.",
      severity: speaksOfHTTP || suspects.count * 2 >= places.count ? .error : .warning)
  }
}

/// What the name of a management server list gives away.
private enum ListName {
  /// That clients use HTTP.
  case http

  /// That it was copied from another one, as the step to HTTP begins (`docs/SEPM.md`, "Suspending verification").
  case copy

  /// Nil for a name that says neither.
  init?(_ name: String) {
    let name = name.lowercased()
    if name.contains("http"), !name.contains("https") {
      self = .http
    } else if name.hasPrefix("copy of ") {
      self = .copy
    } else {
      return nil
    }
  }
}
