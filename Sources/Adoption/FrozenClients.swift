package import CanonicalJSON
package import SEPMClient

/// The machines that a wait counts, as they were when it began: its denominator (`docs/PROCEDURE.md`, "Waits").
///
/// A machine that leaves the list without being deleted, purged or moved away would make the share look better than it
/// is, so the set is kept and every departure explained.
package struct FrozenClients: Sendable, Equatable {
  /// A machine of the set.
  package struct Member: Sendable, Hashable {
    /// The machine.
    package let machine: Machine

    /// Its last contact when the set was made, in the server's milliseconds since 1970.
    package let lastContact: Int64
  }

  /// The machines, sorted.
  package let members: [Member]

  /// A set of machines.
  init(_ members: some Sequence<Member>) {
    self.members = members.sorted { $0.machine < $1.machine }
  }

  /// The set that ``json`` was made of; nil where it is none.
  package init?(_ json: JSONValue) {
    guard let rows = json["clients"]?.array else { return nil }
    var members: [Member] = []
    members.reserveCapacity(rows.count)
    for row in rows {
      guard let parts = row.array, parts.count == 3, let name = parts[1].string,
        let lastContact = parts[2].integer
      else { return nil }
      let key = parts[0].string.flatMap { SEPMID($0) }
      guard key != nil || parts[0] == .null else { return nil }
      members.append(
        Member(machine: Machine(hardwareKey: key, name: name), lastContact: lastContact))
    }
    self.init(members)
  }

  /// The set as it is stored: `{"formatVersion","clients":[[hardwareKey,name,lastContact],…]}`, sorted.
  package var json: JSONValue {
    let rows = members.map { member -> JSONValue in
      .array([
        member.machine.hardwareKey.map { .string($0.description) } ?? .null,
        .string(member.machine.name), .integer(member.lastContact),
      ])
    }
    return .object([.init("formatVersion", .string("1.0")), .init("clients", .array(rows))])
  }
}

/// What makes rows those of one machine: the hardware key, and the name. A key without the name would take cloned
/// images, which share a key, for one machine, and hide all but one of them from the count.
package struct Machine: Sendable, Hashable, Comparable {
  /// The hardware key; nil where SEPM has none.
  package let hardwareKey: SEPMID?

  /// The name in lower case.
  package let name: String

  /// A machine.
  init(hardwareKey: SEPMID?, name: String) {
    self.hardwareKey = hardwareKey
    self.name = name
  }

  /// The machine of a row.
  init(of row: Computer) {
    self.init(hardwareKey: row.hardwareKey, name: row.name.lowercased())
  }

  package static func < (one: Machine, other: Machine) -> Bool {
    switch (one.hardwareKey, other.hardwareKey) {
    case (let left?, let right?) where left != right: left < right
    case (nil, _?): true
    case (_?, nil): false
    default: one.name < other.name
    }
  }
}
