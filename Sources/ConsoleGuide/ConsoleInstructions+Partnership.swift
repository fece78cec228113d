import PlanModel
import PlanText

extension ConsoleInstructions {
  /// What is done on both sides of a partnership.
  func partnershipLines(_ action: Action, _ partnership: Partnership) -> [String] {
    let names = partnership.sites.map(\.value)
    let partners = names.enumerated().map { index, name in
      (name, names[(index + 1) % names.count])
    }
    switch (action, partnership.breaking.value) {
    case (.breakReplication, .delete):
      return partners.map { site, partner in
        "On site \(site): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ right-click \(partner) ▸"
          + " Delete ▸ Yes; then log off."
      }
    case (.breakReplication, .reschedule):
      return partners.map { site, partner in
        "On site \(site): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ \(partner) ▸ Edit: note the"
          + " schedule and move it out of the window."
      } + ["Replicate once now, so that both sides take the new schedule."]
    case (.restoreReplication, .delete):
      let authority = partnership.authority?.value ?? names.first ?? ""
      let other = names.first { $0 != authority } ?? ""
      return [
        "On site \(other): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ Add Existing Replication"
          + " Partner: a server of \(authority), port 8443, a system administrator of \(authority).",
        "The data of \(authority) wins; let the first full replication run to its end.",
      ]
    case (.restoreReplication, .reschedule):
      return partners.map { site, partner in
        "On site \(site): set the schedule of \(partner) back to what was noted."
      } + ["Replicate once now as a test."]
    default: return ["\(action.rawValue) between \(names.joined(separator: " and "))."]
    }
  }
}
