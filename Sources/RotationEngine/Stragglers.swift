/// A client that holds a wait back.
package struct Straggler: Sendable, Equatable {
  /// What keeps it from adopting, in the order in which somebody should look at it: first what does not go away by itself.
  package enum Obstacle: String, Sendable, CaseIterable {
    /// It accepts no certificate that a server presents.
    case refusesServers = "refuses-servers"

    /// Its group downloads no policies, or connects to no server.
    case deafGroup = "deaf-group"

    /// Its agent is of a version that does not take the change.
    case oldAgent = "old-agent"

    /// It makes contact again and again and does not adopt.
    case stuck

    /// It was moved to another group and still has the policy of the one before.
    case moved

    /// Its group was made after the change.
    case newGroup = "new-group"

    /// Its last contact was with a server that does not have the new certificate.
    case otherServer = "other-server"

    /// It is no longer in the site's list.
    case vanished

    /// It has not made contact since the change.
    case offline

    /// It is connected, and has its next heartbeat before it.
    case connected

    /// Of a wait that has not begun: it would come after its end.
    case late

    /// Of a wait that has not begun: it would not be counted, since it was not seen for too long, or by rule.
    case uncounted
  }

  /// The machine's name.
  package let name: String

  /// Its group's full path.
  package let group: String

  /// When it was last seen; nil for never.
  package let lastSeen: Instant?

  package let obstacle: Obstacle

  /// Why it has not adopted: a sentence.
  package let reason: String

  /// A straggler.
  package init(
    name: String, group: String, lastSeen: Instant?, _ obstacle: Obstacle, reason: String
  ) {
    self.name = name
    self.group = group
    self.lastSeen = lastSeen
    self.obstacle = obstacle
    self.reason = reason
  }
}

/// The clients that hold a wait back: how many there are of each kind, and some by name.
package struct Stragglers: Sendable, Equatable {
  /// So many clients of one kind.
  package struct Tally<Kind: Hashable & Sendable>: Sendable, Equatable {
    package let kind: Kind
    package let clients: Int
  }

  /// All of them.
  package let count: Int

  /// By what keeps them, in the order of the obstacles.
  package let obstacles: [Tally<Straggler.Obstacle>]

  /// By the path of their group, the largest first.
  package let groups: [Tally<String>]

  /// Some of them: in the order of the obstacles, and of each the longest absent first.
  package let named: [Straggler]

  /// Counts all, and keeps the first `limit` by name.
  package init(_ all: [Straggler] = [], limit: Int = .max) {
    var byObstacle: [Straggler.Obstacle: [Straggler]] = [:]
    var byGroup: [String: Int] = [:]
    for straggler in all {
      byObstacle[straggler.obstacle, default: []].append(straggler)
      byGroup[straggler.group, default: 0] += 1
    }
    count = all.count
    var (obstacles, named) = ([Tally<Straggler.Obstacle>](), [Straggler]())
    for obstacle in Straggler.Obstacle.allCases {
      guard let members = byObstacle[obstacle] else { continue }
      obstacles.append(Tally(kind: obstacle, clients: members.count))
      guard named.count < limit else { continue }
      named += members.sorted(by: Self.isLongerAbsent).prefix(limit - named.count)
    }
    self.obstacles = obstacles
    self.named = named
    groups = byGroup.map { Tally(kind: $0, clients: $1) }.sorted {
      $0.clients == $1.clients ? $0.kind < $1.kind : $0.clients > $1.clients
    }
  }

  private static func isLongerAbsent(_ one: Straggler, _ other: Straggler) -> Bool {
    let (left, right) = (one.lastSeen?.milliseconds, other.lastSeen?.milliseconds)
    return left == right ? one.name < other.name : left ?? .min < right ?? .min
  }
}
