package import PlanModel

/// A site: one database with its groups and settings, and the servers that share it.
package struct SimulatedSite: Sendable, Equatable {
  /// A location of a group.
  package struct Location: Sendable, Equatable {
    /// The name.
    package let name: String

    /// Whether its management server list is the one with HTTPS.
    package internal(set) var usesHTTPS: Bool

    /// "Enable secure communications …": clients in it verify what they get.
    package internal(set) var verifies: Bool
  }

  /// A client group as this site's database holds it.
  package struct Group: Sendable, Equatable {
    /// `My Company\Desktops`.
    package let path: String

    /// 32 hexadecimal digits in upper case; the same on every site, because groups replicate.
    package let id: String

    /// The position of the parent; nil for the root.
    package let parent: Int?

    /// Whether it follows its parent's settings.
    package let inherits: Bool

    /// Its locations; those of an inheriting group are its parent's.
    package internal(set) var locations: [Location]

    /// Whether clients fetch policies at all.
    package internal(set) var downloadsProfile = true

    /// When policy last changed, in milliseconds since the epoch by the site's clock.
    package internal(set) var policyDate: Int64

    /// Whether the rotation does not see the group.
    package internal(set) var isHidden = false

    /// Whether clients of any location verify; what is set holds for all of them.
    var verifies: Bool {
      get { locations.contains(where: \.verifies) }
      set { for location in locations.indices { locations[location].verifies = newValue } }
    }
  }

  /// What a group's settings are, for comparing later.
  struct Settings: Sendable, Equatable {
    let path: String
    let verifies: Bool
    let usesHTTPS: [Bool]
  }

  /// The moment and the serials that a wait measures against.
  struct Marker: Sendable, Equatable {
    /// When the change was confirmed.
    let at: Int64

    /// The policy date of each group after the change.
    let policyDates: [Int64]
  }

  /// The name in the plan.
  package let name: String

  /// The kind of database.
  package let database: Database

  /// The management servers in the order of the plan.
  package internal(set) var servers: [SimulatedServer]

  /// The groups, each behind its parent.
  package internal(set) var groups: [Group]

  /// The client records of this site.
  package let clients: Range<Int>

  /// By how much the site's clock is ahead, in milliseconds.
  package internal(set) var clockSkew: Int64

  /// The certificate list of the profiles that are published now: one for each server.
  var publishedCertificates: [Int32]

  /// For group × 2 + location the profile that is published now.
  var currentProfiles: [Int32] = []

  /// What the step that records settings saw, and when; nil before it ran.
  var recorded: [Settings]?

  /// What the waits of the site measure against, in the order of ``WaitKind``.
  var markers: [Marker?] = Array(repeating: nil, count: WaitKind.allCases.count)

  /// When the last certificate of a server was put in; nil for not yet.
  var certificateUpdatedAt: Int64?

  /// When the certificate of the database was renewed; nil for not yet.
  var databaseCertificateRenewedAt: Int64?

  /// Whether the certificate of the database is not the one from the start.
  package var isDatabaseCertificateNew: Bool { databaseCertificateRenewedAt != nil }

  /// When the database was last backed up by itself; nil for not yet.
  var databaseBackedUpAt: Int64?

  /// Whether verification was ever disabled; a premature swap follows only the first time.
  var wasVerificationDisabled = false

  /// The group whose settings hold for `group`: itself or its nearest ancestor with settings.
  package func source(of group: Int) -> Int {
    var group = group
    while groups[group].inherits, let parent = groups[group].parent { group = parent }
    return group
  }

  /// The settings of the groups that have their own and that the rotation sees.
  var settings: [Settings] {
    groups.compactMap { group in
      guard !group.inherits, !group.isHidden else { return nil }
      return Settings(
        path: group.path, verifies: group.verifies, usesHTTPS: group.locations.map(\.usesHTTPS))
    }
  }

  /// Whether clients of a group verified when the settings were recorded.
  package func verifiedAtFirst(_ path: String) -> Bool {
    recorded?.first { $0.path == path }?.verifies ?? true
  }

  /// The serial that SEPM would show for a policy date of a group: `E5E6-08/21/2024 12:38:31 900`.
  package func serial(ofGroup group: Int, policyDate: Int64) -> String {
    policySerial(groupID: groups[group].id, policyDate: policyDate)
  }
}

/// What a client fetches from a server and then holds: the settings and certificates of its group and
/// location as they were published at one moment.
struct PublishedProfile: Sendable, Equatable {
  /// The group that it was published for, as a position in the groups of its site.
  let group: UInt8
  let policyDate: Int64
  let verifies: Bool
  let usesHTTPS: Bool

  /// A position in the estate's certificate lists.
  let certificates: Int32
}
