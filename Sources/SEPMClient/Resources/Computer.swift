package import PlanModel
import PlanText

/// A client, as far as a rotation counts it (`docs/SEPM.md`, "Computers"). There may be 200,000 of them, so texts that
/// many have in common are kept once, and what nobody needs is not kept at all.
package struct Computer: Sendable, Hashable {
  /// The client's id. One machine can have several.
  package let id: SEPMID

  /// The machine's key, which its other rows have too; nil where SEPM does not say.
  package let hardwareKey: SEPMID?

  /// The host name; empty where SEPM does not say.
  package let name: String

  /// The group it is in now; nil where SEPM does not say.
  package let group: SEPMID?

  /// The path of that group; empty where SEPM does not say.
  package let groupPath: String

  /// The serial number of the policy that it has; nil for none, and where it has another form.
  package let serial: ProfileSerial?

  /// Whether SEPM has a serial number for it that could not be read: it can then not be judged.
  package let hasUnreadableSerial: Bool

  /// Its last contact; nil for never.
  package let lastContact: ServerTime?

  /// When SEPM first had it; nil where SEPM does not say.
  package let created: ServerTime?

  /// `14.3.9717.7000`; empty where SEPM does not say.
  package let version: String

  /// The server of its last contact; empty where SEPM does not say.
  package let lastServer: String

  /// The site of its last contact: rows of a replication partner have the partner's. Empty where SEPM does not say.
  package let lastSite: String

  /// The id of that site; nil where SEPM does not say.
  package let lastSiteID: SEPMID?

  /// What the machine is for.
  package let function: OSFunction

  /// Whether it is online, as SEPM sees it.
  package let isOnline: Bool

  /// Whether it is deleted.
  package let isDeleted: Bool

  /// Whether it is a virtual desktop that is thrown away after use.
  package let isNonPersistentDesktop: Bool
}

extension APIClient {
  /// Goes through the computers, page by page; `take` sees each page once, and the page is gone then. A walk that
  /// fails has handed on the pages before the failure.
  ///
  /// - Parameters:
  ///   - domain: the domain; nil for the one that the account is logged on to.
  ///   - since: only those that made contact since, in the server's time; nil for all.
  ///   - take: sees a page.
  /// - Returns: how many there were. Rows without an id are counted and not handed on.
  /// - Throws: the first failure.
  package func computers(
    of domain: SEPMID? = nil, since: ServerTime? = nil,
    _ take: ([Computer]) throws(SEPMError) -> Void
  ) async throws(SEPMError) -> Listing {
    var call = HTTPCall("read the computers", .get, "/computers")
    if let domain { call.query.append(Query("domain", domain)) }
    // By an id that never changes, so that no renaming shifts the pages.
    call.query += [
      Query("sort", "COMPUTER_ID"), Query("order", "ASC"),
      Query("lastUpdate", since?.milliseconds ?? 0),
    ]
    var names = NamePool()
    return try await walk(
      call,
      element: { cursor throws(MalformedAnswer) in try Computer(&cursor, &names) },
      take: take)
  }
}

extension Computer {
  /// Reads a row; nil where it has no id.
  init?(_ cursor: inout JSONCursor, _ names: inout NamePool) throws(MalformedAnswer) {
    var row = ComputerRow()
    try cursor.members { cursor, name throws(MalformedAnswer) in
      // Most members are none of these, which their length tells.
      switch name.bytes.count {
      case 5 where "group" ~= name: try row.readGroup(&cursor, &names)
      case 7 where "deleted" ~= name: row.isDeleted = try cursor.flag()
      case 8 where "uniqueId" ~= name: row.id = try cursor.id()
      case 10 where "lastSiteId" ~= name: row.lastSiteID = try cursor.id()
      case 10 where "osFunction" ~= name: row.function = try names.name(from: &cursor)
      case 11 where "hardwareKey" ~= name: row.hardwareKey = try cursor.id()
      case 12 where "computerName" ~= name: row.name = try cursor.text()
      case 12 where "agentVersion" ~= name: row.version = try names.name(from: &cursor)
      case 12 where "onlineStatus" ~= name: row.isOnline = try cursor.flag()
      case 12 where "creationTime" ~= name: row.created = try cursor.time()
      case 12 where "lastSiteName" ~= name: row.lastSite = try names.name(from: &cursor)
      case 13 where "isNpvdiClient" ~= name: row.isNonPersistentDesktop = try cursor.flag()
      case 14 where "lastUpdateTime" ~= name: row.lastContact = try cursor.time()
      case 14 where "lastServerName" ~= name: row.lastServer = try names.name(from: &cursor)
      case 15 where "profileSerialNo" ~= name: try row.readSerial(&cursor)
      default: try cursor.skip()
      }
    }
    guard let id = row.id else { return nil }
    self.init(
      id: id, hardwareKey: row.hardwareKey, name: row.name ?? "", group: row.group,
      groupPath: row.groupPath ?? "", serial: row.serial,
      hasUnreadableSerial: row.hasUnreadableSerial, lastContact: row.lastContact,
      created: row.created, version: row.version ?? "", lastServer: row.lastServer ?? "",
      lastSite: row.lastSite ?? "", lastSiteID: row.lastSiteID,
      function: row.function.flatMap { OSFunction(rawValue: $0) } ?? .unknown,
      isOnline: row.isOnline ?? false, isDeleted: row.isDeleted ?? false,
      isNonPersistentDesktop: row.isNonPersistentDesktop ?? false)
  }
}

/// The members of a row that were read so far.
private struct ComputerRow {
  var id: SEPMID?
  var hardwareKey: SEPMID?
  var name: String?
  var group: SEPMID?
  var groupPath: String?
  var serial: ProfileSerial?
  var hasUnreadableSerial = false
  var lastContact: ServerTime?
  var created: ServerTime?
  var version: String?
  var lastServer: String?
  var lastSite: String?
  var lastSiteID: SEPMID?
  var function: String?
  var isOnline: Bool?
  var isDeleted: Bool?
  var isNonPersistentDesktop: Bool?

  mutating func readGroup(
    _ cursor: inout JSONCursor, _ names: inout NamePool
  ) throws(MalformedAnswer) {
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "id": group = try cursor.id()
      // The whole path here; `fullPathName` is null.
      case "name": groupPath = try names.name(from: &cursor)
      default: try cursor.skip()
      }
    }
  }

  mutating func readSerial(_ cursor: inout JSONCursor) throws(MalformedAnswer) {
    // Java writes a slash as it is; others may escape it.
    let start = cursor
    guard let bytes = try cursor.scalar() else { return }
    serial = ProfileSerial(bytes)
    if serial == nil {
      var again = start
      serial = try again.text().flatMap { ProfileSerial($0) }
    }
    hasUnreadableSerial = serial == nil
  }
}
