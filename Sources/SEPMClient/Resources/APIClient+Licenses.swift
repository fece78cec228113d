/// The licence of a site, all in all.
package struct LicenseSummary: Sendable, Hashable {
  /// `PAID`, `TRIAL`, `UPGRADE` or `UNKNOWN`; nil where SEPM does not say.
  package var type: String?

  /// Whether it has ended; nil where SEPM does not say.
  package var hasEnded: Bool?

  /// When it ends; nil where SEPM does not say.
  package var expires: ServerTime?

  /// How many clients may have it; nil where SEPM does not say.
  package var seats: Int?
}

extension APIClient {
  /// The licence of the site.
  package func license() async throws(SEPMError) -> LicenseSummary {
    try await read(HTTPCall("read the licence", .get, "/licenses/summary")) {
      cursor throws(MalformedAnswer) in
      var summary = LicenseSummary()
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "license_type": summary.type = try cursor.text()
        case "ended": summary.hasEnded = try cursor.flag()
        case "service_expiration_date": summary.expires = try cursor.time()
        case "unexpired_seats": summary.seats = try cursor.count()
        default: try cursor.skip()
        }
      }
      return summary
    }
  }
}
