package import CanonicalJSON
package import SEPMClient

/// What the communication settings of a site were before anything was changed: the attachment of `record-settings`.
///
/// It holds the settings of every location of every group that does not inherit, in every domain: what follows its parent
/// has none of its own (`docs/SEPM.md`, "Suspending verification"). Each location's document is kept whole, so that
/// a later comparison shows every leaf, and not only those that a rotation changes.
package struct SettingsRecord: Sendable, Equatable {
  /// A location and its settings.
  package struct Location: Sendable, Equatable {
    package let id: SEPMID

    /// The name; empty where SEPM does not say.
    package let name: String

    package let settings: LocationSettings
  }

  /// A group.
  package struct Group: Sendable, Equatable {
    package let id: SEPMID

    /// The whole path, `My Company\Servers`.
    package let path: String

    /// When its policy had last changed, in the server's milliseconds since 1970; nil where SEPM did not say.
    package let policyDate: Int64?

    /// Its locations; none where it follows its parent.
    package let locations: [Location]

    /// Whether it follows its parent.
    package let inherits: Bool
  }

  /// A domain of the site.
  package struct Domain: Sendable, Equatable {
    package let id: SEPMID
    package let name: String

    /// After how many days without contact it deletes a client; nil where it does not, or where SEPM did not say.
    package let purgesAfterDays: Int64?
  }

  /// What the site calls itself; nil where SEPM did not say.
  package let siteName: String?

  /// When it was recorded, in the server's milliseconds since 1970.
  package let serverTime: Int64

  package let domains: [Domain]
  package var groups: [Group]

  /// The replication partners, as the site named them.
  package let partners: [String]

  /// Whether it holds settings: old versions do not show them, and then only the groups are known.
  package let hasSettings: Bool

  /// A location with its group.
  package struct Place: Sendable {
    package let group: Group
    package let location: Location

    /// `My Company\Servers, location Default`.
    package var name: String {
      location.name.isEmpty ? group.path : "\(group.path), location \(location.name)"
    }
  }

  /// All locations with settings of their own.
  package var places: [Place] { Self.places(of: groups) }

  /// The same of groups of a site.
  static func places(of groups: [Group]) -> [Place] {
    groups.flatMap { group in group.locations.map { Place(group: group, location: $0) } }
  }

  /// Groups whose clients can never adopt: no location lets them connect, or download policies; those that inherit as
  /// well. A group follows the nearest one above it that does not.
  package var deafGroups: Set<SEPMID> { Self.deafGroups(of: groups) }

  /// The same of groups of a site.
  static func deafGroups(of groups: [Group]) -> Set<SEPMID> {
    let own = Dictionary(
      groups.lazy.filter { !$0.inherits }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    var result: Set<SEPMID> = []
    for group in groups {
      var path = Substring(group.path)
      var owner = own[group.path]
      while owner == nil, let end = path.lastIndex(of: "\\") {
        path = path[..<end]
        owner = own[String(path)]
      }
      guard let locations = owner?.locations, !locations.isEmpty else { continue }
      let isDeaf = locations.allSatisfy {
        $0.settings.downloadsProfile == false || $0.settings.connects == false
      }
      if isDeaf { result.insert(group.id) }
    }
    return result
  }

  /// After how many milliseconds without contact a client is deleted in whichever domain does it soonest; nil where none
  /// does.
  package var purgesAfter: Int64? {
    domains.compactMap(\.purgesAfterDays).min().map { $0 * 86_400_000 }
  }
}

extension SettingsRecord {
  /// The record as it is stored. Documents of settings stand in it as texts: they are SEPM's bytes, numbers included.
  package var json: JSONValue {
    .object([
      .init("formatVersion", .string("1.0")),
      .init("site", siteName.map { .string($0) } ?? .null),
      .init("serverTime", .integer(serverTime)),
      .init("domains", .array(domains.map(\.json))),
      .init("groups", .array(groups.map(\.json))),
      .init("partners", .array(partners.map { .string($0) })),
      .init("hasSettings", .bool(hasSettings)),
    ])
  }

  /// The record that ``json`` was made of; nil where it is none.
  package init?(_ json: JSONValue) {
    guard let time = json["serverTime"]?.integer, let domains = json["domains"]?.array,
      let groups = json["groups"]?.array, let partners = json["partners"]?.array,
      let hasSettings = json["hasSettings"]?.bool
    else { return nil }
    self.hasSettings = hasSettings
    siteName = json["site"]?.string
    serverTime = time
    self.domains = domains.compactMap { Domain($0) }
    self.groups = groups.compactMap { Group($0) }
    self.partners = partners.compactMap(\.string)
    // A record that is not understood whole is none: what it lacks would never be put back.
    guard self.domains.count == domains.count, self.groups.count == groups.count else { return nil }
  }
}

extension SettingsRecord.Domain {
  fileprivate var json: JSONValue {
    .object([
      .init("id", .string(id.description)), .init("name", .string(name)),
      .init("purgesAfterDays", purgesAfterDays.map { .integer($0) } ?? .null),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ SEPMID($0) }), let name = json["name"]?.string
    else { return nil }
    self.init(id: id, name: name, purgesAfterDays: json["purgesAfterDays"]?.integer)
  }
}

extension SettingsRecord.Group {
  fileprivate var json: JSONValue {
    .object([
      .init("id", .string(id.description)), .init("path", .string(path)),
      .init("policyDate", policyDate.map { .integer($0) } ?? .null),
      .init("inherits", .bool(inherits)),
      .init(
        "locations",
        .array(
          locations.map { location in
            .object([
              .init("id", .string(location.id.description)), .init("name", .string(location.name)),
              .init(
                "settings", .string(String(decoding: location.settings.document, as: UTF8.self))),
            ])
          })),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ SEPMID($0) }), let path = json["path"]?.string,
      let inherits = json["inherits"]?.bool, let rows = json["locations"]?.array
    else { return nil }
    let locations = rows.compactMap { row -> SettingsRecord.Location? in
      guard let id = row["id"]?.string.flatMap({ SEPMID($0) }), let name = row["name"]?.string,
        let settings = row["settings"]?.string.flatMap({
          LocationSettings(document: Array($0.utf8))
        })
      else { return nil }
      return SettingsRecord.Location(id: id, name: name, settings: settings)
    }
    guard locations.count == rows.count else { return nil }
    self.init(
      id: id, path: path, policyDate: json["policyDate"]?.integer, locations: locations,
      inherits: inherits)
  }
}
