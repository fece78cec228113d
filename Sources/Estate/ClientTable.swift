import PlanModel

/// Every client record of the estate, an array a property: a hundred thousand clients in a few megabytes.
struct ClientTable: Sendable {
  /// Never; also the contact of a client that has had none since the world began.
  static let never = Int64.min

  /// The group, as a position in the groups of its site.
  var group: [UInt8] = []

  /// The location that the client is in, as a position in the group's locations.
  var location: [UInt8] = []

  /// What decides its presence.
  var person: [Person] = []

  /// What the machine is for.
  var function: [OSFunction] = []

  /// Whether the agent is of version 14.2.1.
  var isOldAgent: [Bool] = []

  /// When the record was made; ``never`` for records older than the world.
  var createdAt: [Int64] = []

  /// When the machine went for good; `Int64.max` for those that still exist.
  var retiredAt: [Int64] = []

  /// What the client holds: a position in the published profiles; -1 before it is installed.
  var profile: [Int32] = []

  /// The last successful contact that was looked at; contacts that change nothing are not, so that this is
  /// a lower bound.
  var lastContact: [Int64] = []

  /// The server of that contact.
  var lastServer: [UInt16] = []

  /// Since when the client is away from the server it belongs to; 0 for not at all.
  var awayFromHomeSince: [Int64] = []

  /// Since when every server of its list is refused for its certificate; 0 for not at all.
  var failingSince: [Int64] = []

  /// Whether SEPM deleted the record.
  var isDeleted: [Bool] = []

  /// The number of records.
  var count: Int { group.count }

  /// Makes room for so many records.
  mutating func reserveCapacity(_ capacity: Int) {
    group.reserveCapacity(capacity)
    location.reserveCapacity(capacity)
    person.reserveCapacity(capacity)
    function.reserveCapacity(capacity)
    isOldAgent.reserveCapacity(capacity)
    createdAt.reserveCapacity(capacity)
    retiredAt.reserveCapacity(capacity)
    profile.reserveCapacity(capacity)
    lastContact.reserveCapacity(capacity)
    lastServer.reserveCapacity(capacity)
    awayFromHomeSince.reserveCapacity(capacity)
    failingSince.reserveCapacity(capacity)
    isDeleted.reserveCapacity(capacity)
  }

  /// Adds a record that holds nothing yet.
  mutating func append(
    group: UInt8, location: UInt8, person: Person, function: OSFunction, isOldAgent: Bool,
    createdAt: Int64, retiredAt: Int64
  ) {
    self.group.append(group)
    self.location.append(location)
    self.person.append(person)
    self.function.append(function)
    self.isOldAgent.append(isOldAgent)
    self.createdAt.append(createdAt)
    self.retiredAt.append(retiredAt)
    profile.append(-1)
    lastContact.append(Self.never)
    lastServer.append(0)
    awayFromHomeSince.append(0)
    failingSince.append(0)
    isDeleted.append(false)
  }
}

extension ClientTable: Equatable {
  static func == (left: ClientTable, right: ClientTable) -> Bool {
    left.group == right.group && left.profile == right.profile
      && left.lastContact == right.lastContact && left.lastServer == right.lastServer
      && left.awayFromHomeSince == right.awayFromHomeSince
      && left.failingSince == right.failingSince && left.isDeleted == right.isDeleted
      && left.createdAt == right.createdAt && left.retiredAt == right.retiredAt
  }
}
