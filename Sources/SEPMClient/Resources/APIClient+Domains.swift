/// A domain of a site.
package struct SEPMDomain: Sendable, Hashable {
  /// The id.
  package let id: SEPMID

  /// The name, as one logs on to it.
  package let name: String

  /// Whether it is in use; nil where SEPM does not say.
  package let isEnabled: Bool?
}

/// When a domain deletes clients by itself, which shrinks what a wait counts.
package struct IdlePurge: Sendable, Hashable {
  /// Whether clients that made no contact are deleted; nil where SEPM does not say.
  package var deletesClients: Bool?

  /// After how many days.
  package var days: Int64?

  /// Whether virtual desktops are.
  package var deletesVirtualDesktops: Bool?

  /// After how many days.
  package var virtualDesktopDays: Int64?
}

extension APIClient {
  /// All domains. Each has groups and clients of its own.
  package func domains() async throws(SEPMError) -> [SEPMDomain] {
    try await read(HTTPCall("read the domains", .get, "/domains")) {
      cursor throws(MalformedAnswer) in
      var domains: [SEPMDomain] = []
      try cursor.elements { cursor throws(MalformedAnswer) in
        var (id, name, isEnabled): (SEPMID?, String?, Bool?)
        try cursor.members { cursor, member throws(MalformedAnswer) in
          switch member {
          case "id": id = try cursor.id()
          case "name": name = try cursor.text()
          case "enable": isEnabled = try cursor.flag()
          default: try cursor.skip()
          }
        }
        domains.append(
          SEPMDomain(
            id: try id.needed("id"), name: try name.needed("name"), isEnabled: isEnabled))
      }
      return domains
    }
  }

  /// When a domain deletes clients by itself.
  package func idlePurge(of domain: SEPMID) async throws(SEPMError) -> IdlePurge {
    var call = HTTPCall("read the domain \(domain)", .get, "/domains/\(domain)")
    call.subject = .object
    return try await read(call) { cursor throws(MalformedAnswer) in
      var purge = IdlePurge()
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "deleteOldClients": purge.deletesClients = try cursor.flag()
        case "deleteOldClientsDays": purge.days = try cursor.integer()
        case "deleteOldVDIClients": purge.deletesVirtualDesktops = try cursor.flag()
        case "deleteOldVDIClientsDays": purge.virtualDesktopDays = try cursor.integer()
        default: try cursor.skip()
        }
      }
      return purge
    }
  }
}
