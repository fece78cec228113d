import PlanModel
import PlanText
import RotationGraph

extension SiteChecker {
  private static let day: Int64 = 86_400

  /// What of a site's clients keeps a method from working, or a wait from meaning what it says.
  mutating func checkClients(of site: Int, _ facts: SiteFacts) {
    let own = plan.sites[site]
    guard own.isRotating else { return }
    if plan.method(of: own) == .failover, let old = facts.clientsOfVersion142, old > 0 {
      let isShared = isShared(site, facts)
      // Where every site keeps verifying, it does not matter whose they are.
      let isCertain =
        !isShared || plan.sites.allSatisfy { $0.isRotating && plan.method(of: $0) == .failover }
      report(
        .clientsWithoutFailover,
        at: [own.method, plan.strategy.method].compactMap { $0?.span }.first(where: \.isKnown)
          ?? own.name.span,
        "\(counted(old, "client")) of site \(name(of: site))\(isShared ? " or its partners" : "") "
          + "\(old == 1 ? "has" : "have") version 14.2 or 14.2.1. "
          + "These refuse a changed certificate while they verify.",
        help:
          "Upgrade these clients first, or rotate the site with the method suspend-verification.",
        severity: isCertain ? .error : .warning)
    }
    let waits = waits(of: site)
    let isAlone = !isShared(site, facts)
    if let expected = own.clients, let clients = facts.clients, !waits.isEmpty {
      checkPopulation(of: site, clients, expected: expected, isAlone: isAlone)
    }
    for purge in facts.purges { checkPurge(purge, of: site, waits) }
    if let settings = facts.settings {
      checkDeafGroups(
        settings.deafGroups, of: site, waits, clients: isAlone ? facts.clients : nil)
    }
  }

  /// Fewer than half of the expected clients are no count, so that an API which answers with an empty page lets no wait
  /// pass (`docs/PROCEDURE.md`, "Waits").
  private mutating func checkPopulation(
    of site: Int, _ clients: Int, expected: Located<Int>, isAlone: Bool
  ) {
    let count =
      "SEPM counts \(counted(clients, "client")) of site \(name(of: site)), and the plan expects "
      + "\(expected.value.grouped)"
    if clients * 2 < expected.value {
      report(
        .otherPopulation, at: expected.span,
        "\(count). Waltz takes fewer than half for a wrong answer, so no wait would ever pass.",
        help: "Correct 'clients'.", severity: .error)
    } else if isAlone, expected.value > 0, clients > expected.value * 2 {
      report(
        .otherPopulation, at: expected.span, "\(count).",
        help: "Correct 'clients': an answer that lost half of them would pass for a good one.")
    }
  }

  private mutating func checkPurge(_ purge: SiteFacts.Purge, of site: Int, _ waits: [WaitKind]) {
    var (window, deadline): (WaitKind?, WaitKind?)
    for kind in waits {
      let policy = plan.waits[kind]
      if purge.days < policy.activeWithin.value.components.seconds / Self.day {
        window = window ?? kind
      }
      if purge.days < policy.deadline.value.components.seconds / Self.day {
        deadline = deadline ?? kind
      }
    }
    guard let kind = deadline ?? window else { return }
    let policy = plan.waits[kind]
    let reason =
      deadline == nil
      ? "counts whoever was there within \(policy.activeWithin.value.planNotation)"
      : "may last \(policy.deadline.value.planNotation)"
    report(
      .purgeDuringWaits, at: place(of: site),
      "Domain '\(purge.domain)' of site \(name(of: site)) deletes clients that made no contact for "
        + "\(purge.days == 1 ? "1 day" : "\(purge.days) days"), and the wait '\(kind.rawValue)' \(reason).",
      help:
        "Let the domain keep clients longer until the rotation is over: Admin ▸ Domains ▸ the domain ▸ Edit "
        + "Domain Properties, \"Delete clients that have not connected for specified time\".")
  }

  private mutating func checkDeafGroups(
    _ groups: [SiteSettings.DeafGroup], of site: Int, _ waits: [WaitKind], clients total: Int?
  ) {
    var found: [SiteSettings.DeafGroup] = []
    for group in groups where group.clients != 0 {
      let isWaived = waits.allSatisfy { kind in
        plan.waits[kind].exclusions.contains { exclusion in
          exclusion.selector.osFunction == nil
            && exclusion.selector.matches(group: group.path, osFunction: .unknown)
        }
      }
      if !isWaived { found.append(group) }
    }
    guard !found.isEmpty, !waits.isEmpty else { return }
    let clients = found.reduce(0) { $0 + ($1.clients ?? 0) }
    var detail =
      "Clients of \(listed(found.map(\.path))) at site \(name(of: site)) connect to no server or download no "
      + "policies, so they adopt no change"
    if clients > 0 { detail += ": \(counted(clients, "client"))" }
    detail += "."
    if let total, total > 0,
      let kind = waits.first(where: {
        !plan.waits[$0].adopted.value.isReached(by: total - clients, of: total)
      })
    {
      detail +=
        " Without them the wait '\(kind.rawValue)' cannot reach \(plan.waits[kind].adopted.value) of "
        + "\(counted(total, "client"))."
    }
    report(
      .deafGroups, at: place(of: site), detail,
      help:
        "Switch downloads on for these groups in the console (Clients ▸ the group ▸ Policies ▸ Communications "
        + "Settings), or waive them with 'exclude' and a reason, and repair their clients by hand afterwards."
    )
  }
}
