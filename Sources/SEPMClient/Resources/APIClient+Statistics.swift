/// How many clients run a version.
package struct ClientVersionCount: Sendable, Hashable {
  /// `14.2.1031.0100`.
  package let version: String

  /// `14.2.1 (14.2 RU1) build 0100`; nil where SEPM does not say.
  package let name: String?

  /// How many clients run it.
  package let clients: Int

  /// Whether clients of this version cannot be moved by failover (`docs/SEPM.md`, "Versions"): 14.2 and 14.2.1.
  package var forbidsFailover: Bool {
    guard let name else { return false }
    return name.hasPrefix("14.2 (") || name.hasPrefix("14.2.1 (")
  }
}

/// How many clients are online.
package struct OnlineCount: Sendable, Hashable {
  /// Those that are online.
  package let online: Int

  /// Those that are not.
  package let offline: Int
}

extension APIClient {
  /// How many clients run which version.
  package func clientVersions() async throws(SEPMError) -> [ClientVersionCount] {
    try await read(HTTPCall("read the versions of clients", .get, "/stats/client/version")) {
      cursor throws(MalformedAnswer) in
      var counts: [ClientVersionCount] = []
      try cursor.list("clientVersionList") { cursor throws(MalformedAnswer) in
        var (version, name, clients): (String?, String?, Int?)
        try cursor.members { cursor, member throws(MalformedAnswer) in
          switch member {
          case "version": version = try cursor.text()
          case "formattedVersion": name = try cursor.text()
          case "clientsCount": clients = try cursor.count()
          default: try cursor.skip()
          }
        }
        counts.append(
          ClientVersionCount(
            version: version ?? "", name: name, clients: try clients.needed("clientsCount")))
      }
      return counts
    }
  }

  /// How many clients are online.
  package func onlineCount() async throws(SEPMError) -> OnlineCount {
    try await read(
      HTTPCall("read how many clients are online", .get, "/stats/client/onlinestatus")
    ) { cursor throws(MalformedAnswer) in
      var (online, offline) = (0, 0)
      try cursor.list("clientCountStatsList") { cursor throws(MalformedAnswer) in
        var (status, clients): (String?, Int?)
        try cursor.members { cursor, member throws(MalformedAnswer) in
          switch member {
          case "status": status = try cursor.text()
          case "clientsCount": clients = try cursor.count()
          default: try cursor.skip()
          }
        }
        switch status {
        case "ONLINE": online = try clients.needed("clientsCount")
        case "OFFLINE": offline = try clients.needed("clientsCount")
        default: break
        }
      }
      return OnlineCount(online: online, offline: offline)
    }
  }
}

extension JSONCursor {
  /// Goes through the elements of the list that is a member of the next object, which must have it.
  mutating func list(
    _ wanted: StaticString, _ body: (inout JSONCursor) throws(MalformedAnswer) -> Void
  ) throws(MalformedAnswer) {
    var isThere = false
    try members { cursor, name throws(MalformedAnswer) in
      guard wanted ~= name else { return try cursor.skip() }
      isThere = true
      try cursor.elements(body)
    }
    guard isThere else { throw MalformedAnswer(what: "the member `\(wanted)` is missing") }
  }
}
