/// The database of a site. Its passwords are not read.
package struct DatabaseFacts: Sendable, Hashable {
  /// `Microsoft SQL Server`; nil where SEPM does not say.
  package let type: String?

  /// The instance: `SQLEXPRESSSYMC` for SQL Server Express.
  package let instance: String?

  /// Whether SEPM installed it; nil where SEPM does not say.
  package let isInstalledBySEPM: Bool?

  /// The version, as the database has it.
  package let version: String?

  /// The host.
  package let address: String?

  /// The database's own root certificate in PEM, which SQL Server Express has coupled to the server's; nil where
  /// there is none.
  package let rootCertificate: String?

  /// Whether it is SQL Server Express, whose certificate has to be renewed too (`docs/SEPM.md`, "SQL Express").
  package var isSQLExpress: Bool {
    let isSQLServer = type?.lowercased().contains("sql server") ?? false
    return instance?.uppercased() == "SQLEXPRESSSYMC" || isInstalledBySEPM == true && isSQLServer
  }
}

extension APIClient {
  /// The database of the site.
  package func database() async throws(SEPMError) -> DatabaseFacts {
    try await read(HTTPCall("read the database", .get, "/admin/database")) {
      cursor throws(MalformedAnswer) in
      var (type, instance, version): (String?, String?, String?)
      var (address, certificate, isInstalled): (String?, String?, Bool?)
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "type": type = try cursor.text()
        case "instanceName": instance = try cursor.text()
        case "installedBySepm": isInstalled = try cursor.flag()
        case "version": version = try cursor.text()
        case "address": address = try cursor.text()
        case "dbTLSRootCertificate": certificate = try cursor.text()
        default: try cursor.skip()
        }
      }
      return DatabaseFacts(
        type: type, instance: instance, isInstalledBySEPM: isInstalled, version: version,
        address: address, rootCertificate: certificate?.isEmpty == false ? certificate : nil)
    }
  }
}
