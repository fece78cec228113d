import PlanModel

/// A site: one database with its groups and settings, and the servers that share it.
struct SimulatedSite: Sendable, Equatable {
  /// A location of a group.
  struct Location: Sendable, Equatable {
    let name: String

    /// Whether its management server list is the one with HTTPS.
    var usesHTTPS: Bool
  }

  /// A client group as this site's database holds it.
  struct Group: Sendable, Equatable {
    /// `My Company\Desktops`.
    let path: String

    /// 32 hexadecimal digits in upper case; the same on every site, because groups replicate.
    let id: String

    /// The position of the parent; nil for the root.
    let parent: Int?

    /// Whether it follows its parent's settings.
    let inherits: Bool

    /// Its locations; those of an inheriting group are its parent's.
    var locations: [Location]

    /// "Enable secure communications …": clients verify what they get.
    var verifies: Bool

    /// Whether clients fetch policies at all.
    var downloadsProfile = true

    /// When policy last changed, in milliseconds since the epoch by the site's clock.
    var policyDate: Int64

    /// Whether the rotation does not see the group.
    var isHidden = false
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

  let name: String
  let database: Database
  var servers: [SimulatedServer]
  var groups: [Group]

  /// The client records of this site.
  let clients: Range<Int>

  /// By how much the site's clock is ahead, in milliseconds.
  let clockSkew: Int64

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

  /// When the database was last backed up by itself; nil for not yet.
  var databaseBackedUpAt: Int64?

  /// Whether verification was ever disabled; a premature swap follows only the first time.
  var wasVerificationDisabled = false

  /// The group whose settings hold for `group`: itself or its nearest ancestor with settings.
  func source(of group: Int) -> Int {
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

  /// The serial that SEPM would show for a policy date of a group: `E5E6-08/21/2024 12:38:31 900`.
  func serial(ofGroup group: Int, policyDate: Int64) -> String {
    policySerial(groupID: groups[group].id, policyDate: policyDate)
  }
}

/// What a client fetches from a server and then holds: the settings and certificates of its group and
/// location as they were published at one moment.
struct PublishedProfile: Sendable, Equatable {
  let policyDate: Int64
  let verifies: Bool
  let usesHTTPS: Bool

  /// A position in the estate's certificate lists.
  let certificates: Int32
}
