/// What a management server says of its version.
package struct ServerVersion: Sendable, Hashable {
  /// The version of the product: `14.3.9816.7000`.
  package let product: String

  /// The version of the API: `14.3.7000`; nil where the server does not say.
  package let api: String?

  /// The API's number in a row, `230504014`; nil where the server does not say.
  package let sequence: String?
}

extension APIClient {
  /// The server's version. No token is needed, so an answer says only that the API service is up.
  package func version() async throws(SEPMError) -> ServerVersion {
    var call = HTTPCall("read the version", .get, "/version")
    call.isAuthorized = false
    return try await read(call) { cursor throws(MalformedAnswer) in
      var (product, api, sequence): (String?, String?, String?)
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "version": product = try cursor.text()
        case "API_VERSION": api = try cursor.text()
        case "API_SEQUENCE": sequence = try cursor.text()
        default: try cursor.skip()
        }
      }
      return ServerVersion(product: try product.needed("version"), api: api, sequence: sequence)
    }
  }

  /// The ids of the servers of the farm; the API has neither their names nor their addresses.
  package func servers() async throws(SEPMError) -> [SEPMID] {
    try await read(HTTPCall("read the servers", .get, "/admin/servers")) {
      cursor throws(MalformedAnswer) in
      var ids: [SEPMID] = []
      try cursor.elements { cursor throws(MalformedAnswer) in
        var id: SEPMID?
        try cursor.members { cursor, name throws(MalformedAnswer) in
          switch name {
          case "id": id = try cursor.id()
          default: try cursor.skip()
          }
        }
        ids.append(try id.needed("id"))
      }
      return ids
    }
  }

  /// Whether the site is the one of its farm that is enrolled with the cloud.
  package func isEnrolled(_ domain: SEPMID) async throws(SEPMError) -> Bool {
    var call = HTTPCall("read whether the site is enrolled", .get, "/cloud/epmp/isEnrolled")
    call.query = [Query("domainid", domain)]
    return try await read(call) { cursor throws(MalformedAnswer) in
      try cursor.flag().needed("isEnrolled")
    }
  }
}
