/// A group of clients (`docs/SEPM.md`, "Endpoints").
package struct ClientGroup: Sendable, Hashable {
  /// The id.
  package let id: SEPMID

  /// The whole path, `My Company\Servers`.
  package let path: String

  /// When its policy last changed: the group's marker. `lastModified` is none, it stays at the creation. Nil where
  /// SEPM does not say.
  package let policyDate: ServerTime?

  /// The serial number of its policy; nil where SEPM does not say, or in another form.
  package let serial: ProfileSerial?

  /// Whether it follows its parent; then its settings are the parent's.
  package let inherits: Bool

  /// The domain it is in; nil where SEPM does not say.
  package let domain: SEPMID?

  /// How many clients are in it; nil where SEPM does not say.
  package let clients: Int?
}

/// A location of a group.
package struct ClientLocation: Sendable, Hashable {
  /// The id.
  package let id: SEPMID

  /// The name; empty where SEPM does not say.
  package let name: String
}

extension APIClient {
  /// All groups of a domain; nil for the one that the account is logged on to.
  package func groups(of domain: SEPMID? = nil) async throws(SEPMError) -> (
    groups: [ClientGroup], listing: Listing
  ) {
    var call = HTTPCall("read the groups", .get, "/groups")
    if let domain { call.query = [Query("domain", domain)] }
    var groups: [ClientGroup] = []
    let listing = try await walk(call) { cursor throws(MalformedAnswer) in
      try ClientGroup(&cursor)
    } take: {
      groups += $0
    }
    return (groups, listing)
  }

  /// One group, as it is now.
  package func group(_ id: SEPMID) async throws(SEPMError) -> ClientGroup {
    var call = HTTPCall("read the group \(id)", .get, "/groups/\(id)")
    call.subject = .object
    return try await read(call) { cursor throws(MalformedAnswer) in try ClientGroup(&cursor) }
  }

  /// The locations of a group.
  package func locations(of group: SEPMID) async throws(SEPMError) -> [ClientLocation] {
    var call = HTTPCall(
      "read the locations of the group \(group)", .get, "/groups/\(group)/locations")
    call.query = [Query("hasName", true)]
    call.subject = .object
    return try await read(call) { cursor throws(MalformedAnswer) in
      var locations: [ClientLocation] = []
      try cursor.elements { cursor throws(MalformedAnswer) in
        let text = try cursor.text() ?? ""
        guard let location = ClientLocation(text) else {
          throw cursor.failure("a location is expected")
        }
        locations.append(location)
      }
      return locations
    }
  }
}

extension ClientLocation {
  /// Reads `Default:api/v1/locations/<id>`: a name may have colons and slashes, the rest has one form.
  init?(_ text: String) {
    guard let slash = text.lastIndex(of: "/"),
      let id = SEPMID(String(text[text.index(after: slash)...]))
    else { return nil }
    self.id = id
    let address = "api/v1/locations"
    let head = text[..<slash]
    guard head.hasSuffix(address) else { return nil }
    let name = head.dropLast(address.count)
    self.name = String(name.last == ":" ? name.dropLast() : name)
  }
}

extension ClientGroup {
  init(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    var (id, path, name): (SEPMID?, String?, String?)
    var (date, serial, inherits): (ServerTime?, String?, Bool?)
    var (domain, clients): (SEPMID?, Int?)
    try cursor.members { cursor, member throws(MalformedAnswer) in
      switch member {
      case "id": id = try cursor.id()
      case "name": name = try cursor.text()
      case "fullPathName": path = try cursor.text()
      case "policyDate": date = try cursor.time()
      case "policySerialNumber": serial = try cursor.text()
      case "policyInheritanceEnabled": inherits = try cursor.flag()
      case "numberOfPhysicalComputers": clients = try cursor.count()
      case "domain":
        try cursor.members { cursor, member throws(MalformedAnswer) in
          switch member {
          case "id": domain = try cursor.id()
          default: try cursor.skip()
          }
        }
      default: try cursor.skip()
      }
    }
    self.init(
      id: try id.needed("id"), path: try (path ?? name).needed("fullPathName"), policyDate: date,
      serial: serial.flatMap { ProfileSerial($0) },
      inherits: try inherits.needed("policyInheritanceEnabled"), domain: domain, clients: clients)
  }
}
