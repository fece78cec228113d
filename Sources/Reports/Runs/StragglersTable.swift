import RotationEngine

/// The clients that hold a wait back.
enum StragglersTable {
  /// So many groups are counted; the rest is a number.
  private static let groups = 8

  /// How many there are and what keeps them, then some by name.
  ///
  /// * `all`: The command that names all.
  static func add(
    _ stragglers: Stragglers, at now: Instant, all: String, to report: inout ReportText
  ) {
    guard stragglers.count > 0 else {
      return report.prose("No client holds it back.", indent: 4, label: "clients   ")
    }
    tally(stragglers, &report)
    report.blank()
    add(stragglers.named, at: now, to: &report)
    guard stragglers.named.count < stragglers.count else { return }
    report.blank()
    report.prose(
      "These are \(Wording.number(stragglers.named.count)) of \(Wording.number(stragglers.count)): first those that will "
        + "not adopt by themselves, then who is away the longest. To name all:", indent: 4)
    report.command(all, indent: 6)
  }

  /// Clients by name.
  static func add(_ stragglers: [Straggler], at now: Instant, to report: inout ReportText) {
    var table = TextTable([
      .init(title: "CLIENT", minimum: 8), .init(title: "GROUP", minimum: 8),
      .init(title: "LAST SEEN"), .init(title: "WHY", minimum: 8),
    ])
    for straggler in stragglers {
      table.add([
        .init(straggler.name, .title), .init(straggler.group),
        .init(straggler.lastSeen.map { "\(Wording.duration(now - $0)) ago" } ?? "never"),
        .init(straggler.obstacle.label),
      ])
    }
    report.add(table.lines(indent: 4, report.layout))
  }

  private static func tally(_ stragglers: Stragglers, _ report: inout ReportText) {
    let width = Wording.number(stragglers.count).count
    for tally in stragglers.obstacles {
      let number = Wording.number(tally.clients)
      let padding = String(repeating: " ", count: width - number.count)
      report.prose(
        tally.kind.words, indent: 4, label: padding + number + " ",
        tally.kind.isLasting ? .trouble : nil)
    }
    let named = stragglers.groups.prefix(groups).map {
      "\($0.kind.isEmpty ? "no group" : $0.kind) \(Wording.number($0.clients))"
    }
    let rest = stragglers.groups.count - named.count
    report.prose(
      named.joined(separator: ", ") + (rest > 0 ? ", and \(Wording.number(rest)) groups more" : "")
        + ".", indent: 4, label: "By group: ")
  }
}

extension Straggler.Obstacle {
  /// Whether time alone does not help.
  var isLasting: Bool {
    switch self {
    case .offline, .connected, .late, .uncounted: false
    default: true
    }
  }

  /// A word or two, for a table.
  var label: String {
    switch self {
    case .refusesServers: "refuses servers"
    case .deafGroup: "group gets no policy"
    case .oldAgent: "old agent"
    case .stuck: "does not adopt"
    case .moved: "moved"
    case .newGroup: "new group"
    case .otherServer: "asked another server"
    case .vanished: "not in the list"
    case .offline: "offline"
    case .connected: "connected"
    case .late: "comes too late"
    case .uncounted: "not counted"
    }
  }

  /// What is so, and what to do.
  var words: String {
    switch self {
    case .refusesServers:
      "accept no certificate that a server presents: each needs a communication update package."
    case .deafGroup:
      "are in groups that download no policies or connect to no server: they never adopt. Move them, or exclude the "
        + "groups in the plan."
    case .oldAgent: "have an agent that is too old for the change: upgrade or exclude them."
    case .stuck:
      "make contact and do not adopt: look at one of them, whether its policy arrives."
    case .moved:
      "were moved and still have the policy of their old group: they get the new one with a contact."
    case .newGroup:
      "are in groups that were made after the change: nothing says which policy they must have."
    case .otherServer: "were last in contact with a server that does not have the new certificate."
    case .vanished:
      "are no longer in the site's list, too early for SEPM to have deleted them: ask who did."
    case .offline: "have not been in contact since the change."
    case .connected: "are connected and ask at their next heartbeat."
    case .late: "would come too late for the wait."
    case .uncounted: "would not be counted."
    }
  }
}
