/// What a site says of its replication (`docs/SEPM.md`, "Replication status").
package struct SiteReplication: Sendable, Hashable {
  /// One partner of it.
  package struct Partner: Sendable, Hashable {
    /// The partner's site.
    package let name: String

    /// `SUCCEEDED`, `FAILED_CONNECT` and others; nil where SEPM does not say.
    package let status: String?

    /// When replication last ran; nil for never.
    package let lastRun: ServerTime?

    /// When it last succeeded; nil for never.
    package let lastSuccess: ServerTime?

    /// When it runs next; nil for never.
    package let nextRun: ServerTime?
  }

  /// The site's name; nil where SEPM does not say.
  package let site: String?

  /// Its partners.
  package let partners: [Partner]
}

extension APIClient {
  /// Whether the site has replication partners.
  package func isReplicated() async throws(SEPMError) -> Bool {
    try await read(
      HTTPCall("read whether the site replicates", .get, "/replication/is_replicated")
    ) { cursor throws(MalformedAnswer) in
      try cursor.flag().needed("is_replicated")
    }
  }

  /// The site's partners, and how replication with them goes: one site as a rule, none where nothing replicates.
  package func replication() async throws(SEPMError) -> [SiteReplication] {
    try await read(HTTPCall("read the state of replication", .get, "/replication/status")) {
      cursor throws(MalformedAnswer) in
      var sites: [SiteReplication] = []
      var isThere = false
      try cursor.members { cursor, name throws(MalformedAnswer) in
        guard "replicationStatus" ~= name else { return try cursor.skip() }
        isThere = true
        if cursor.takeNull() { return }
        // An object in the description, a list of it in a client's tests.
        guard cursor.next == UInt8(ascii: "[") else {
          sites.append(try SiteReplication(&cursor))
          return
        }
        try cursor.elements { cursor throws(MalformedAnswer) in
          sites.append(try SiteReplication(&cursor))
        }
      }
      guard isThere else {
        throw MalformedAnswer(what: "the member `replicationStatus` is missing")
      }
      return sites
    }
  }

  /// Asks for one replication with a partner, without content and logs. SEPM takes the call and replicates later: a
  /// success later than the call is the proof.
  package func replicateNow(with partner: String) async throws(SEPMError) {
    var call = HTTPCall("replicate with '\(partner)'", .post, "/replication/replicatenow")
    call.query = [
      Query("partnerSiteName", partner), Query("content", false), Query("logs", false),
    ]
    let code = try await read(call) { cursor throws(MalformedAnswer) in
      var code: Int64?
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "code": code = try cursor.integer()
        default: try cursor.skip()
        }
      }
      return try code.needed("code")
    }
    guard code == 0 else { throw error(.rejected(200, "code \(code)"), in: call) }
  }
}

extension SiteReplication {
  init(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    var site: String?
    var partners: [Partner] = []
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "siteName": site = try cursor.text()
      case "replicationPartnerStatusList":
        try cursor.elements { cursor throws(MalformedAnswer) in
          partners.append(try Partner(&cursor))
        }
      default: try cursor.skip()
      }
    }
    self.init(site: site, partners: partners)
  }
}

extension SiteReplication.Partner {
  init(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    var (partner, status): (String?, String?)
    var (run, success, next): (ServerTime?, ServerTime?, ServerTime?)
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "name": partner = try cursor.text()
      case "status_code": status = try cursor.text()
      case "lastRunTime": run = try cursor.time()
      case "lastSuccessfulRunTime": success = try cursor.time()
      case "nextRunTime": next = try cursor.time()
      default: try cursor.skip()
      }
    }
    self.init(
      name: try partner.needed("name"), status: status, lastRun: run, lastSuccess: success,
      nextRun: next)
  }
}
