import PlanModel
import RotationEngine

/// Makes the client records of one site from the scenario's shares.
struct ClientMaker {
  private let scenario: Scenario
  private let chance: Chance
  private let groups: GroupBook
  private let hasOldAgents: Bool

  init(scenario: Scenario, chance: Chance, groups: GroupBook, site: String) {
    self.scenario = scenario
    self.chance = chance
    self.groups = groups
    hasOldAgents = scenario.faults.oldAgents.map { $0.site == nil || $0.site == site } ?? false
  }

  /// Adds the next record; one that joins is made during the run.
  func append(to clients: inout ClientTable, joins: Bool) {
    let client = clients.count
    let kind = self.kind(of: client)
    let (group, function) = self.group(of: client, kind: kind)
    let start = scenario.start.milliseconds
    var createdAt = ClientTable.never
    var retiredAt = Int64.max
    if joins {
      let over = scenario.faults.joins?.over.milliseconds ?? 0
      createdAt = start + 1 + Chance.scaled(chance.bits(.join, client), below: over)
    } else {
      let bits = chance.bits(.retired, client)
      if Chance.happens(bits, millionths: scenario.retired.millionths) {
        // Gone between a day and thirteen months ago; the record stays until it is purged.
        let ago = Chance.scaled(chance.bits(.retired, client, 1), below: 394) + 1
        retiredAt = start - ago * PresenceModel.dayLength
      }
    }
    let isOldAgent =
      hasOldAgents
      && Chance.happens(
        chance.bits(.agent, client), millionths: scenario.faults.oldAgents?.share.millionths ?? 0)
    let isRemote =
      group == GroupBook.laptops
      && Chance.happens(chance.bits(.location, client), millionths: 200_000)
    clients.append(
      group: UInt8(group), location: isRemote ? 1 : 0, person: person(client, kind: kind),
      function: function, isOldAgent: isOldAgent, createdAt: createdAt, retiredAt: retiredAt)
  }

  private func kind(of client: Int) -> ClientKind {
    let draw = Int(Chance.scaled(chance.bits(.kind, client), below: 1_000_000))
    let servers = scenario.habits.servers.share.millionths
    if draw < servers { return .server }
    return draw < servers + scenario.habits.desktops.share.millionths ? .desktop : .laptop
  }

  private func group(of client: Int, kind: ClientKind) -> (Int, OSFunction) {
    let draw = Int(Chance.scaled(chance.bits(.function, client), below: 1_000_000))
    let named = groups.entries.count - groups.firstNamed
    // Each group that only the plan names gets 1 % of the clients.
    if draw < named * 10_000 {
      return (groups.firstNamed + draw / 10_000, kind == .server ? .server : .workstation)
    }
    let rest = Int(Chance.scaled(chance.bits(.function, client, 1), below: 100))
    switch kind {
    case .server:
      return rest < 10
        ? (GroupBook.domainControllers, .domainController) : (GroupBook.servers, .server)
    case .desktop:
      if rest < 4 { return (GroupBook.kiosk, .workstation) }
      return rest < 6 ? (GroupBook.lab, .workstation) : (GroupBook.desktops, .workstation)
    case .laptop: return (GroupBook.laptops, .workstation)
    }
  }

  private func person(_ client: Int, kind: ClientKind) -> Person {
    let habit = scenario.habits[kind]
    let isAlwaysOn = Chance.happens(
      chance.bits(.traits, client, 1), millionths: habit.alwaysOn.millionths)
    let draw = Int(Chance.scaled(chance.bits(.traits, client, 2), below: 1_000_000))
    let tier: UInt8 =
      draw < habit.rare.millionths
      ? 2 : draw < habit.rare.millionths + habit.occasional.millionths ? 1 : 0
    var absence: UInt8 = 0
    if kind != .server, !isAlwaysOn {
      var away = Int(Chance.scaled(chance.bits(.absence, client), below: 1_000_000))
      for (index, entry) in scenario.absences.enumerated() where absence == 0 {
        if away < entry.share.millionths { absence = UInt8(index + 1) }
        away -= entry.share.millionths
      }
    }
    return Person(
      kind: kind.rawValue, tier: tier,
      sureDay: UInt8(Chance.scaled(chance.bits(.traits, client, 3), below: 5)), absence: absence,
      isAlwaysOn: isAlwaysOn)
  }
}
